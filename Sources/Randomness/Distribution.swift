// SPDX-License-Identifier: GPL-3.0-or-later

/// A probability distribution with parameters that have been checked.
///
/// Make one with a factory such as ``gamma(shape:scale:)``, which states the parameterisation and
/// throws a ``DistributionError`` for parameters that make no distribution, or whose mean or
/// variance is too large for a `Double`. Then either ask for ``mean``, ``variance``,
/// ``cumulative(_:)`` and ``quantile(_:)``, or compile it into a ``SamplerTable`` to draw from it.
///
/// A distribution has no unit: whoever makes it decides what its numbers count.
public struct Distribution: Hashable, Sendable {
  /// The family and its parameters.
  public let form: Form

  /// The mean.
  public let mean: Double

  /// The variance: the square of the standard deviation.
  public let variance: Double

  /// The families, with the parameters that their factories explain.
  public enum Form: Hashable, Sendable {
    case constant(Double)
    case exponential(mean: Double)
    case uniform(low: Double, high: Double)
    case triangular(low: Double, mode: Double, high: Double)
    /// `lowest` and `highest` are infinite where the distribution is not truncated; mean and
    /// standard deviation are those before truncation.
    case normal(mean: Double, standardDeviation: Double, lowest: Double, highest: Double)
    /// Mean and standard deviation of the logarithm.
    case lognormal(mu: Double, sigma: Double)
    case gamma(shape: Double, scale: Double)
    case erlang(stages: Int, mean: Double)
    case weibull(shape: Double, scale: Double)
    case beta(alpha: Double, beta: Double, low: Double, high: Double)
    case poisson(mean: Double)
    /// Ascending values without repetition; weights above 0 that sum to 1.
    case empirical([WeightedValue])
    /// Weights above 0 that sum to 1.
    case mixture([WeightedDistribution])
    /// The number of trials up to the first success.
    case geometric(probability: Double)
    case binomial(trials: Int, probability: Double)
    /// The number of failures before the successes.
    case negativeBinomial(successes: Double, probability: Double)
    /// Both ends are included.
    case uniformInteger(low: Int, high: Int)
    case phaseType(Phases)
    /// One end may be infinite; both belong to what is kept.
    indirect case truncated(Distribution, lowest: Double, highest: Double)
    indirect case shifted(Distribution, by: Double)
  }

  /// A value of an empirical distribution and its probability.
  public struct WeightedValue: Hashable, Sendable {
    public let value: Double
    public let weight: Double
  }

  /// A component of a mixture and its probability.
  public struct WeightedDistribution: Hashable, Sendable {
    public let distribution: Distribution
    public let weight: Double
  }

  /// Takes a form whose parameters have been checked, and checks its moments.
  init(_ form: Form) throws(DistributionError) {
    GSL.prepare()
    self.form = form
    mean = form.mean
    variance = form.variance
    guard mean.isFinite, variance.isFinite else {
      let isMeanAtFault = !mean.isFinite
      throw DistributionError(
        distribution: form.name, parameter: isMeanAtFault ? "mean" : "variance",
        value: isMeanAtFault ? mean : variance, allowed: "small enough for a floating-point number")
    }
  }

  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }

  /// The family's name as model files write it, such as "lognormal".
  public var name: String { form.name }

  /// The least and the greatest value a sample can have; infinite where there is none.
  public var support: ClosedRange<Double> { form.support }

  /// Whether no sample is negative, as a duration must be.
  public var isNonnegative: Bool { support.lowerBound >= 0 }
}

extension Distribution.Form {
  var name: String {
    switch self {
    case .constant: "constant"
    case .exponential: "exponential"
    case .uniform: "uniform"
    case .triangular: "triangular"
    case .normal: "normal"
    case .lognormal: "lognormal"
    case .gamma: "gamma"
    case .erlang: "erlang"
    case .weibull: "weibull"
    case .beta: "beta"
    case .poisson: "poisson"
    case .empirical: "empirical"
    case .mixture: "mixture"
    case .geometric: "geometric"
    case .binomial: "binomial"
    case .negativeBinomial: "negative-binomial"
    case .uniformInteger: "uniform-integer"
    case .phaseType: "phase-type"
    case .truncated: "truncated"
    case .shifted: "shifted"
    }
  }

  var support: ClosedRange<Double> {
    switch self {
    case .constant(let value):
      value...value
    case .exponential, .lognormal, .gamma, .erlang, .weibull, .poisson, .negativeBinomial,
      .phaseType:
      0...Double.infinity
    case .geometric: 1...Double.infinity
    case .binomial(let trials, _): 0...Double(trials)
    case .uniformInteger(let low, let high): Double(low)...Double(high)
    case .truncated(let inner, let lowest, let highest):
      max(lowest, inner.support.lowerBound)...min(highest, inner.support.upperBound)
    case .shifted(let inner, let offset):
      inner.support.lowerBound + offset...inner.support.upperBound + offset
    case .uniform(let low, let high), .triangular(let low, _, let high),
      .beta(_, _, let low, let high), .normal(_, _, let low, let high):
      low...high
    case .empirical(let points):
      points[0].value...points[points.count - 1].value
    case .mixture(let components):
      components.dropFirst().reduce(components[0].distribution.support) { hull, component in
        let support = component.distribution.support
        return min(hull.lowerBound, support.lowerBound)...max(hull.upperBound, support.upperBound)
      }
    }
  }
}
