// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// Which measures are sums over residents, and are told of the whole region where a sample of them is
/// simulated.
extension RegionMeasures {
  /// Units of what residents have or pay: whatever is counted in them is such a sum.
  private static let units: Set = [
    "visits", "admissions", "referrals", "step-downs", "exams", "needs", "patients", "residents",
    "refills", "consults", "transfers", "CNY", "visits per day", "admissions per day",
  ]
  /// Sums of residents' time, in units that others measure means or what institutions have in.
  private static let sumsOfTime: Set = ["blocked-bed-days", "remote-consult-hours"]
  /// What whole institutions pay or get, and the price of a point.
  private static let ofInstitutions: Set = [
    "expert-allowances", "alliance-subsidies", "point-value",
  ]

  static func markingSums(_ measures: [MeasureDefinition]) -> [MeasureDefinition] {
    measures.map { measure in
      var measure = measure
      measure.isSumOverResidents =
        sumsOfTime.contains(measure.name)
        || units.contains(measure.unit) && !ofInstitutions.contains(measure.name)
      return measure
    }
  }

  static let sums = Set(catalogue.filter(\.isSumOverResidents).map(\.name))
}

extension RegionRun {
  /// Sums over those who are simulated as those over all residents.
  func toldOfAll(_ rows: [Observation]) -> [Observation] {
    guard !model.sample.isWhole else { return rows }
    let expansion = model.sample.expansion
    return rows.map { row in
      guard RegionMeasures.sums.contains(row.measure) else { return row }
      var row = row
      row.value = row.value.map { $0 * expansion }
      return row
    }
  }
}
