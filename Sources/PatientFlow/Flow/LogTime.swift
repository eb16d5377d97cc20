// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Randomness

/// A lognormal by its mean and coefficient of variation; a mean of 0 is always 0.
///
/// The normal behind it does not depend on the parameters, so a patient keeps his quantile when a
/// policy changes the mean.
struct LogTime: BitwiseCopyable {
  private let mu: Double
  private let sigma: Double

  init(mean: Double, variation: Double) {
    let variance = log(1 + variation * variation)
    sigma = variance.squareRoot()
    mu = mean > 0 ? log(mean) - variance / 2 : -.infinity
  }

  func draw(_ stream: inout RandomStream) -> Double { stream.lognormal(mu: mu, sigma: sigma) }
}
