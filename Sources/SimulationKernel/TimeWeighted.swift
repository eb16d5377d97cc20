// SPDX-License-Identifier: GPL-3.0-or-later

/// The integral over time of a level that changes in steps, such as the length of a line.
///
/// The level is whole, so the integral is exact.
public struct TimeWeighted: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var present: Int
  @usableFromInline var greatest: Int
  @usableFromInline var start: Int64
  @usableFromInline var changed: Int64
  @usableFromInline var area: Int128

  @inlinable
  public init(level: Int = 0, at now: SimulationTime = .zero) {
    self.present = level
    self.greatest = level
    self.start = now.microseconds
    self.changed = now.microseconds
    self.area = 0
  }

  /// The present level.
  @inlinable
  public var level: Int { present }

  /// The highest level since the start.
  @inlinable
  public var maximum: Int { greatest }

  /// - Precondition: `now` is not before the last change.
  @inlinable
  public mutating func set(_ newLevel: Int, at now: SimulationTime) {
    precondition(now.microseconds >= changed, "A level is changed in order of time")
    area &+= Int128(present) &* Int128(now.microseconds &- changed)
    changed = now.microseconds
    present = newLevel
    greatest = Swift.max(greatest, newLevel)
  }

  @inlinable
  public mutating func change(by difference: Int, at now: SimulationTime) {
    set(level + difference, at: now)
  }

  /// Forgets the past and keeps the level, as at the end of a warm-up.
  @inlinable
  public mutating func reset(at now: SimulationTime) {
    self = Self(level: level, at: now)
  }

  /// In units of the level times microseconds, until `now`.
  @inlinable
  public func integral(at now: SimulationTime) -> Int128 {
    area + Int128(level) * Int128(now.microseconds - changed)
  }

  /// `nil` when no time has passed.
  @inlinable
  public func mean(at now: SimulationTime) -> Double? {
    let span = now.microseconds - start
    return span > 0 ? Double(integral(at: now)) / Double(span) : nil
  }
}
