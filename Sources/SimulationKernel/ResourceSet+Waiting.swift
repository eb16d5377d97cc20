// SPDX-License-Identifier: GPL-3.0-or-later

/// A request that stands in a line.
public struct StandingRequest: Hashable, Sendable {
  public var entity: EntityIndex
  /// When the request was made, or the entity interrupted.
  public var since: SimulationTime
  /// Whether it held its units before and was interrupted.
  public var isResumption: Bool
}

/// What an entity that waits has asked for.
public struct StandingDemands: Hashable, Sendable {
  /// Of the resources in whose lines it stands, in the order named.
  public var parts: [ResourceDemand]
  /// Whether one of them is enough.
  public var isAny: Bool
  /// Whether those behind it may go first while it cannot be served.
  public var mayBeOvertaken: Bool
}

extension ResourceSet {
  /// The requests in the line of a resource, in order; O(their number). A request for several
  /// resources, or for one of several, stands in several lines.
  public func standing(at resource: ResourceIndex) -> [StandingRequest] {
    var result: [StandingRequest] = []
    for priority in 0..<UInt8(16) {
      var place = line(resource.rawValue, priority).pointee.first
      while place != .max {
        let request = requests[place]
        result.append(
          StandingRequest(
            entity: EntityIndex(rawValue: request.entity),
            since: SimulationTime(microseconds: request.since), isResumption: request.isResumption))
        place = request.next
      }
    }
    return result
  }
}

// MARK: - For those who look for deadlocks

extension ResourceSet {
  /// What a waiting entity asks for; `nil` when it does not wait.
  public func demands(of entity: EntityIndex) -> StandingDemands? {
    guard isWaiting(entity) else { return nil }
    var part = entities[Int(entity.rawValue)].request
    var result = StandingDemands(
      parts: [], isAny: requests[part].isAny,
      mayBeOvertaken: requests[part].isJoint && !holdsItsPlaces(part))
    while part != .max {
      let node = requests[part]
      result.parts.append(
        ResourceDemand(
          ResourceIndex(rawValue: node.resource), units: node.units, keeping: Int(node.keeping)))
      part = node.nextPart
    }
    return result
  }

  /// Units in somebody's hands that count against the present capacity.
  public func heldOfPresentShift(_ resource: ResourceIndex) -> Int { state(resource).pointee.held }

  /// Units that an entity holds of a shift that is over.
  public func heldOver(_ resource: ResourceIndex, by entity: EntityIndex) -> Int {
    guard Int(entity.rawValue) < entityCount else { return 0 }
    var units = 0
    var holding = entities[Int(entity.rawValue)].holding
    while holding != .max {
      let node = holdings[holding]
      if node.resource == resource.rawValue && node.isOvertime { units += node.units }
      holding = node.nextOfEntity
    }
    return units
  }
}
