// SPDX-License-Identifier: GPL-3.0-or-later

/// What came of asking for units of a resource.
public enum SeizeOutcome: Hashable, Sendable, BitwiseCopyable {
  /// The units are held.
  case granted
  /// The entity stands in line; a ``Grant`` will name it.
  case waiting
  /// The waiting room was full; the entity holds nothing and does not wait.
  case refused
  /// The units are held, taken from this entity, which is now first of its priority in the line.
  case preempting(EntityIndex)
}

/// What came of asking for units of one of several resources.
public enum SeizeAnyOutcome: Hashable, Sendable, BitwiseCopyable {
  /// The units of this resource are held.
  case granted(ResourceIndex)
  /// The entity stands in the lines that had room; a ``Grant`` will name it and the resource.
  case waiting
  /// All waiting rooms were full; the entity holds nothing and does not wait.
  case refused
}

/// An entity that waited and now holds what it had asked for.
public struct Grant: Hashable, Sendable, BitwiseCopyable {
  public var entity: EntityIndex
  /// The resource; the first of those that were asked for together; or, of those any one of which
  /// was asked for, the one that is held now.
  public var resource: ResourceIndex
  /// When the request was made, or the entity interrupted.
  public var since: SimulationTime

  @inlinable
  public init(entity: EntityIndex, resource: ResourceIndex, since: SimulationTime) {
    self.entity = entity
    self.resource = resource
    self.since = since
  }
}

/// An entity that held units and lost them at the end of a shift. It waits to get them again.
public struct Interruption: Hashable, Sendable, BitwiseCopyable {
  public var entity: EntityIndex
  public var resource: ResourceIndex

  @inlinable
  public init(entity: EntityIndex, resource: ResourceIndex) {
    self.entity = entity
    self.resource = resource
  }
}

/// So many units of one resource, as a part of a request for several or for one of several.
public struct ResourceDemand: Hashable, Sendable, BitwiseCopyable {
  public var resource: ResourceIndex
  public var units: Int
  /// Units that must stay free for others.
  public var keeping: Int

  @inlinable
  public init(_ resource: ResourceIndex, units: Int = 1, keeping: Int = 0) {
    self.resource = resource
    self.units = units
    self.keeping = keeping
  }
}

/// What a change of capacity, as a change of shift, means for those in service.
public enum ShiftEnd: UInt8, Hashable, Sendable, BitwiseCopyable, CaseIterable {
  /// The new shift takes them over as far as it has units; the excess is finished in overtime, and
  /// its units vanish as they are given back.
  case handOver
  /// They stay with the old shift, in overtime, until they give back their units, which then vanish;
  /// all units of the new shift are free at once.
  case finish
  /// As many as the new shift has no units for are interrupted, the least urgent first and of these
  /// the last served first; they wait at the head of their priority's line to get their units again.
  case interrupt
}
