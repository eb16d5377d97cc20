// SPDX-License-Identifier: GPL-3.0-or-later

/// How long a level stood at each of its values 0, 1, 2, …: the distribution of, say, beds occupied.
public struct OccupancyDistribution: Hashable, Sendable {
  /// Microseconds spent at each level until the last change.
  public private(set) var microsecondsAtLevel: [Int64]
  /// The present level.
  public private(set) var level: Int
  private var changed: Int64

  /// - Precondition: `level` is not negative.
  public init(level: Int = 0, at now: SimulationTime = .zero) {
    precondition(level >= 0, "A level is not negative")
    self.microsecondsAtLevel = []
    self.level = level
    self.changed = now.microseconds
  }

  /// - Precondition: `newLevel` is not negative, and `now` not before the last change.
  public mutating func set(_ newLevel: Int, at now: SimulationTime) {
    precondition(newLevel >= 0, "A level is not negative")
    precondition(now.microseconds >= changed, "A level is changed in order of time")
    let span = now.microseconds - changed
    if span > 0 {
      while microsecondsAtLevel.count <= level { microsecondsAtLevel.append(0) }
      microsecondsAtLevel[level] += span
    }
    changed = now.microseconds
    level = newLevel
  }

  public mutating func change(by difference: Int, at now: SimulationTime) {
    set(level + difference, at: now)
  }

  /// Forgets the past and keeps the level.
  public mutating func reset(at now: SimulationTime) {
    self = Self(level: level, at: now)
  }

  /// Adds the times of another distribution; exact, in any order. Count both up to their ends first.
  public mutating func merge(_ other: Self) {
    while microsecondsAtLevel.count < other.microsecondsAtLevel.count {
      microsecondsAtLevel.append(0)
    }
    for (level, span) in other.microsecondsAtLevel.enumerated() {
      microsecondsAtLevel[level] += span
    }
  }

  /// The share of the time until `now` at each level; empty when no time has passed.
  public func shares(at now: SimulationTime) -> [Double] {
    var counted = self
    counted.set(level, at: now)
    let total = counted.microsecondsAtLevel.reduce(0, +)
    return total > 0 ? counted.microsecondsAtLevel.map { Double($0) / Double(total) } : []
  }
}
