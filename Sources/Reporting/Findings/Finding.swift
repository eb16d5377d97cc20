// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// What a scenario does to one measure, against its baseline, and how surely.
public struct Finding: Sendable {
  /// What may be said; no stronger than the interval.
  public enum Verdict: Hashable, Sendable {
    /// The interval is clear of zero on one side, among all that the measure is compared for.
    case up, down
    /// The whole interval lies inside ± the effect that matters.
    case none
    /// No replication differs at all.
    case same
    /// The interval covers zero; so many more replications would tell, if the difference is what it
    /// seems, or more than ``EffectVerdict/mostReplications``.
    case unclear(more: Int?)
    /// Clear of zero by itself, but not among all that the measure is compared for.
    case notAmongMany(comparisons: Int)
    /// One replication says nothing of chance.
    case unknown
    /// The forms of money in choice disagree: the verdict under each.
    case formDependent(cost: FormVerdict, share: FormVerdict)
  }

  /// What an interval says by itself.
  public enum FormVerdict: String, Hashable, Sendable { case up, down, open }

  public let scenario: String
  public let baseline: String
  public let series: MeasureSeries
  package let unit: String
  /// The difference, in the measure's unit.
  package let mean: Double
  package let low: Double?
  package let high: Double?
  package let replications: Int
  /// Means of baseline and scenario.
  package let baselineMean: Double?
  package let scenarioMean: Double?
  package let matters: Double?
  public let verdict: Verdict
  /// What an analysis over the assumptions says of the same, where one was read.
  package let assumptions: AssumptionFinding?

  package init(
    _ row: ContrastRow, unit: String, baselineMean: Double?, scenarioMean: Double?,
    matters: Double?, comparisons: Int, forms: Verdict? = nil,
    assumptions: AssumptionFinding? = nil
  ) {
    scenario = row.scenario
    baseline = row.baseline
    series = MeasureSeries(
      measure: MeasureRequest(measure: row.measure, dimension: row.dimension), member: row.member)
    self.unit = unit
    mean = row.meanDifference
    low = row.low
    high = row.high
    replications = row.n
    self.baselineMean = baselineMean
    self.scenarioMean = scenarioMean
    self.matters = matters
    verdict = forms ?? Self.verdict(row, matters: matters, comparisons: comparisons)
    self.assumptions = assumptions
  }

  /// Of an analysis over the assumptions alone.
  package init(_ finding: AssumptionFinding, unit: String, replications: Int) {
    let row = finding.row
    scenario = row.scenario
    baseline = row.baseline
    series = row.series
    self.unit = unit
    mean = row.effect.value
    low = row.effect.low
    high = row.effect.high
    self.replications = replications
    baselineMean = nil
    scenarioMean = nil
    matters = row.matters
    // Nobody asks for it where the assumptions were varied.
    verdict = .unknown
    assumptions = finding
  }

  /// The chance of a claim of a direction where there is none.
  package static let alpha = 0.05

  private static func verdict(_ row: ContrastRow, matters: Double?, comparisons: Int) -> Verdict {
    guard let low = row.low, let high = row.high, row.n >= 2 else { return .unknown }
    if low == 0, high == 0 { return .same }
    if let matters {
      // For a statement on all comparisons of the measure at once (Bonferroni).
      let half =
        (high - low) / 2
        * studentQuantile(
          degreesOfFreedom: row.n - 1, level: 1 - alpha / Double(max(1, comparisons)))
        / studentQuantile(degreesOfFreedom: row.n - 1)
      if row.meanDifference - half > -matters, row.meanDifference + half < matters { return .none }
    }
    guard low > 0 || high < 0 else { return .unclear(more: needed(row, matters: matters)) }
    if let chance = row.adjustedPValue, chance >= alpha {
      return .notAmongMany(comparisons: comparisons)
    }
    return low > 0 ? .up : .down
  }

  /// Replications beyond those there are until the interval would be clear of zero, or inside what
  /// matters, with the mean and the spread seen.
  private static func needed(_ row: ContrastRow, matters: Double?) -> Int? {
    guard let low = row.low, let high = row.high else { return nil }
    let size = abs(row.meanDifference)
    let distance = max(size, matters.map { $0 - size } ?? 0)
    guard distance > 0 else { return nil }
    let count = Double(row.n)
    let deviation =
      (high - low) / 2 * count.squareRoot() / studentQuantile(degreesOfFreedom: row.n - 1)
    func half(_ n: Int) -> Double {
      studentQuantile(degreesOfFreedom: n - 1) * deviation / Double(n).squareRoot()
    }
    let most = row.n + EffectVerdict.mostReplications
    guard half(most) < distance else { return nil }
    // The half-width falls with the count: the least count is found by halving.
    var (short, enough) = (row.n, most)
    while enough - short > 1 {
      let middle = (short + enough) / 2
      if half(middle) < distance { enough = middle } else { short = middle }
    }
    return enough - row.n
  }
}

/// What an analysis over the assumptions says of an effect.
package struct AssumptionFinding: Sendable {
  package let row: UncertaintyAnalysis.Row
  package let draws: Int
  package let assumptions: Int

  package init(_ row: UncertaintyAnalysis.Row, assumptions: Int) {
    self.row = row
    draws = row.draws
    self.assumptions = assumptions
  }
}

extension Finding {
  /// What the verdict says, whose word of it is known: over the assumptions where they were varied.
  public enum Tone: String, Sendable { case up, down, none, open }

  /// The verdict in a word or two.
  public func badge(_ language: Language) -> String {
    (assumptions.map { FindingPhrase.badge($0.row.verdict) } ?? FindingPhrase.badge(verdict))
      .text(language)
  }

  public var tone: Tone {
    if let assumptions {
      return switch assumptions.row.verdict {
      case .robustUp: .up
      case .robustDown: .down
      case .none: .none
      case .undetermined, .unclear, .formDependent: .open
      }
    }
    return switch verdict {
    case .up: .up
    case .down: .down
    case .none, .same: .none
    case .unclear, .notAmongMany, .unknown, .formDependent: .open
    }
  }
}
