// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Quantiles and tail probabilities of the reference distributions, all of them GSL's.
///
/// GSL's error handler would end the process; it is switched off before the first call, and what
/// GSL then reports by a value that is not a number traps here with a sentence.
enum Quantiles {
  private static let gslReturnsItsErrors: Void = { _ = gsl_set_error_handler_off() }()

  /// The point that a Student variable exceeds with probability `tail`.
  static func student(tail: Double, degreesOfFreedom: Double) -> Double {
    checked(gsl_cdf_tdist_Qinv(tail, degreesOfFreedom))
  }

  /// P(T > t).
  static func studentTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    checked(gsl_cdf_tdist_Q(t, degreesOfFreedom))
  }

  /// The point that a standard normal variable exceeds with probability `tail`.
  static func normal(tail: Double) -> Double {
    checked(gsl_cdf_ugaussian_Qinv(tail))
  }

  /// The point below which a chi-square variable falls with probability `lower`.
  static func chiSquare(lower: Double, degreesOfFreedom: Double) -> Double {
    checked(gsl_cdf_chisq_Pinv(lower, degreesOfFreedom))
  }

  /// The point that a chi-square variable exceeds with probability `tail`.
  static func chiSquare(tail: Double, degreesOfFreedom: Double) -> Double {
    checked(gsl_cdf_chisq_Qinv(tail, degreesOfFreedom))
  }

  /// The point that an F variable exceeds with probability `tail`.
  static func f(
    tail: Double, degreesOfFreedom: (numerator: Double, denominator: Double)
  ) -> Double {
    checked(gsl_cdf_fdist_Qinv(tail, degreesOfFreedom.numerator, degreesOfFreedom.denominator))
  }

  /// P(at most `count` successes in `trials`).
  static func binomial(atMost count: Int, trials: Int, probability: Double) -> Double {
    checked(gsl_cdf_binomial_P(UInt32(count), probability, UInt32(trials)))
  }

  private static func checked(_ value: @autoclosure () -> Double) -> Double {
    _ = gslReturnsItsErrors
    let value = value()
    precondition(value.isFinite, "GSL found no finite value for these arguments")
    return value
  }
}
