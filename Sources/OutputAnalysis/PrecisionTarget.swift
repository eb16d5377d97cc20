// SPDX-License-Identifier: GPL-3.0-or-later

/// How narrow the interval of a mean is to become.
public struct PrecisionTarget: Hashable, Sendable, BitwiseCopyable {
  /// What the half-width is measured against.
  public enum HalfWidth: Hashable, Sendable, BitwiseCopyable {
    /// A share of the absolute mean, such as 0.05.
    case relative(Double)
    /// In the unit of the measure.
    case absolute(Double)
  }

  public var halfWidth: HalfWidth
  public var level: Double

  public init(_ halfWidth: HalfWidth, level: Double = 0.95) {
    switch halfWidth {
    case .relative(let width), .absolute(let width):
      precondition(width > 0, "a precision is positive")
    }
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    self.halfWidth = halfWidth
    self.level = level
  }

  /// The half-width that this target allows around a mean.
  public func allowed(around mean: Double) -> Double {
    switch halfWidth {
    case .relative(let share): share * abs(mean)
    case .absolute(let width): width
    }
  }

  /// A share of nothing is no width: where all that was seen is 0, a relative precision is not met.
  func isMet(by interval: ConfidenceInterval) -> Bool {
    let allowed = allowed(around: interval.mean)
    return allowed > 0 && interval.halfWidth <= allowed
  }
}

/// Where one measure stands on its way to its target.
public struct PrecisionOutcome: Hashable, Sendable, BitwiseCopyable {
  /// The first number of replications at which the target was met and stayed met over the
  /// look-ahead; `nil` as long as there is none.
  public var requiredReplications: Int?
  /// The interval over all replications seen; `nil` under two defined observations.
  public var achieved: ConfidenceInterval?
  /// Half-width of `achieved` over its absolute mean; `nil` when the mean is zero.
  public var achievedRelativeHalfWidth: Double?
  /// A guess of the replications that would meet the target, from the variance seen so far;
  /// `nil` under two observations or when no number would do (a mean of zero, a relative target).
  public var projectedReplications: Int?
}
