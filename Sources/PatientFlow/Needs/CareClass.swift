// SPDX-License-Identifier: GPL-3.0-or-later

/// The kind of care a person looks for; utilities, trust and reference results are told apart by it.
package enum CareClass: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  /// A repeat of the drugs of a chronic patient.
  case refill
  /// An outpatient episode.
  case outpatient
  /// A need of a hospital bed.
  case admission

  package static let count = 3
  package var name: String { String(describing: self) }
  package var row: Int { Int(rawValue) }
}

/// How severe a need is, in the bands by which quality is weighed.
package enum SeverityBand: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  case mild, moderate, severe

  package static let count = 3
  package var name: String { String(describing: self) }
  var row: Int { Int(rawValue) }
}

/// Where the bands of severity end, as quantiles of the severity of outpatient needs.
///
/// A severity is a number in [0, 1]: the share of needs that are no more severe. An institution
/// whose scope reaches the severity can treat it.
package struct SeverityScale: BitwiseCopyable, Sendable {
  /// Up to here a need is mild, then moderate.
  package var mildEnd: Double
  /// Up to here a need is moderate, then severe.
  package var moderateEnd: Double
  /// Up to here a county hospital treats it, then the city.
  package var severeEnd: Double
  /// Share of admission needs that a township centre can treat, and that need the county; the rest
  /// need the city.
  package var townshipAdmissions: Double
  package var countyAdmissions: Double

  package init(
    mild: Double, moderate: Double, severe: Double, townshipAdmissions: Double,
    countyAdmissions: Double
  ) {
    mildEnd = mild
    moderateEnd = mild + moderate
    severeEnd = mild + moderate + severe
    self.townshipAdmissions = townshipAdmissions
    self.countyAdmissions = countyAdmissions
  }

  package func band(_ severity: Double) -> SeverityBand {
    severity <= mildEnd ? .mild : severity <= moderateEnd ? .moderate : .severe
  }

  /// The severity of an admission need at a quantile: the tier it needs has the stated share, and
  /// inside the tier's scope it is uniform.
  package func admissionSeverity(_ quantile: Double, townshipScope: Double, countyScope: Double)
    -> Double
  {
    let county = townshipAdmissions + countyAdmissions
    if quantile < townshipAdmissions { return townshipScope * quantile / townshipAdmissions }
    if quantile < county {
      return townshipScope
        + (countyScope - townshipScope) * (quantile - townshipAdmissions) / countyAdmissions
    }
    return countyScope + (1 - countyScope) * (quantile - county) / (1 - county)
  }
}
