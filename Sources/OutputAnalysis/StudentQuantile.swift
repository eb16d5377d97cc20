// SPDX-License-Identifier: GPL-3.0-or-later

/// The two-sided quantile of Student's t: the half-width of a confidence interval in standard errors.
///
/// - Parameters:
///   - degreesOfFreedom: Sample size less one; at least 1.
///   - level: Probability that a Student variable lies within ± the result; in (0, 1).
/// - Returns: For 1 degree of freedom and 0.95, 12.7062; for infinitely many, 1.9600.
public func studentQuantile(degreesOfFreedom: Int, level: Double = 0.95) -> Double {
  precondition(degreesOfFreedom >= 1, "a Student quantile needs at least one degree of freedom")
  precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
  return Quantiles.student(tail: (1 - level) / 2, degreesOfFreedom: Double(degreesOfFreedom))
}

/// The two-sided quantiles of Student's t for 1 … `last` degrees of freedom, in that order.
///
/// Stored with results, so that a view written in plain SQL can form the intervals that
/// ``ConfidenceInterval`` forms.
public func studentQuantiles(throughDegreesOfFreedom last: Int, level: Double = 0.95) -> [Double] {
  (0..<last).map { studentQuantile(degreesOfFreedom: $0 + 1, level: level) }
}
