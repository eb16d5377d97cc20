// SPDX-License-Identifier: GPL-3.0-or-later

/// What the calendar sorts: time, then priority, then order of scheduling, as one unsigned integer.
///
/// From the top: 59 bits of time, 4 of priority, 33 of sequence number, 32 of slot. One 128-bit
/// comparison decides the whole order without a branch, and the order is total, so what happens
/// next never depends on the shape of the calendar. No two pending events share a sequence number;
/// when the numbers run out the calendar renumbers what is pending, of which there are fewer than
/// 2^32.
@usableFromInline
struct EventKey: BitwiseCopyable, Sendable {
  @usableFromInline var bits: UInt128

  @inlinable
  init(bits: UInt128) {
    self.bits = bits
  }

  /// The first instant that does not fit: 2^59 µs, 18,267 years.
  @inlinable
  static var timeLimit: Int64 { 1 << 59 }

  @inlinable
  static var sequenceLimit: UInt64 { 1 << 33 }

  @inlinable @inline(__always)
  init(time: Int64, priority: EventPriority, sequence: UInt64, slot: UInt32) {
    let high = UInt64(bitPattern: time) &<< 5 | UInt64(priority.rawValue) &<< 1 | sequence &>> 32
    let low = sequence &<< 32 | UInt64(slot)
    self.bits = UInt128(truncatingIfNeeded: high) &<< 64 | UInt128(truncatingIfNeeded: low)
  }

  /// Greater than every key of an event: fills unused places.
  @inlinable
  static var last: Self { Self(bits: .max) }

  @inlinable
  var time: Int64 { Int64(truncatingIfNeeded: bits &>> 69) }

  @inlinable
  var slot: UInt32 { UInt32(truncatingIfNeeded: bits) }

  /// The same event with another place among those of its time and priority.
  @inlinable
  func renumbered(_ sequence: UInt64) -> Self {
    let order = UInt128(truncatingIfNeeded: sequence) &<< 32 | UInt128(slot)
    return Self(bits: (bits &>> 65) &<< 65 | order)
  }

  @inlinable @inline(__always)
  static func < (one: Self, other: Self) -> Bool { one.bits < other.bits }
}
