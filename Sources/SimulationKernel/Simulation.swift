// SPDX-License-Identifier: GPL-3.0-or-later

/// A model, its calendar, and the loop that feeds one to the other.
///
/// A run is one value that owns all its state, so runs on different threads share nothing.
public struct Simulation<Model: SimulationModel & ~Copyable>: ~Copyable {
  public var model: Model
  public var calendar: EventCalendar<Model.Event>
  @usableFromInline var handledCount: UInt64

  /// Events handled so far.
  @inlinable
  public var eventCount: UInt64 { handledCount }

  /// A run at time zero with nothing scheduled.
  @inlinable
  public init(_ model: consuming Model) {
    self.init(model, calendar: EventCalendar())
  }

  /// A run that goes on from a state reached before, say a copy of another run's.
  @inlinable
  public init(
    _ model: consuming Model, calendar: consuming EventCalendar<Model.Event>,
    eventCount: UInt64 = 0
  ) {
    self.model = model
    self.calendar = calendar
    self.handledCount = eventCount
  }

  /// Handles every event before `end`, in order; then the clock stands at `end`.
  ///
  /// Events at `end` itself stay pending, so running to a then to b equals running to b.
  @inlinable
  public mutating func run(until end: SimulationTime) {
    var handled: UInt64 = 0
    while let event = calendar.next(before: end) {
      if calendar.hasRefilled { expectEvents() }
      model.handle(event, &calendar)
      handled &+= 1
    }
    handledCount &+= handled
    calendar.advance(to: end)
  }
}

extension Simulation where Model: ~Copyable {
  /// Tells the model of the events that have come into the present.
  @inlinable @inline(never)
  mutating func expectEvents() {
    calendar.hasRefilled = false
    for found in [false, true] {
      for place in 0..<calendar.heap.count {
        let slot = calendar.heap.base[place].slot
        model.expect(calendar.events.slots.base[Int(slot)].event, found: found)
      }
    }
  }
}

extension Simulation: Sendable where Model: Sendable & ~Copyable {}
