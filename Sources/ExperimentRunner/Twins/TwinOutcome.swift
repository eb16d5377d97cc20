// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import PatientFlow

/// Something that a resident has of the window of measures, compared under two policies.
public enum TwinOutcome: String, CaseIterable, Hashable, Sendable {
  case outOfPocket = "out-of-pocket"
  case travelMinutes = "travel-minutes"
  case waitMinutes = "wait-minutes"
  /// Needs for which no care was sought, or that ended unmet.
  case needsWithoutCare = "needs-without-care"
  case visits
  case primaryVisits = "primary-visits"
  case admissions
  case fundSpend = "fund-spend"

  public var unit: String {
    switch self {
    case .outOfPocket, .fundSpend: "CNY"
    case .travelMinutes, .waitMinutes: "minutes"
    case .needsWithoutCare: "needs"
    case .visits, .primaryVisits: "visits"
    case .admissions: "admissions"
    }
  }

  public var formula: String {
    switch self {
    case .outOfPocket: "What the resident paid for visits, stays and drugs from pharmacies."
    case .travelMinutes: "Travel of all visits, there and back."
    case .waitMinutes:
      "Waits from registration to the start of the first consult, all visits together."
    case .needsWithoutCare: "Needs for which no care was sought, and those that ended unmet."
    case .visits: "Outpatient encounters."
    case .primaryVisits: "Of these, at village, township and community tiers."
    case .admissions: "Beds granted for an acute phase."
    case .fundSpend: "What insurance paid for the resident."
    }
  }

  /// Whether less of it is a gain to the resident, or more; `nil` where neither is plain: a visit more may
  /// be care that was lacking, or a journey for nothing.
  public var isGainWhenLess: Bool? {
    switch self {
    case .outOfPocket, .travelMinutes, .waitMinutes, .needsWithoutCare: true
    case .visits, .primaryVisits, .admissions, .fundSpend: nil
    }
  }

  /// Whole fen, seconds, microseconds or counts, so that an unchanged resident is told exactly.
  func amount(_ record: ResidentRecord) -> Int64 {
    switch self {
    case .outOfPocket: record.patientPaid
    case .travelMinutes: record.travelled
    case .waitMinutes: record.waited
    case .needsWithoutCare: Int64(record.forgone) + Int64(record.unmet)
    case .visits: Int64(record.visits)
    case .primaryVisits: Int64(record.primaryVisits)
    case .admissions: Int64(record.admissions)
    case .fundSpend: record.fundPaid
    }
  }

  /// ``unit`` a unit of ``amount(_:)``.
  var scale: Double {
    switch self {
    case .outOfPocket, .fundSpend: 1 / 100
    case .travelMinutes: 1 / 60
    case .waitMinutes: 1 / 6e7
    case .needsWithoutCare, .visits, .primaryVisits, .admissions: 1
    }
  }
}

/// What is told of an outcome in a group of residents.
public enum TwinStatistic: String, CaseIterable, Hashable, Sendable {
  /// Means per resident under each policy, and of the change.
  case baseline, scenario, change
  case lessShare = "less-share"
  case sameShare = "same-share"
  case moreShare = "more-share"
  case changeOfLess = "change-of-less"
  case changeOfMore = "change-of-more"
  case p5 = "change-p5"
  case p25 = "change-p25"
  case p50 = "change-p50"
  case p75 = "change-p75"
  case p95 = "change-p95"

  static let quantiles: [TwinStatistic] = [.p5, .p25, .p50, .p75, .p95]

  public var isShare: Bool { [.lessShare, .sameShare, .moreShare].contains(self) }
}

/// Names of what a results file of twins holds.
public enum TwinMeasures {
  public static func name(_ outcome: TwinOutcome, _ statistic: TwinStatistic) -> String {
    "twin-\(outcome.rawValue)-\(statistic.rawValue)"
  }

  public static let residents = "twin-residents"
  public static let access = "twin-access"
  static let tierNames = Tier.allCases.map(\.name) + [TwinGroups.noTier]
  /// The two policies and the change from the one to the other.
  public static let arms = ["baseline", "scenario", "change"]
  /// Outcomes whose distribution over all residents is told by a coefficient.
  public static let unequal: [TwinOutcome] = [.outOfPocket, .visits, .travelMinutes]
  public static func gini(_ outcome: TwinOutcome) -> String { "twin-gini-\(outcome.rawValue)" }

  /// By what residents are ranked.
  public enum Rank: String, CaseIterable, Sendable {
    /// From the poorest group up.
    case income
    /// From the farthest from a county hospital up.
    case nearness
  }

  public static func concentration(_ outcome: TwinOutcome, by rank: Rank) -> String {
    "twin-concentration-\(outcome.rawValue)-by-\(rank.rawValue)"
  }

  public static func catastrophic(_ threshold: Double) -> String {
    "twin-catastrophic-share-\(percent(threshold))"
  }
  public static func overshoot(_ threshold: Double) -> String {
    "twin-catastrophic-overshoot-\(percent(threshold))"
  }

  private static func percent(_ share: Double) -> String {
    let percent = 100 * share
    return percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
  }

  static func definitions(_ settings: TwinSettings) -> [MeasureDefinition] {
    let window = "policy start (else end of warm-up) to end"
    let groups = [""] + TwinGroups.dimensions
    let arms = ["arm"] + TwinGroups.dimensions.map { "arm+\($0)" }
    func define(
      _ name: String, _ unit: String, _ formula: String, _ dimensions: [String]
    ) -> MeasureDefinition {
      MeasureDefinition(
        name: name, unit: unit, formula: formula, window: window, dimensions: dimensions)
    }
    var all = [define(residents, "residents", "Residents of the group.", groups)]
    for outcome in TwinOutcome.allCases {
      for statistic in TwinStatistic.allCases {
        all.append(
          define(
            name(outcome, statistic), statistic.isShare ? "share" : outcome.unit,
            "\(outcome.formula) Per resident: \(statistic.rawValue).", groups))
      }
    }
    for outcome in unequal {
      all.append(define(gini(outcome), "", "Gini coefficient over residents.", ["arm"]))
      for rank in Rank.allCases {
        all.append(
          define(
            concentration(outcome, by: rank), "",
            "Concentration index; above zero: more among the \(rank == .income ? "richer" : "nearer").",
            ["arm"]))
      }
    }
    all.append(
      define(
        access, "hours",
        "Doctors' hours in clinic a week for 1,000 residents within \(settings.catchment) minutes.",
        ["arm", "arm+town"]))
    if settings.income != nil {
      for threshold in settings.thresholds {
        all.append(
          define(
            catastrophic(threshold), "share", "Residents who paid more of their income.", arms))
        all.append(
          define(overshoot(threshold), "share", "Mean of what was beyond, of income.", ["arm"]))
      }
    }
    return all
  }
}
