// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A distribution given that its variable lies between two bounds, either of which may be infinite;
/// both belong to what is kept.
struct Truncation: Sendable {
  let inner: Distribution
  let lowest: Double
  let highest: Double
  /// The probability, before truncation, of lying below `lowest`.
  let below: Double
  /// The probability, before truncation, of lying within the bounds.
  let kept: Double

  init(_ inner: Distribution, lowest: Double, highest: Double) {
    self.inner = inner
    self.lowest = lowest
    self.highest = highest
    below = lowest > inner.support.lowerBound ? inner.cumulative(lowest.nextDown) : 0
    kept = max(0, inner.cumulative(highest) - below)
  }

  /// Probability of at most `x`, for x within the bounds.
  func cumulative(_ x: Double) -> Double {
    min(1, max(0, inner.cumulative(x) - below) / kept)
  }

  func quantile(_ p: Double) -> Double {
    let x = inner.quantile(min(below + p * kept, 1.nextDown))
    return min(max(x, lowest), highest)
  }

  /// Whether samples of the whole are drawn until one lies within the bounds: for those that are not
  /// drawn by inversion anyhow, as long as that takes ten draws at most in the mean.
  var isDrawnByRejection: Bool {
    switch inner.form {
    case .exponential, .lognormal, .weibull, .triangular, .uniform: false
    default: kept >= 0.1
    }
  }

  /// Mean and variance after truncation.
  var moments: (mean: Double, variance: Double) {
    if inner.form.isWholeNumbers { return summedMoments }
    if highest == .infinity, let moments = upperMoments { return moments }
    return integratedMoments
  }

  /// By summation over whole numbers, past all that is likelier than 10⁻¹⁵.
  private var summedMoments: (mean: Double, variance: Double) {
    let first = quantile(1e-15)
    let last = quantile(1 - 1e-15)
    let middle = quantile(0.5)
    var sum = 0.0
    var squares = 0.0
    var before = cumulative(first - 1)
    var value = first
    while value <= last {
      let upTo = cumulative(value)
      sum += (value - middle) * (upTo - before)
      squares += (value - middle) * (value - middle) * (upTo - before)
      before = upTo
      value += 1
    }
    return (middle + sum, squares - sum * sum)
  }

  /// By the formulas for what lies above `lowest`, of families that have one: their upper tails may
  /// be too heavy to integrate.
  private var upperMoments: (mean: Double, variance: Double)? {
    /// The expectation of the variable's power, over what lies above `lowest`.
    let part: (Double) -> Double
    switch inner.form {
    case .exponential(let mean): part = Self.gammaPart(1, mean, above: lowest)
    case .gamma(let shape, let scale): part = Self.gammaPart(shape, scale, above: lowest)
    case .erlang(let stages, let mean):
      part = Self.gammaPart(Double(stages), mean / Double(stages), above: lowest)
    case .weibull(let shape, let scale):
      let place = pow(lowest / scale, shape)
      part = { power in
        let order = 1 + power / shape
        return pow(scale, power) * exp(gsl_sf_lngamma(order))
          * IncompleteGamma.upper(place, shape: order)
      }
    case .lognormal(let mu, let sigma):
      let place = log(lowest)
      part = { power in
        let squared = power * sigma * sigma
        return exp(power * (mu + squared / 2))
          * gsl_cdf_ugaussian_Q((place - mu - squared) / sigma)
      }
    default: return nil
    }
    let mean = part(1) / part(0)
    return (mean, part(2) / part(0) - mean * mean)
  }

  private static func gammaPart(
    _ shape: Double, _ scale: Double, above lowest: Double
  ) -> (Double) -> Double {
    { power in
      pow(scale, power) * gsl_sf_poch(shape, power)
        * IncompleteGamma.upper(lowest / scale, shape: shape + power)
    }
  }

  /// E[X] = m + ∫(1 − F) above m − ∫F below m, and the variance likewise, by Gauss-Legendre
  /// integration between quantiles.
  private var integratedMoments: (mean: Double, variance: Double) {
    let middle = quantile(0.5)
    var edges = [middle]
    for step in 1...66 {
      let tail = 0.5 * exp(-Double(step) / 2)
      edges.append(quantile(1 - tail))
      edges.insert(quantile(tail), at: 0)
    }
    if lowest.isFinite { edges.insert(lowest, at: 0) }
    if highest.isFinite { edges.append(highest) }
    let table = gsl_integration_glfixed_table_alloc(12)
    defer { gsl_integration_glfixed_table_free(table) }
    var first = 0.0
    var second = 0.0
    for (low, high) in zip(edges, edges.dropFirst()) where high > low {
      for point in 0..<12 {
        var x = 0.0
        var weight = 0.0
        gsl_integration_glfixed_point(low, high, point, &x, &weight, table)
        let part = x < middle ? -cumulative(x) : 1 - cumulative(x)
        first += weight * part
        second += weight * 2 * (x - middle) * part
      }
    }
    return (middle + first, second - first * first)
  }
}
