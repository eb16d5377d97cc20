// SPDX-License-Identifier: GPL-3.0-or-later

/// All resources of a model, who holds their units, and who waits for them.
///
/// A resource has a number of equal units. A request that cannot be granted waits in the resource's
/// line: more urgent ones first (0 before 15), first come first served among equals, and nobody
/// overtakes: a request for more units than are free holds back those behind it, so that large
/// requests do not starve. Two kinds of request may be overtaken: those for several resources at once,
/// see ``seizeAll(_:for:priority:at:)``, and those that keep units for others, see
/// ``seize(_:units:keeping:for:priority:at:)``. When units come free, the first request in order of
/// all that can be served is served, then the first of the rest, until none can.
///
/// An entity waits for at most one request at a time. Requests and releases cost O(1); those who are
/// served by a release come out of ``nextGrant()``.
public struct ResourceSet: ~Copyable, Sendable {
  @usableFromInline var resources: FlatStorage<ResourceState>
  @usableFromInline var resourceCount: Int
  /// Sixteen for each resource, most urgent first.
  @usableFromInline var lines: FlatStorage<WaitingLine>
  @usableFromInline var requests: NodePool<WaitingRequest>
  @usableFromInline var holdings: NodePool<Holding>
  @usableFromInline var entities: FlatStorage<EntityLinks>
  @usableFromInline var entityCount: Int
  @usableFromInline var grants: FlatStorage<Grant>
  @usableFromInline var grantCount: Int
  @usableFromInline var grantsTaken: Int
  /// Those whom the end of a shift has interrupted.
  @usableFromInline var interrupted: FlatStorage<Interruption>
  @usableFromInline var interruptedCount: Int
  @usableFromInline var interruptedTaken: Int
  /// Lines in which somebody may be served by what has just been given back.
  @usableFromInline var changedLines: FlatStorage<UInt32>
  @usableFromInline var changedLineCount: Int
  /// Requests that have waited so far.
  @usableFromInline var arrivals: Int64
  @usableFromInline var interruptions: Int64

  /// How often a request for several resources may be overtaken before it holds its places.
  public let overtakingLimit: Int

  /// A set without resources.
  public init(overtakingLimit: Int = 16) {
    self.resources = FlatStorage(capacity: 4)
    self.resourceCount = 0
    self.lines = FlatStorage(capacity: 64)
    self.requests = NodePool()
    self.holdings = NodePool()
    self.entities = FlatStorage(capacity: 16)
    self.entityCount = 0
    self.grants = FlatStorage(capacity: 16)
    self.grantCount = 0
    self.grantsTaken = 0
    self.interrupted = FlatStorage(capacity: 16)
    self.interruptedCount = 0
    self.interruptedTaken = 0
    self.changedLines = FlatStorage(capacity: 16)
    self.changedLineCount = 0
    self.arrivals = 0
    self.interruptions = 0
    self.overtakingLimit = overtakingLimit
  }

  init(copying other: borrowing Self) {
    self.resources = other.resources.copy(keeping: other.resourceCount)
    self.resourceCount = other.resourceCount
    self.lines = other.lines.copy(keeping: other.resourceCount * 16)
    self.requests = other.requests.copy()
    self.holdings = other.holdings.copy()
    self.entities = other.entities.copy(keeping: other.entityCount)
    self.entityCount = other.entityCount
    self.grants = other.grants.copy(keeping: other.grantCount)
    self.grantCount = other.grantCount
    self.grantsTaken = other.grantsTaken
    self.interrupted = other.interrupted.copy(keeping: other.interruptedCount)
    self.interruptedCount = other.interruptedCount
    self.interruptedTaken = other.interruptedTaken
    self.changedLines = FlatStorage(capacity: 16)
    self.changedLineCount = 0
    self.arrivals = other.arrivals
    self.interruptions = other.interruptions
    self.overtakingLimit = other.overtakingLimit
  }

  /// A set in the same state, independent of this one.
  public borrowing func copy() -> ResourceSet {
    ResourceSet(copying: self)
  }

