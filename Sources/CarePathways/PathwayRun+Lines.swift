// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What happens to those who wait: grants, preemption, lost patience, changes of capacity.
extension PathwayRun where Domain: ~Copyable {
  /// Takes note of every grant, in order. A delay that follows begins at once; who has another step
  /// to take does so soon, within this instant.
  @inlinable
  @inline(__always)
  mutating func acceptGrants(_ calendar: inout EventCalendar<Event>) {
    if flow.resources.hasGrants { acceptAll(&calendar) }
  }

  @inlinable
  @inline(never)
  mutating func acceptAll(_ calendar: inout EventCalendar<Event>) {
    while let grant = flow.resources.nextGrant() { accept(grant, &calendar) }
  }

  @inlinable
  @inline(__always)
  mutating func accept(_ grant: Grant, _ calendar: inout EventCalendar<Event>) {
    let entity = grant.entity
    let state = flow.entities.at(entity)
    let waited = calendar.now - state.pointee.mark
    state.pointee.waited.microseconds += waited.microseconds
    switch state.pointee.phase {
    case .waiting:
      if state.pointee.timer != .none { calendar.cancel(state.pointee.timer) }
      state.pointee.phase = .ready
      let step = flow.rows.step(state.pointee.row)
      if step.pointee.kind == .seize {
        take(entity, grant.resource, step, waited: waited, calendar.now)
      } else {
        takeSeveral(grant, waited: waited, calendar.now)
      }
      flow.entities.at(entity).pointee.go(to: step.pointee.next)
      let next = flow.rows.step(step.pointee.next)
      if next.pointee.kind == .delay {
        var length = flow.entities.at(entity).pointee.remaining
        flow.entities.at(entity).pointee.remaining = Entity.notDrawn
        if length < .zero { length = span(next.pointee.operand, entity, calendar.now) }
        delay(entity, next, length, &calendar)
      } else {
        flow.ready.append(entity)
      }
    case .preempted:
      var remaining = state.pointee.remaining
      if remaining < .zero { remaining = redraw(entity, calendar.now) }
      state.pointee.remaining = Entity.notDrawn
      state.pointee.lostHold = 0
      state.pointee.phase = .delayed
      state.pointee.mark = calendar.now + remaining
      state.pointee.timer = calendar.schedule(.stepEnded(entity), after: remaining)
      domain.note(.resumed, entity, flow, calendar.now)
    case .preemptedReady:
      state.pointee.lostHold = 0
      state.pointee.phase = .ready
      domain.note(.resumed, entity, flow, calendar.now)
      flow.ready.append(entity)
    case .absent, .running, .ready, .delayed, .hoping, .joining:
      preconditionFailure("a grant for an entity that does not wait")
    }
  }

  /// An entity has lost a resource to a more urgent one, and waits to go on where it was.
  @inlinable
  @inline(never)
  mutating func preempt(
    _ victim: EntityIndex, _ resource: ResourceIndex, _ calendar: inout EventCalendar<Event>
  ) {
    let state = flow.entities.at(victim)
    switch state.pointee.phase {
    case .delayed:
      calendar.cancel(state.pointee.timer)
      state.pointee.remaining = state.pointee.mark - calendar.now
      state.pointee.phase = .preempted
      if flow.rows.remembersDelays { spoil(victim, resource) }
    case .ready:
      state.pointee.phase = .preemptedReady
      flow.passOver(victim)
    case .absent, .running, .waiting, .preempted, .preemptedReady, .hoping, .joining:
      preconditionFailure("an entity lost a resource while it waited")
    }
    state.pointee.lose(resource)
    state.pointee.mark = calendar.now
    domain.note(.interrupted, victim, flow, calendar.now)
  }

  /// Patience has ended: the entity leaves the line, which may let others in.
  @inlinable
  @inline(never)
  mutating func renege(_ entity: EntityIndex, _ calendar: inout EventCalendar<Event>) {
    let state = flow.entities.at(entity)
    if state.pointee.phase == .hoping { return loseHope(entity) }
    precondition(
      state.pointee.phase == .waiting, "patience ended of an entity that does not wait")
    flow.resources.withdraw(entity, at: calendar.now)
    let step = flow.rows.step(state.pointee.row)
    let waited = calendar.now - state.pointee.mark
    state.pointee.waited.microseconds += waited.microseconds
    state.pointee.remaining = Entity.notDrawn
    state.pointee.phase = .running
    domain.reneged(entity, flow.roleAsked(step), &flow, calendar.now)
    flow.entities.at(entity).pointee.go(to: step.pointee.otherwise)
    acceptGrants(&calendar)
  }

  /// The condition did not come to hold in time.
  @usableFromInline
  mutating func loseHope(_ entity: EntityIndex) {
    for place in 0..<flow.hoping.count where flow.hoping[place] == entity {
      flow.stopHoping(place)
      break
    }
    let step = flow.rows.step(flow.entities[entity].row)
    flow.entities[entity].phase = .running
    flow.entities[entity].go(to: step.pointee.otherwise)
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
    while let interruption = flow.resources.nextInterruption() {
      preempt(interruption.entity, interruption.resource, &calendar)
    }
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
