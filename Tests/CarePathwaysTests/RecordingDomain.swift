// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// A domain that sends entities in at stated minutes and writes down all that happens to them.
struct RecordingDomain: PathwayDomain {
  /// An entity to be sent in: the number names it in the record.
  struct Arrival: BitwiseCopyable, Sendable {
    var number: UInt32
    var pathway: UInt16 = 0
    var priority: UInt8 = 8
    var site: UInt16 = 0
  }

  struct Event: BitwiseCopyable, Sendable { var arrival: Arrival }

  var record: [String] = []
  /// Exits that decisions take, in turn; the last again and again.
  var exits: [Int] = [0]
  /// Lengths of the domain's rules, by number, in minutes; not a number: for ever.
  var minutes: [Double] = []
  /// Where entities that take the decision go.
  var destination: UInt16 = 0
  /// Sent in when an entity leaves: numbers from 100.
  var followers = 0

  mutating func handle(
    _ event: Event, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>
  ) {
    let arrival = event.arrival
    flow.enter(
      arrival.pathway, site: arrival.site, priority: arrival.priority, owner: 7,
      episode: UInt64(arrival.number), at: calendar.now)
  }

  mutating func decide(
    _ decision: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>
  ) -> Int {
    flow.entities[entity].destination = destination
    let exit = exits.count > 1 ? exits.removeFirst() : exits[0]
    write(calendar.now, entity, flow, "takes exit \(exit) of \(decision)")
    return exit
  }

  mutating func duration(
    _ rule: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> TimeSpan {
    let length = minutes[Int(rule)]
    return length.isNaN ? PathwayFlow.unlimited : .minutes(length)
  }

  mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    let wait = waited == .zero ? "" : " after \(waited.inMinutes)"
    write(now, entity, flow, "has \(flow.program.roles[Int(role)])\(wait)")
  }

  mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    write(now, entity, flow, "gives up \(flow.program.roles[Int(role)])")
  }

  mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    write(now, entity, flow, "is refused \(flow.program.roles[Int(role)])")
  }

  mutating func left(
    _ entity: EntityIndex, reason: UInt16, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>
  ) {
    write(calendar.now, entity, flow, "leaves \(flow.program.leaveReasons[Int(reason)])")
    if followers > 0 {
      followers -= 1
      flow.enter(0, owner: 7, episode: UInt64(100 + followers), at: calendar.now)
    }
  }

  private mutating func write(
    _ now: SimulationTime, _ entity: EntityIndex, _ flow: borrowing PathwayFlow, _ what: String
  ) {
    record.append("\((now - .zero).inMinutes) \(flow.entities[entity].episode) \(what)")
  }
}

/// A run of one program under a ``RecordingDomain``.
struct RecordedRun: ~Copyable {
  var simulation: Simulation<PathwayRun<RecordingDomain>>

  init(
    _ program: PathwayProgram, domain: RecordingDomain = RecordingDomain(), seed: UInt64 = 1,
    weekStart: SimulationTime = .zero
  ) {
    var simulation = Simulation(
      PathwayRun(
        domain: domain,
        flow: PathwayFlow(
          program: program, root: RandomRoot(seed: seed, replication: 1), weekStart: weekStart)))
    simulation.model.start(&simulation.calendar)
    self.simulation = simulation
  }

  /// Sends an entity in at a minute.
  mutating func send(
    _ number: UInt32, at minute: Double, pathway: UInt16 = 0, priority: UInt8 = 8, site: UInt16 = 0
  ) {
    let arrival = RecordingDomain.Arrival(
      number: number, pathway: pathway, priority: priority, site: site)
    simulation.calendar.schedule(
      .domain(RecordingDomain.Event(arrival: arrival)), at: .zero + .minutes(minute))
  }

  /// Runs to a minute, checks conservation, and returns the record so far.
  @discardableResult
  mutating func run(until minute: Double) -> [String] {
    simulation.run(until: .zero + .minutes(minute))
    simulation.model.flow.checkConservation()
    return simulation.model.domain.record
  }

  borrowing func copy() -> RecordedRun {
    RecordedRun(
      Simulation(
        PathwayRun(
          domain: simulation.model.domain, flow: simulation.model.flow.copy()),
        calendar: simulation.calendar.copy(), eventCount: simulation.eventCount))
  }

  private init(_ simulation: consuming Simulation<PathwayRun<RecordingDomain>>) {
    self.simulation = simulation
  }

  /// A digest of the state, without the record.
  var digest: UInt64 {
    var digest = StateDigest()
    simulation.model.flow.add(to: &digest, at: simulation.calendar.now)
    return digest.value
  }
}

extension PathwayBuilder {
  /// A builder with one site, one class, the reasons "home", "away" and "gone", and the duration
  /// rules "5", "10" and "20", which are so many minutes.
  static func plain() throws -> PathwayBuilder {
    var builder = PathwayBuilder()
    builder.addSite("clinic")
    builder.addClass("patient")
    builder.addLeaveReason("home")
    builder.addLeaveReason("away", outcome: .lost)
    builder.addLeaveReason("gone", outcome: .reneged)
    for minutes in [5.0, 10, 20] {
      builder.addDurationRule("\(Int(minutes))", try .constant(minutes), unit: .minutes(1))
    }
    return builder
  }

  /// Declares a role with a resource of its own at the first site.
  mutating func addServer(
    _ name: String, capacity: Int = 1, waitingRoom: Int? = nil, isPreemptive: Bool = false,
    calendar: CapacityCalendar? = nil
  ) {
    provide(
      role: addRole(name),
      by: addResource(
        ResourceDescription(
          name: name, capacity: capacity, waitingRoom: waitingRoom, isPreemptive: isPreemptive,
          calendar: calendar)))
  }
}

extension StepDescription {
  static func seize(
    _ role: String, label: String? = nil, units: Int = 1, priority: Int? = nil,
    patience: Patience? = nil, refused: String? = nil
  ) -> Self {
    Self(
      label: label,
      .seize(
        Request(role, units: units, priority: priority, patience: patience, refused: refused)))
  }

  static func delay(_ rule: String, label: String? = nil) -> Self {
    Self(label: label, .delay(rule: rule))
  }

  static func release(_ role: String, next: String? = nil) -> Self {
    Self(.release(role: role), next: next)
  }

  static func leave(_ reason: String = "home", label: String? = nil) -> Self {
    Self(label: label, .leave(reason: reason))
  }
}
