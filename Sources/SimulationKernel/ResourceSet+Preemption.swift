// SPDX-License-Identifier: GPL-3.0-or-later

// Who holds the units of resources that track their holders, and whose are taken.

extension ResourceSet {
  /// Takes units from a less urgent holder, who goes to the head of its priority's line.
  ///
  /// - Returns: That holder, or `nil` when there is none with enough units, or when somebody as
  ///   urgent waits already. O(number of holders).
  mutating func preempt(
    _ row: UInt32, units: Int, keeping: Int, for entity: UInt32, priority: UInt8, at now: Int64
  ) -> UInt32? {
    let state = self.state(row)
    guard !somebodyAsUrgentWaits(row, priority: priority, keeping: keeping),
      let chosen = leastUrgentHolding(
        row, below: Int(priority), freeing: units + keeping - state.pointee.free, except: entity)
    else { return nil }
    let victim = holdings[chosen].entity
    countOvertaking(row, priority: priority)
    interrupt(chosen, at: now)
    state.pointee.grantsAtOnce += 1
    hold(row, units: units, keeping: keeping, for: entity, priority: priority, at: now)
    if state.pointee.free > 0 { serve(row, at: now) }
    return victim
  }

  /// Takes a holding from its entity, which goes to the head of its priority's line.
  mutating func interrupt(_ holding: UInt32, at now: Int64) {
    let lost = holdings[holding]
    unlinkHolding(holding)
    state(lost.resource).pointee.changeHeld(by: -lost.units, at: now)
    state(lost.resource).pointee.interruptions += 1
    interruptions += 1
    var node = WaitingRequest(
      entity: lost.entity, resource: lost.resource, units: lost.units, since: now,
      arrival: -interruptions, priority: lost.priority)
    node.isResumption = true
    node.keeping = lost.keeping
    let request = requests.take(node)
    entities[Int(lost.entity)].request = request
    if lost.keeping != 0 { countSpecial(node, by: 1) }
    prepend(request, at: now)
  }

  /// The least urgent holding with enough units, the newest among equals, of those who are less
  /// urgent than `priority`, belong to the present shift and do not wait for something.
  func leastUrgentHolding(
    _ row: UInt32, below priority: Int, freeing needed: Int, except entity: UInt32?
  ) -> UInt32? {
    var best: UInt32?
    var bestPriority = priority
    var holding = state(row).pointee.firstHolding
    while holding != .max {
      let node = holdings[holding]
      if Int(node.priority) > bestPriority && node.units >= needed && !node.isOvertime
        && node.entity != entity && !isWaiting(EntityIndex(rawValue: node.entity))
      {
        best = holding
        bestPriority = Int(node.priority)
      }
      holding = node.next
    }
    return best
  }

  mutating func addHolding(
    of row: UInt32, units: Int, keeping: Int, for entity: UInt32, priority: UInt8
  ) {
    makeRoom(for: entity)
    let state = self.state(row)
    var node = Holding(
      entity: entity, resource: row, units: units, keeping: Int32(truncatingIfNeeded: keeping),
      priority: priority)
    node.next = state.pointee.firstHolding
    node.nextOfEntity = entities[Int(entity)].holding
    let holding = holdings.take(node)
    if node.next != .max { holdings[node.next].previous = holding }
    state.pointee.firstHolding = holding
    entities[Int(entity)].holding = holding
  }

  /// Takes units out of an entity's hands, the newest holding first. Those of a shift that is over
  /// vanish.
  @usableFromInline
  mutating func releaseTracked(
    _ resource: ResourceIndex, units: Int, by entity: EntityIndex, at now: Int64
  ) {
    let state = self.state(resource)
    var left = units
    while left > 0 {
      var holding =
        Int(entity.rawValue) < entityCount ? entities[Int(entity.rawValue)].holding : .max
      while holding != .max && holdings[holding].resource != resource.rawValue {
        holding = holdings[holding].nextOfEntity
      }
      precondition(holding != .max, "The entity releases units that it does not hold")
      let part = min(left, holdings[holding].units)
      if holdings[holding].isOvertime {
        state.pointee.changeHeldOver(by: -part, at: now)
      } else {
        state.pointee.changeHeld(by: -part, at: now)
      }
      holdings[holding].units -= part
      left -= part
      if holdings[holding].units == 0 { unlinkHolding(holding) }
    }
  }

  private mutating func unlinkHolding(_ holding: UInt32) {
    let node = holdings[holding]
    if node.previous == .max {
      state(node.resource).pointee.firstHolding = node.next
    } else {
      holdings[node.previous].next = node.next
    }
    if node.next != .max { holdings[node.next].previous = node.previous }
    let entity = Int(node.entity)
    if entities[entity].holding == holding {
      entities[entity].holding = node.nextOfEntity
    } else {
      var earlier = entities[entity].holding
      while holdings[earlier].nextOfEntity != holding { earlier = holdings[earlier].nextOfEntity }
      holdings[earlier].nextOfEntity = node.nextOfEntity
    }
    holdings.giveBack(holding)
  }
}
