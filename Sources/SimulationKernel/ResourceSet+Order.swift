// SPDX-License-Identifier: GPL-3.0-or-later

// Who must be served before whom in one line.
//
// Rule. Nobody is served before somebody who stands before it, with two exceptions. A request for
// all of several resources may be overtaken until it holds its places. And a request is not held
// back by one that keeps more units for others than itself: the units that it may take and the other
// may not are kept for such as it.

extension ResourceSet {
  /// Whether somebody in a line must be served before a request of this priority that keeps so many
  /// units, and stands at `place` or, by default, is not in line yet.
  @inline(__always)
  func isHeldBack(
    _ row: UInt32, priority: UInt8, keeping: Int, before place: UInt32 = .max
  ) -> Bool {
    if place == .max && state(row).pointee.speciallyWaiting == 0 {
      return levels(of: row, upTo: priority) != 0
    }
    return isHeldBackBySomebody(row, priority: priority, keeping: keeping, before: place)
  }

  private func isHeldBackBySomebody(
    _ row: UInt32, priority: UInt8, keeping: Int, before place: UInt32
  ) -> Bool {
    if keeping < leastKept(row) { return false }
    var levels = levels(of: row, upTo: priority)
    while levels != 0 {
      var request = line(row, UInt8(levels.trailingZeroBitCount)).pointee.first
      levels &= levels &- 1
      while request != .max && request != place {
        let node = requests.rows.base + Int(request)
        if Int(node.pointee.keeping) <= keeping
          && (!node.pointee.isJoint || holdsItsPlaces(request))
        {
          return true
        }
        request = node.pointee.next
      }
    }
    return false
  }

  /// Whether somebody as urgent waits who does not keep more units, perhaps for other resources too.
  func somebodyAsUrgentWaits(_ row: UInt32, priority: UInt8, keeping: Int) -> Bool {
    var levels = levels(of: row, upTo: priority)
    if state(row).pointee.keepingWaiting == 0 { return levels != 0 }
    if keeping < leastKept(row) { return false }
    while levels != 0 {
      var request = line(row, UInt8(levels.trailingZeroBitCount)).pointee.first
      levels &= levels &- 1
      while request != .max {
        if Int(requests[request].keeping) <= keeping { return true }
        request = requests[request].next
      }
    }
    return false
  }

  /// Whether a request for all of several has been overtaken so often that nobody may do so again.
  func holdsItsPlaces(_ request: UInt32) -> Bool {
    let first = entities[Int(requests[request].entity)].request
    return Int(requests[first].timesOvertaken) >= overtakingLimit
  }

  /// Counts, for each request before `place`, that it is overtaken by the one at `place`.
  @inline(__always)
  mutating func countOvertaking(_ row: UInt32, priority: UInt8, before place: UInt32 = .max) {
    // For nobody else does it matter.
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

  /// The first in a line whose units are free and who need not let anybody before it.
  ///
  /// O(1) when only the first can be; else a walk along those who wait, which ends where everybody
  /// behind keeps too many units.
  func firstServable(_ row: UInt32) -> UInt32 {
    let free = state(row).pointee.free
    var levels = state(row).pointee.levels
    // Who keeps so many units, or more, is held back by somebody before it.
    var bound = Int.max
    while levels != 0 && free > 0 {
      var request = line(row, UInt8(levels.trailingZeroBitCount)).pointee.first
      levels &= levels &- 1
      while request != .max {
        let node = requests.rows.base + Int(request)
        let keeping = Int(node.pointee.keeping)
        if keeping < bound {
          let isJoint = node.pointee.isJoint
          if isJoint
            ? canServeJoint(node.pointee.entity) : node.pointee.units <= free &- keeping
          {
            return request
          }
          if !isJoint || holdsItsPlaces(request) {
            bound = keeping
            if bound == 0 || bound <= leastKept(row) { return .max }
          }
        }
        request = node.pointee.next
      }
    }
    return .max
  }

  /// So many units, or more, everybody in a line keeps.
  private func leastKept(_ row: UInt32) -> Int {
    let state = self.state(row)
    return state.pointee.waiting > state.pointee.keepingWaiting ? 0 : Int(state.pointee.leastKept)
  }

  private func levels(of row: UInt32, upTo priority: UInt8) -> UInt16 {
    state(row).pointee.levels & (UInt16.max >> (15 - UInt16(priority)))
  }

  /// Counts a place that asks for other resources or keeps units, when it is taken (1) or left (-1).
  mutating func countSpecial(_ node: WaitingRequest, by change: Int) {
    let state = self.state(node.resource)
    state.pointee.speciallyWaiting += change
    if node.isJoint { state.pointee.jointlyWaiting += change }
    if node.keeping > 0 {
      state.pointee.keepingWaiting += change
      if change > 0 {
        state.pointee.leastKept = min(state.pointee.leastKept, node.keeping)
      } else if state.pointee.keepingWaiting == 0 {
        state.pointee.leastKept = .max
      }
    }
  }
}
