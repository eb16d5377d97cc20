// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A normal distribution given that its variable lies between two bounds, either of which may be
/// infinite.
///
/// Both tails' probabilities are kept, since the upper one cannot be had from the lower one far
/// out: bounds 30 standard deviations off are still handled to full precision.
struct TruncatedNormal: Sendable {
  let mean: Double
  let standardDeviation: Double
  let lowest: Double
  let highest: Double
  /// Probability, before truncation, of lying below `lowest`.
  let belowLowest: Double
  /// Probability, before truncation, of lying above `highest`.
  let aboveHighest: Double
  /// Probability, before truncation, of lying within the bounds.
  let probability: Double

  private let low: Double  // the bounds as standard normal values
  private let high: Double

  init(mean: Double, standardDeviation: Double, lowest: Double, highest: Double) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.lowest = lowest
    self.highest = highest
    low = (lowest - mean) / standardDeviation
    high = (highest - mean) / standardDeviation
    belowLowest = gsl_cdf_ugaussian_P(low)
    aboveHighest = gsl_cdf_ugaussian_Q(high)
    // The difference of the smaller tails loses nothing to cancellation that the bounds have.
    probability =
      low > 0
      ? gsl_cdf_ugaussian_Q(low) - aboveHighest
      : high < 0 ? gsl_cdf_ugaussian_P(high) - belowLowest : 1 - belowLowest - aboveHighest
  }

  /// The mean after truncation.
  var truncatedMean: Double {
    if isNarrow { return mean + standardDeviation * narrowMoments.mean }
    return mean + standardDeviation * (density(low) - density(high)) / probability
  }

  /// The variance after truncation.
  var truncatedVariance: Double {
    let squared = standardDeviation * standardDeviation
    if isNarrow { return squared * narrowMoments.variance }
    let shift = (density(low) - density(high)) / probability
    let slope = (weightedDensity(low) - weightedDensity(high)) / probability
    return squared * (1 + slope - shift * shift)
  }

  /// Probability of at most `x`.
  func cumulative(_ x: Double) -> Double {
    if x <= lowest { return 0 }
    if x >= highest { return 1 }
    let z = (x - mean) / standardDeviation
    let part =
      low > 0
      ? gsl_cdf_ugaussian_Q(low) - gsl_cdf_ugaussian_Q(z)
      : gsl_cdf_ugaussian_P(z) - belowLowest
    return min(1, part / probability)
  }

  /// The value that has the part `p` of the probability within the bounds below it.
  func quantile(_ p: Double) -> Double {
    let below = belowLowest + p * probability
    let above = aboveHighest + (1 - p) * probability
    let z =
      above < below ? StandardNormal.upperQuantile(above) : -StandardNormal.upperQuantile(below)
    return min(max(mean + standardDeviation * z, lowest), highest)
  }

  private func density(_ z: Double) -> Double {
    z.isFinite ? gsl_ran_ugaussian_pdf(z) : 0
  }

  private func weightedDensity(_ z: Double) -> Double {
    z.isFinite ? z * gsl_ran_ugaussian_pdf(z) : 0
  }

  /// Whether the closed formulas would cancel: the moments are then integrated instead.
  private var isNarrow: Bool { high - low < 2 }

  /// Mean and variance in standard units, by Gauss-Legendre integration over the bounds: exact to
  /// rounding, as the density over two standard deviations is nearly a polynomial.
  private var narrowMoments: (mean: Double, variance: Double) {
    let table = gsl_integration_glfixed_table_alloc(32)
    defer { gsl_integration_glfixed_table_free(table) }
    let middle = (low + high) / 2
    var mass = 0.0
    var first = 0.0
    var points: [(offset: Double, weight: Double)] = []
    for index in 0..<32 {
      var offset = 0.0
      var weight = 0.0
      gsl_integration_glfixed_point(
        (low - high) / 2, (high - low) / 2, index, &offset, &weight, table)
      // Density relative to the middle's: nothing underflows far out.
      weight *= exp(-offset * (middle + offset / 2))
      points.append((offset, weight))
      mass += weight
      first += weight * offset
    }
    let shift = first / mass
    let second = points.reduce(0) {
      $0 + $1.weight * ($1.offset - shift) * ($1.offset - shift)
    }
    return (middle + shift, second / mass)
  }
}
