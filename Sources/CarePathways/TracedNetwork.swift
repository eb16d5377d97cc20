// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A network that keeps a log of what happens: the network's own domain with a notebook.
///
/// It passes every call on and only looks, so that a traced run is the plain one, number by number;
/// the checksums of both are equal.
struct TracedNetwork: ~Copyable, PathwayDomain {
  typealias Event = NetworkEvent
  typealias Calendar = EventCalendar<CareEvent<NetworkEvent>>

  var network: NetworkDomain
  /// What happened since somebody last took it away, in order.
  var rows: [TraceRow] = []
  /// What has to be kept of those present, by index.
  private var present: [Present] = []
  /// A branch whose exit the next step tells.
  private var openBranch: Int?

  private struct Present {
    /// The row of its delay.
    var delayRow: UInt16 = 0
    /// The resource it lost last.
    var lostResource = TraceRow.noResource
  }

  init(_ network: consuming NetworkDomain) { self.network = network }

  // MARK: - Passing on

  mutating func handle(
    _ event: NetworkEvent, _ flow: inout PathwayFlow, _ calendar: inout Calendar
  ) {
    let known = flow.ready.count
    network.handle(event, &flow, &calendar)
    for place in known..<max(known, flow.ready.count) {
      record(.arrive, flow.ready[place], flow, calendar.now)
    }
  }

  mutating func expect(_ event: NetworkEvent) { network.expect(event) }

  mutating func expect(_ entity: EntityIndex, found: Bool) { network.expect(entity, found: found) }

  mutating func decide(
    _ decision: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow,
    _ calendar: inout Calendar
  ) -> Int {
    network.decide(decision, entity, &flow, &calendar)
  }

  mutating func duration(
    _ rule: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> TimeSpan {
    network.duration(rule, entity, &flow, now)
  }

  mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    network.granted(entity, role, waited: waited, &flow, now)
    // The unit of one of several is held under another name.
    let resource =
      flow.entities[entity].held(role: role)?.resource.rawValue ?? asked(entity, role, flow)
    record(.start, entity, flow, now, resource: resource, value: waited.microseconds)
  }

  mutating func unitsKept(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow
  ) -> Int { network.unitsKept(entity, role, &flow) }

  mutating func released(
    _ entity: EntityIndex, _ held: HeldUnits, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    network.released(entity, held, &flow, now)
  }

  mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    network.reneged(entity, role, &flow, now)
    let waited = now - flow.entities[entity].mark
    record(
      .renege, entity, flow, now, resource: asked(entity, role, flow), value: waited.microseconds)
  }

  mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    network.refused(entity, role, &flow, now)
    record(.refused, entity, flow, now, resource: asked(entity, role, flow))
  }

  mutating func referred(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    network.referred(entity, &flow, now)
  }

  mutating func left(
    _ entity: EntityIndex, reason: UInt16, _ flow: inout PathwayFlow,
    _ calendar: inout Calendar
  ) {
    network.left(entity, reason: reason, &flow, &calendar)
    record(.leave, entity, flow, calendar.now, value: Int64(reason))
  }

  // MARK: - Looking

  mutating func note(
    _ mark: PathwayMark, _ entity: EntityIndex, _ flow: borrowing PathwayFlow,
    _ now: SimulationTime
  ) {
    network.note(mark, entity, flow, now)
    let place = Int(entity.rawValue)
    while present.count <= place { present.append(Present()) }
    let state = flow.entities[entity]
    switch mark {
    case .step:
      noteStep(entity, flow, now)
    case .delayBegan:
      present[place].delayRow = state.row
      record(.delay, entity, flow, now, value: (state.mark - now).microseconds)
    case .delayEnded:
      record(.end, entity, flow, now)
      rows[rows.count - 1].row = present[place].delayRow
    case .interrupted:
      let lost = state.lostHold > 0 ? state.holds[Int(state.lostHold) - 1].resource.rawValue : nil
      present[place].lostResource = lost ?? TraceRow.noResource
      record(
        .interrupted, entity, flow, now, resource: lost,
        value: max(0, state.remaining.microseconds))
    case .resumed:
      record(.resume, entity, flow, now, resource: present[place].lostResource)
    }
  }

  private mutating func noteStep(
    _ entity: EntityIndex, _ flow: borrowing PathwayFlow, _ now: SimulationTime
  ) {
    let row = flow.entities[entity].row
    // Nothing can come between a branch and the step after it.
    if let openBranch { rows[openBranch].value = Int64(row) }
    openBranch = nil
    let step = flow.rows.step(row).pointee
    switch step.kind {
    case .seize:
      record(.request, entity, flow, now, resource: asked(entity, step.operand, flow))
    case .delay, .leave: break
    case .release:
      let held = flow.entities[entity].held(role: step.operand)
      record(.release, entity, flow, now, resource: held?.resource.rawValue)
    case .move:
      let held = flow.entities[entity].held(role: step.operand)
      record(.transfer, entity, flow, now, resource: held?.resource.rawValue)
    case .branch, .decide:
      record(.branch, entity, flow, now, value: Int64(row))
      openBranch = rows.count - 1
    case .assignClass: record(.assignClass, entity, flow, now, value: Int64(step.operand))
    case .assignPriority: record(.assignPriority, entity, flow, now, value: Int64(step.operand))
    default: record(.step, entity, flow, now)
    }
  }

  /// The resource behind a role where the entity asks for it.
  private func asked(
    _ entity: EntityIndex, _ role: UInt16, _ flow: borrowing PathwayFlow
  ) -> UInt32? {
    flow.resource(role: role, site: flow.entities[entity].site)?.rawValue
  }

  private mutating func record(
    _ event: TraceRow.Event, _ entity: EntityIndex, _ flow: borrowing PathwayFlow,
    _ now: SimulationTime, resource: UInt32? = nil, value: Int64 = 0
  ) {
    let state = flow.entities[entity]
    rows.append(
      TraceRow(
        time: now, owner: state.owner, episode: state.episode, value: value, entity: entity,
        resource: resource ?? TraceRow.noResource, row: state.row, classIndex: state.classIndex,
        event: event))
  }
}
