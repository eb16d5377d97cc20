// SPDX-License-Identifier: GPL-3.0-or-later

/// A system whose state changes only when an event occurs.
public protocol SimulationModel: ~Copyable {
  /// What can happen. Plain data, so that the calendar is a few flat allocations.
  associatedtype Event: BitwiseCopyable & Sendable

  /// Changes the state at the instant `calendar.now`, and schedules what follows from it.
  mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>)
}
