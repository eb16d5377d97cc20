// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// When the capacity of a resource changes, and to what.
///
/// Work in progress when capacity falls is finished: the units are kept until they are released.
public enum CapacityCalendar: Hashable, Sendable {
  /// A change that recurs each week.
  public struct WeeklyChange: Hashable, Sendable {
    /// Minutes since Monday 00:00, 0..<10,080.
    public var minuteOfWeek: Int
    public var capacity: Int

    public init(minuteOfWeek: Int, capacity: Int) {
      self.minuteOfWeek = minuteOfWeek
      self.capacity = capacity
    }
  }

  /// A change that happens once.
  public struct DatedChange: Hashable, Sendable {
    public var time: SimulationTime
    public var capacity: Int

    public init(time: SimulationTime, capacity: Int) {
      self.time = time
      self.capacity = capacity
    }
  }

  /// The same every week; minutes ascend. Before the week's first change its last one holds.
  case weekly([WeeklyChange])
  /// Changes at instants, which ascend; before the first the resource's own capacity holds.
  case dated([DatedChange])

  static let weekInMinutes = 7 * 24 * 60
  static let minuteInMicroseconds: Int64 = 60_000_000
  static let weekInMicroseconds = Int64(weekInMinutes) * minuteInMicroseconds

  /// The capacity that holds from an instant on.
  ///
  /// - Parameters:
  ///   - time: the instant.
  ///   - capacity: what holds when no change has happened yet.
  ///   - weekStart: an instant, at or before time 0, at which a week begins.
  public func capacity(
    at time: SimulationTime, before capacity: Int, weekStart: SimulationTime = .zero
  ) -> Int {
    switch self {
    case .weekly(let changes):
      let intoWeek = (time.microseconds - weekStart.microseconds) % Self.weekInMicroseconds
      let current = changes.last {
        Int64($0.minuteOfWeek) * Self.minuteInMicroseconds <= intoWeek
      }
      return (current ?? changes.last)?.capacity ?? capacity
    case .dated(let changes):
      return changes.last { $0.time <= time }?.capacity ?? capacity
    }
  }

  /// The first change after an instant, or `nil` when there is none.
  public func nextChange(
    after time: SimulationTime, weekStart: SimulationTime = .zero
  ) -> SimulationTime? {
    switch self {
    case .weekly(let changes):
      guard let first = changes.first else { return nil }
      let elapsed = time.microseconds - weekStart.microseconds
      let intoWeek = elapsed % Self.weekInMicroseconds
      let week = time.microseconds - intoWeek
      for change in changes {
        let instant = Int64(change.minuteOfWeek) * Self.minuteInMicroseconds
        if instant > intoWeek { return SimulationTime(microseconds: week + instant) }
      }
      let next = Int64(first.minuteOfWeek) * Self.minuteInMicroseconds
      return SimulationTime(microseconds: week + Self.weekInMicroseconds + next)
    case .dated(let changes):
      return changes.first { $0.time > time }?.time
    }
  }
}

extension CapacityCalendar {
  /// Whether there are changes, in order, within their week, none to less than nothing.
  var isWellFormed: Bool {
    switch self {
    case .weekly(let changes):
      let minutes = changes.map(\.minuteOfWeek)
      return !changes.isEmpty && changes.allSatisfy { $0.capacity >= 0 }
        && minutes.allSatisfy { (0..<Self.weekInMinutes).contains($0) }
        && zip(minutes, minutes.dropFirst()).allSatisfy { $0 < $1 }
    case .dated(let changes):
      return !changes.isEmpty
        && changes.allSatisfy { $0.capacity >= 0 && $0.time >= .zero }
        && zip(changes, changes.dropFirst()).allSatisfy { $0.time < $1.time }
    }
  }
}
