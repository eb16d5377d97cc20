// SPDX-License-Identifier: GPL-3.0-or-later
import CKernelHints

/// A length of simulated time: whole microseconds, negative when it runs backwards.
///
/// Arithmetic traps on overflow (292,000 years).
public struct TimeSpan: Hashable, Sendable, BitwiseCopyable {
  public var microseconds: Int64

  @inlinable
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  @inlinable
  public static var zero: Self { Self(microseconds: 0) }
}

// MARK: - From and to other units

extension TimeSpan {
  /// A span of so many seconds, rounded to the nearest microsecond (halves away from zero).
  ///
  /// Traps when `count` is not a number or beyond 292,000 years.
  @inlinable
  public static func seconds(_ count: Double) -> Self { Self(nearest: count * 1e6) }

  /// A span of so many minutes, rounded to the nearest microsecond.
  @inlinable
  public static func minutes(_ count: Double) -> Self { Self(nearest: count * 6e7) }

  /// A span of so many hours, rounded to the nearest microsecond.
  @inlinable
  public static func hours(_ count: Double) -> Self { Self(nearest: count * 3.6e9) }

  /// A span of so many days of 24 hours, rounded to the nearest microsecond.
  @inlinable
  public static func days(_ count: Double) -> Self { Self(nearest: count * 8.64e10) }

  /// What a sample in microseconds becomes: the nearest whole number, halves upwards.
  ///
  /// One comparison in place of the three of `Int64(_:)`, which a draw would notice.
  ///
  /// - Precondition: `sample` is a number below 2^62 µs (146,000 years).
  @inlinable @inline(__always)
  public init(sample: Double) {
    precondition(abs(sample) < 0x1p62, "A span of time lies below 2^62 microseconds")
    self.microseconds = kernel_whole_part(sample + 0.5)
  }

  @inlinable
  init(nearest microseconds: Double) {
    // Adding a half and truncating costs two instructions; `rounded()` is a library call on
    // processors older than SSE 4.1. From 2^52 on every Double is whole, and the half is lost.
    let half = microseconds < 0 ? -0.5 : 0.5
    self.microseconds = Int64(microseconds + half)
  }

  @inlinable
  public var inSeconds: Double { Double(microseconds) / 1e6 }
  @inlinable
  public var inMinutes: Double { Double(microseconds) / 6e7 }
  @inlinable
  public var inHours: Double { Double(microseconds) / 3.6e9 }
  @inlinable
  public var inDays: Double { Double(microseconds) / 8.64e10 }
}

// MARK: - Arithmetic and order

extension TimeSpan: Comparable, AdditiveArithmetic {
  @inlinable
  public static func < (one: Self, other: Self) -> Bool {
    one.microseconds < other.microseconds
  }

  @inlinable
  public static func + (one: Self, other: Self) -> Self {
    Self(microseconds: one.microseconds + other.microseconds)
  }

  @inlinable
  public static func - (one: Self, other: Self) -> Self {
    Self(microseconds: one.microseconds - other.microseconds)
  }

  @inlinable
  public static prefix func - (span: Self) -> Self {
    Self(microseconds: -span.microseconds)
  }

  @inlinable
  public static func * (span: Self, factor: Int) -> Self {
    Self(microseconds: span.microseconds * Int64(factor))
  }

  @inlinable
  public static func * (factor: Int, span: Self) -> Self { span * factor }

  /// How often `divisor` fits into `span`.
  @inlinable
  public static func / (span: Self, divisor: Self) -> Double {
    Double(span.microseconds) / Double(divisor.microseconds)
  }
}
