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

/// An entity that waited and now holds what it had asked for.
public struct Grant: Hashable, Sendable, BitwiseCopyable {
  public var entity: EntityIndex
  /// The resource, or the first of those that were asked for together.
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

/// So many units of one resource, as a part of a request for several.
public struct ResourceDemand: Hashable, Sendable, BitwiseCopyable {
  public var resource: ResourceIndex
  public var units: Int

  @inlinable
  public init(_ resource: ResourceIndex, units: Int = 1) {
    self.resource = resource
    self.units = units
  }
}
