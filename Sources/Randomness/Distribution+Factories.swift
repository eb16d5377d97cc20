// SPDX-License-Identifier: GPL-3.0-or-later

extension Distribution {
  /// Always `value`.
  public static func constant(_ value: Double) throws(DistributionError) -> Self {
    try Self(.checkedConstant(value))
  }

  /// Exponential with this mean, which is above 0; its rate is 1/mean.
  public static func exponential(mean: Double) throws(DistributionError) -> Self {
    try Self(.checkedExponential(mean: mean))
  }

  /// Uniform between `low` and `high`.
  public static func uniform(low: Double, high: Double) throws(DistributionError) -> Self {
    try Self(.checkedUniform(low: low, high: high))
  }

  /// Triangular between `low` and `high`, with its peak at `mode`, which may be either end.
  public static func triangular(
    low: Double, mode: Double, high: Double
  ) throws(DistributionError) -> Self {
    try Self(.checkedTriangular(low: low, mode: mode, high: high))
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
    if let lowest { try check.finite(lowest, "lowest") }
    if let highest { try check.finite(highest, "highest") }
    return try Self(
      .checkedNormal(
        mean: mean, standardDeviation: standardDeviation, lowest: lowest ?? -.infinity,
        highest: highest ?? .infinity))
  }

  /// Lognormal with this mean and standard deviation of the variable itself, both above 0.
  public static func lognormal(
    mean: Double, standardDeviation: Double
  ) throws(DistributionError) -> Self {
    try Self(.checkedLognormal(mean: mean, standardDeviation: standardDeviation))
  }

  /// Lognormal whose logarithm has the mean `mu` and the standard deviation `sigma`, above 0.
  public static func lognormal(mu: Double, sigma: Double) throws(DistributionError) -> Self {
    try Self(.checkedLognormal(mu: mu, sigma: sigma))
  }

  /// Gamma with the mean `shape` × `scale` and the variance `shape` × `scale`²; both above 0, and
  /// the shape at most 10⁹.
  public static func gamma(shape: Double, scale: Double) throws(DistributionError) -> Self {
    try Self(.checkedGamma(shape: shape, scale: scale))
  }

  /// Gamma with this mean and standard deviation, both above 0: the shape is the squared ratio of
  /// the mean to the standard deviation, and at most 10⁹.
  public static func gamma(
    mean: Double, standardDeviation: Double
  ) throws(DistributionError) -> Self {
    try Self(.checkedGamma(mean: mean, standardDeviation: standardDeviation))
  }

  /// Erlang: the sum of `stages` exponential times, each of mean `mean` / `stages`.
  ///
  /// - Parameters:
  ///   - stages: From 1 to 10⁹.
  ///   - mean: The mean of the sum, above 0.
  public static func erlang(stages: Int, mean: Double) throws(DistributionError) -> Self {
    try Self(.checkedErlang(stages: Double(stages), mean: mean))
  }

  /// Weibull: exceeds x with the probability exp(−(x / `scale`)^`shape`); both above 0.
  public static func weibull(shape: Double, scale: Double) throws(DistributionError) -> Self {
    try Self(.checkedWeibull(shape: shape, scale: scale))
  }

  /// Beta with density proportional to x^(`alpha` − 1) (1 − x)^(`beta` − 1), stretched from the
  /// interval (0, 1) to (`low`, `high`).
  ///
  /// `alpha` and `beta` are above 0 and at most 10⁵: beyond, GSL 2.7 cannot find some values of the
  /// distribution function.
  public static func beta(
    alpha: Double, beta: Double, low: Double = 0, high: Double = 1
  ) throws(DistributionError) -> Self {
    try Self(.checkedBeta(alpha: alpha, beta: beta, low: low, high: high))
  }

  /// Poisson: whole numbers from 0, with this mean, above 0 and at most 10⁹.
  public static func poisson(mean: Double) throws(DistributionError) -> Self {
    try Self(.checkedPoisson(mean: mean))
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
