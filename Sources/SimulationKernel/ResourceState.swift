// SPDX-License-Identifier: GPL-3.0-or-later

/// One resource: what it has, what is held, who waits, and what has been counted.
@usableFromInline
struct ResourceState: BitwiseCopyable, Sendable {
  @usableFromInline var capacity: Int
  /// Units held of the present shift.
  @usableFromInline var held = 0
  /// Bit p is set while somebody of priority p waits.
  @usableFromInline var levels: UInt16 = 0
  /// Whether it is known who holds which units.
  @usableFromInline var tracksHolders: Bool
  @usableFromInline var isPreemptive: Bool
  var ending: ShiftEnd
  @usableFromInline var heldSince: Int64 = 0
  @usableFromInline var grantsAtOnce = 0
  @usableFromInline var heldIntegral: Int128 = 0
  /// Integral of the units held beyond the capacity.
  @usableFromInline var excessIntegral: Int128 = 0

  /// Units held of shifts that are over; they vanish as they are given back.
  @usableFromInline var heldOver = 0
  var heldOverSince: Int64 = 0
  var heldOverIntegral: Int128 = 0

  @usableFromInline var waiting = 0
  /// How many of them ask for other resources too, all or one of them, or keep units for others.
  @usableFromInline var speciallyWaiting = 0
  /// How many of them ask for all of several resources.
  var jointlyWaiting = 0
  /// How many of them keep units for others.
  var keepingWaiting = 0
  /// None of these keeps fewer units; exact if all have kept as many since the first of them came.
  var leastKept = Int32.max
  @usableFromInline var waitingRoom: Int
  @usableFromInline var waitingSince: Int64 = 0
  var capacitySince: Int64 = 0
  @usableFromInline var resetAt: Int64 = 0
  @usableFromInline var waitingIntegral: Int128 = 0
  var capacityIntegral: Int128 = 0
  /// Newest of the holdings, if these are tracked.
  var firstHolding = UInt32.max
  /// Requests that joined the line.
  @usableFromInline var joined = 0
  @usableFromInline var grantsFromLine = 0
  @usableFromInline var observedGrantsFromLine = 0
  var refused = 0
  var reneged = 0
  var servedElsewhere = 0
  var interruptions = 0
  @usableFromInline var resumptions = 0
  var waitingAtReset = 0
  @usableFromInline var waitTotal: Int128 = 0
  @usableFromInline var longestWait: Int64 = 0

  init(capacity: Int, waitingRoom: Int, isPreemptive: Bool, ending: ShiftEnd) {
    self.capacity = capacity
    self.waitingRoom = waitingRoom
    self.isPreemptive = isPreemptive
    self.ending = ending
    self.tracksHolders = isPreemptive || ending != .handOver
  }

  /// Units that can be granted; negative while capacity has been cut below what is held.
  @inlinable
  var free: Int { capacity &- held }

  /// Units times microseconds, exactly: a million units for a year exceed 64 bits.
  @inlinable @inline(__always)
  static func product(_ units: Int, _ span: Int64) -> Int128 {
    let (high, low) = Int64(units).multipliedFullWidth(by: span)
    return Int128(high) << 64 | Int128(low)
  }

  @inlinable @inline(__always)
  mutating func changeHeld(by units: Int, at now: Int64) {
    if now != heldSince {
      heldIntegral &+= Self.product(held, now &- heldSince)
      if held > capacity { excessIntegral &+= Self.product(held &- capacity, now &- heldSince) }
      heldSince = now
    }
    held += units
  }

  mutating func changeHeldOver(by units: Int, at now: Int64) {
    heldOverIntegral &+= Self.product(heldOver, now &- heldOverSince)
    heldOverSince = now
    heldOver += units
  }

  @inlinable @inline(__always)
  mutating func changeWaiting(by count: Int, at now: Int64) {
    waitingIntegral &+= Self.product(waiting, now &- waitingSince)
    waitingSince = now
    waiting += count
  }

  mutating func changeCapacity(to units: Int, at now: Int64) {
    changeHeld(by: 0, at: now)
    capacityIntegral &+= Self.product(capacity, now &- capacitySince)
    capacitySince = now
    capacity = units
  }

  mutating func resetStatistics(at now: Int64) {
    var fresh = Self(
      capacity: capacity, waitingRoom: waitingRoom, isPreemptive: isPreemptive, ending: ending)
    fresh.held = held
    fresh.heldOver = heldOver
    fresh.levels = levels
    fresh.waiting = waiting
    fresh.speciallyWaiting = speciallyWaiting
    fresh.jointlyWaiting = jointlyWaiting
    fresh.keepingWaiting = keepingWaiting
    fresh.leastKept = leastKept
    fresh.waitingAtReset = waiting
    fresh.firstHolding = firstHolding
    fresh.heldSince = now
    fresh.heldOverSince = now
    fresh.waitingSince = now
    fresh.capacitySince = now
    fresh.resetAt = now
    self = fresh
  }

  @inlinable @inline(__always)
  mutating func countGrantFromLine(since: Int64, isResumption: Bool, at now: Int64) {
    if isResumption {
      resumptions += 1
      return
    }
    grantsFromLine += 1
    guard since >= resetAt else { return }
    observedGrantsFromLine += 1
    waitTotal &+= Int128(now &- since)
    longestWait = Swift.max(longestWait, now &- since)
  }

  func integrals(at now: Int64) -> (held: Int128, capacity: Int128) {
    (
      heldIntegral &+ Self.product(held, now &- heldSince)
        &+ heldOverIntegral &+ Self.product(heldOver, now &- heldOverSince),
      capacityIntegral &+ Self.product(capacity, now &- capacitySince)
    )
  }

  func statistics(at now: Int64) -> ResourceStatistics {
    var present = self
    present.changeWaiting(by: 0, at: now)
    present.changeCapacity(to: capacity, at: now)
    present.changeHeldOver(by: 0, at: now)
    var report = ResourceStatistics()
    report.requests = grantsAtOnce + joined + refused
    report.grants = grantsAtOnce + grantsFromLine
    report.refused = refused
    report.reneged = reneged
    report.servedElsewhere = servedElsewhere
    report.interruptions = interruptions
    report.resumptions = resumptions
    report.waiting = waiting
    report.waitingAtReset = waitingAtReset
    report.observedGrants = grantsAtOnce + observedGrantsFromLine
    report.waitTotal = waitTotal
    report.longestWait = TimeSpan(microseconds: longestWait)
    report.span = TimeSpan(microseconds: now - resetAt)
    report.waitingIntegral = present.waitingIntegral
    report.heldIntegral = present.heldIntegral + present.heldOverIntegral
    report.heldWithinCapacityIntegral = present.heldIntegral - present.excessIntegral
    report.capacityIntegral = present.capacityIntegral
    return report
  }
}
