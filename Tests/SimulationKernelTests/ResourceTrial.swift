// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Does the same to a resource set and to its oracle, and compares what they answer.
struct ResourceTrial: ~Copyable {
  var set: ResourceSet
  var plain: PlainResources
  var generator: TestGenerator
  let entityCount = 24
  var step = 0
  /// What went wrong first.
  var failure: String?
  var joint = 0
  var preempted = 0
  var reneged = 0
  var refused = 0

  init(seed: UInt64, overtakingLimit: Int) {
    set = ResourceSet(overtakingLimit: overtakingLimit)
    plain = PlainResources(overtakingLimit: overtakingLimit)
    generator = TestGenerator(seed: seed)
    for number in 0..<4 {
      let capacity = generator.below(5)
      let waitingRoom = generator.chance(0.3) ? generator.below(6) : nil
      let resource = set.add(
        capacity: capacity, waitingRoom: waitingRoom, preemptive: number % 2 == 1)
      plain.resources.append(
        .init(
          capacity: capacity, waitingRoom: waitingRoom ?? .max, isPreemptive: number % 2 == 1))
      if resource.rawValue != UInt32(number) { fail("number of a resource") }
    }
  }

  var now: SimulationTime { SimulationTime(microseconds: plain.now) }

  mutating func run(steps: Int) {
    for _ in 0..<steps where failure == nil {
      step += 1
      plain.advance(to: plain.now + Int64(generator.below(4)))
      act(on: UInt32(generator.below(entityCount)))
      compareGrants()
      compareStates()
    }
  }

  private mutating func act(on entity: UInt32) {
    let index = EntityIndex(rawValue: entity)
    switch generator.below(20) {
    case 0:
      let resource = generator.below(4)
      let capacity = generator.below(5)
      set.setCapacity(ResourceIndex(rawValue: UInt32(resource)), to: capacity, at: now)
      plain.setCapacity(resource, to: capacity)
    case 1...3:
      let expected = plain.withdraw(entity)
      if set.withdraw(index, at: now) != expected { fail("withdrawing") }
      if expected { reneged += 1 }
    case 4 where generator.chance(0.1):
      plain.resetStatistics()
      set.resetStatistics(at: now)
    case 5:
      set = set.copy()
    case 6...12:
      release(by: entity)
    default:
      if !plain.isWaiting(entity) { seize(for: entity) }
    }
  }

  private mutating func release(by entity: UInt32) {
    let mine = plain.holdings.filter { $0.entity == entity }
    guard !mine.isEmpty else { return }
    let holding = mine[generator.below(mine.count)]
    let units = 1 + generator.below(holding.units)
    let resource = ResourceIndex(rawValue: UInt32(holding.resource))
    set.release(resource, units: units, by: EntityIndex(rawValue: entity), at: now)
    plain.release(holding.resource, units: units, by: entity)
  }

  private mutating func seize(for entity: UInt32) {
    let index = EntityIndex(rawValue: entity)
    let priority = UInt8(generator.below(3) * 7)
    var parts: [PlainResources.Demand] = []
    let isJoint = generator.chance(0.4)
    for resource in 0..<4 where generator.chance(0.4) {
      parts.append(.init(resource: resource, units: 1 + generator.below(2)))
    }
    if parts.isEmpty { parts = [.init(resource: generator.below(4), units: 1)] }
    if generator.chance(0.5) { parts.reverse() }
    if !isJoint { parts = [parts[0]] }
    let expected = plain.seize(parts, isJoint: isJoint, for: entity, priority: priority)
    let demands = parts.map {
      ResourceDemand(ResourceIndex(rawValue: UInt32($0.resource)), units: $0.units)
    }
    let outcome =
      isJoint
      ? set.seizeAll(demands, for: index, priority: priority, at: now)
      : set.seize(
        demands[0].resource, units: demands[0].units, for: index, priority: priority, at: now)
    switch (outcome, expected) {
    case (.granted, .granted): break
    case (.waiting, .waiting): joint += isJoint ? 1 : 0
    case (.refused, .refused): refused += 1
    case (.preempting(let victim), .preempting(let other)) where victim.rawValue == other:
      preempted += 1
    default: fail("seizing: \(outcome), not \(expected)")
    }
  }

  private mutating func compareGrants() {
    var granted: [UInt32] = []
    while let grant = set.nextGrant() { granted.append(grant.entity.rawValue) }
    if granted != plain.grants { fail("grants to \(granted), not to \(plain.grants)") }
    plain.grants = []
  }

  private mutating func compareStates() {
    for entity in 0..<UInt32(entityCount) {
      let index = EntityIndex(rawValue: entity)
      let request = plain.requests.first { $0.entity == entity }
      if set.isWaiting(index) != (request != nil) { fail("who waits") }
      if let request, set.isWaiting(index),
        set.waitingSince(index).microseconds != request.since
      {
        fail("since when")
      }
    }
    for row in 0..<4 {
      let resource = ResourceIndex(rawValue: UInt32(row))
      let report = set.statistics(resource, at: now)
      if report != plain.statistics(row) { fail("\(report), not \(plain.statistics(row))") }
      if set.held(resource) != plain.held(row) || set.waiting(resource) != plain.waiting(row)
        || set.capacity(resource) != plain.resources[row].capacity
      {
        fail("what is held")
      }
      let accounted =
        report.grants + report.resumptions + report.reneged + report.refused + report.waiting
      if report.waitingAtReset + report.requests + report.interruptions != accounted {
        fail("requests lost")
      }
    }
  }

  private mutating func fail(_ what: String) {
    if failure == nil { failure = "step \(step): \(what)" }
  }
}
