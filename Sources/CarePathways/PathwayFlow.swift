// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// The state of a run of pathways: who is present, what they hold, and what was counted.
public struct PathwayFlow: ~Copyable {
  public let program: PathwayProgram
  /// What the entities draw; its root is the run's.
  @usableFromInline let draws: KeyedDraws
  /// An instant, at or before time 0, at which a week begins.
  public let weekStart: SimulationTime
  public var entities: EntityTable
  public var resources: ResourceSet
  public var measures: PathwayMeasures
  /// Entities that go on within this instant, in order; the first `readyHead` have gone.
  @usableFromInline var ready: FlatTable<EntityIndex>
  @usableFromInline var readyHead: Int
  /// The attributes of each entity, by its index.
  @usableFromInline var attributes: FlatTable<Double>
  /// Whom each entity belongs to, by its index; empty unless the program starts entities to join.
  var families: FlatTable<Family>
  /// The delay each entity is in, by its index; empty unless one may begin anew.
  var delays: FlatTable<RunningDelay>
  /// Entities that wait for conditions, in order.
  @usableFromInline var hoping: FlatTable<EntityIndex>
  /// So many of them, from the first on, cannot go on before something that conditions read changes.
  var hopeless: Int
  /// What conditions read of resources, as it was when it was looked at last.
  var watched: FlatTable<Int>
  /// The serial number given last to an entity, where entities have families.
  var spawned: UInt64
  /// The attributes that those who enter now bring along.
  var recorded: Recorded?
  /// What has stopped an entity, and with it the run.
  public internal(set) var fault: PathwayRunFault?
  /// Good as long as `program`, which is never replaced.
  @usableFromInline let rows: PathwayTables.Rows

  /// The key of all that is drawn.
  public var root: RandomRoot { draws.root }

  /// As a patience: for ever.
  @inlinable
  public static var unlimited: TimeSpan { TimeSpan(microseconds: .max) }

  /// An empty model at time 0.
  public init(
    program: PathwayProgram, root: RandomRoot, weekStart: SimulationTime = .zero
  ) {
    precondition(weekStart <= .zero, "the week must begin at or before time 0")
    self.program = program
    draws = KeyedDraws(root)
    self.weekStart = weekStart
    entities = EntityTable()
    resources = ResourceSet()
    measures = PathwayMeasures(
      classCount: program.classes.count, reasonCount: program.leaveReasons.count, at: .zero)
    ready = FlatTable()
    readyHead = 0
    attributes = FlatTable()
    families = FlatTable()
    delays = FlatTable()
    hoping = FlatTable()
    hopeless = 0
    watched = FlatTable()
    spawned = 0
    rows = program.tables.rows
    for (place, resource) in program.resources.enumerated() {
      let capacity =
        resource.calendar?.capacity(at: .zero, before: resource.capacity, weekStart: weekStart)
        ?? resource.capacity
      let index = resources.add(
        capacity: capacity, waitingRoom: resource.waitingRoom, preemptive: resource.isPreemptive,
        ending: resource.ending)
      precondition(Int(index.rawValue) == place, "resources are numbered in order")
    }
  }

  private init(copying other: borrowing PathwayFlow, under program: PathwayProgram) {
    self.program = program
    draws = KeyedDraws(other.root)
    weekStart = other.weekStart
    entities = other.entities.copy()
    resources = other.resources.copy()
    measures = other.measures.copy()
    ready = other.ready.copy()
    readyHead = other.readyHead
    attributes = other.attributes.copy()
    families = other.families.copy()
    delays = other.delays.copy()
    hoping = other.hoping.copy()
    // Under another program the conditions may be others.
    hopeless = 0
    watched = FlatTable()
    spawned = other.spawned
    fault = other.fault
    rows = program.tables.rows
  }

  /// An exact copy, independent of the original from here on.
  public borrowing func copy() -> PathwayFlow { PathwayFlow(copying: self, under: program) }

  /// A copy that goes on under another program, of the same layout: another scenario's, say, whose
  /// distributions or probabilities differ from this instant on. Delays that run are kept; all that
  /// begins from now on is drawn under the new program.
  public borrowing func copy(under program: PathwayProgram) -> PathwayFlow {
    precondition(
      program.hasLayout(of: self.program), "a flow can only go on under a program of its layout")
    var copy = PathwayFlow(copying: self, under: program)
    for place in 0..<copy.entities.indexLimit {
      let entity = EntityIndex(rawValue: UInt32(place))
      if copy.entities[entity].phase == .waiting {
        copy.entities[entity].remaining = Entity.notDrawn
      }
    }
    return copy
  }

