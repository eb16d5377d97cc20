// SPDX-License-Identifier: GPL-3.0-or-later

/// What a scheme repays of the eligible payments of a patient that mount up in a year: shares by
/// bands, from a threshold on.
///
/// What is repaid of one bill is the difference of what the whole year's payments earn after it and
/// before it. So it does not depend on how the year's payments were divided into bills.
package struct MajorIllnessCover: Hashable, Sendable {
  package struct Band: Hashable, Sendable, BitwiseCopyable {
    /// From here on the rate holds, up to the next band.
    package var above: Money
    package var rate: BillShare

    package init(above: Money, rate: BillShare) {
      self.above = above
      self.rate = rate
    }
  }

  /// By rising amounts; what lies below the first is not repaid.
  package var bands: [Band]
  /// The most that is repaid in a year.
  package var annualCeiling: Money
  /// Whether payments for visits mount up, too, and not those for stays alone.
  package var countsVisits: Bool

  package init(
    bands: [Band] = [], annualCeiling: Money = .unlimited, countsVisits: Bool = false
  ) {
    precondition(annualCeiling >= .zero, "a ceiling is not negative")
    for (band, next) in zip(bands, bands.dropFirst()) {
      precondition(band.above < next.above, "bands stand by rising amounts")
    }
    self.bands = bands
    self.annualCeiling = annualCeiling
    self.countsVisits = countsVisits
  }

  func counts(_ kind: CareKind) -> Bool { kind == .inpatient || countsVisits }

  /// What is repaid in all when a year's eligible payments have mounted up to an amount, to the
  /// nearest fen (half up).
  package func repaid(of burden: Money) -> Money {
    // In hundred-thousandths of a fen; a burden stays below Int32's 21 million yuan.
    var sum: Int64 = 0
    for (place, band) in bands.enumerated() where burden > band.above {
      let end = place + 1 < bands.count ? min(bands[place + 1].above, burden) : burden
      sum += (end - band.above).fen * Int64(band.rate.hundredThousandths)
    }
    return min(annualCeiling, Money(fen: (sum + BillShare.whole / 2) / BillShare.whole))
  }
}
