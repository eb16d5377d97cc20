// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Distribution.Form {
  /// The mean of the distribution.
  var mean: Double {
    switch self {
    case .constant(let value): value
    case .exponential(let mean): mean
    case .uniform(let low, let high): low / 2 + high / 2
    case .triangular(let low, let mode, let high): low / 3 + mode / 3 + high / 3
    case .normal(let mean, let deviation, let lowest, let highest):
      TruncatedNormal(
        mean: mean, standardDeviation: deviation, lowest: lowest, highest: highest
      ).truncatedMean
    case .lognormal(let mu, let sigma): exp(mu + sigma * sigma / 2)
    case .gamma(let shape, let scale): shape * scale
    case .erlang(_, let mean): mean
    case .weibull(let shape, let scale): scale * exp(gsl_sf_lngamma(1 + 1 / shape))
    case .beta(let alpha, let beta, let low, let high):
      low + (high - low) * (alpha / (alpha + beta))
    case .poisson(let mean): mean
    case .empirical(let points): points.reduce(0) { $0 + $1.weight * $1.value }
    case .mixture(let components):
      components.reduce(0) { $0 + $1.weight * $1.distribution.mean }
    case .geometric(let probability): 1 / probability
    case .binomial(let trials, let probability): Double(trials) * probability
    case .negativeBinomial(let successes, let probability):
      successes * (1 - probability) / probability
    case .uniformInteger(let low, let high): Double(low + high) / 2
    case .phaseType(let phases): phases.moments.first
    case .truncated(let inner, let lowest, let highest):
      Truncation(inner, lowest: lowest, highest: highest).moments.mean
    case .shifted(let inner, let offset): inner.mean + offset
    }
  }

  /// The variance of the distribution.
  var variance: Double {
    switch self {
    case .constant: return 0
    case .exponential(let mean): return mean * mean
    case .uniform(let low, let high): return (high - low) * (high - low) / 12
    case .triangular(let low, let mode, let high):
      let left = mode - low
      let right = high - mode
      return (left * left + left * right + right * right) / 18
    case .normal(let mean, let deviation, let lowest, let highest):
      return TruncatedNormal(
        mean: mean, standardDeviation: deviation, lowest: lowest, highest: highest
      ).truncatedVariance
    case .lognormal(let mu, let sigma):
      let squaredSigma = sigma * sigma
      return expm1(squaredSigma) * exp(2 * mu + squaredSigma)
    case .gamma(let shape, let scale): return shape * scale * scale
    case .erlang(let stages, let mean): return mean * mean / Double(stages)
    case .weibull(let shape, let scale):
      // Γ(1 + 2/k) − Γ(1 + 1/k)², written so that it does not cancel for large shapes k.
      let once = gsl_sf_lngamma(1 + 1 / shape)
      let twice = gsl_sf_lngamma(1 + 2 / shape)
      return scale * scale * exp(2 * once) * expm1(twice - 2 * once)
    case .beta(let alpha, let beta, let low, let high):
      let sum = alpha + beta
      return (high - low) * (high - low) * (alpha / sum) * (beta / sum) / (sum + 1)
    case .poisson(let mean): return mean
    case .empirical(let points):
      let mean = mean
      return points.reduce(0) { $0 + $1.weight * ($1.value - mean) * ($1.value - mean) }
    case .mixture(let components):
      let mean = mean
      return components.reduce(0) { sum, component in
        let shift = component.distribution.mean - mean
        return sum + component.weight * (component.distribution.variance + shift * shift)
      }
    case .geometric(let probability): return (1 - probability) / (probability * probability)
    case .binomial(let trials, let probability):
      return Double(trials) * probability * (1 - probability)
    case .negativeBinomial(let successes, let probability):
      return successes * (1 - probability) / (probability * probability)
    case .uniformInteger(let low, let high):
      let count = Double(high - low) + 1
      return (count * count - 1) / 12
    case .phaseType(let phases):
      let (first, second) = phases.moments
      return second - first * first
    case .truncated(let inner, let lowest, let highest):
      return Truncation(inner, lowest: lowest, highest: highest).moments.variance
    case .shifted(let inner, _): return inner.variance
    }
  }
}
