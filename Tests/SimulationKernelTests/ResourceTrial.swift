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
  var alternative = 0
  var keeping = 0
  var interrupted = 0
  var overtime = 0
  var preempted = 0
  var reneged = 0
  var refused = 0
  /// Releases that were handed on, and the grant that the last act brought in this way.
  var handings = 0
  private var handedOn: Grant?

  init(seed: UInt64, overtakingLimit: Int) {
    set = ResourceSet(overtakingLimit: overtakingLimit)
    plain = PlainResources(overtakingLimit: overtakingLimit)
    generator = TestGenerator(seed: seed)
    for number in 0..<4 {
      let capacity = generator.below(6)
      let waitingRoom = generator.chance(0.3) ? generator.below(6) : nil
      let ending = ShiftEnd(rawValue: UInt8(generator.below(3)))!
      let resource = set.add(
        capacity: capacity, waitingRoom: waitingRoom, preemptive: number % 2 == 1,
        ending: ending)
      plain.resources.append(
        .init(
          capacity: capacity, waitingRoom: waitingRoom ?? .max, isPreemptive: number % 2 == 1,
          ending: ending))
      if resource.rawValue != UInt32(number) { fail("number of a resource") }
    }
  }

  var now: SimulationTime { SimulationTime(microseconds: plain.now) }

  mutating func run(steps: Int) {
    for _ in 0..<steps where failure == nil {
      step += 1
      plain.advance(to: plain.now + Int64(generator.below(4)))
      act(on: UInt32(generator.below(entityCount)))
      compareInterruptions()
      compareGrants()
      compareStates()
    }
  }

  private mutating func act(on entity: UInt32) {
    let index = EntityIndex(rawValue: entity)
    switch generator.below(20) {
    case 0:
      changeShift()
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

  private mutating func changeShift() {
    let resource = generator.below(4)
    let capacity = generator.below(6)
    let description = plain.resources[resource]
    var ending: ShiftEnd?
    if generator.chance(0.5) && (description.isPreemptive || description.ending != .handOver) {
      ending = ShiftEnd(rawValue: UInt8(generator.below(3)))!
    }
    set.setCapacity(
      ResourceIndex(rawValue: UInt32(resource)), to: capacity, at: now, ending: ending)
    plain.setCapacity(resource, to: capacity, ending: ending)
  }

  private mutating func release(by entity: UInt32) {
    let mine = plain.holdings.filter { $0.entity == entity }
    guard !mine.isEmpty else { return }
    let holding = mine[generator.below(mine.count)]
    let units = 1 + generator.below(holding.units)
    let resource = ResourceIndex(rawValue: UInt32(holding.resource))
    plain.release(holding.resource, units: units, by: entity)
    if generator.chance(0.7), let grant = set.handOn(resource, units: units, at: now) {
      handedOn = grant
      handings += 1
    } else {
      set.release(resource, units: units, by: EntityIndex(rawValue: entity), at: now)
    }
  }

  private mutating func seize(for entity: UInt32) {
    let priority = UInt8(generator.below(3) * 7)
    var parts: [PlainResources.Demand] = []
    let kind: PlainResources.Kind =
      generator.chance(0.3) ? .all : generator.chance(0.3) ? .any : .one
    for resource in 0..<4 where generator.chance(0.4) {
      let units = 1 + generator.below(2)
      let keeping = generator.chance(0.3) ? 1 + generator.below(2) : 0
      parts.append(.init(resource: resource, units: units, keeping: keeping))
    }
    if parts.isEmpty { parts = [.init(resource: generator.below(4), units: 1)] }
    if generator.chance(0.5) { parts.reverse() }
    if kind == .one { parts = [parts[0]] }
    let expected = plain.seize(parts, kind, for: entity, priority: priority)
    let outcome = seize(parts, kind, for: EntityIndex(rawValue: entity), priority: priority)
    if outcome != expected { fail("seizing: \(outcome), not \(expected)") }
    switch expected {
    case .waiting:
      joint += kind == .all ? 1 : 0
      alternative += kind == .any ? 1 : 0
      keeping += parts.contains { $0.keeping > 0 } ? 1 : 0
    case .refused: refused += 1
    case .preempting: preempted += 1
    case .granted, .grantedOne: break
    }
  }

  private mutating func seize(
    _ parts: [PlainResources.Demand], _ kind: PlainResources.Kind, for entity: EntityIndex,
    priority: UInt8
  ) -> PlainResources.Outcome {
    let demands = parts.map {
      ResourceDemand(
        ResourceIndex(rawValue: UInt32($0.resource)), units: $0.units, keeping: $0.keeping)
    }
    let outcome: SeizeOutcome
    switch kind {
    case .one:
      outcome = set.seize(
        demands[0].resource, units: demands[0].units, keeping: demands[0].keeping, for: entity,
        priority: priority, at: now)
    case .all:
      outcome = set.seizeAll(demands, for: entity, priority: priority, at: now)
    case .any:
      switch set.seizeAny(demands, for: entity, priority: priority, at: now) {
      case .granted(let resource): return .grantedOne(Int(resource.rawValue))
      case .waiting: return .waiting
      case .refused: return .refused
      }
    }
    switch outcome {
    case .granted: return .granted
    case .waiting: return .waiting
    case .refused: return .refused
    case .preempting(let victim): return .preempting(victim.rawValue)
    }
  }

  private mutating func compareGrants() {
    var granted = handedOn.map { [$0] } ?? []
    handedOn = nil
    while let grant = set.nextGrant() { granted.append(grant) }
    if granted != plain.grants { fail("grants to \(granted), not to \(plain.grants)") }
    plain.grants = []
  }

  private mutating func compareInterruptions() {
    // A copy knows of them too.
    if generator.chance(0.1) { set = set.copy() }
    var told: [Interruption] = []
    while let interruption = set.nextInterruption() { told.append(interruption) }
    if told != plain.interruptions { fail("\(told), not \(plain.interruptions)") }
    interrupted += told.count
    plain.interruptions = []
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
      let integrals = set.integrals(resource, at: now)
      if integrals.held != report.heldIntegral || integrals.capacity != report.capacityIntegral {
        fail("\(integrals), not those of \(report)")
      }
      if set.held(resource) != plain.held(row) || set.waiting(resource) != plain.waiting(row)
        || set.capacity(resource) != plain.resources[row].capacity
        || set.free(resource) != max(0, plain.free(row))
      {
        fail("what is held")
      }
      overtime = max(overtime, plain.holdings.filter(\.isOvertime).count)
      let accounted =
        report.grants + report.resumptions + report.reneged + report.refused
        + report.servedElsewhere + report.waiting
      if report.waitingAtReset + report.requests + report.interruptions != accounted {
        fail("requests lost")
      }
    }
  }

  private mutating func fail(_ what: String) {
    if failure == nil { failure = "step \(step): \(what)" }
  }
}
