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
  @inline(__always)
  public mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>) {
    var entity: EntityIndex?
    switch event {
    case .stepEnded(let delayed):
      entity = delayed
      flow.entities.at(delayed).pointee.phase = .running
      domain.note(.delayEnded, delayed, flow, calendar.now)
    case .patienceEnded(let waiting):
      entity = waiting
      renege(waiting, &calendar)
    case .capacityChange(let resource):
      changeCapacity(resource, &calendar)
    case .domain(let event):
      domain.handle(event, &flow, &calendar)
    }
    carryOn(entity, &calendar)
  }

  @inlinable
  public mutating func expect(_ event: Event, found: Bool) {
    switch event {
    case .stepEnded(let entity), .patienceEnded(let entity):
      if !found { flow.entities.prefetch(entity) }
      domain.expect(entity, found: found)
    case .domain(let event):
      if !found { domain.expect(event) }
    case .capacityChange: break
    }
  }

  /// Carries on whoever can go on at this instant. A floor above calls it when it has entered
  /// entities or changed capacities outside an event.
  @inlinable
  public mutating func settle(_ calendar: inout EventCalendar<Event>) {
    carryOn(nil, &calendar)
  }

  /// Runs one entity as far as it goes, then all who can go on because of it, and so forth.
  ///
  /// In line with the run loop, and the only place that interprets rows: that is worth a quarter of
  /// the time of a simple network.
  @inlinable
  @inline(__always)
  mutating func carryOn(_ first: EntityIndex?, _ calendar: inout EventCalendar<Event>) {
    var entity = first
    while true {
      if let entity { advance(entity, &calendar) }
      acceptGrants(&calendar)
      guard let ready = flow.popReady() else {
        guard flow.hoping.count > 0, let fulfilled = flow.popFulfilled(at: calendar.now) else {
          return
        }
        if flow.entities.at(fulfilled).pointee.timer != .none {
          calendar.cancel(flow.entities.at(fulfilled).pointee.timer)
        }
        entity = fulfilled
        continue
      }
      // Who lost its grant again in this instant, or went on already, is passed over.
      let state = flow.entities.at(ready)
      entity = state.pointee.phase == .ready ? ready : nil
      if entity != nil { state.pointee.phase = .running }
    }
  }

  /// Runs an entity from its row on until it waits, is delayed, or leaves.
  @inlinable
  @inline(__always)
  mutating func advance(_ entity: EntityIndex, _ calendar: inout EventCalendar<Event>) {
    // The row is kept in a register: read back from the entity it would hold up every step.
    var row = flow.entities.at(entity).pointee.row
    while true {
      let step = flow.rows.step(row)
      var next = step.pointee.next
      domain.note(.step, entity, flow, calendar.now)
      switch step.pointee.kind {
      case .seize:
        switch seize(entity, step, &calendar) {
        case .granted, .preempting: break
        case .waiting: return
        case .refused: next = step.pointee.refused
        }
      case .delay:
        delay(entity, step, span(step.pointee.operand, entity, calendar.now), &calendar)
        return
      case .release:
        release(entity, role: step.pointee.operand, &calendar)
      case .branch:
        next = branch(entity, step, calendar.now)
      case .decide:
        next = decide(entity, step, &calendar)
      case .move:
        flow.entities.at(entity).pointee.site = flow.entities.at(entity).pointee.destination
        release(entity, role: step.pointee.operand, &calendar)
      case .assignClass, .assignPriority, .assignSite:
        flow.assign(entity, step)
      case .leave:
        leave(entity, reason: step.pointee.operand, &calendar)
        return
      default:
        guard let goesOn = doRareStep(entity, step, &calendar) else { return }
        next = goesOn
      }
      flow.entities.at(entity).pointee.go(from: row, to: next)
      row = next
    }
  }

  @inlinable
  @inline(__always)
  mutating func seize(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) -> SeizeOutcome {
    let state = flow.entities.at(entity)
    let site = step.pointee.isAtDestination ? state.pointee.destination : state.pointee.site
    let resource = flow.resourceProviding(step.pointee.operand, at: site)
    let priority =
      step.pointee.priority == PathwayStep.entityPriority
      ? state.pointee.priority : step.pointee.priority
    let outcome = flow.resources.seize(
      resource, units: Int(step.pointee.units),
      keeping: domain.unitsKept(entity, step.pointee.operand, &flow), for: entity,
      priority: priority, at: calendar.now)
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
    flow.entities.at(entity).pointee.take(
      HeldUnits(resource: resource, role: step.pointee.operand, units: step.pointee.units))
    domain.granted(entity, step.pointee.operand, waited: waited, &flow, now)
  }

  @inlinable
  @inline(__always)
  mutating func wait(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) {
    let state = flow.entities.at(entity)
    state.pointee.phase = .waiting
    state.pointee.mark = calendar.now
    state.pointee.timer = .none
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

  /// Begins the delay of a step, and puts the entity at the row after it.
  @inlinable
  @inline(__always)
  mutating func delay(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>, _ length: TimeSpan,
    _ calendar: inout EventCalendar<Event>
  ) {
    let end = calendar.now + length
    let timer = calendar.schedule(.stepEnded(entity), at: end)
    let state = flow.entities.at(entity)
    state.pointee.phase = .delayed
    state.pointee.mark = end
    state.pointee.timer = timer
    domain.note(.delayBegan, entity, flow, calendar.now)
    state.pointee.go(to: step.pointee.next)
  }

  @inlinable
  @inline(__always)
  mutating func release(
    _ entity: EntityIndex, role: UInt16, _ calendar: inout EventCalendar<Event>
  ) {
    let held = flow.entities.at(entity).pointee.giveUp(role: role)
    domain.released(entity, held, &flow, calendar.now)
    if flow.resources.hasLine(held.resource) {
      passOn(held, by: entity, &calendar)
    } else {
      flow.resources.release(
        held.resource, units: Int(held.units), by: entity, at: calendar.now)
    }
  }

  /// Releases units for which somebody waits.
  @inlinable
  @inline(never)
  mutating func passOn(
    _ held: HeldUnits, by entity: EntityIndex, _ calendar: inout EventCalendar<Event>
  ) {
    if let grant = flow.resources.handOn(
      held.resource, units: Int(held.units), at: calendar.now)
    {
      accept(grant, &calendar)
    } else {
      flow.resources.release(
        held.resource, units: Int(held.units), by: entity, at: calendar.now)
      acceptAll(&calendar)
    }
  }

  @inlinable
  @inline(never)
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
    let state = flow.entities.at(entity)
    precondition(state.pointee.holdCount == 0, "an entity leaves while it holds a resource")
    flow.measures.countLeaving(
      class: state.pointee.classIndex, reason: reason,
      time: calendar.now - state.pointee.enteredAt, waited: state.pointee.waited)
    domain.left(entity, reason: reason, &flow, &calendar)
    if flow.rows.hasFamilies { flow.leaveFamily(entity) }
    flow.entities.remove(entity)
  }
}
