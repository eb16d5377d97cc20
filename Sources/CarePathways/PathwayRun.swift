// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
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
      flow.entities[entity].timer = .none
      flow.entities[entity].phase = .running
      advance(entity, &calendar)
    case .patienceEnded(let entity):
      renege(entity, &calendar)
    case .capacityChange(let resource):
      changeCapacity(resource, &calendar)
    case .domain(let event):
      domain.handle(event, &flow, &calendar)
    }
    settle(&calendar)
  }

  /// Carries on whoever can go on at this instant. Called after each event; a floor above calls it
  /// when it has entered entities or changed capacities outside an event.
  @inlinable
  public mutating func settle(_ calendar: inout EventCalendar<Event>) {
    while true {
      acceptGrants(&calendar)
      guard let entity = flow.popReady() else { return }
      // Who lost its grant again in this instant, or went on already, is passed over.
      guard flow.entities[entity].phase == .ready else { continue }
      flow.entities[entity].phase = .running
      advance(entity, &calendar)
    }
  }

  /// Runs an entity from its row on until it waits, is delayed, or leaves.
  @inlinable
  mutating func advance(_ entity: EntityIndex, _ calendar: inout EventCalendar<Event>) {
    while true {
      let state = flow.entities[entity]
      let row = state.row
      let step = flow.steps[Int(row)]
      var next = step.next
      switch step.kind {
      case .seize:
        let site = step.isAtDestination ? state.destination : state.site
        guard let resource = flow.resource(role: step.operand, site: site) else {
          preconditionFailure("a step asks for a role that its site does not provide")
        }
        let priority =
          step.priority == PathwayStep.entityPriority ? state.priority : step.priority
        switch flow.resources.seize(
          resource, units: Int(step.units), for: entity, priority: priority, at: calendar.now)
        {
        case .granted:
          take(entity, resource, step, waited: .zero, calendar.now)
        case .preempting(let victim):
          preempt(victim, resource, &calendar)
          take(entity, resource, step, waited: .zero, calendar.now)
          // What the victim held beyond the units asked for may have served others.
          acceptGrants(&calendar)
        case .waiting:
          wait(entity, step, &calendar)
          return
        case .refused:
          domain.refused(entity, step.operand, &flow, calendar.now)
          next = step.refused
        }
      case .delay:
        delay(entity, step, &calendar)
        return
      case .release:
        release(entity, role: step.operand, &calendar)
      case .branch:
        next = branch(entity, step)
      case .decide:
        let decision = flow.program.decisions[Int(step.operand)]
        let exit = domain.decide(decision.question, entity, &flow, &calendar)
        precondition(
          exit >= 0 && exit < Int(decision.exitCount), "a decision has no exit of this number")
        next = flow.program.decisionExits[Int(decision.firstExit) + exit]
      case .assignClass:
        flow.changeClass(entity, to: step.operand)
      case .assignPriority:
        flow.entities[entity].priority = UInt8(step.operand)
      case .assignSite:
        flow.entities[entity].site =
          step.operand == PathwayStep.none ? flow.entities[entity].destination : step.operand
      case .move:
        flow.entities[entity].site = flow.entities[entity].destination
        release(entity, role: step.operand, &calendar)
      case .leave:
        leave(entity, reason: step.operand, &calendar)
        return
      }
      flow.go(entity, from: row, to: next)
    }
  }

  @inlinable
  mutating func take(
    _ entity: EntityIndex, _ resource: ResourceIndex, _ step: PathwayStep, waited: TimeSpan,
    _ now: SimulationTime
  ) {
    flow.entities[entity].take(
      HeldUnits(resource: resource, role: step.operand, units: step.units))
    domain.granted(entity, step.operand, waited: waited, &flow, now)
  }

  @inlinable
  mutating func wait(
    _ entity: EntityIndex, _ step: PathwayStep, _ calendar: inout EventCalendar<Event>
  ) {
    flow.entities[entity].phase = .waiting
    flow.entities[entity].mark = calendar.now
    guard step.patience != PathwayStep.none else { return }
    let patience = span(step.patience, entity, calendar.now)
    guard patience != PathwayFlow.unlimited else { return }
    // Late: who is served at the very instant patience ends is served.
    flow.entities[entity].timer = calendar.schedule(
      .patienceEnded(entity), after: patience, priority: .late)
  }

  @inlinable
  mutating func delay(
    _ entity: EntityIndex, _ step: PathwayStep, _ calendar: inout EventCalendar<Event>
  ) {
    let length = span(step.operand, entity, calendar.now)
    let timer = calendar.schedule(.stepEnded(entity), after: length)
    let next = step.next
    let row = flow.entities[entity].row
    flow.entities[entity].phase = .delayed
    flow.entities[entity].mark = calendar.now + length
    flow.entities[entity].timer = timer
    flow.go(entity, from: row, to: next)
  }

  /// The length of a delay or a patience: fixed, drawn, or asked of the domain.
  @inlinable
  mutating func span(
    _ draw: UInt16, _ entity: EntityIndex, _ now: SimulationTime
  ) -> TimeSpan {
    let rule = flow.program.durationDraws[Int(draw)]
    let result: TimeSpan
    switch rule.kind {
    case .fixed: return rule.span
    case .sampled:
      let state = flow.entities[entity]
      var stream = RandomStream(
        flow.root, rule.purpose, owner: state.owner, episode: state.episode, variate: state.pass)
      let value = flow.program.samplers.sample(rule.sampler, &stream)
      result = TimeSpan(
        microseconds: Int64((value * rule.microsecondsPerUnit).rounded(.toNearestOrAwayFromZero)))
    case .domain: result = domain.duration(rule.domainRule, entity, &flow, now)
    }
    precondition(result >= .zero, "a duration must not be negative")
    return result
  }

  @inlinable
  mutating func branch(_ entity: EntityIndex, _ step: PathwayStep) -> UInt16 {
    let branch = flow.program.branches[Int(step.operand)]
    let state = flow.entities[entity]
    var stream = RandomStream(
      flow.root, branch.purpose, owner: state.owner, episode: state.episode, variate: state.pass)
    let draw = stream.uniform()
    var exit = Int(branch.firstExit)
    let last = exit + Int(branch.exitCount) - 1
    while exit < last && draw >= flow.program.branchExits[exit].cumulativeProbability { exit += 1 }
    return flow.program.branchExits[exit].row
  }

  @inlinable
  mutating func release(
    _ entity: EntityIndex, role: UInt16, _ calendar: inout EventCalendar<Event>
  ) {
    let held = flow.entities[entity].giveUp(role: role)
    flow.resources.release(
      held.resource, units: Int(held.units), by: entity, at: calendar.now)
    acceptGrants(&calendar)
  }

  @inlinable
  mutating func leave(
    _ entity: EntityIndex, reason: UInt16, _ calendar: inout EventCalendar<Event>
  ) {
    precondition(
      flow.entities[entity].holdCount == 0, "an entity leaves while it holds a resource")
    flow.measures.countLeaving(flow.entities[entity], reason: reason, at: calendar.now)
    domain.left(entity, reason: reason, &flow, &calendar)
    flow.entities.remove(entity)
  }
}
