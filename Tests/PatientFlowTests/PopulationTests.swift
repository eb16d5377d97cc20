// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct PopulationTests {
  static let root = RandomRoot(seed: 20_190_304, replication: 1)

  /// The hamlet with 50 times as many people, so that shares show.
  static func crowd() throws -> RegionModel {
    try TestRegion.read([
      "towns[ford].population=100000", "towns[mill].population=60000",
      "towns[hill].population=40001",
    ]).model
  }

  @Test("each town has its people, and each age its quota")
  func quotas() throws {
    let model = try Self.crowd()
    let population = Population.draw(model, Self.root)
    #expect(population.residents.count == 200_001)
    for (town, settlement) in model.towns.enumerated() {
      var end = 0.0
      var before = 0
      for (age, share) in model.population.ageShares.enumerated() {
        end += share
        let rows = population.rows(town: town, age: age)
        let through = Int((end * Double(settlement.population)).rounded())
        #expect(rows.count == through - before)
        before = through
        for row in rows {
          #expect(population.residents[row].ageGroup == UInt8(age))
          #expect(population.residents[row].town == UInt8(town))
        }
      }
      #expect(before == settlement.population)
    }
  }

  @Test("shares by scheme, sex, contract, village and condition are the plan's")
  func shares() throws {
    // 200,000 people: finds a share of one half that is off by 0.011.
    let model = try Self.crowd()
    let plan = model.population
    let residents = Population.draw(model, Self.root).residents
    for (scheme, share) in plan.schemeShares.enumerated() {
      expectBinomial(
        residents.count { $0.scheme == UInt8(scheme) }, of: residents.count, probability: share,
        "scheme \(plan.schemes[scheme])")
    }
    expectBinomial(
      residents.count { $0.hasContract }, of: residents.count, probability: plan.contractShare,
      "contract")
    for (village, place) in model.villages.enumerated() {
      let neighbours = residents.filter { Int($0.town) == place.town }
      expectBinomial(
        neighbours.count { $0.village == UInt16(village) }, of: neighbours.count,
        probability: place.share, "village \(place.name)")
    }
    for age in plan.ageGroups.indices {
      let group = residents.filter { $0.ageGroup == UInt8(age) }
      expectBinomial(
        group.count { $0.isFemale }, of: group.count, probability: plan.femaleShares[age], "sex")
      expectBinomial(
        group.count { $0.isHypertensive }, of: group.count,
        probability: plan.chronic[0].prevalence[age], "prevalence of hypertension")
      for (place, condition) in plan.chronic.enumerated() {
        let treated = group.filter { $0.treated & 1 << place != 0 }
        expectBinomial(
          treated.count, of: group.count, probability: condition.treated[age],
          "treated for \(condition.name)")
        expectBinomial(
          treated.count { $0.controlled & 1 << place != 0 }, of: treated.count,
          probability: condition.controlled, "control of \(condition.name)")
      }
    }
  }

  @Test("the treated have the condition, and only the treated are under control")
  func conditionsFit() throws {
    let model = try Self.crowd()
    for person in Population.draw(model, Self.root).residents {
      #expect(person.treated & Resident.hypertension == 0 || person.isHypertensive)
      #expect(person.controlled & ~person.treated == 0)
    }
  }

  @Test("everybody trusts a tier as its profile says, to a part in 65,535")
  func trust() throws {
    let model = try TestRegion.read().model
    for person in Population.draw(model, Self.root).residents {
      for tier in Tier.allCases {
        #expect(abs(person.trust(in: tier) - model.tiers[tier].trust) <= 0.5 / 65535)
      }
    }
  }

  /// What a resident is, apart from rows of tables.
  struct Person: Hashable {
    var village: String
    var age, scheme, treated, controlled, newsRank: UInt8
    var isHypertensive, isFemale, hasContract: Bool

    init(_ resident: Resident, _ model: RegionModel) {
      village = model.villages[Int(resident.village)].name
      age = resident.ageGroup
      scheme = resident.scheme
      treated = resident.treated
      controlled = resident.controlled
      newsRank = resident.newsRank
      isHypertensive = resident.isHypertensive
      isFemale = resident.isFemale
      hasContract = resident.hasContract
    }
  }

  static func people(_ model: RegionModel) -> [String: [Person]] {
    var people: [String: [Person]] = [:]
    for resident in Population.draw(model, root).residents {
      #expect(people[model.towns[Int(resident.town)].name, default: []].count == resident.member)
      people[model.towns[Int(resident.town)].name, default: []].append(Person(resident, model))
    }
    return people
  }

  @Test("a resident does not change when a town is added or towns change their order")
  func addedTown() throws {
    let before = Self.people(try TestRegion.read().model)
    let edited = try RegionCopy(edits: [
      "towns.csv": { $0.withRows { ["new,900,30.200,110.200"] + $0.reversed() } },
      "villages.csv": { $0.withRows { $0 + ["new-all,new,1,30.200,110.200,1"] } },
    ])
    let after = Self.people(try TestRegion.read(folder: edited.folder).model)
    #expect(after.count == 4)
    for (town, people) in before { #expect(after[town] == people) }
  }

  @Test("shares that sum to a little more than one make no more people")
  func generousShares() throws {
    // 1.0009 before the last group: once a town's quota was passed by the last but one.
    let model = try TestRegion.read([
      "age-groups[0-14].share=0.4", "age-groups[15-44].share=0.4", "age-groups[45-64].share=0.2009",
      "age-groups[65+].share=0",
    ]).model
    #expect(Population.draw(model, Self.root).residents.count == 4000)
  }

  @Test("people of two replications differ, of one are the same")
  func replications() throws {
    let model = try TestRegion.read().model
    let one = Population.draw(model, Self.root).residents.map { Person($0, model) }
    let again = Population.draw(model, Self.root).residents.map { Person($0, model) }
    let other = Population.draw(model, RandomRoot(seed: 20_190_304, replication: 2)).residents
      .map { Person($0, model) }
    #expect(one == again)
    #expect(one != other)
  }

  @Test("a resident fits a line of the processor's cache")
  func size() { #expect(MemoryLayout<Resident>.stride <= 64) }
}
