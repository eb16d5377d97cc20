// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import OutputAnalysis

/// What factors do along trajectories that change one of them a step: Morris's μ, μ* and σ.
///
/// An elementary effect is the change of the output over that of the factor, in units of the factor's
/// own range: the step really taken is what divides, so that factors with few values, whose steps have
/// lengths of their own, can stand beside the others.
///
/// With replications, run noise is taken out:
///
/// - μ is the mean of the effects, to which noise adds nothing on average.
/// - μ*, the mean size, would be too large: the size of noise is never below zero. Each replication's
///   effect is therefore counted with the sign that the *other* replications give it. Without an effect
///   the result is zero on average; with one that stands out from noise it is the size; in between it
///   falls short of it, and never is too large on average.
/// - σ² is the variance of the effects between trajectories less that which noise brings, the rest of a
///   two-way table over its replications.
///
/// The interval of μ is that of ``CrossedMean``, over trajectories and replications. Those of μ* and σ are a
/// bootstrap over trajectories (expanded percentiles), for sizes are skewed; that of μ* is widened as the
/// luck which replications have in common widens the interval of a mean. Which factors are told from
/// chance follows from it, adjusted by Holm's rule for their number. With one replication noise is in
/// all three, and μ* and σ of a factor that does nothing are above zero.
///
/// Sources: Morris, *Technometrics* 33 (1991) 161–174; μ*: Campolongo, Cariboni and Saltelli, *Environ.
/// Model. Softw.* 22 (2007) 1509–1518.
public struct ElementaryEffects: Sendable {
  /// Two points that differ in one factor.
  public struct Step: Hashable, Sendable, BitwiseCopyable {
    public var factor: Int
    /// Places of the points in the list of values.
    public var before: Int
    public var after: Int
    /// The change of the factor as a share of its range, with its sign; 0 where it has not moved.
    public var length: Double

    public init(factor: Int, before: Int, after: Int, length: Double) {
      self.factor = factor
      self.before = before
      self.after = after
      self.length = length
    }
  }

  /// Of one factor.
  public struct Effect: Hashable, Sendable, BitwiseCopyable {
    /// μ.
    public var mean: ConfidenceInterval
    /// μ*, noise taken out where there are replications.
    public var size: ConfidenceInterval
    /// The mean size of effects averaged over replications, noise included: Campolongo's μ* as other
    /// programs have it.
    public var plainSize: Double
    /// σ, noise taken out where there are replications.
    public var deviation: ConfidenceInterval
    /// σ with noise included.
    public var plainDeviation: Double
    /// The chance of a μ* so far above zero if the factor did nothing, adjusted by Holm's rule for all
    /// factors: neither run noise nor the choice of trajectories is likely to explain the effect where it
    /// is small. `nil` with one replication, which cannot tell noise.
    public var adjustedPValue: Double?
    /// Whether that chance is below 5 %.
    public var isTold: Bool? { adjustedPValue.map { $0 < 0.05 } }
  }

  /// By factor; `nil` where fewer than two steps moved it.
  public var effects: [Effect?]
  public var trajectories: Int
  public var replications: Int

  /// - Parameters:
  ///   - trajectories: Their steps.
  ///   - values: Of each point, one value a replication.
  ///   - seed: Of the bootstrap.
  public init(
    factors: Int, trajectories: [[Step]], values: [[Double]], seed: UInt64, resamples: Int = 1000,
    level: Double = 0.95
  ) {
    let replications = values.first?.count ?? 0
    precondition(
      replications >= 1 && values.allSatisfy { $0.count == replications },
      "each point has as many replications")
    self.replications = replications
    self.trajectories = trajectories.count
    var effects = (0..<factors).map { factor -> Effect? in
      let table = trajectories.flatMap { steps in
        steps.filter { $0.factor == factor && $0.length != 0 }.map { step in
          zip(values[step.after], values[step.before]).map { ($0 - $1) / step.length }
        }
      }
      return Self.effect(table, seed: seed, resamples: resamples, level: level)
    }
    let told = effects.indices.filter { effects[$0]?.adjustedPValue != nil }
    for (place, chance) in zip(told, holmAdjusted(told.map { effects[$0]!.adjustedPValue! })) {
      effects[place]!.adjustedPValue = chance
    }
    self.effects = effects
  }

