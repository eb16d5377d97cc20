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
  /// those who wait if there are any.
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
      precondition(part.units > 0, "A request is for at least one unit")
      let state = self.state(part.resource)
      if state.pointee.free < part.units
        || isHeldBack(part.resource.rawValue, priority: priority)
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
          part.resource.rawValue, units: part.units, for: entity.rawValue, priority: priority,
          at: now.microseconds)
      }
      return .granted
    }
    guard hasRoom else {
      for part in parts { state(part.resource).pointee.refused += 1 }
      return .refused
    }
    joinLines(parts, for: entity.rawValue, priority: priority, at: now.microseconds)
    return .waiting
  }

  private mutating func joinLines(
    _ parts: some Collection<ResourceDemand>, for entity: UInt32, priority: UInt8, at now: Int64
  ) {
    makeRoom(for: entity)
    var previousPart = UInt32.max
    for part in parts {
      let row = part.resource.rawValue
      var earlier = entities[Int(entity)].request
      while earlier != .max {
        precondition(requests[earlier].resource != row, "A request names a resource twice")
        earlier = requests[earlier].nextPart
      }
      var node = WaitingRequest(
        entity: entity, resource: row, units: part.units, since: now, arrival: arrivals,
        priority: priority)
      node.isJoint = true
      let request = requests.take(node)
      if previousPart == .max {
        entities[Int(entity)].request = request
      } else {
        requests[previousPart].nextPart = request
      }
      previousPart = request
      state(row).pointee.joined += 1
      state(row).pointee.jointlyWaiting += 1
      append(request, at: now)
    }
    arrivals += 1
  }

  /// Whether every part of a waiting request is free with nobody before it who must go first.
  func canServeJoint(_ entity: UInt32) -> Bool {
    let first = entities[Int(entity)].request
    var part = first
    while part != .max {
      if requests[part].units > state(requests[part].resource).pointee.free { return false }
      part = requests[part].nextPart
    }
    part = first
    while part != .max {
      let node = requests[part]
      if isHeldBack(node.resource, priority: node.priority, before: part) { return false }
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
      hold(node.resource, units: node.units, for: entity, priority: node.priority, at: now)
      part = node.nextPart
    }
    leaveLines(entity, at: now)
    announce(entity, firstNode.resource, since: firstNode.since)
  }

  /// Whether a request has been overtaken so often that nobody may do so again.
  func holdsItsPlaces(_ request: UInt32) -> Bool {
    let first = entities[Int(requests[request].entity)].request
    return Int(requests[first].timesOvertaken) >= overtakingLimit
  }

  /// Whether somebody in a line must be served before a request of this priority, which stands at
  /// `place` or, by default, is not in line yet.
  @inline(__always)
  func isHeldBack(_ row: UInt32, priority: UInt8, before place: UInt32 = .max) -> Bool {
    if place == .max && state(row).pointee.jointlyWaiting == 0 {
      return levels(of: row, upTo: priority) != 0
    }
    return isHeldBackBySomebody(row, priority: priority, before: place)
  }

  private func isHeldBackBySomebody(
    _ row: UInt32, priority: UInt8, before place: UInt32
  ) -> Bool {
    var levels = levels(of: row, upTo: priority)
    while levels != 0 {
      var request = line(row, UInt8(levels.trailingZeroBitCount)).pointee.first
      levels &= levels &- 1
      while request != .max && request != place {
        if !requests[request].isJoint || holdsItsPlaces(request) { return true }
        request = requests[request].next
      }
    }
    return false
  }

  /// Counts, for each request before `place`, that it is overtaken by the one at `place`.
  @inline(__always)
  mutating func countOvertaking(_ row: UInt32, priority: UInt8, before place: UInt32 = .max) {
    // Nobody else is ever overtaken.
    if state(row).pointee.jointlyWaiting > 0 {
      countEachOvertaking(row, priority: priority, before: place)
    }
  }

  private mutating func countEachOvertaking(
    _ row: UInt32, priority: UInt8, before place: UInt32
  ) {
    var levels = levels(of: row, upTo: priority)
    while levels != 0 {
      var request = line(row, UInt8(levels.trailingZeroBitCount)).pointee.first
      levels &= levels &- 1
      while request != .max && request != place {
        let first = entities[Int(requests[request].entity)].request
        requests[first].timesOvertaken += 1
        request = requests[request].next
      }
    }
  }

  private func levels(of row: UInt32, upTo priority: UInt8) -> UInt16 {
    state(row).pointee.levels & (UInt16.max >> (15 - UInt16(priority)))
  }
}
