// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Distribution {
  /// Always `value`.
  public static func constant(_ value: Double) throws(DistributionError) -> Self {
    try ParameterCheck("constant").finite(value, "value")
    return try Self(.constant(value))
  }

  /// Exponential with this mean, which is above 0; its rate is 1/mean.
  public static func exponential(mean: Double) throws(DistributionError) -> Self {
    try ParameterCheck("exponential").positive(mean, "mean")
    return try Self(.exponential(mean: mean))
  }

  /// Uniform between `low` and `high`.
  public static func uniform(low: Double, high: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("uniform")
    try check.finite(low, "low")
    try check.finite(high, "high")
    try check.that(high > low, high, "high", "greater than low, \(low)")
    return try Self(.uniform(low: low, high: high))
  }

  /// Triangular between `low` and `high`, with its peak at `mode`, which may be either end.
  public static func triangular(
    low: Double, mode: Double, high: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("triangular")
    try check.finite(low, "low")
    try check.finite(high, "high")
    try check.that(high > low, high, "high", "greater than low, \(low)")
    try check.that(low <= mode && mode <= high, mode, "mode", "from low, \(low), to high, \(high)")
    return try Self(.triangular(low: low, mode: mode, high: high))
  }

  /// Normal, truncated to the values between `lowest` and `highest` where these are given.
  ///
  /// `mean` and `standardDeviation` are those before truncation. A sample is exactly distributed as
  /// a normal variable given that it lies within the bounds; it is not moved to the nearer bound.
  ///
  /// - Parameters:
  ///   - mean: Any number.
  ///   - standardDeviation: Greater than 0.
  ///   - lowest: The lower bound, or `nil` for none.
  ///   - highest: The upper bound, greater than `lowest` by at least 10⁻⁹ standard deviations, or
  ///     `nil` for none. The bounds must leave a probability of at least 10⁻²⁵⁰.
  public static func normal(
    mean: Double, standardDeviation: Double, lowest: Double? = nil, highest: Double? = nil
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("normal")
    try check.finite(mean, "mean")
    try check.positive(standardDeviation, "standard deviation")
    if let lowest { try check.finite(lowest, "lowest") }
    if let highest { try check.finite(highest, "highest") }
    let low = lowest ?? -.infinity
    let high = highest ?? .infinity
    try check.that(high > low, high, "highest", "greater than lowest, \(low)")
    try check.that(
      (high - low) / standardDeviation >= 1e-9, high, "highest",
      "at least 1e-9 standard deviations above lowest, \(low)")
    let kept = TruncatedNormal(
      mean: mean, standardDeviation: standardDeviation, lowest: low, highest: high
    ).probability
    try check.that(
      kept >= 1e-250, kept, "probability within the bounds", "at least 1e-250")
    return try Self(
      .normal(mean: mean, standardDeviation: standardDeviation, lowest: low, highest: high))
  }

  /// Lognormal with this mean and standard deviation of the variable itself, both above 0.
  public static func lognormal(
    mean: Double, standardDeviation: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("lognormal")
    try check.positive(mean, "mean")
    try check.positive(standardDeviation, "standard deviation")
    let variation = standardDeviation / mean
    let squaredSigma = log1p(variation * variation)
    return try lognormal(mu: log(mean) - squaredSigma / 2, sigma: squaredSigma.squareRoot())
  }

  /// Lognormal whose logarithm has the mean `mu` and the standard deviation `sigma`, above 0.
  public static func lognormal(mu: Double, sigma: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("lognormal")
    try check.finite(mu, "mu")
    try check.positive(sigma, "sigma")
    return try Self(.lognormal(mu: mu, sigma: sigma))
  }

  /// Gamma with the mean `shape` × `scale` and the variance `shape` × `scale`²; both above 0, and
  /// the shape at most 10⁹.
  public static func gamma(shape: Double, scale: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("gamma")
    try check.positive(shape, "shape")
    try check.that(shape <= 1e9, shape, "shape", "at most 1e9")
    try check.positive(scale, "scale")
    return try Self(.gamma(shape: shape, scale: scale))
  }

  /// Erlang: the sum of `stages` exponential times, each of mean `mean` / `stages`.
  ///
  /// - Parameters:
  ///   - stages: From 1 to 10⁹.
  ///   - mean: The mean of the sum, above 0.
  public static func erlang(stages: Int, mean: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("erlang")
    try check.that(
      1...1_000_000_000 ~= stages, Double(stages), "stages", "from 1 to 1e9")
    try check.positive(mean, "mean")
    return try Self(.erlang(stages: stages, mean: mean))
  }

  /// Weibull: exceeds x with the probability exp(−(x / `scale`)^`shape`); both above 0.
  public static func weibull(shape: Double, scale: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("weibull")
    try check.positive(shape, "shape")
    try check.positive(scale, "scale")
    return try Self(.weibull(shape: shape, scale: scale))
  }

  /// Beta with density proportional to x^(`alpha` − 1) (1 − x)^(`beta` − 1), stretched from the
  /// interval (0, 1) to (`low`, `high`).
  ///
  /// `alpha` and `beta` are above 0 and at most 10⁵: beyond, GSL 2.7 cannot find some values of the
  /// distribution function.
  public static func beta(
    alpha: Double, beta: Double, low: Double = 0, high: Double = 1
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("beta")
    try check.positive(alpha, "alpha")
    try check.positive(beta, "beta")
    try check.that(alpha <= 1e5, alpha, "alpha", "at most 1e5")
    try check.that(beta <= 1e5, beta, "beta", "at most 1e5")
    try check.finite(low, "low")
    try check.finite(high, "high")
    try check.that(high > low, high, "high", "greater than low, \(low)")
    return try Self(.beta(alpha: alpha, beta: beta, low: low, high: high))
  }

  /// Poisson: whole numbers from 0, with this mean, above 0 and at most 10⁹.
  public static func poisson(mean: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("poisson")
    try check.positive(mean, "mean")
    try check.that(mean <= 1e9, mean, "mean", "at most 1e9")
    return try Self(.poisson(mean: mean))
  }

  /// Empirical: one of `values`, each with a probability in proportion to its weight.
  ///
  /// The order of the values does not matter, and equal ones are joined, so that a table's order
  /// changes no sample. There is no interpolation between values.
  ///
  /// - Parameters:
  ///   - values: At least one, and at most 2²⁴.
  ///   - weights: One for each value, none negative, not all 0; `nil` for equal weights.
  public static func empirical(
    values: [Double], weights: [Double]? = nil
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("empirical")
    try check.count(values.count, "number of values")
    for (index, value) in values.enumerated() { try check.finite(value, "values[\(index)]") }
    let shares = try check.shares(weights, of: values.count)
    var points: [WeightedValue] = []
    for (value, share) in zip(values, shares).sorted(by: { $0 < $1 }) where share > 0 {
      if let last = points.last, last.value == value {
        points[points.count - 1] = WeightedValue(value: value, weight: last.weight + share)
      } else {
        points.append(WeightedValue(value: value, weight: share))
      }
    }
    return try Self(.empirical(points))
  }

  /// Mixture: a sample of one of `components`, chosen in proportion to the weights.
  ///
  /// - Parameters:
  ///   - components: At least one, and at most 2²⁴; their order belongs to the distribution.
  ///   - weights: One for each component, none negative, not all 0; `nil` for equal weights.
  public static func mixture(
    _ components: [Distribution], weights: [Double]? = nil
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("mixture")
    try check.count(components.count, "number of components")
    let shares = try check.shares(weights, of: components.count)
    return try Self(
      .mixture(
        zip(components, shares).filter { $0.1 > 0 }.map {
          WeightedDistribution(distribution: $0.0, weight: $0.1)
        }))
  }
}