  /// Adds a resource.
  ///
  /// - Parameters:
  ///   - capacity: Units at time zero.
  ///   - waitingRoom: Places for those who wait, beyond those who are served; `nil` for no bound.
  ///     An interrupted entity always finds a place.
  ///   - preemptive: Whether a more urgent request takes units from a less urgent holder.
  ///   - ending: What a change of capacity does to those in service, unless it says so itself.
  ///
  /// A resource that is preemptive or does not hand over tracks who holds its units, which costs a
  /// few more steps for each request and release.
  public mutating func add(
    capacity: Int, waitingRoom: Int? = nil, preemptive: Bool = false,
    ending: ShiftEnd = .handOver
  ) -> ResourceIndex {
    precondition(capacity >= 0, "A capacity is not negative")
    precondition(waitingRoom ?? 0 >= 0, "A waiting room is not negative")
    resources.grow(to: resourceCount + 1, keeping: resourceCount)
    lines.grow(to: (resourceCount + 1) * 16, keeping: resourceCount * 16)
    resources[resourceCount] = ResourceState(
      capacity: capacity, waitingRoom: waitingRoom ?? .max, isPreemptive: preemptive,
      ending: ending)
    (lines.base + resourceCount * 16).update(repeating: WaitingLine(), count: 16)
    resourceCount += 1
    return ResourceIndex(rawValue: UInt32(resourceCount - 1))
  }

  /// Resources added so far.
  @inlinable
  public var count: Int { resourceCount }
}

// MARK: - Asking, giving back

extension ResourceSet {
  /// Asks for units of a resource.
  ///
  /// If the resource is preemptive and the units are not free, they are taken from one holder that
  /// is less urgent, if any holds enough: the least urgent, and of those the last one served. A
  /// holder that is itself waiting for something is passed over. What it held beyond the units asked
  /// for may serve others: drain ``nextGrant()`` after ``SeizeOutcome/preempting(_:)``.
  ///
  /// O(1), but for preemption and where somebody waits who asks for other resources too or keeps
  /// units for others; then it may cost a walk along those who wait.
  ///
  /// - Parameters:
  ///   - keeping: Units that must stay free when this request is granted: they are kept for requests
  ///     that keep fewer, which are not held back by this one (trunk reservation, ring-fenced beds).
  ///
  /// - Precondition: The entity is not waiting; `units` is positive; `keeping` is not negative;
  ///   `priority` at most 15.
  @inlinable @inline(__always)
  public mutating func seize(
    _ resource: ResourceIndex, units: Int = 1, keeping: Int = 0, for entity: EntityIndex,
    priority: UInt8 = 8, at now: SimulationTime
  ) -> SeizeOutcome {
    let state = self.state(resource)
    precondition(units > 0, "A request is for at least one unit")
    precondition(keeping >= 0, "Units kept for others are not negative")
    if state.pointee.levels == 0 && state.pointee.free &- keeping >= units
      && !state.pointee.tracksHolders
    {
      state.pointee.changeHeld(by: units, at: now.microseconds)
      state.pointee.grantsAtOnce &+= 1
      return .granted
    }
    if keeping != 0 {
      return seizeKeeping(
        resource, units: units, keeping: keeping, for: entity, priority: priority, at: now)
    }
    if state.pointee.free < units && !state.pointee.isPreemptive
      && state.pointee.waiting < state.pointee.waitingRoom
    {
      precondition(priority < 16, "A priority lies in 0...15")
      join(
        resource.rawValue, units: units, keeping: 0, for: entity.rawValue, priority: priority,
        at: now.microseconds)
      return .waiting
    }
    return seizeOrWait(resource, units: units, for: entity, priority: priority, at: now)
  }

  /// Gives back units; those who are served by them come out of ``nextGrant()``.
  ///
  /// - Precondition: The entity holds that many units (checked for each entity if the resource
  ///   tracks its holders, for all together if not).
  @inlinable @inline(__always)
  public mutating func release(
    _ resource: ResourceIndex, units: Int = 1, by entity: EntityIndex, at now: SimulationTime
  ) {
    let state = self.state(resource)
    if state.pointee.tracksHolders {
      precondition(units > 0, "At least one unit is released")
      releaseTracked(resource, units: units, by: entity, at: now.microseconds)
    } else {
      precondition(units > 0 && units <= state.pointee.held, "More units released than were held")
      state.pointee.changeHeld(by: 0 &- units, at: now.microseconds)
    }
    if state.pointee.levels != 0 { serve(resource.rawValue, at: now.microseconds) }
  }

