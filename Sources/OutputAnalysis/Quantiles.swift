// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Quantiles and probabilities of the reference distributions, from GSL.
enum Quantiles {
  /// The point that a Student variable exceeds with probability `tail`.
  static func student(tail: Double, degreesOfFreedom: Double) -> Double {
    GSL.finite(gsl_cdf_tdist_Qinv(tail, degreesOfFreedom))
  }

  /// P(T > t).
  static func studentTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    GSL.finite(gsl_cdf_tdist_Q(t, degreesOfFreedom))
  }

  /// The point that a standard normal variable exceeds with probability `tail`.
  static func normal(tail: Double) -> Double {
    GSL.finite(gsl_cdf_ugaussian_Qinv(tail))
  }

  /// P(at most `count` successes in `trials`).
  static func binomial(atMost count: Int, trials: Int, probability: Double) -> Double {
    GSL.finite(gsl_cdf_binomial_P(UInt32(count), probability, UInt32(trials)))
  }

  /// P(a Poisson count is at most `count`).
  static func poisson(atMost count: Int, mean: Double) -> Double {
    mean > 0 ? GSL.finite(gsl_cdf_poisson_P(UInt32(count), mean)) : 1
  }

  /// The parameter at which a probability that falls as the parameter grows has come down to
  /// `target`, by bisection to the last bit.
  ///
  /// GSL's inverses of the chi-square and F distributions, the closed forms of the same values,
  /// miss for some large counts; its probabilities do not.
  static func parameter(
    in range: ClosedRange<Double>, where probability: (Double) -> Double, fallsTo target: Double
  ) -> Double {
    var low = range.lowerBound
    var high = range.upperBound
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if probability(middle) > target { low = middle } else { high = middle }
    }
  }
}
