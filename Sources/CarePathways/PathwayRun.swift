// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The interpreter of pathways, over the domain of a floor above.
///
/// An entity is carried on, row by row, until it must wait. Whoever that lets go on (by a release,
/// a withdrawal, a change of capacity) follows in the same instant, in the order of the grants.
public struct PathwayRun<Domain: PathwayDomain & ~Copyable>: ~Copyable, SimulationModel {
  public typealias Event = CareEvent<Domain.Event>

  public var domain: Domain
  public var flow: PathwayFlow

  @inlinable
  public init(domain: consuming Domain, flow: consuming PathwayFlow) {
    self.domain = domain
    self.flow = flow
  }

  /// Schedules the first change of each resource that has a capacity calendar. Called once, before
  /// anything runs.
  public mutating func start(_ calendar: inout EventCalendar<Event>) {
    for index in flow.program.resources.indices {
      scheduleCapacityChange(ResourceIndex(rawValue: UInt32(index)), &calendar)
    }
  }

  @inlinable
  public mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>) {
    switch event {
    case .stepEnded(let entity):
      let state = flow.entities.place(of: entity)
      state.pointee.timer = .none
      state.pointee.phase = .running
      advance(entity, &calendar)
    case .patienceEnded(let entity):
      renege(entity, &calendar)
    case .capacityChange(let resource):
      changeCapacity(resource, &calendar)
    case .domain(let event):
      domain.handle(event, &flow, &calendar)
    }
    acceptGrants(&calendar)
    if flow.hasReady { settle(&calendar) }
  }

  /// Carries on whoever can go on at this instant. Called after each event; a floor above calls it
  /// when it has entered entities or changed capacities outside an event.
  @inlinable
  public mutating func settle(_ calendar: inout EventCalendar<Event>) {
    acceptGrants(&calendar)
    while let entity = flow.popReady() {
      // Who lost its grant again in this instant, or went on already, is passed over.
      guard flow.entities[entity].phase == .ready else { continue }
      flow.entities[entity].phase = .running
      advance(entity, &calendar)
      acceptGrants(&calendar)
    }
  }

  /// Runs an entity from its row on until it waits, is delayed, or leaves.
  @inlinable
  mutating func advance(_ entity: EntityIndex, _ calendar: inout EventCalendar<Event>) {
    while true {
      let step = flow.rows.step(flow.entities[entity].row)
      var next = step.pointee.next
      switch step.pointee.kind {
      case .seize:
        switch seize(entity, step, &calendar) {
        case .granted, .preempting: break
        case .waiting: return
        case .refused: next = step.pointee.refused
        }
      case .delay:
        delay(entity, step, &calendar)
        return
      case .release:
        release(entity, role: step.pointee.operand, &calendar)
      case .branch:
        next = branch(entity, step)
      case .decide:
        next = decide(entity, step, &calendar)
      case .assignClass:
        flow.changeClass(entity, to: step.pointee.operand)
      case .assignPriority:
        flow.entities[entity].priority = UInt8(step.pointee.operand)
      case .assignSite:
        flow.entities[entity].site =
          step.pointee.operand == PathwayStep.none
          ? flow.entities[entity].destination : step.pointee.operand
      case .move:
        flow.entities[entity].site = flow.entities[entity].destination
        release(entity, role: step.pointee.operand, &calendar)
      case .leave:
        leave(entity, reason: step.pointee.operand, &calendar)
        return
      }
      flow.entities[entity].go(to: next)
    }
  }

  @inlinable
  @inline(__always)
  mutating func seize(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) -> SeizeOutcome {
    let state = flow.entities.place(of: entity)
    let site = step.pointee.isAtDestination ? state.pointee.destination : state.pointee.site
    guard let resource = flow.resource(role: step.pointee.operand, site: site) else {
      preconditionFailure("a step asks for a role that its site does not provide")
    }
    let priority =
      step.pointee.priority == PathwayStep.entityPriority
      ? state.pointee.priority : step.pointee.priority
    let outcome = flow.resources.seize(
      resource, units: Int(step.pointee.units), for: entity, priority: priority, at: calendar.now)
    switch outcome {
    case .granted:
      take(entity, resource, step, waited: .zero, calendar.now)
    case .preempting(let victim):
      preempt(victim, resource, &calendar)
      take(entity, resource, step, waited: .zero, calendar.now)
      // What the victim held beyond the units asked for may have served others.
      acceptGrants(&calendar)
    case .waiting:
      wait(entity, step, &calendar)
    case .refused:
      domain.refused(entity, step.pointee.operand, &flow, calendar.now)
    }
    return outcome
  }

  @inlinable
  @inline(__always)
  mutating func take(
    _ entity: EntityIndex, _ resource: ResourceIndex, _ step: UnsafePointer<PathwayStep>,
    waited: TimeSpan,
    _ now: SimulationTime
  ) {
    flow.entities[entity].take(
      HeldUnits(resource: resource, role: step.pointee.operand, units: step.pointee.units))
    domain.granted(entity, step.pointee.operand, waited: waited, &flow, now)
  }

  @inlinable
  @inline(__always)
  mutating func wait(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) {
    let state = flow.entities.place(of: entity)
    state.pointee.phase = .waiting
    state.pointee.mark = calendar.now
    drawAhead(entity, step)
    if step.pointee.patience != PathwayStep.none { losePatience(entity, step, &calendar) }
  }

  @inlinable
  mutating func losePatience(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) {
    let patience = span(step.pointee.patience, entity, calendar.now)
    guard patience != PathwayFlow.unlimited else { return }
    // Late: who is served at the very instant patience ends is served.
    flow.entities[entity].timer = calendar.schedule(
      .patienceEnded(entity), after: patience, priority: .late)
  }

  @inlinable
  @inline(__always)
  mutating func delay(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) {
    var length = flow.entities[entity].remaining
    if length < .zero { length = span(step.pointee.operand, entity, calendar.now) }
    let timer = calendar.schedule(.stepEnded(entity), after: length)
    let state = flow.entities.place(of: entity)
    state.pointee.phase = .delayed
    state.pointee.mark = calendar.now + length
    state.pointee.timer = timer
    state.pointee.remaining = Entity.notDrawn
    state.pointee.go(to: step.pointee.next)
  }

  @inlinable
  @inline(__always)
  mutating func release(
    _ entity: EntityIndex, role: UInt16, _ calendar: inout EventCalendar<Event>
  ) {
    let held = flow.entities[entity].giveUp(role: role)
    flow.resources.release(
      held.resource, units: Int(held.units), by: entity, at: calendar.now)
    acceptGrants(&calendar)
  }

  @inlinable
  mutating func decide(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) -> UInt16 {
    let decision = flow.rows.decisions[Int(step.pointee.operand)]
    let exit = domain.decide(decision.question, entity, &flow, &calendar)
    precondition(
      exit >= 0 && exit < Int(decision.exitCount), "a decision has no exit of this number")
    return flow.rows.decisionExits[Int(decision.firstExit) + exit]
  }

  @inlinable
  @inline(__always)
  mutating func leave(
    _ entity: EntityIndex, reason: UInt16, _ calendar: inout EventCalendar<Event>
  ) {
    let state = flow.entities.place(of: entity)
    precondition(state.pointee.holdCount == 0, "an entity leaves while it holds a resource")
    flow.measures.countLeaving(
      class: state.pointee.classIndex, reason: reason,
      time: calendar.now - state.pointee.enteredAt, waited: state.pointee.waited)
    domain.left(entity, reason: reason, &flow, &calendar)
    flow.entities.remove(entity)
  }
}
