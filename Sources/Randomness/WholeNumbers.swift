// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Distribution functions of whole numbers, at places of which GSL's own hold good.
enum WholeNumbers {
  /// Of the number of trials up to the first success.
  static func geometric(_ x: Double, probability: Double) -> Double {
    x < 1 ? 0 : -expm1(x.rounded(.down) * log1p(-probability))
  }

  /// The least number of trials that suffices with the probability `p` for a first success.
  static func geometricQuantile(_ p: Double, probability: Double) -> Double {
    max(1, (log1p(-p) / log1p(-probability)).rounded(.up))
  }

  /// Of the number of successes among trials.
  static func binomial(_ x: Double, trials: Int, probability: Double) -> Double {
    if x < 0 { return 0 }
    if x >= Double(trials) { return 1 }
    return gsl_cdf_binomial_P(UInt32(x), probability, UInt32(trials))
  }

  /// Of the number of failures before the successes.
  static func negativeBinomial(_ x: Double, successes: Double, probability: Double) -> Double {
    if x < 0 { return 0 }
    let mean = successes * (1 - probability) / probability
    // Nothing is left so far out, where GSL's series are long.
    if x > mean + 40 * (mean / probability).squareRoot() + 60 / probability { return 1 }
    return gsl_cdf_negative_binomial_P(UInt32(x), probability, successes)
  }
}
