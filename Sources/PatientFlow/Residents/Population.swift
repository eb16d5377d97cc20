// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// The residents of a region in one table: a town's people stand together, by age group.
package struct Population {
  package var residents: RowTable<Resident>
  /// Row of the first resident of (town, age group): `town * (ages + 1) + age`; the last of a town
  /// is one past its end.
  package let ageStarts: [UInt32]
  private let ages: Int

  package func rows(town: Int, age: Int) -> Range<Int> {
    let row = town * (ages + 1) + age
    return Int(ageStarts[row])..<Int(ageStarts[row + 1])
  }

  /// Draws the residents. Each attribute of each person has a variate of its own, keyed by the
  /// town's name and the person's place in it, so that a new attribute changes no other.
  package static func draw(_ model: RegionModel, _ root: RandomRoot) -> Population {
    let plan = model.population
    let ages = plan.ageGroups.count
    var residents = RowTable<Resident>(
      reserving: model.towns.reduce(0) { $0 + $1.population })
    var starts: [UInt32] = []
    let schemeEnds = cumulative(plan.schemeShares)
    let incomeEnds = cumulative(model.trends.incomeShares)
    for (town, settlement) in model.towns.enumerated() {
      let purpose = purpose(of: settlement)
      let villages = model.villages.indices.filter { model.villages[$0].town == town }
      let villageEnds = cumulative(villages.map { model.villages[$0].share })
      // In a sample each village has its quota: who draws the lowest is of the first.
      let homes =
        model.sample.isWhole
        ? [] : homes(model, town, among: villages, purpose, root)
      var member: UInt32 = 0
      var ageEnd = 0.0
      for age in 0..<ages {
        starts.append(UInt32(residents.count))
        ageEnd += plan.ageShares[age]
        // Rounding the running total rather than each group keeps the town's total exact.
        let last =
          age == ages - 1
          ? settlement.population
          : min(settlement.population, Int((ageEnd * Double(settlement.population)).rounded()))
        while Int(member) < last {
          func uniform(_ variate: UInt32) -> Double {
            var stream = RandomStream(root, purpose, owner: UInt64(member), variate: variate)
            return stream.uniform()
          }
          var resident = Resident(
            village: homes.isEmpty
              ? UInt16(villages[place(uniform(0), in: villageEnds)]) : homes[Int(member)],
            town: UInt8(town),
            ageGroup: UInt8(age), scheme: UInt8(place(uniform(1), in: schemeEnds)), treated: 0,
            controlled: 0, habitTier: .max,
            newsRank: UInt8(min(255, uniform(4) * 256)), member: member,
            trust: InlineArray(repeating: 0))
          resident.set(.isFemale, to: uniform(2) < plan.femaleShares[age])
          resident.set(.hasContract, to: uniform(contractVariate) < plan.contractShare)
          for (index, condition) in plan.chronic.enumerated() {
            let bit = UInt8(1 << index)
            let variate = Population.variate(ofCondition: index)
            let rank = uniform(variate)
            // One number tells treated from merely present: the treated are part of the prevalent.
            if rank < condition.treated[age] {
              resident.treated |= bit
              if uniform(variate + 1) < condition.controlled { resident.controlled |= bit }
            }
            if bit == Resident.hypertension {
              resident.isHypertensive = rank < condition.prevalence[age]
            }
          }
          if model.trends.incomeGroups.count > 1 {
            resident.incomeGroup = UInt8(place(uniform(5), in: incomeEnds))
          }
          for tier in Tier.allCases { resident.setTrust(model.tiers[tier].trust, in: tier) }
          residents.append(resident)
          member += 1
        }
      }
      starts.append(UInt32(residents.count))
    }
    return Population(residents: residents, ageStarts: starts, ages: ages)
  }

  /// The village of each of a town's people, of the sample's.
  private static func homes(
    _ model: RegionModel, _ town: Int, among villages: [Int], _ purpose: Purpose,
    _ root: RandomRoot
  ) -> [UInt16] {
    let people = model.towns[town].population
    let draws = (0..<people).map { member in
      var stream = RandomStream(root, purpose, owner: UInt64(member), variate: 0)
      return stream.uniform()
    }
    let order = (0..<people).sorted { (draws[$0], $0) < (draws[$1], $1) }
    let quotas = apportionment(of: Int64(people), by: villages.map { model.villages[$0].share })
    var homes = [UInt16](repeating: 0, count: people)
    var next = 0
    for (village, quota) in zip(villages, quotas) {
      for member in order[next..<next + Int(quota)] { homes[member] = UInt16(village) }
      next += Int(quota)
    }
    return homes
  }

  /// What the draws of a town's people are for.
  static func purpose(of town: Town) -> Purpose { Purpose("resident", town.name) }

  /// Variates of a resident: who has a contract; who has a condition, and after it whether it is under
  /// control.
  static let contractVariate: UInt32 = 3
  static func variate(ofCondition index: Int) -> UInt32 { UInt32(8 + 2 * index) }

  private static func cumulative(_ shares: [Double]) -> [Double] {
    var sum = 0.0
    return shares.map { share in
      sum += share
      return sum
    }
  }

  /// The first place whose end lies beyond the uniform; the last catches rounding.
  private static func place(_ uniform: Double, in ends: [Double]) -> Int {
    ends.firstIndex { uniform * ends[ends.count - 1] < $0 } ?? ends.count - 1
  }
}
