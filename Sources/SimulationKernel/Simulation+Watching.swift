// SPDX-License-Identifier: GPL-3.0-or-later

extension Simulation where Model: ~Copyable {
  /// Handles every event before `end`, in order, and shows the model after each of them, until
  /// `goesOn` says that it has seen enough.
  ///
  /// What is seen is right for the whole time until the next event, so levels that a watcher follows
  /// are exact. The events are those of ``run(until:)``, which watches nothing and costs nothing for
  /// it.
  ///
  /// - Returns: Whether `end` was reached, where the clock then stands; else it stands at the last
  ///   event.
  @inlinable
  public mutating func run(
    until end: SimulationTime, while goesOn: (borrowing Model, SimulationTime) -> Bool
  ) -> Bool {
    while let event = calendar.next(before: end) {
      if calendar.hasRefilled { expectEvents() }
      model.handle(event, &calendar)
      handledCount &+= 1
      if !goesOn(model, calendar.now) { return false }
    }
    calendar.advance(to: end)
    return true
  }
}
