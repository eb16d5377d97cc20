// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in the line of one resource. A request for several resources, or for one of several, has
/// a place in each line.
@usableFromInline
struct WaitingRequest: PoolNode {
  @usableFromInline var next = UInt32.max
  @usableFromInline var previous = UInt32.max
  @usableFromInline var entity: UInt32
  @usableFromInline var resource: UInt32
  @usableFromInline var units: Int
  /// When the request was made, in microseconds.
  @usableFromInline var since: Int64
  /// Its place among all requests ever made; negative for those that were interrupted.
  @usableFromInline var arrival: Int64
  /// The place of the same request in the line of its next resource.
  @usableFromInline var nextPart = UInt32.max
  /// How often a later or less urgent request was granted before this one; kept by the first part.
  @usableFromInline var timesOvertaken: UInt32 = 0
  @usableFromInline var priority: UInt8
  /// It asks for all of several resources.
  @usableFromInline var isJoint = false
  /// It asks for one of several resources; its parts are linked in order of rank.
  @usableFromInline var isAny = false
  /// It held its units before and was interrupted.
  @usableFromInline var isResumption = false
  /// Units that must stay free when it is granted.
  @usableFromInline var keeping: Int32 = 0

  @inlinable @inline(__always)
  init(
    entity: UInt32, resource: UInt32, units: Int, since: Int64, arrival: Int64, priority: UInt8,
    keeping: Int32 = 0
  ) {
    self.entity = entity
    self.resource = resource
    self.units = units
    self.since = since
    self.arrival = arrival
    self.priority = priority
    self.keeping = keeping
  }

  /// Whether it asks for other resources too, or keeps units for others.
  var isSpecial: Bool { isJoint || isAny || keeping != 0 }

  /// Whether it is more urgent than another, or as urgent and earlier.
  func goesBefore(_ other: Self) -> Bool {
    (priority, arrival) < (other.priority, other.arrival)
  }
}

/// First and last of those who wait at one resource with one priority.
@usableFromInline
struct WaitingLine: BitwiseCopyable, Sendable {
  @usableFromInline var first = UInt32.max
  @usableFromInline var last = UInt32.max
}

/// Units in somebody's hands, of a resource that tracks its holders.
@usableFromInline
struct Holding: PoolNode {
  @usableFromInline var next = UInt32.max
  var previous = UInt32.max
  var nextOfEntity = UInt32.max
  var entity: UInt32
  var resource: UInt32
  var units: Int
  /// What the request for them kept free.
  var keeping: Int32
  var priority: UInt8
  /// They are of a shift that is over.
  var isOvertime = false
}

/// What a resource set knows of one entity.
@usableFromInline
struct EntityLinks: BitwiseCopyable, Sendable {
  /// The first part of the request it waits for.
  @usableFromInline var request = UInt32.max
  /// The newest of its holdings of resources that track their holders.
  var holding = UInt32.max
}
