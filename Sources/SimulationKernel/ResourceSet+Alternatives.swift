// SPDX-License-Identifier: GPL-3.0-or-later

// Requests for one of several resources: pools, substitutes.

extension ResourceSet {
  /// Asks for one of several resources, named in order of preference.
  ///
  /// It gets the first in that order whose units are free with nobody before it who must be served
  /// first. If there is none it waits in the line of each, in its place there as any other request,
  /// and takes the one that can serve it first (at the same instant, the first named); then it
  /// leaves the other lines. It never interrupts anybody. Where the waiting room is full it does not
  /// wait; it is refused when all are full.
  ///
  /// O(number of resources), plus a walk along those who wait where these ask for other resources
  /// too or keep units for others.
  ///
  /// - Precondition: The entity is not waiting, no resource is named twice, units are positive.
  @discardableResult
  public mutating func seizeAny(
    _ parts: some Collection<ResourceDemand>, for entity: EntityIndex, priority: UInt8 = 8,
    at now: SimulationTime
  ) -> SeizeAnyOutcome {
    precondition(!parts.isEmpty, "A request names at least one resource")
    precondition(priority < 16, "A priority lies in 0...15")
    precondition(!isWaiting(entity), "The entity waits for another request")
    for part in parts {
      checkDemand(part)
      let row = part.resource.rawValue
      let state = self.state(part.resource)
      if state.pointee.free - part.keeping >= part.units
        && !isHeldBack(row, priority: priority, keeping: part.keeping)
      {
        countOvertaking(row, priority: priority)
        state.pointee.grantsAtOnce += 1
        hold(
          row, units: part.units, keeping: part.keeping, for: entity.rawValue,
          priority: priority, at: now.microseconds)
        return .granted(part.resource)
      }
    }
    for part in parts
    where state(part.resource).pointee.waiting < state(part.resource).pointee.waitingRoom {
      joinLine(
        part, isJoint: false, for: entity.rawValue, priority: priority, at: now.microseconds)
    }
    if isWaiting(entity) {
      arrivals += 1
      return .waiting
    }
    for part in parts { state(part.resource).pointee.refused += 1 }
    return .refused
  }

  /// The first in order of preference that can serve an entity now.
  func firstServablePart(of entity: UInt32) -> UInt32 {
    var part = entities[Int(entity)].request
    while part != .max {
      let node = requests[part]
      let keeping = Int(node.keeping)
      if state(node.resource).pointee.free - keeping >= node.units
        && !isHeldBack(node.resource, priority: node.priority, keeping: keeping, before: part)
      {
        return part
      }
      part = node.nextPart
    }
    preconditionFailure("None of the resources can serve the entity")
  }

  /// Counts, in all lines but one, that the entity was served in that one.
  mutating func countServedElsewhere(_ entity: UInt32, by served: UInt32) {
    var part = entities[Int(entity)].request
    while part != .max {
      if part != served { state(requests[part].resource).pointee.servedElsewhere += 1 }
      part = requests[part].nextPart
    }
  }
}

// MARK: - Joining several lines

extension ResourceSet {
  func checkDemand(_ part: ResourceDemand) {
    precondition(part.units > 0, "A request is for at least one unit")
    precondition(
      part.keeping >= 0 && part.keeping <= Int32.max, "Units kept for others lie in 0..<2^31")
  }

  /// Adds a part to the request of an entity, and puts it last in its line.
  mutating func joinLine(
    _ part: ResourceDemand, isJoint: Bool, for entity: UInt32, priority: UInt8, at now: Int64
  ) {
    makeRoom(for: entity)
    let row = part.resource.rawValue
    var last = UInt32.max
    var earlier = entities[Int(entity)].request
    while earlier != .max {
      precondition(requests[earlier].resource != row, "A request names a resource twice")
      last = earlier
      earlier = requests[earlier].nextPart
    }
    var node = WaitingRequest(
      entity: entity, resource: row, units: part.units, since: now, arrival: arrivals,
      priority: priority)
    node.isJoint = isJoint
    node.isAny = !isJoint
    node.keeping = Int32(part.keeping)
    let request = requests.take(node)
    if last == .max {
      entities[Int(entity)].request = request
    } else {
      requests[last].nextPart = request
    }
    state(row).pointee.joined += 1
    countSpecial(node, by: 1)
    append(request, to: row, priority: priority, at: now)
  }
}
