// SPDX-License-Identifier: GPL-3.0-or-later

/// The difference that a scenario makes, from replications paired by index.
///
/// Replication *k* of both scenarios shares its random numbers, so what is common to the two
/// cancels in the difference. The interval is Student's over the differences.
public struct PairedContrast: Hashable, Sendable, BitwiseCopyable {
  /// Mean of scenario less baseline, with its interval; `n` counts the pairs in which both are
  /// defined.
  public var difference: ConfidenceInterval
  /// Standard deviation of the differences.
  public var standardDeviation: Double
  /// How many times as many independent replications would give the same interval:
  /// the summed variances of the two over the variance of their difference. Above 1 the common
  /// random numbers help. `nil` when the difference does not vary at all.
  public var varianceReduction: Double?

  /// Pairs `scenario[k]` with `baseline[k]` and skips the pairs in which either is undefined.
  ///
  /// Where one list is longer, what has no partner is left out.
  /// - Returns: `nil` when fewer than two pairs are defined.
  public init?(of scenario: [Double?], against baseline: [Double?], level: Double = 0.95) {
    var first: [Double] = []
    var second: [Double] = []
    for case (let value?, let base?) in zip(scenario, baseline) {
      first.append(value)
      second.append(base)
    }
    let differences = zip(first, second).map { $0 - $1 }
    guard
      let moments = SampleMoments(differences),
      let interval = ConfidenceInterval(moments, level: level),
      let firstMoments = SampleMoments(first), let secondMoments = SampleMoments(second)
    else { return nil }
    difference = interval
    standardDeviation = moments.standardDeviation
    varianceReduction =
      moments.variance > 0
      ? (firstMoments.variance + secondMoments.variance) / moments.variance : nil
  }

  /// Probability of a mean difference at least this far from zero if there were none (two-sided
  /// Student test). For several contrasts at once see ``holmAdjusted(_:)``.
  ///
  /// Differences that are all zero give 1; all equal but not zero give 0.
  public var pValue: Double {
    let error = standardDeviation / Double(difference.n).squareRoot()
    guard error > 0 else { return difference.mean == 0 ? 1 : 0 }
    return 2
      * Quantiles.studentTail(
        abs(difference.mean) / error, degreesOfFreedom: Double(difference.n - 1))
  }
}
