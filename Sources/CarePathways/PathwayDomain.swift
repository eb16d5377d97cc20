// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What a floor above adds to pathways: its own events, decisions and durations.
///
/// Every function may start entities by ``PathwayFlow/enter(_:site:destination:classIndex:priority:owner:episode:pass:at:)``;
/// they go on their way, in the order they entered, once the function has returned. It may change
/// capacities, and the site, destination, priority and class of entities. Seizing and releasing for
/// entities of pathways is the interpreter's business.
public protocol PathwayDomain: ~Copyable {
  /// What can happen beside the steps of pathways.
  associatedtype Event: BitwiseCopyable & Sendable

  /// An event of the domain is due.
  mutating func handle(
    _ event: Event, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>)

  /// An event of the domain, or the end of a delay of an entity, will be due soon: a chance to call
  /// `prefetch` for what it will touch; in two turns, as `SimulationModel` says.
  mutating func expect(_ event: Event)
  mutating func expect(_ entity: EntityIndex, found: Bool)

  /// An entity stands at a decision; the answer is an exit, counted from 0 in the order of the
  /// decision's exits. The decision's number is its place in the order of declaration.
  mutating func decide(
    _ decision: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>
  ) -> Int

  /// How long a step or a patience of a domain rule lasts; not negative. The rule's number is its
  /// place among the domain rules in the order of declaration. As a patience,
  /// ``PathwayFlow/unlimited`` means for ever.
  mutating func duration(
    _ rule: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> TimeSpan

  /// Units of a role that must stay free when an entity is granted it: they are kept for others, as
  /// `ResourceSet.seize(_:units:keeping:for:priority:at:)` says. Asked at each request for one role.
  mutating func unitsKept(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow
  ) -> Int

  /// An entity has been granted a role, after a wait or at once; once per request, not again when
  /// it comes back from preemption.
  mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime)

  /// An entity gives units of a role back. At the end of a transfer it is at its destination already.
  mutating func released(
    _ entity: EntityIndex, _ held: HeldUnits, _ flow: inout PathwayFlow, _ now: SimulationTime)

  /// An entity's patience for a role has ended.
  mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime)

  /// An entity was refused a role because the waiting room was full.
  mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime)

  /// An entity is referred to another pathway.
  mutating func referred(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime)

  /// An entity leaves; it can be read until the function returns.
  mutating func left(
    _ entity: EntityIndex, reason: UInt16, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>)

  /// Something has happened to an entity that only an observer wants to know; it changes nothing.
  ///
  /// The entity stands at the row in question, but at the end of a delay, when it stands at the row
  /// after it. Whoever wraps a domain passes on every function of this protocol.
  mutating func note(
    _ mark: PathwayMark, _ entity: EntityIndex, _ flow: borrowing PathwayFlow,
    _ now: SimulationTime)
}

/// What an observer of a run is told of an entity.
public enum PathwayMark: UInt8, BitwiseCopyable, Sendable {
  /// It is about to do what its row says; not of a delay that begins with the grant before it.
  case step
  /// A delay begins, to last until the entity's ``Entity/mark``.
  case delayBegan
  case delayEnded
  /// It has lost a resource to a more urgent one, or to the end of a shift.
  case interrupted
  /// It has the resource again.
  case resumed
}

extension PathwayDomain where Self: ~Copyable {
  @inlinable
  public mutating func expect(_ event: Event) {}

  @inlinable
  public mutating func expect(_ entity: EntityIndex, found: Bool) {}

  @inlinable
  public mutating func decide(
    _ decision: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>
  ) -> Int {
    preconditionFailure("a pathway asks for a decision that its domain does not take")
  }

  @inlinable
  public mutating func duration(
    _ rule: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> TimeSpan {
    preconditionFailure("a pathway asks for a duration that its domain does not give")
  }

  @inlinable @inline(__always)
  public mutating func unitsKept(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow
  ) -> Int { 0 }

  @inlinable @inline(__always)
  public mutating func released(
    _ entity: EntityIndex, _ held: HeldUnits, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {}

  @inlinable
  public mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {}

  @inlinable
  public mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {}

  @inlinable
  public mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {}

  @inlinable
  public mutating func referred(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {}

  @inlinable
  public mutating func left(
    _ entity: EntityIndex, reason: UInt16, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<Event>>
  ) {}

  @inlinable
  public mutating func note(
    _ mark: PathwayMark, _ entity: EntityIndex, _ flow: borrowing PathwayFlow,
    _ now: SimulationTime
  ) {}
}
