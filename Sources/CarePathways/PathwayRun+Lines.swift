// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What happens to those who wait: grants, preemption, lost patience, changes of capacity.
extension PathwayRun where Domain: ~Copyable {
  /// Takes note of every grant, in order; who was granted goes on soon, within this instant.
  @inlinable
  mutating func acceptGrants(_ calendar: inout EventCalendar<Event>) {
    while let grant = flow.resources.nextGrant() { accept(grant, &calendar) }
  }

  @inlinable
  mutating func accept(_ grant: Grant, _ calendar: inout EventCalendar<Event>) {
    let entity = grant.entity
    let state = flow.entities[entity]
    switch state.phase {
    case .waiting:
      if state.timer != .none {
        calendar.cancel(state.timer)
        flow.entities[entity].timer = .none
      }
      let waited = calendar.now - state.mark
      flow.entities[entity].waited.microseconds += waited.microseconds
      flow.entities[entity].phase = .ready
      let step = flow.steps[Int(state.row)]
      take(entity, grant.resource, step, waited: waited, calendar.now)
      flow.go(entity, from: state.row, to: step.next)
      flow.ready.append(entity)
    case .preempted:
      regain(entity, calendar.now)
      flow.entities[entity].phase = .delayed
      flow.entities[entity].mark = calendar.now + state.remaining
      flow.entities[entity].timer = calendar.schedule(.stepEnded(entity), after: state.remaining)
    case .preemptedReady:
      regain(entity, calendar.now)
      flow.entities[entity].phase = .ready
      flow.ready.append(entity)
    case .absent, .running, .ready, .delayed:
      preconditionFailure("a grant for an entity that does not wait")
    }
  }

  /// An entity has lost a resource to a more urgent one, and waits to go on where it was.
  @inlinable
  mutating func preempt(
    _ victim: EntityIndex, _ resource: ResourceIndex, _ calendar: inout EventCalendar<Event>
  ) {
    let state = flow.entities[victim]
    switch state.phase {
    case .delayed:
      calendar.cancel(state.timer)
      flow.entities[victim].timer = .none
      flow.entities[victim].remaining = state.mark - calendar.now
      flow.entities[victim].phase = .preempted
    case .ready:
      flow.entities[victim].phase = .preemptedReady
    case .absent, .running, .waiting, .preempted, .preemptedReady:
      preconditionFailure("an entity lost a resource while it waited")
    }
    flow.entities[victim].lose(resource)
    flow.entities[victim].mark = calendar.now
  }

  @inlinable
  mutating func regain(_ entity: EntityIndex, _ now: SimulationTime) {
    let waited = now - flow.entities[entity].mark
    flow.entities[entity].waited.microseconds += waited.microseconds
    flow.entities[entity].lostHold = 0
  }

  /// Patience has ended: the entity leaves the line, which may let others in.
  @inlinable
  mutating func renege(_ entity: EntityIndex, _ calendar: inout EventCalendar<Event>) {
    let state = flow.entities[entity]
    precondition(state.phase == .waiting, "patience ended of an entity that does not wait")
    flow.resources.withdraw(entity, at: calendar.now)
    let step = flow.steps[Int(state.row)]
    let waited = calendar.now - state.mark
    flow.entities[entity].waited.microseconds += waited.microseconds
    flow.entities[entity].timer = .none
    flow.entities[entity].phase = .running
    domain.reneged(entity, step.operand, &flow, calendar.now)
    flow.go(entity, from: state.row, to: step.otherwise)
    acceptGrants(&calendar)
    advance(entity, &calendar)
  }

  @usableFromInline
  mutating func changeCapacity(
    _ resource: ResourceIndex, _ calendar: inout EventCalendar<Event>
  ) {
    let description = flow.program.resources[Int(resource.rawValue)]
    guard let changes = description.calendar else { return }
    flow.resources.setCapacity(
      resource,
      to: changes.capacity(
        at: calendar.now, before: description.capacity, weekStart: flow.weekStart),
      at: calendar.now)
    scheduleCapacityChange(resource, &calendar)
  }

  @usableFromInline
  mutating func scheduleCapacityChange(
    _ resource: ResourceIndex, _ calendar: inout EventCalendar<Event>
  ) {
    let changes = flow.program.resources[Int(resource.rawValue)].calendar
    guard
      let next = changes?.nextChange(after: calendar.now, weekStart: flow.weekStart)
    else { return }
    // Early: a shift that starts at an instant serves who arrives at that instant.
    calendar.schedule(.capacityChange(resource), at: next, priority: .early)
  }
}
