// SPDX-License-Identifier: GPL-3.0-or-later

// How requests wait and are served.
//
// What holds after every call: nobody waits whose units are free and who has nobody before it that
// must be served first.

extension ResourceSet {
  /// Grants, preempts, queues or refuses a request: the path of a busy or preemptive resource.
  @usableFromInline
  mutating func seizeOrWait(
    _ resource: ResourceIndex, units: Int, for entity: EntityIndex, priority: UInt8,
    at now: SimulationTime
  ) -> SeizeOutcome {
    ask(resource, units: units, keeping: 0, for: entity, priority: priority, at: now)
  }

  /// The same for a request that keeps units for others; apart, so that others do not pay for it.
  @usableFromInline
  mutating func seizeKeeping(
    _ resource: ResourceIndex, units: Int, keeping: Int, for entity: EntityIndex,
    priority: UInt8, at now: SimulationTime
  ) -> SeizeOutcome {
    precondition(keeping <= Int32.max, "Units kept for others lie in 0..<2^31")
    return ask(resource, units: units, keeping: keeping, for: entity, priority: priority, at: now)
  }

  @inline(__always)
  private mutating func ask(
    _ resource: ResourceIndex, units: Int, keeping: Int, for entity: EntityIndex,
    priority: UInt8, at now: SimulationTime
  ) -> SeizeOutcome {
    precondition(priority < 16, "A priority lies in 0...15")
    precondition(!isWaiting(entity), "The entity waits for another request")
    let row = resource.rawValue
    let state = self.state(row)
    if state.pointee.free &- keeping >= units
      && !isHeldBack(row, priority: priority, keeping: keeping)
    {
      countOvertaking(row, priority: priority)
      state.pointee.grantsAtOnce += 1
      hold(
        row, units: units, keeping: keeping, for: entity.rawValue, priority: priority,
        at: now.microseconds)
      return .granted
    }
    if state.pointee.isPreemptive,
      let victim = preempt(
        row, units: units, keeping: keeping, for: entity.rawValue, priority: priority,
        at: now.microseconds)
    {
      return .preempting(EntityIndex(rawValue: victim))
    }
    if state.pointee.waiting >= state.pointee.waitingRoom {
      state.pointee.refused += 1
      return .refused
    }
    join(
      row, units: units, keeping: Int32(truncatingIfNeeded: keeping), for: entity.rawValue,
      priority: priority, at: now.microseconds)
    if keeping != 0 { countSpecial(requests[entities[Int(entity.rawValue)].request], by: 1) }
    return .waiting
  }

  /// Puts a request at the end of the line of its priority.
  @inlinable @inline(__always)
  mutating func join(
    _ row: UInt32, units: Int, keeping: Int32, for entity: UInt32, priority: UInt8, at now: Int64
  ) {
    makeRoom(for: entity)
    let links = entities.base + Int(entity)
    precondition(links.pointee.request == .max, "The entity waits for another request")
    let request = requests.take(
      WaitingRequest(
        entity: entity, resource: row, units: units, since: now, arrival: arrivals,
        priority: priority, keeping: keeping))
    arrivals &+= 1
    links.pointee.request = request
    state(row).pointee.joined &+= 1
    append(request, to: row, priority: priority, at: now)
  }

  /// Gives units to an entity.
  @inline(__always)
  mutating func hold(
    _ row: UInt32, units: Int, keeping: Int, for entity: UInt32, priority: UInt8, at now: Int64
  ) {
    state(row).pointee.changeHeld(by: units, at: now)
    if state(row).pointee.tracksHolders {
      addHolding(of: row, units: units, keeping: keeping, for: entity, priority: priority)
    }
  }

  @inlinable @inline(__always)
  mutating func makeRoom(for entity: UInt32) {
    let needed = Int(entity) + 1
    if needed > entityCount { makeRoom(forEntities: needed) }
  }

  @usableFromInline @inline(never)
  mutating func makeRoom(forEntities needed: Int) {
    entities.grow(to: needed, keeping: entityCount)
    (entities.base + entityCount).update(repeating: EntityLinks(), count: needed - entityCount)
    entityCount = needed
  }
}

// MARK: - Serving

extension ResourceSet {
  /// Serves those in the line of a resource who can be, and whoever is let in by that elsewhere.
  @usableFromInline
  mutating func serve(_ row: UInt32, at now: Int64) {
    if state(row).pointee.speciallyWaiting == 0 {
      serveLine(row, at: now)
    } else {
      noteChange(of: row)
      serveChangedLines(at: now)
    }
  }

  /// Serves a line in which nobody asks for anything else or keeps units: it concerns no other, and
  /// only the first can be served.
  @inline(__always)
  private mutating func serveLine(_ row: UInt32, at now: Int64) {
    let state = self.state(row)
    while state.pointee.levels != 0 {
      let priority = UInt8(truncatingIfNeeded: state.pointee.levels.trailingZeroBitCount)
      let request = line(row, priority).pointee.first
      let node = requests.rows.base + Int(request)
      if node.pointee.units > state.pointee.free { return }
      takeFirst(of: row, priority: priority, at: now)
      hold(
        row, units: node.pointee.units, keeping: 0, for: node.pointee.entity,
        priority: priority, at: now)
      announce(node.pointee.entity, row, since: node.pointee.since)
      requests.giveBack(request)
    }
  }

