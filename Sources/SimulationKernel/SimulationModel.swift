// SPDX-License-Identifier: GPL-3.0-or-later

/// A system whose state changes only when an event occurs.
public protocol SimulationModel: ~Copyable {
  /// What can happen. Plain data, so that the calendar is a few flat allocations.
  associatedtype Event: BitwiseCopyable & Sendable

  /// Changes the state at the instant `calendar.now`, and schedules what follows from it.
  mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>)

  /// An event will be handled soon: a chance to call ``prefetch(_:)`` for what it will touch.
  ///
  /// Called twice for each event of a batch: for what the event itself names, and, when that has come
  /// near, for what is `found` there. Events scheduled for the near future come without notice.
  mutating func expect(_ event: Event, found: Bool)
}

extension SimulationModel where Self: ~Copyable {
  @inlinable @inline(__always)
  public mutating func expect(_ event: Event, found: Bool) {}
}
