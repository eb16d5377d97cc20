// SPDX-License-Identifier: GPL-3.0-or-later

/// An estimate with the interval that holds the true value in a stated share of repetitions.
public struct ConfidenceInterval: Hashable, Sendable, BitwiseCopyable {
  /// The point estimate: a mean, a quantile, a proportion or a count.
  public var estimate: Double
  public var low: Double
  public var high: Double
  /// Observations behind it.
  public var n: Int
  /// Share of repetitions in which such an interval holds the true value, such as 0.95.
  public var level: Double

  public init(estimate: Double, low: Double, high: Double, n: Int, level: Double) {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    self.estimate = estimate
    self.low = low
    self.high = high
    self.n = n
    self.level = level
  }

  /// Student's interval of the mean of independent observations.
  ///
  /// Exact for normal observations; replication means are nearly so. `nil` when there are fewer
  /// than two observations, because one says nothing of its own error.
  public init?(of sample: [Double], level: Double = 0.95) {
    guard let moments = SampleMoments(sample) else { return nil }
    self.init(moments, level: level)
  }

  /// Student's interval of the mean of the observations that are defined.
  public init?(of sample: [Double?], level: Double = 0.95) {
    self.init(of: sample.compactMap(\.self), level: level)
  }

  /// Student's interval of a mean from the moments of its sample; `nil` under two observations.
  public init?(_ moments: SampleMoments, level: Double = 0.95) {
    guard moments.count >= 2 else { return nil }
    let halfWidth =
      studentQuantile(degreesOfFreedom: moments.count - 1, level: level) * moments.standardError
    self.init(
      estimate: moments.mean, low: moments.mean - halfWidth, high: moments.mean + halfWidth,
      n: moments.count, level: level)
  }

  /// The estimate, where it is a mean.
  public var mean: Double { estimate }

  /// Half the distance from `low` to `high`; the ± of a symmetric interval.
  public var halfWidth: Double { (high - low) / 2 }

  public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
