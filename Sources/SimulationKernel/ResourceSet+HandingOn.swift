// SPDX-License-Identifier: GPL-3.0-or-later

// The usual release of a busy resource, in one go: what one gives back is what the next asked for.

extension ResourceSet {
  /// Whether anybody stands in the line of a resource.
  @inlinable @inline(__always)
  public func hasLine(_ resource: ResourceIndex) -> Bool { state(resource).pointee.levels != 0 }

  /// Releases units and grants them to the first in line, if these are all the units that are free
  /// then and the very number it asked for. In place of ``release(_:units:by:at:)``, with the same
  /// outcome but that the grant is returned instead of put in the queue of ``nextGrant()``.
  ///
  /// The units held do not change, so neither they nor their integral over time need be written.
  ///
  /// - Returns: `nil` when more has to be done or looked at; then nothing has been released.
  @inlinable @inline(__always)
  public mutating func handOn(
    _ resource: ResourceIndex, units: Int, at now: SimulationTime
  ) -> Grant? {
    let state = self.state(resource)
    guard
      state.pointee.levels != 0 && state.pointee.speciallyWaiting == 0 && state.pointee.free == 0
        && !state.pointee.tracksHolders && !hasGrants
    else { return nil }
    let priority = UInt8(truncatingIfNeeded: state.pointee.levels.trailingZeroBitCount)
    let request = line(resource.rawValue, priority).pointee.first
    let node = requests.rows.base + Int(request)
    guard node.pointee.units == units else { return nil }
    precondition(units <= state.pointee.held, "More units released than were held")
    takeFirst(of: resource.rawValue, priority: priority, at: now.microseconds)
    let grant = Grant(
      entity: EntityIndex(rawValue: node.pointee.entity), resource: resource,
      since: SimulationTime(microseconds: node.pointee.since))
    requests.giveBack(request)
    return grant
  }
}
