// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// Variances of several samples, each drawn towards what they have in common.
///
/// The true variances are taken as draws of a scaled inverse chi-squared distribution whose two numbers
/// come from the mean and variance of the samples' logarithms; each is then replaced by its posterior
/// mean on the scale of precision. Where the samples differ no more than chance makes them, all get one
/// variance; with many degrees of freedom each keeps its own.
///
/// Source: Smyth, *Stat. Appl. Genet. Mol. Biol.* 3 (2004), article 3, section 6.2.
public struct ModeratedVariances: Sendable {
  public struct Sample: Sendable {
    public var variance: Double
    /// Of freedom; a sample of 0 gets what the others have in common.
    public var degrees: Int

    public init(variance: Double, degrees: Int) {
      self.variance = variance
      self.degrees = degrees
    }
  }

  public let values: [Double]
  /// The degrees of freedom that what the samples have in common is worth; infinite when it is all.
  public let priorDegrees: Double

  public init(_ samples: [Sample]) {
    let known = samples.filter { $0.degrees > 0 }
    let weight = known.reduce(0) { $0 + $1.degrees }
    let pooled = known.reduce(0) { $0 + $1.variance * Double($1.degrees) } / Double(max(1, weight))
    guard known.count >= 3, pooled > 0 else {
      priorDegrees = .infinity
      values = samples.map { _ in known.isEmpty ? 0 : pooled }
      return
    }
    // A logarithm needs something: equal replications have a variance of zero.
    let floor = 1e-5 * pooled
    let logs = known.map { sample in
      let half = Double(sample.degrees) / 2
      return gsl_sf_log(max(sample.variance, floor)) - gsl_sf_psi(half) + gsl_sf_log(half)
    }
    let n = Double(logs.count)
    let mean = logs.reduce(0, +) / n
    let excess =
      logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
      - known.reduce(0) { $0 + gsl_sf_psi_1(Double($1.degrees) / 2) } / n
    guard excess > 0 else {
      priorDegrees = .infinity
      values = samples.map { _ in pooled }
      return
    }
    let degrees = 2 * Self.inverseTrigamma(excess)
    let common = gsl_sf_exp(mean + gsl_sf_psi(degrees / 2) - gsl_sf_log(degrees / 2))
    priorDegrees = degrees
    values = samples.map { sample in
      let own = Double(sample.degrees)
      return (degrees * common + own * sample.variance) / (degrees + own)
    }
  }

  /// By Newton's method on 1/ψ′, which is nearly straight; the source's appendix.
  static func inverseTrigamma(_ value: Double) -> Double {
    if value > 1e7 { return 1 / value.squareRoot() }
    if value < 1e-6 { return 1 / value }
    var y = 0.5 + 1 / value
    for _ in 0..<50 {
      let now = gsl_sf_psi_1(y)
      let step = now * (1 - now / value) / gsl_sf_psi_n(2, y)
      y += step
      if -step < 1e-9 * y { break }
    }
    return y
  }
}
