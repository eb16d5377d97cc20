// SPDX-License-Identifier: GPL-3.0-or-later

// Requests for several resources at once.
//
// Rule. Such a request holds nothing while it waits, and is granted at the first instant at which
// all its units are free and nobody before it in any of the lines must be served first. While it
// cannot be granted, those behind it may be: a surgeon does not stand idle because the first
// operation in line lacks a theatre. After having been overtaken `overtakingLimit` times it holds
// its places: in none of its lines is anybody behind it served before it.
//
// No deadlock: nothing is held in waiting. No starvation by equals: of the requests that hold their
// places the most urgent, earliest one stands before the others in every line they share, so only
// those before it in line, who are finitely many unless more urgent ones keep coming, go first.

extension ResourceSet {
  /// Asks for units of several resources, all or nothing.
  ///
  /// It never interrupts anybody. While it waits it stands in the line of each resource and holds
  /// nothing, so requests for the same resources in another order cannot block each other for ever.
  /// Others may overtake it up to ``overtakingLimit`` times while its units are not free together.
  /// It is refused when any of the waiting rooms is full. O(1) for each resource, plus a walk along
  /// those who wait if there are any. Each part may keep units for others, as in
  /// ``seize(_:units:keeping:for:priority:at:)``.
  ///
  /// - Precondition: The entity is not waiting, no resource is named twice, units are positive.
  @discardableResult
  public mutating func seizeAll(
    _ parts: some Collection<ResourceDemand>, for entity: EntityIndex, priority: UInt8 = 8,
    at now: SimulationTime
  ) -> SeizeOutcome {
    precondition(!parts.isEmpty, "A request names at least one resource")
    precondition(priority < 16, "A priority lies in 0...15")
    precondition(!isWaiting(entity), "The entity waits for another request")
    var isFree = true
    var hasRoom = true
    for part in parts {
      checkDemand(part)
      let state = self.state(part.resource)
      if state.pointee.free - part.keeping < part.units
        || isHeldBack(part.resource.rawValue, priority: priority, keeping: part.keeping)
      {
        isFree = false
      }
      if state.pointee.waiting >= state.pointee.waitingRoom { hasRoom = false }
    }
    if isFree {
      for part in parts {
        countOvertaking(part.resource.rawValue, priority: priority)
        state(part.resource).pointee.grantsAtOnce += 1
        hold(
          part.resource.rawValue, units: part.units, keeping: part.keeping,
          for: entity.rawValue, priority: priority, at: now.microseconds)
      }
      return .granted
    }
    guard hasRoom else {
      for part in parts { state(part.resource).pointee.refused += 1 }
      return .refused
    }
    for part in parts {
      joinLine(part, isJoint: true, for: entity.rawValue, priority: priority, at: now.microseconds)
    }
    arrivals += 1
    return .waiting
  }

  /// Whether every part of a waiting request is free with nobody before it who must go first.
  func canServeJoint(_ entity: UInt32) -> Bool {
    let first = entities[Int(entity)].request
    var part = first
    while part != .max {
      let node = requests[part]
      if state(node.resource).pointee.free - Int(node.keeping) < node.units { return false }
      part = node.nextPart
    }
    part = first
    while part != .max {
      let node = requests[part]
      if isHeldBack(
        node.resource, priority: node.priority, keeping: Int(node.keeping), before: part)
      {
        return false
      }
      part = node.nextPart
    }
    return true
  }

  mutating func grantJointFromLines(_ entity: UInt32, at now: Int64) {
    let first = entities[Int(entity)].request
    let firstNode = requests[first]
    var part = first
    while part != .max {
      let node = requests[part]
      countOvertaking(node.resource, priority: node.priority, before: part)
      state(node.resource).pointee.countGrantFromLine(
        since: node.since, isResumption: false, at: now)
      hold(
        node.resource, units: node.units, keeping: Int(node.keeping), for: entity,
        priority: node.priority, at: now)
      part = node.nextPart
    }
    leaveLines(entity, at: now)
    announce(entity, firstNode.resource, since: firstNode.since)
  }
}
