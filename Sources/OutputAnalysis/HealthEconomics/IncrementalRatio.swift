// SPDX-License-Identifier: GPL-3.0-or-later

/// What an arm costs and brings beyond another, and the cost of one more unit of effect (ICER).
public struct IncrementalRatio: Hashable, Sendable {
  /// The ratios that the data do not exclude.
  public enum Interval: Hashable, Sendable {
    case between(Double, Double)
    /// All but those between the two: the difference of effects is not clear of zero, that of costs is.
    case outside(Double, Double)
    /// Neither is clear of zero: every ratio is possible.
    case everything
  }

  /// Mean differences, arm less comparator, with their paired intervals; `nil` under two replications.
  public var cost: ConfidenceInterval?
  public var effect: ConfidenceInterval?
  public var meanCost: Double
  public var meanEffect: Double
  /// Fieller's interval; `nil` under two replications.
  public var interval: Interval?

  /// Money for one unit more of the effect; without meaning of its own where the arm both costs less and
  /// brings more or the opposite: see ``dominance``. `nil` where the effects are equal.
  public var ratio: Double? { meanEffect == 0 ? nil : meanCost / meanEffect }

  public enum Dominance: String, Hashable, Sendable {
    /// Costs no more and brings more, or costs less and brings as much.
    case dominates
    /// The opposite.
    case isDominated = "is-dominated"
  }

  /// By the means; `nil` where more effect costs more, or less effect less.
  public var dominance: Dominance? {
    if meanCost <= 0, meanEffect >= 0, meanCost < 0 || meanEffect > 0 { return .dominates }
    if meanCost >= 0, meanEffect <= 0, meanCost > 0 || meanEffect < 0 { return .isDominated }
    return nil
  }

  /// - Precondition: Both have as many replications.
  public init(of arm: EconomicArm, against other: EconomicArm, level: Double = 0.95) {
    precondition(arm.costs.count == other.costs.count, "arms are paired by replication")
    let costs = zip(arm.costs, other.costs).map { $0 - $1 }
    let effects = zip(arm.effects, other.effects).map { $0 - $1 }
    meanCost = EconomicArm.mean(costs)
    meanEffect = EconomicArm.mean(effects)
    cost = ConfidenceInterval(of: costs, level: level)
    effect = ConfidenceInterval(of: effects, level: level)
    interval = Self.fieller(costs, effects, level: level)
  }

  /// The set of ratios ρ at which ΔC − ρΔE, a mean of paired differences, is not clear of zero by Student's
  /// test: the solutions of a quadratic inequality. Exact for normal differences.
  ///
  /// Source: Fieller, *Journal of the Royal Statistical Society B* 16 (1954) 175–185; Willan & O'Brien,
  /// *Health Economics* 5 (1996) 297–305.
  private static func fieller(_ costs: [Double], _ effects: [Double], level: Double) -> Interval? {
    let count = Double(costs.count)
    guard let cost = SampleMoments(costs), let effect = SampleMoments(effects), cost.count >= 2
    else { return nil }
    let covariance =
      zip(costs, effects).reduce(0) { $0 + ($1.0 - cost.mean) * ($1.1 - effect.mean) }
      / (count - 1)
    let quantile = studentQuantile(degreesOfFreedom: cost.count - 1, level: level)
    let scale = quantile * quantile / count
    // aρ² − 2bρ + c ≤ 0.
    let a = effect.mean * effect.mean - scale * effect.variance
    let b = cost.mean * effect.mean - scale * covariance
    let c = cost.mean * cost.mean - scale * cost.variance
    let root = b * b - a * c
    if a > 0 {
      // The ratio of the means is a solution, so there is one.
      let half = max(0, root).squareRoot()
      return .between((b - half) / a, (b + half) / a)
    }
    guard a < 0, root > 0 else { return .everything }
    let ends = [(b - root.squareRoot()) / a, (b + root.squareRoot()) / a].sorted()
    return .outside(ends[0], ends[1])
  }
}
