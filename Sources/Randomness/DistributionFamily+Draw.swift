// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension DistributionFamily {
  /// Draws a sample of the distribution with these parameters.
  ///
  /// Takes up to some 40 ns longer than a ``SamplerTable``, for the checks.
  ///
  /// - Throws: What the factory of ``Distribution`` throws for such parameters; and an error of the
  ///   parameter "sample" when the sample is no finite number, which only parameters beyond all
  ///   measure bring about.
  public func draw(
    _ parameters: Parameters, _ stream: inout RandomStream
  ) throws(DistributionError) -> Double {
    let sample = try sample(of: checkedForm(parameters), &stream)
    guard sample.isFinite else {
      throw DistributionError(
        distribution: name, parameter: "sample", value: sample, allowed: "a finite number")
    }
    return sample
  }

  /// The distribution with these parameters.
  ///
  /// - Throws: What the factory of ``Distribution`` throws.
  public func distribution(_ parameters: Parameters) throws(DistributionError) -> Distribution {
    try Distribution(checkedForm(parameters))
  }

  private func sample(of form: Distribution.Form, _ stream: inout RandomStream) -> Double {
    if let row = SamplerTable.Row(form) { return row.sample(&stream) }
    guard case .normal(let mean, let deviation, let lowest, let highest) = form else {
      preconditionFailure("a family has no lists")
    }
    return TruncatedNormal(
      mean: mean, standardDeviation: deviation, lowest: lowest, highest: highest
    ).quantile(stream.uniform())
  }

  private func checkedForm(_ p: Parameters) throws(DistributionError) -> Distribution.Form {
    switch self {
    case .constant: return try .checkedConstant(p[0])
    case .exponential: return try .checkedExponential(mean: p[0])
    case .exponentialByRate:
      try ParameterCheck("exponential").positive(p[0], "rate")
      return try .checkedExponential(mean: 1 / p[0])
    case .uniform: return try .checkedUniform(low: p[0], high: p[1])
    case .triangular: return try .checkedTriangular(low: p[0], mode: p[1], high: p[2])
    case .normal:
      return try .checkedNormal(
        mean: p[0], standardDeviation: p[1], lowest: -.infinity, highest: .infinity)
    case .truncatedNormal:
      GSL.prepare()
      return try .checkedNormal(
        mean: p[0], standardDeviation: p[1], lowest: p[2], highest: p[3])
    case .lognormal: return try .checkedLognormal(mean: p[0], standardDeviation: p[1])
    case .lognormalByMedian:
      try ParameterCheck("lognormal").positive(p[0], "median")
      return try .checkedLognormal(mu: log(p[0]), sigma: p[1])
    case .lognormalByLogarithm: return try .checkedLognormal(mu: p[0], sigma: p[1])
    case .gamma: return try .checkedGamma(shape: p[0], scale: p[1])
    case .gammaByRate:
      try ParameterCheck("gamma").positive(p[1], "rate")
      return try .checkedGamma(shape: p[0], scale: 1 / p[1])
    case .gammaByMean: return try .checkedGamma(mean: p[0], standardDeviation: p[1])
    case .erlang: return try .checkedErlang(stages: p[0], mean: p[1])
    case .weibull:
      GSL.prepare()
      return try .checkedWeibull(shape: p[0], scale: p[1])
    case .beta: return try .checkedBeta(alpha: p[0], beta: p[1], low: p[2], high: p[3])
    case .poisson: return try .checkedPoisson(mean: p[0])
    case .geometric: return try .checkedGeometric(probability: p[0])
    case .binomial: return try .checkedBinomial(trials: p[0], probability: p[1])
    case .negativeBinomial:
      return try .checkedNegativeBinomial(successes: p[0], probability: p[1])
    case .uniformInteger: return try .checkedUniformInteger(low: p[0], high: p[1])
    }
  }
}