  /// - Parameter table: Of each trajectory, one effect a replication.
  private static func effect(
    _ table: [[Double]], seed: UInt64, resamples: Int, level: Double
  ) -> Effect? {
    guard table.count > 1 else { return nil }
    let crossed = CrossedMean(table, level: level)
    guard let mean = crossed.interval else { return nil }
    let bootstrap = Bootstrap(
      seed: seed, kind: "trajectories", count: table.count, resamples: resamples)
    let size = size(table.map(sizes), bootstrap, level: level)
    let means = table.map { $0.reduce(0, +) / Double($0.count) }
    guard let plain = SampleMoments(means), let plainSize = SampleMoments(means.map(abs)) else {
      return nil
    }
    let isReplicated = table[0].count > 1
    return Effect(
      mean: mean, size: size, plainSize: plainSize.mean,
      deviation: deviation(table, crossed, bootstrap, level: level),
      plainDeviation: plain.standardDeviation, adjustedPValue: isReplicated ? chance(of: size) : nil
    )
  }

  /// The two-sided chance of a μ* so far from zero, by Student's distribution: 5 % where its 95 % interval
  /// ends at zero.
  private static func chance(of size: ConfidenceInterval) -> Double {
    let reach = size.estimate - size.low
    guard size.estimate > 0 else { return 1 }
    guard reach > 0 else { return 0 }
    let freedom = size.n - 1
    let quantile = studentQuantile(degreesOfFreedom: freedom, level: size.level)
    return min(1, 2 * gsl_cdf_tdist_Q(size.estimate / reach * quantile, Double(freedom)))
  }

  /// Each replication's effect with the sign of the others' mean.
  private static func sizes(_ effects: [Double]) -> [Double] {
    guard effects.count > 1 else { return effects.map(abs) }
    let sum = effects.reduce(0, +)
    return effects.map { effect in
      let others = sum - effect
      return others > 0 ? effect : others < 0 ? -effect : 0
    }
  }

  private static func size(
    _ table: [[Double]], _ bootstrap: Bootstrap, level: Double
  ) -> ConfidenceInterval {
    let means = table.map { $0.reduce(0, +) / Double($0.count) }
    let crossed = CrossedMean(table, level: level)
    let drawn = (0..<bootstrap.resamples).map { number in
      zip(means, bootstrap.counts(inResample: number)).reduce(0) { $0 + $1.0 * Double($1.1) }
        / Double(means.count)
    }
    let (low, high) = bootstrap.percentiles(drawn, level: level)
    var widening = 1.0
    if let both = crossed.interval, let rows = ConfidenceInterval(of: means, level: level),
      rows.halfWidth > 0
    {
      widening = max(1, both.halfWidth / rows.halfWidth)
    }
    let center = crossed.mean
    return ConfidenceInterval(
      estimate: center, low: center - widening * max(0, center - low),
      high: center + widening * max(0, high - center), n: table.count, level: level)
  }

  private static func deviation(
    _ table: [[Double]], _ crossed: CrossedMean, _ bootstrap: Bootstrap, level: Double
  ) -> ConfidenceInterval {
    func root(_ variance: Double?) -> Double { max(0, variance ?? 0).squareRoot() }
    let rows = Double(table.count)
    let drawn = (0..<bootstrap.resamples).map { number in
      let resample = zip(table, bootstrap.counts(inResample: number)).flatMap { row, count in
        Array(repeating: row, count: count)
      }
      // A resample varies less than its sample, by this factor on average.
      let variance =
        resample[0].count > 1
        ? CrossedComponents(resample).parameterVariance(isBounded: false)
        : CrossedMean(resample).rowVariance
      return root(variance.map { $0 * rows / (rows - 1) })
    }
    let (low, high) = bootstrap.percentiles(drawn, level: level)
    return ConfidenceInterval(
      estimate: root(crossed.rowVariance), low: low, high: high, n: table.count, level: level)
  }
}
