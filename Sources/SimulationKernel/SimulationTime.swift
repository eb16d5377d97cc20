// SPDX-License-Identifier: GPL-3.0-or-later

/// An instant on the simulation clock: whole microseconds since the start of the run.
///
/// Times are integers, so that two events meant for one instant compare equal and a sum of delays
/// does not depend on the order of its terms. Arithmetic traps on overflow (292,000 years).
public struct SimulationTime: Hashable, Sendable, BitwiseCopyable {
  public var microseconds: Int64

  @inlinable
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The start of the run.
  @inlinable
  public static var zero: Self { Self(microseconds: 0) }

  /// Later than any instant at which something can be scheduled.
  @inlinable
  public static var distantFuture: Self { Self(microseconds: .max) }

  @inlinable
  public static func + (instant: Self, span: TimeSpan) -> Self {
    Self(microseconds: instant.microseconds + span.microseconds)
  }

  @inlinable
  public static func - (instant: Self, span: TimeSpan) -> Self {
    Self(microseconds: instant.microseconds - span.microseconds)
  }

  @inlinable
  public static func - (later: Self, earlier: Self) -> TimeSpan {
    TimeSpan(microseconds: later.microseconds - earlier.microseconds)
  }

  @inlinable
  public static func += (instant: inout Self, span: TimeSpan) {
    instant.microseconds += span.microseconds
  }

  @inlinable
  public static func -= (instant: inout Self, span: TimeSpan) {
    instant.microseconds -= span.microseconds
  }
}

extension SimulationTime: Comparable {
  @inlinable
  public static func < (one: Self, other: Self) -> Bool {
    one.microseconds < other.microseconds
  }
}
