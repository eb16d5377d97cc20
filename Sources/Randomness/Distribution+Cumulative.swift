// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Distribution {
  /// The probability that a sample is at most `x`.
  ///
  /// - Precondition: `x` is a number.
  public func cumulative(_ x: Double) -> Double {
    precondition(!x.isNaN, "a distribution function is asked at a number")
    GSL.prepare()
    let support = support
    if x < support.lowerBound { return 0 }
    if x >= support.upperBound { return 1 }
    return innerCumulative(x)
  }

  /// The same, for `x` within the support and below its end.
  private func innerCumulative(_ x: Double) -> Double {
    switch form {
    case .constant(let value): return x >= value ? 1 : 0
    case .exponential(let mean): return -expm1(-x / mean)
    case .uniform(let low, let high): return (x - low) / (high - low)
    case .triangular(let low, let mode, let high):
      return x < mode
        ? (x - low) / (high - low) * ((x - low) / (mode - low))
        : 1 - (high - x) / (high - low) * ((high - x) / (high - mode))
    case .normal(let mean, let deviation, let lowest, let highest):
      return TruncatedNormal(
        mean: mean, standardDeviation: deviation, lowest: lowest, highest: highest
      ).cumulative(x)
    case .lognormal(let mu, let sigma): return x > 0 ? gsl_cdf_lognormal_P(x, mu, sigma) : 0
    case .gamma(let shape, let scale): return IncompleteGamma.lower(x / scale, shape: shape)
    case .erlang(let stages, let mean):
      return IncompleteGamma.lower(x / mean * Double(stages), shape: Double(stages))
    case .weibull(let shape, let scale): return gsl_cdf_weibull_P(x, scale, shape)
    case .beta(let alpha, let beta, let low, let high):
      return gsl_cdf_beta_P((x - low) / (high - low), alpha, beta)
    case .poisson(let mean):
      return IncompleteGamma.upper(mean, shape: x.rounded(.down) + 1)
    case .empirical(let points):
      return min(1, points.prefix { $0.value <= x }.reduce(0) { $0 + $1.weight })
    case .mixture(let components):
      return min(1, components.reduce(0) { $0 + $1.weight * $1.distribution.cumulative(x) })
    case .geometric(let probability):
      return WholeNumbers.geometric(x, probability: probability)
    case .binomial(let trials, let probability):
      return WholeNumbers.binomial(x, trials: trials, probability: probability)
    case .negativeBinomial(let successes, let probability):
      return WholeNumbers.negativeBinomial(x, successes: successes, probability: probability)
    case .uniformInteger(let low, let high):
      return (x.rounded(.down) - Double(low) + 1) / (Double(high - low) + 1)
    case .phaseType(let phases): return phases.cumulative(x)
    case .truncated(let inner, let lowest, let highest):
      return Truncation(inner, lowest: lowest, highest: highest).cumulative(x)
    case .shifted(let inner, let offset): return inner.cumulative(x - offset)
    }
  }

  /// The least x that a sample is at most with a probability of at least `p`.
  ///
  /// At 0 it is the least value a sample can have, at 1 the greatest; either may be infinite.
  ///
  /// - Precondition: `p` is from 0 to 1.
  public func quantile(_ p: Double) -> Double {
    precondition(0...1 ~= p, "a quantile is asked at a probability from 0 to 1")
    GSL.prepare()
    let support = support
    if p == 0 { return support.lowerBound }
    if p == 1 { return support.upperBound }
    let x = closedQuantile(p)
    guard let x, x.isFinite else { return searchedQuantile(p) }
    return min(max(x, support.lowerBound), support.upperBound)
  }

  /// The quantile where there is a formula or a GSL function that converged.
  private func closedQuantile(_ p: Double) -> Double? {
    switch form {
    case .constant(let value): return value
    case .exponential(let mean): return -mean * log1p(-p)
    case .uniform(let low, let high): return low + (high - low) * p
    case .triangular(let low, let mode, let high):
      return Triangular(low: low, mode: mode, high: high).quantile(p)
    case .normal(let mean, let deviation, let lowest, let highest):
      return TruncatedNormal(
        mean: mean, standardDeviation: deviation, lowest: lowest, highest: highest
      ).quantile(p)
    case .lognormal(let mu, let sigma): return exp(mu + sigma * StandardNormal.quantile(p))
    case .gamma(let shape, let scale):
      return converged(gsl_cdf_gamma_Pinv(p, shape, scale), p)
    case .erlang(let stages, let mean):
      return converged(gsl_cdf_gamma_Pinv(p, Double(stages), mean / Double(stages)), p)
    case .weibull(let shape, let scale): return scale * pow(-log1p(-p), 1 / shape)
    // GSL 2.7's inverse may never return, as for alpha = beta = 10⁶ at 0.01.
    case .beta: return nil
    case .poisson, .geometric, .binomial, .negativeBinomial, .uniformInteger, .phaseType: return nil
    case .empirical(let points):
      var sum = 0.0
      for point in points {
        sum += point.weight
        if sum >= p { return point.value }
      }
      return points[points.count - 1].value
    case .mixture: return nil
    case .truncated(let inner, let lowest, let highest):
      return Truncation(inner, lowest: lowest, highest: highest).quantile(p)
    case .shifted(let inner, let offset): return inner.quantile(p) + offset
    }
  }

  /// `x`, unless GSL's iteration stopped short of it or gave no number.
  private func converged(_ x: Double, _ p: Double) -> Double? {
    x.isFinite && abs(cumulative(x) - p) <= 1e-9 * min(p, 1 - p) ? x : nil
  }

  /// The quantile by bisection over all floating-point numbers of the support: at most 64 steps,
  /// and exact for discrete distributions too.
  private func searchedQuantile(_ p: Double) -> Double {
    var low = OrderedBits(support.lowerBound)
    var high = OrderedBits(support.upperBound)
    if cumulative(low.number) >= p { return low.number }
    while let middle = low.middle(to: high) {
      if cumulative(middle.number) >= p { high = middle } else { low = middle }
    }
    return high.number
  }
}

/// Floating-point numbers as integers of the same order.
private struct OrderedBits {
  private var rank: Int64

  init(_ number: Double) {
    let bits = Int64(bitPattern: (number + 0).bitPattern)  // -0 becomes 0
    rank = bits >= 0 ? bits : Int64.min - bits
  }

  var number: Double {
    Double(bitPattern: UInt64(bitPattern: rank >= 0 ? rank : Int64.min - rank))
  }

  /// The number half-way by count of floating-point numbers; `nil` when there is none between.
  func middle(to other: Self) -> Self? {
    let distance = UInt64(bitPattern: other.rank &- rank)
    guard distance > 1 else { return nil }
    var result = self
    result.rank &+= Int64(distance / 2)
    return result
  }
}
