// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Handing units on")
struct ResourceHandingOnTests {
  /// Two sets live the same life, but that one hands on whatever it can. Every grant in its order, and
  /// every count and integral of the statistics, must agree; a grant too many, too few or to another,
  /// or a microsecond of an integral, fails.
  @Test("does what releasing does", arguments: [UInt64](1...40))
  func likeReleasing(seed: UInt64) throws {
    var generator = TestGenerator(seed: seed)
    var handing = ResourceSet()
    var releasing = ResourceSet()
    let capacity = 1 + generator.below(4)
    let resource = handing.add(capacity: capacity, waitingRoom: 12)
    _ = releasing.add(capacity: capacity, waitingRoom: 12)
    var held: [(entity: EntityIndex, units: Int)] = []
    var asked: [UInt32: Int] = [:]
    var now = SimulationTime.zero
    var handedOn = 0
    for step in 0..<1_500 {
      now.microseconds += Int64(generator.below(3))
      let entity = EntityIndex(rawValue: UInt32(generator.below(30)))
      let isBusy = asked[entity.rawValue] != nil || held.contains { $0.entity == entity }
      var granted: [Grant] = []
      switch generator.below(20) {
      case 0:
        let units = 1 + generator.below(4)
        handing.setCapacity(resource, to: units, at: now)
        releasing.setCapacity(resource, to: units, at: now)
      case 1:
        let isGone = handing.withdraw(entity, at: now)
        #expect(releasing.withdraw(entity, at: now) == isGone)
        if isGone { asked[entity.rawValue] = nil }
      case 2 where generator.chance(0.1):
        handing.resetStatistics(at: now)
        releasing.resetStatistics(at: now)
      case 3...9 where !held.isEmpty:
        let holding = held.remove(at: generator.below(held.count))
        releasing.release(resource, units: holding.units, by: holding.entity, at: now)
        if let grant = handing.handOn(resource, units: holding.units, at: now) {
          granted.append(grant)
          handedOn += 1
        } else {
          handing.release(resource, units: holding.units, by: holding.entity, at: now)
        }
      default:
        guard !isBusy else { break }
        let units = generator.chance(0.8) ? 1 : 2
        let priority = UInt8(generator.below(2))
        let outcome = handing.seize(
          resource, units: units, for: entity, priority: priority, at: now)
        #expect(
          releasing.seize(resource, units: units, for: entity, priority: priority, at: now)
            == outcome)
        if outcome == .granted { held.append((entity, units)) }
        if outcome == .waiting { asked[entity.rawValue] = units }
      }
      while let grant = handing.nextGrant() { granted.append(grant) }
      for grant in granted {
        #expect(releasing.nextGrant() == grant, "step \(step)")
        let units = asked.removeValue(forKey: grant.entity.rawValue)
        held.append((grant.entity, try #require(units)))
      }
      #expect(releasing.nextGrant() == nil, "step \(step)")
      #expect(handing.standing(at: resource) == releasing.standing(at: resource))
      #expect(handing.statistics(resource, at: now) == releasing.statistics(resource, at: now))
    }
    #expect(handedOn > 30, "it was often handed on: \(handedOn)")
  }
}
