// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Forms whose parameters are a few numbers, checked: for the factories, and for parameters that are
/// known only when a sample is drawn. Nothing is allocated unless a parameter is refused.
extension Distribution.Form {
  static func checkedConstant(_ value: Double) throws(DistributionError) -> Self {
    try ParameterCheck("constant").finite(value, "value")
    return .constant(value)
  }

  static func checkedExponential(mean: Double) throws(DistributionError) -> Self {
    try ParameterCheck("exponential").positive(mean, "mean")
    return .exponential(mean: mean)
  }

  static func checkedUniform(low: Double, high: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("uniform")
    try check.finite(low, "low")
    try check.finite(high, "high")
    try check.that(high > low, high, "high", "greater than low, \(low)")
    return .uniform(low: low, high: high)
  }

  static func checkedTriangular(
    low: Double, mode: Double, high: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("triangular")
    try check.finite(low, "low")
    try check.finite(high, "high")
    try check.that(high > low, high, "high", "greater than low, \(low)")
    try check.that(low <= mode && mode <= high, mode, "mode", "from low, \(low), to high, \(high)")
    return .triangular(low: low, mode: mode, high: high)
  }

  /// The bounds are infinite where there are none.
  static func checkedNormal(
    mean: Double, standardDeviation: Double, lowest: Double, highest: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("normal")
    try check.finite(mean, "mean")
    try check.positive(standardDeviation, "standard deviation")
    if lowest == -.infinity && highest == .infinity {
      return .normal(
        mean: mean, standardDeviation: standardDeviation, lowest: lowest, highest: highest)
    }
    try check.that(lowest < .infinity, lowest, "lowest", "a finite number")
    try check.that(highest > -.infinity, highest, "highest", "a finite number")
    try check.that(highest > lowest, highest, "highest", "greater than lowest, \(lowest)")
    try check.that(
      (highest - lowest) / standardDeviation >= 1e-9, highest, "highest",
      "at least 1e-9 standard deviations above lowest, \(lowest)")
    let kept = TruncatedNormal(
      mean: mean, standardDeviation: standardDeviation, lowest: lowest, highest: highest
    ).probability
    try check.that(
      kept >= 1e-250, kept, "probability within the bounds", "at least 1e-250")
    return .normal(
      mean: mean, standardDeviation: standardDeviation, lowest: lowest, highest: highest)
  }

  static func checkedLognormal(
    mean: Double, standardDeviation: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("lognormal")
    try check.positive(mean, "mean")
    try check.positive(standardDeviation, "standard deviation")
    let variation = standardDeviation / mean
    let squaredSigma = log1p(variation * variation)
    return try checkedLognormal(
      mu: log(mean) - squaredSigma / 2, sigma: squaredSigma.squareRoot())
  }

  static func checkedLognormal(mu: Double, sigma: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("lognormal")
    try check.finite(mu, "mu")
    try check.positive(sigma, "sigma")
    return .lognormal(mu: mu, sigma: sigma)
  }

  static func checkedGamma(shape: Double, scale: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("gamma")
    try check.positive(shape, "shape")
    try check.that(shape <= 1e9, shape, "shape", "at most 1e9")
    try check.positive(scale, "scale")
    return .gamma(shape: shape, scale: scale)
  }

  static func checkedGamma(
    mean: Double, standardDeviation: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("gamma")
    try check.positive(mean, "mean")
    try check.positive(standardDeviation, "standard deviation")
    let variation = standardDeviation / mean
    let shape = 1 / (variation * variation)
    return try checkedGamma(shape: shape, scale: mean / shape)
  }

  static func checkedErlang(stages: Double, mean: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("erlang")
    try check.that(1...1e9 ~= stages, stages, "stages", "from 1 to 1e9")
    try check.that(stages == stages.rounded(), stages, "stages", "a whole number")
    try check.positive(mean, "mean")
    return .erlang(stages: Int(stages), mean: mean)
  }

  static func checkedWeibull(shape: Double, scale: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("weibull")
    try check.positive(shape, "shape")
    try check.positive(scale, "scale")
    return .weibull(shape: shape, scale: scale)
  }

  static func checkedBeta(
    alpha: Double, beta: Double, low: Double, high: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("beta")
    try check.positive(alpha, "alpha")
    try check.positive(beta, "beta")
    try check.that(alpha <= 1e5, alpha, "alpha", "at most 1e5")
    try check.that(beta <= 1e5, beta, "beta", "at most 1e5")
    try check.finite(low, "low")
    try check.finite(high, "high")
    try check.that(high > low, high, "high", "greater than low, \(low)")
    return .beta(alpha: alpha, beta: beta, low: low, high: high)
  }

  static func checkedPoisson(mean: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("poisson")
    try check.positive(mean, "mean")
    try check.that(mean <= 1e9, mean, "mean", "at most 1e9")
    return .poisson(mean: mean)
  }
}