  /// Takes the first request of a priority out of a line in which nobody asks for anything else or
  /// keeps units, and counts its grant. Its node is the caller's to give back.
  @inlinable @inline(__always)
  mutating func takeFirst(of row: UInt32, priority: UInt8, at now: Int64) {
    let state = self.state(row)
    let line = self.line(row, priority)
    let node = requests.rows.base + Int(line.pointee.first)
    line.pointee.first = node.pointee.next
    if node.pointee.next == .max {
      line.pointee.last = .max
      state.pointee.levels &= state.pointee.levels &- 1
    } else {
      requests[node.pointee.next].previous = .max
    }
    entities.base[Int(node.pointee.entity)].request = .max
    state.pointee.changeWaiting(by: -1, at: now)
    state.pointee.countGrantFromLine(
      since: node.pointee.since, isResumption: node.pointee.isResumption, at: now)
  }

  mutating func noteChange(of row: UInt32) {
    for place in 0..<changedLineCount where changedLines[place] == row { return }
    changedLines.grow(to: changedLineCount + 1, keeping: changedLineCount)
    changedLines[changedLineCount] = row
    changedLineCount += 1
  }

  /// Serves the first of all that can be served, again and again.
  mutating func serveChangedLines(at now: Int64) {
    while changedLineCount > 0 {
      var chosen = UInt32.max
      var place = 0
      while place < changedLineCount {
        let candidate = firstServable(changedLines[place])
        if candidate == .max {
          // Nobody there now; somebody again only if a grant changes that line.
          changedLineCount -= 1
          changedLines[place] = changedLines[changedLineCount]
          continue
        }
        if chosen == .max || requests[candidate].goesBefore(requests[chosen]) {
          chosen = candidate
        }
        place += 1
      }
      if chosen == .max { return }
      if requests[chosen].isJoint {
        grantJointFromLines(requests[chosen].entity, at: now)
      } else {
        grantFromLine(chosen, at: now)
      }
    }
  }

  private mutating func grantFromLine(_ candidate: UInt32, at now: Int64) {
    var request = candidate
    if requests[candidate].isAny {
      request = firstServablePart(of: requests[candidate].entity)
      countServedElsewhere(requests[candidate].entity, by: request)
    }
    let node = requests[request]
    countOvertaking(node.resource, priority: node.priority, before: request)
    state(node.resource).pointee.countGrantFromLine(
      since: node.since, isResumption: node.isResumption, at: now)
    leaveLines(node.entity, at: now)
    hold(
      node.resource, units: node.units, keeping: Int(node.keeping), for: node.entity,
      priority: node.priority, at: now)
    announce(node.entity, node.resource, since: node.since)
  }

  @inline(__always)
  mutating func announce(_ entity: UInt32, _ resource: UInt32, since: Int64) {
    grants.grow(to: grantCount + 1, keeping: grantCount)
    grants[grantCount] = Grant(
      entity: EntityIndex(rawValue: entity), resource: ResourceIndex(rawValue: resource),
      since: SimulationTime(microseconds: since))
    grantCount += 1
  }
}

// MARK: - Lines

extension ResourceSet {
  @inlinable @inline(__always)
  func line(_ row: UInt32, _ priority: UInt8) -> UnsafeMutablePointer<WaitingLine> {
    lines.base + (Int(row) &* 16 &+ Int(priority))
  }

  /// Puts a request last among those of its priority.
  @inlinable @inline(__always)
  mutating func append(_ request: UInt32, to row: UInt32, priority: UInt8, at now: Int64) {
    let line = self.line(row, priority)
    let last = line.pointee.last
    requests[request].previous = last
    if last == .max {
      line.pointee.first = request
    } else {
      requests[last].next = request
    }
    line.pointee.last = request
    state(row).pointee.levels |= 1 &<< UInt16(priority)
    state(row).pointee.changeWaiting(by: 1, at: now)
  }

  /// Puts a request first among those of its priority.
  mutating func prepend(_ request: UInt32, at now: Int64) {
    let row = requests[request].resource
    let priority = requests[request].priority
    let line = self.line(row, priority)
    requests[request].next = line.pointee.first
    if line.pointee.first == .max {
      line.pointee.last = request
    } else {
      requests[line.pointee.first].previous = request
    }
    line.pointee.first = request
    state(row).pointee.levels |= 1 &<< UInt16(priority)
    state(row).pointee.changeWaiting(by: 1, at: now)
  }

  /// Takes every part of an entity's request out of its line: those behind may have waited for it
  /// alone.
  mutating func leaveLines(_ entity: UInt32, at now: Int64) {
    var request = entities[Int(entity)].request
    entities[Int(entity)].request = .max
    while request != .max {
      let node = requests[request]
      let line = self.line(node.resource, node.priority)
      if node.previous == .max {
        line.pointee.first = node.next
      } else {
        requests[node.previous].next = node.next
      }
      if node.next == .max {
        line.pointee.last = node.previous
      } else {
        requests[node.next].previous = node.previous
      }
      if line.pointee.first == .max {
        state(node.resource).pointee.levels &= ~(1 &<< UInt16(node.priority))
      }
      state(node.resource).pointee.changeWaiting(by: -1, at: now)
      if node.isSpecial { countSpecial(node, by: -1) }
      requests.giveBack(request)
      noteChange(of: node.resource)
      request = node.nextPart
    }
  }
}
