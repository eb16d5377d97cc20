// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A network whose entities are followed through all their steps, for measures that need it.
///
/// It passes every call on and only looks, so that a watched run is the plain one, number by number.
/// Runs whose measures need none of it are of plain networks, which pay nothing.
struct WatchedNetwork: ~Copyable, PathwayDomain {
  typealias Event = NetworkEvent
  typealias Calendar = EventCalendar<CareEvent<NetworkEvent>>

  /// The only stored property: ``NetworkRun`` sees its own network as a watched one.
  var network: NetworkDomain

  mutating func note(
    _ mark: PathwayMark, _ entity: EntityIndex, _ flow: borrowing PathwayFlow,
    _ now: SimulationTime
  ) {
    network.note(mark, entity, flow, now)
    let state = flow.entities[entity]
    let row = flow.rows.step(state.row).pointee
    switch mark {
    case .step:
      if network.record.holdings.isOn { noteHolding(state, row, now) }
      switch row.kind {
      // Counted when they are granted, when they begin, and when the entity has left.
      case .seize, .seizeAll, .seizeAny, .delay, .leave: break
      default: pass(state)
      }
    case .delayBegan:
      if row.kind == .delay { pass(state) }
    case .interrupted:
      if network.record.holdings.isOn { network.record.holdings.interrupt(entity, state, at: now) }
    case .resumed:
      if network.record.holdings.isOn { network.record.holdings.resume(entity, state, at: now) }
    case .delayEnded: break
    }
  }

  private mutating func pass(_ entity: Entity) {
    if let step = network.record.step(of: entity) { network.record.steps[step].passed += 1 }
  }

  private mutating func noteHolding(_ entity: Entity, _ row: PathwayStep, _ now: SimulationTime) {
    switch row.kind {
    case .release, .move: network.record.holdings.release(entity, role: row.operand, at: now)
    case .assignClass: network.record.holdings.changeClass(entity, to: row.operand, at: now)
    default: break
    }
  }

  mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    network.granted(entity, role, waited: waited, &flow, now)
    if network.record.holdings.isOn {
      network.record.holdings.grant(flow.entities[entity], at: now)
    }
  }

  // MARK: - Passing on

  mutating func handle(
    _ event: NetworkEvent, _ flow: inout PathwayFlow, _ calendar: inout Calendar
  ) {
    network.handle(event, &flow, &calendar)
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
  }

  mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    network.refused(entity, role, &flow, now)
  }

  mutating func referred(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    network.referred(entity, &flow, now)
  }

  mutating func left(
    _ entity: EntityIndex, reason: UInt16, _ flow: inout PathwayFlow, _ calendar: inout Calendar
  ) {
    network.left(entity, reason: reason, &flow, &calendar)
  }
}
