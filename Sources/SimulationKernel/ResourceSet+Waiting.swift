// SPDX-License-Identifier: GPL-3.0-or-later

/// A request that stands in a line.
public struct StandingRequest: Hashable, Sendable {
  public var entity: EntityIndex
  /// When the request was made, or the entity interrupted.
  public var since: SimulationTime
  /// Whether it held its units before and was interrupted.
  public var isResumption: Bool
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
