// SPDX-License-Identifier: GPL-3.0-or-later

// Who holds the units of preemptive resources, and whose are taken.

extension ResourceSet {
  /// Takes units from a less urgent holder, who goes to the head of its priority's line.
  ///
  /// - Returns: That holder, or `nil` when there is none with enough units, or when somebody as
  ///   urgent waits already. O(number of holders).
  mutating func preempt(
    _ row: UInt32, units: Int, for entity: UInt32, priority: UInt8, at now: Int64
  ) -> UInt32? {
    let state = self.state(row)
    let asUrgent = UInt16.max >> (15 - UInt16(priority))
    guard state.pointee.levels & asUrgent == 0,
      let chosen = leastUrgentHolding(row, below: priority, freeing: units, except: entity)
    else { return nil }
    let victim = holdings[chosen]
    unlinkHolding(chosen)
    state.pointee.changeHeld(by: -victim.units, at: now)
    state.pointee.interruptions += 1
    state.pointee.grantsAtOnce += 1
    hold(row, units: units, for: entity, priority: priority, at: now)

    makeRoom(for: victim.entity)
    interruptions += 1
    var node = WaitingRequest(
      entity: victim.entity, resource: row, units: victim.units, since: now,
      arrival: -interruptions, priority: victim.priority)
    node.isResumption = true
    let request = requests.take(node)
    entities[Int(victim.entity)].request = request
    prepend(request, at: now)
    if state.pointee.free > 0 { serve(row, at: now) }
    return victim.entity
  }

  /// The least urgent holding, the newest among equals, whose units together with those free are
  /// enough.
  private func leastUrgentHolding(
    _ row: UInt32, below priority: UInt8, freeing units: Int, except entity: UInt32
  ) -> UInt32? {
    let needed = units - state(row).pointee.free
    var best: UInt32?
    var bestPriority = priority
    var holding = state(row).pointee.firstHolding
    while holding != .max {
      let node = holdings[holding]
      if node.priority > bestPriority && node.units >= needed && node.entity != entity
        && !isWaiting(EntityIndex(rawValue: node.entity))
      {
        best = holding
        bestPriority = node.priority
      }
      holding = node.next
    }
    return best
  }

  mutating func addHolding(of row: UInt32, units: Int, for entity: UInt32, priority: UInt8) {
    makeRoom(for: entity)
    let state = self.state(row)
    var node = Holding(entity: entity, resource: row, units: units, priority: priority)
    node.next = state.pointee.firstHolding
    node.nextOfEntity = entities[Int(entity)].holding
    let holding = holdings.take(node)
    if node.next != .max { holdings[node.next].previous = holding }
    state.pointee.firstHolding = holding
    entities[Int(entity)].holding = holding
  }

  /// Takes units out of an entity's hands, the newest holding first.
  @usableFromInline
  mutating func removeHolding(of resource: ResourceIndex, units: Int, by entity: EntityIndex) {
    var left = units
    while left > 0 {
      var holding =
        Int(entity.rawValue) < entityCount ? entities[Int(entity.rawValue)].holding : .max
      while holding != .max && holdings[holding].resource != resource.rawValue {
        holding = holdings[holding].nextOfEntity
      }
      precondition(holding != .max, "The entity releases units that it does not hold")
      let part = min(left, holdings[holding].units)
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
