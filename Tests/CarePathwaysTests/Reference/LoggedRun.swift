// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// A domain that sends entities in and writes down all that happens to them.
struct LoggingDomain: PathwayDomain {
  struct Event: BitwiseCopyable, Sendable {
    var number: UInt16
    var pathway: UInt16
    var priority: UInt8
  }

  var log: [LogLine] = []

  mutating func handle(
    _ event: Event, _ flow: inout PathwayFlow, _ calendar: inout EventCalendar<CareEvent<Event>>
  ) {
    flow.enter(
      event.pathway, priority: event.priority, owner: 7, episode: UInt64(event.number),
      at: calendar.now)
  }

  mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    write(.granted, entity, Int(role), waited.microseconds, flow, now)
  }

  mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    write(.reneged, entity, Int(role), 0, flow, now)
  }

  mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    write(.refused, entity, Int(role), 0, flow, now)
  }

  mutating func referred(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    write(.referred, entity, Int(flow.entities[entity].row), 0, flow, now)
  }

  mutating func left(
    _ entity: EntityIndex, reason: UInt16, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>
  ) {
    let state = flow.entities[entity]
    write(
      .left, entity, Int(reason) + 10 * Int(state.classIndex), state.waited.microseconds, flow,
      calendar.now)
    write(
      .stayed, entity, Int(reason), (calendar.now - state.enteredAt).microseconds, flow,
      calendar.now)
  }

  mutating func note(
    _ mark: PathwayMark, _ entity: EntityIndex, _ flow: borrowing PathwayFlow,
    _ now: SimulationTime
  ) {
    let state = flow.entities[entity]
    let row = Int(state.row)
    switch mark {
    case .step:
      guard flow.program.steps[row].kind != .delay else { return }
      write(.step, entity, row, 0, flow, now)
    case .delayBegan: write(.began, entity, row, (state.mark - now).microseconds, flow, now)
    case .delayEnded: write(.ended, entity, row, 0, flow, now)
    case .interrupted: write(.interrupted, entity, row, state.remaining.microseconds, flow, now)
    case .resumed:
      let left = state.phase == .delayed ? (state.mark - now).microseconds : 0
      write(.resumed, entity, row, left, flow, now)
    }
  }

  private mutating func write(
    _ what: LogLine.What, _ entity: EntityIndex, _ number: Int, _ value: Int64,
    _ flow: borrowing PathwayFlow, _ now: SimulationTime
  ) {
    let state = flow.entities[entity]
    log.append(
      LogLine(
        time: now.microseconds, owner: state.owner, episode: state.episode, what: what,
        number: number, value: value))
  }
}

/// The interpreter under test with a log.
struct LoggedRun: ~Copyable {
  var simulation: Simulation<PathwayRun<LoggingDomain>>

  init(_ program: PathwayProgram, _ arrivals: [PlainNetwork.Arrival], root: RandomRoot) {
    var simulation = Simulation(
      PathwayRun(domain: LoggingDomain(), flow: PathwayFlow(program: program, root: root)))
    simulation.model.start(&simulation.calendar)
    for (number, arrival) in arrivals.enumerated() {
      let event = LoggingDomain.Event(
        number: UInt16(number), pathway: UInt16(arrival.pathway), priority: arrival.priority)
      simulation.calendar.schedule(.domain(event), at: .zero + .minutes(Double(arrival.minute)))
    }
    self.simulation = simulation
  }

  private init(_ simulation: consuming Simulation<PathwayRun<LoggingDomain>>) {
    self.simulation = simulation
  }

  mutating func run(until minute: Int) {
    simulation.run(until: .zero + .minutes(Double(minute)))
    simulation.model.flow.checkConservation()
  }

  borrowing func copy() -> LoggedRun {
    LoggedRun(
      Simulation(
        PathwayRun(domain: simulation.model.domain, flow: simulation.model.flow.copy()),
        calendar: simulation.calendar.copy(), eventCount: simulation.eventCount))
  }

  var isIdle: Bool { simulation.calendar.isEmpty }

  var deadlock: Deadlock? {
    simulation.model.flow.deadlock(at: simulation.calendar.now, isIdle: isIdle)
  }

  /// Whether somebody present holds a unit.
  var holdsSomething: Bool {
    (0..<simulation.model.flow.entities.indexLimit).contains { place in
      let entity = EntityIndex(rawValue: UInt32(place))
      return simulation.model.flow.entities.isPresent(entity)
        && simulation.model.flow.entities[entity].heldCount > 0
    }
  }
}
