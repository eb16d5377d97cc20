// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Units of a resource that an entity holds, and the role under which it seized them.
public struct HeldUnits: BitwiseCopyable, Hashable, Sendable {
  public var resource: ResourceIndex
  public var role: UInt16
  public var units: UInt16

  @inlinable
  public init(resource: ResourceIndex, role: UInt16, units: UInt16) {
    self.resource = resource
    self.role = role
    self.units = units
  }
}

/// What flows through pathways: a patient, a sample, a customer.
public struct Entity: BitwiseCopyable, Sendable {
  /// What an entity is doing between two events.
  public enum Phase: UInt8, BitwiseCopyable, Sendable {
    /// The place in the table is free.
    case absent
    /// It is going on just now.
    case running
    /// It goes on within this instant.
    case ready
    /// A step's delay runs.
    case delayed
    /// It waits for a grant.
    case waiting
    /// It lost a resource during a delay, and waits to go on with what remains of it.
    case preempted
    /// It lost a resource in the very instant it was granted, before it went on.
    case preemptedReady
    /// It waits for a condition.
    case hoping
    /// It waits for those it has started.
    case joining
  }

  /// At most so many (resource, units) pairs are held at once; the builder checks it.
  public static let holdLimit = 4

  @usableFromInline var currentRow: UInt16
  /// Where the entity is.
  public var site: UInt16
  /// Where the entity is going; set by the domain, meaningful to steps at the destination.
  public var destination: UInt16
  /// The class by which measures are told apart; see ``PathwayFlow/changeClass(_:to:)``.
  public var classIndex: UInt16
  /// 0...15, lower is more urgent.
  public var priority: UInt8
  /// Set by the interpreter alone.
  public var phase: Phase
  @usableFromInline var holdCount: UInt8 = 0
  /// One more than the place in `holds` that preemption took away for a while; 0: none.
  @usableFromInline var lostHold: UInt8 = 0
  @usableFromInline var currentPass: UInt32
  @usableFromInline var ownerKey: UInt64
  @usableFromInline var episodeKey: UInt64
  /// The event that ends the delay or the patience.
  @usableFromInline var timer: EventHandle = .none
  /// When the delay ends, or since when it has been waiting.
  @usableFromInline package var mark: SimulationTime
  /// What remains of a delay that was preempted; or, while it waits, the delay that follows, drawn
  /// ahead, or ``notDrawn``.
  @usableFromInline package var remaining: TimeSpan = Self.notDrawn
  public var enteredAt: SimulationTime
  /// All time spent in waiting lines so far, after preemption and while blocked too.
  public var waited: TimeSpan = .zero
  @usableFromInline var holds: InlineArray<4, HeldUnits>

  @inlinable
  static var notDrawn: TimeSpan { TimeSpan(microseconds: -1) }

  /// The row of the program that the entity is at.
  @inlinable
  public var row: UInt16 { currentRow }

  /// Counts the jumps backward, so that a draw's key never repeats.
  @inlinable
  public var pass: UInt32 { currentPass }

  /// Whose random numbers the entity draws.
  @inlinable
  public var owner: UInt64 { ownerKey }

  /// Which need of the owner this is.
  @inlinable
  public var episode: UInt64 { episodeKey }

  /// A place without an entity.
  init() {
    currentRow = 0
    site = 0
    destination = 0
    classIndex = 0
    priority = 0
    phase = .absent
    currentPass = 0
    ownerKey = 0
    episodeKey = 0
    mark = .zero
    enteredAt = .zero
    holds = InlineArray(
      repeating: HeldUnits(resource: ResourceIndex(rawValue: 0), role: 0, units: 0))
  }

  /// Makes this place that of a new entity. Field by field: a whole entity built elsewhere and
  /// copied here would be read back before the processor has written it, which stalls.
  @inlinable
  @inline(__always)
  mutating func begin(
    row: UInt16, site: UInt16, destination: UInt16, classIndex: UInt16, priority: UInt8,
    owner: UInt64, episode: UInt64, pass: UInt32, at now: SimulationTime
  ) {
    currentRow = row
    self.site = site
    self.destination = destination
    self.classIndex = classIndex
    self.priority = priority
    self.phase = .ready
    holdCount = 0
    lostHold = 0
    currentPass = pass
    ownerKey = owner
    episodeKey = episode
    timer = .none
    remaining = Self.notDrawn
    enteredAt = now
    waited = .zero
  }

  /// How many (resource, units) pairs the entity holds.
  @inlinable
  public var heldCount: Int { Int(holdCount) - (lostHold == 0 ? 0 : 1) }

  /// The units held under a role, or `nil`.
  @inlinable
  public func held(role: UInt16) -> HeldUnits? {
    for place in 0..<Int(holdCount)
    where holds[place].role == role && place + 1 != Int(lostHold) {
      return holds[place]
    }
    return nil
  }

  /// Goes to the next row; a jump backward starts a new pass, with new draws.
  @inlinable
  @inline(__always)
  mutating func go(to next: UInt16) {
    go(from: currentRow, to: next)
  }

  /// The same for one who knows the present row.
  @inlinable
  @inline(__always)
  mutating func go(from row: UInt16, to next: UInt16) {
    if next <= row { currentPass += 1 }
    currentRow = next
  }

  @inlinable
  @inline(__always)
  mutating func take(_ held: HeldUnits) {
    precondition(Int(holdCount) < Self.holdLimit, "an entity holds at most four resources")
    holds[unchecked: Int(holdCount)] = held
    holdCount &+= 1
  }

  /// Gives up what was held longest under a role.
  @inlinable
  @inline(__always)
  mutating func giveUp(role: UInt16) -> HeldUnits {
    let first = holds[0]
    if holdCount == 1 && first.role == role {
      holdCount = 0
      return first
    }
    return giveUpOneOfSeveral(role: role)
  }

  @usableFromInline
  @inline(never)
  mutating func giveUpOneOfSeveral(role: UInt16) -> HeldUnits {
    let count = Int(holdCount)
    guard let place = (0..<count).first(where: { holds[$0].role == role }) else {
      preconditionFailure("an entity released a role that it does not hold")
    }
    let held = holds[place]
    for later in place + 1..<count { holds[later - 1] = holds[later] }
    holdCount -= 1
    return held
  }

  /// Notes that preemption took a resource away.
  @inlinable
  mutating func lose(_ resource: ResourceIndex) {
    precondition(lostHold == 0, "an entity loses one resource at a time")
    for place in 0..<Int(holdCount) where holds[place].resource == resource {
      lostHold = UInt8(place + 1)
      return
    }
    preconditionFailure("an entity lost a resource that it does not hold")
  }
}