  /// Whether ``nextGrant()`` has somebody to give.
  @inlinable @inline(__always)
  public var hasGrants: Bool { grantsTaken != grantCount }

  /// Takes the next entity that a release, a rise of capacity or a withdrawal has served, in the
  /// order of serving.
  @inlinable @inline(__always)
  public mutating func nextGrant() -> Grant? {
    if grantsTaken == grantCount { return nil }
    let grant = grants.base[grantsTaken]
    grantsTaken &+= 1
    if grantsTaken == grantCount {
      grantsTaken = 0
      grantCount = 0
    }
    return grant
  }

  /// Takes an entity out of the line it waits in: it reneges. O(1) for each resource asked for.
  ///
  /// Those it held back may be served: drain ``nextGrant()``.
  ///
  /// - Returns: `false` when it does not wait, perhaps because it was granted at this very instant.
  @discardableResult
  public mutating func withdraw(_ entity: EntityIndex, at now: SimulationTime) -> Bool {
    guard isWaiting(entity) else { return false }
    var part = entities[Int(entity.rawValue)].request
    while part != .max {
      state(requests[part].resource).pointee.reneged += 1
      part = requests[part].nextPart
    }
    leaveLines(entity.rawValue, at: now.microseconds)
    serveChangedLines(at: now.microseconds)
    return true
  }
}

// MARK: - Looking

extension ResourceSet {
  /// Whether the entity stands in a line.
  public func isWaiting(_ entity: EntityIndex) -> Bool {
    Int(entity.rawValue) < entityCount && entities[Int(entity.rawValue)].request != .max
  }

  /// When a waiting entity asked, or was interrupted.
  ///
  /// - Precondition: It is waiting.
  public func waitingSince(_ entity: EntityIndex) -> SimulationTime {
    precondition(isWaiting(entity), "The entity is not waiting")
    return SimulationTime(microseconds: requests[entities[Int(entity.rawValue)].request].since)
  }

  /// Units there are now.
  @inlinable
  public func capacity(_ resource: ResourceIndex) -> Int { state(resource).pointee.capacity }

  /// Units in somebody's hands; more than the capacity while it has been cut below them, or while
  /// some are held by a shift that is over.
  @inlinable
  public func held(_ resource: ResourceIndex) -> Int {
    state(resource).pointee.held &+ state(resource).pointee.heldOver
  }

  /// Units that can be granted now; never negative. Those held by a shift that is over are none of
  /// the capacity.
  @inlinable
  public func free(_ resource: ResourceIndex) -> Int { max(0, state(resource).pointee.free) }

  /// Requests in the line.
  public func waiting(_ resource: ResourceIndex) -> Int { state(resource).pointee.waiting }

  /// Forgets everything counted so far, as at the end of a warm-up; nobody loses anything.
  public mutating func resetStatistics(at now: SimulationTime) {
    for row in 0..<resourceCount { resources[row].resetStatistics(at: now.microseconds) }
  }

  /// What happened at a resource until `now` since statistics were last reset.
  public func statistics(
    _ resource: ResourceIndex, at now: SimulationTime
  ) -> ResourceStatistics {
    state(resource).pointee.statistics(at: now.microseconds)
  }

  /// The two integrals of ``statistics(_:at:)`` that tell how much of a resource was used, in
  /// unit-microseconds: cheaper, for those who ask every day.
  public func integrals(
    _ resource: ResourceIndex, at now: SimulationTime
  ) -> (held: Int128, capacity: Int128) {
    state(resource).pointee.integrals(at: now.microseconds)
  }

  @inlinable @inline(__always)
  func state(_ resource: ResourceIndex) -> UnsafeMutablePointer<ResourceState> {
    precondition(Int(resource.rawValue) < resourceCount, "No such resource")
    return resources.base + Int(resource.rawValue)
  }

  @inlinable @inline(__always)
  func state(_ row: UInt32) -> UnsafeMutablePointer<ResourceState> {
    resources.base + Int(row)
  }
}
