// SPDX-License-Identifier: GPL-3.0-or-later

/// Which of the events of one instant comes first: 0 before 1, up to 15.
///
/// Events of one instant and one priority are handled in the order in which they were scheduled.
public struct EventPriority: Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  /// - Precondition: `rawValue` is at most 15.
  @inlinable
  public init(rawValue: UInt8) {
    precondition(rawValue < 16, "An event priority lies in 0...15")
    self.rawValue = rawValue
  }

  @inlinable
  init(unchecked rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Before everything else of the instant: the state of the world changes.
  @inlinable
  public static var first: Self { Self(unchecked: 0) }
  @inlinable
  public static var early: Self { Self(unchecked: 4) }
  @inlinable
  public static var normal: Self { Self(unchecked: 8) }
  /// After everything else of the instant: the state of the world is observed.
  @inlinable
  public static var late: Self { Self(unchecked: 15) }
}

extension EventPriority: Comparable {
  @inlinable
  public static func < (one: Self, other: Self) -> Bool {
    one.rawValue < other.rawValue
  }
}