  /// Starts an entity at the first step of a pathway.
  ///
  /// It goes on its way once the domain function that called this has returned, after those that
  /// entered before it.
  ///
  /// - Parameters:
  ///   - pathway: the pathway's number.
  ///   - site: where the entity is.
  ///   - destination: where steps "at the destination" go; the same site unless given.
  ///   - classIndex: the class by which it is counted.
  ///   - priority: 0...15, lower is more urgent.
  ///   - owner: whose random numbers it draws.
  ///   - episode: which need of that owner it is.
  ///   - pass: where the count of jumps backward starts; give a second entity of the same owner
  ///     and episode another start, far off, and its draws differ from the first one's.
  ///   - now: the instant.
  @inlinable
  @discardableResult
  public mutating func enter(
    _ pathway: UInt16, site: UInt16 = 0, destination: UInt16? = nil, classIndex: UInt16 = 0,
    priority: UInt8 = 8, owner: UInt64, episode: UInt64, pass: UInt32 = 0,
    at now: SimulationTime
  ) -> EntityIndex {
    let entity = insert(
      pathway, site: site, destination: destination ?? site, classIndex: classIndex,
      priority: priority, owner: owner, episode: episode, pass: pass, at: now)
    if rows.attributeCount > 0 { begetAttributes(of: entity, at: now) }
    ready.append(entity)
    return entity
  }

  /// A new entity at the first step of a pathway, which does not go on by itself.
  @inlinable
  @inline(__always)
  mutating func insert(
    _ pathway: UInt16, site: UInt16, destination: UInt16, classIndex: UInt16, priority: UInt8,
    owner: UInt64, episode: UInt64, pass: UInt32, at now: SimulationTime
  ) -> EntityIndex {
    precondition(Int(pathway) < rows.pathwayCount, "no such pathway")
    let entity = entities.insert()
    entities.at(entity).pointee.begin(
      row: rows.entryRows[Int(pathway)], site: site, destination: destination,
      classIndex: classIndex,
      priority: priority, owner: owner, episode: episode, pass: pass, at: now)
    measures.classes[Int(classIndex)].entered &+= 1
    if rows.hasFamilies { beginFamily(entity) }
    return entity
  }

  /// The resource that provides a role at a site, or `nil`.
  @inlinable
  public func resource(role: UInt16, site: UInt16) -> ResourceIndex? {
    let place = Int(site) &* rows.roleCount &+ Int(role)
    guard place < rows.resourceAtCount else { return nil }
    let value = rows.resourceAt[place]
    return value == PathwayProgram.noResource ? nil : ResourceIndex(rawValue: value)
  }

  /// The resource that provides a role at a site, which must have one.
  @inlinable
  @inline(__always)
  func resourceProviding(_ role: UInt16, at site: UInt16) -> ResourceIndex {
    let place = Int(site) &* rows.roleCount &+ Int(role)
    precondition(
      place < rows.resourceAtCount && rows.resourceAt[place] != PathwayProgram.noResource,
      "a step asks for a role that its site does not provide")
    return ResourceIndex(rawValue: rows.resourceAt[place])
  }

  /// Begins a new window of measures, as at the end of warm-up.
  ///
  /// - Parameter isBatch: whether it is the next batch of the same window: then the wait of a request
  ///   made in the batch before counts, in the batch in which it ends.
  public mutating func resetStatistics(at now: SimulationTime, isBatch: Bool = false) {
    measures.reset(at: now, isBatch: isBatch)
    resources.resetStatistics(at: now)
  }

  @inlinable
  @inline(__always)
  var hasReady: Bool { readyHead < ready.count }

  @inlinable
  @inline(__always)
  mutating func popReady() -> EntityIndex? {
    guard readyHead < ready.count else { return nil }
    let entity = ready[readyHead]
    readyHead += 1
    if readyHead == ready.count {
      ready.removeAll()
      readyHead = 0
    }
    return entity
  }
}

extension PathwayFlow {
  /// Takes an entity out of those that go on within this instant: if it gets its units back, it is
  /// the last of them.
  @usableFromInline
  mutating func passOver(_ entity: EntityIndex) {
    var kept = readyHead
    for place in readyHead..<ready.count where ready[place] != entity {
      ready[kept] = ready[place]
      kept += 1
    }
    ready.count = kept
  }

  /// Does what an assigning step says.
  @usableFromInline
  @inline(never)
  mutating func assign(_ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>) {
    let operand = step.pointee.operand
    switch step.pointee.kind {
    case .assignClass: changeClass(entity, to: operand)
    case .assignPriority: entities[entity].priority = UInt8(operand)
    case .assignSite:
      entities[entity].site =
        operand == PathwayStep.none ? entities[entity].destination : operand
    default: preconditionFailure("not a step that assigns")
    }
  }

  /// Makes an entity a member of another class, as which it is counted when it leaves.
  @inlinable
  public mutating func changeClass(_ entity: EntityIndex, to classIndex: UInt16) {
    measures.classes[Int(entities[entity].classIndex)].joined -= 1
    measures.classes[Int(classIndex)].joined += 1
    entities[entity].classIndex = classIndex
  }
}
