// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Care that begins at a primary institution.
@Suite struct GatekeepingTests {
  static func read(_ settings: [String]) throws -> TestRegion {
    try CapacityLeverTests.read(
      ["gate"], ["policies.gate.observed-share=1"] + settings)
  }

  static func run(_ settings: [String] = []) throws -> RegionRun {
    let run = try read(settings).begin()
    run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    return run
  }

  static func visit(_ careClass: CareClass, resident: Int = 5) -> Visit {
    Visit(
      resident: resident, need: careClass == .refill ? Visit.refill : 1, careClass: careClass,
      severity: 0.9, isEmergency: false, owner: 3, episode: 4)
  }

  static func tiers(_ run: RegionRun, _ visit: Visit, _ context: ChoiceContext = ChoiceContext())
    -> [Tier]
  {
    run.simulation.model.domain.weighOffers(for: visit, context)
    return run.simulation.model.domain.choiceAtHand.offers.map(\.tier)
  }

  @Test("strict, the choice of who was not sent ends at primary tiers; who was sent has it all")
  func strict() throws {
    let base = try TestRegion.read().begin()
    base.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    let run = try Self.run()
    for careClass in CareClass.allCases {
      var visit = Self.visit(careClass)
      let all = Self.tiers(base, visit)
      #expect(all.contains(.county) && all.contains(.city))
      #expect(Self.tiers(run, visit) == all.filter(\.isPrimary))
      visit.flags.insert(.isThroughGate)
      #expect(Self.tiers(run, visit) == all)
      visit.flags = .isEmergency
      #expect(Self.tiers(run, visit) == all)
    }
    // A stay alone, or visits alone.
    let outpatients = try Self.run(["policies.gate.care=outpatient"])
    #expect(!Self.tiers(outpatients, Self.visit(.refill)).contains(.county))
    #expect(Self.tiers(outpatients, Self.visit(.admission)).contains(.county))
  }

  @Test("where no primary institution has the care the gate is open")
  func open() throws {
    let noBeds = ["ford-centre", "mill-centre", "hill-centre"].map {
      "institutions[\($0)].acute_beds=0"
    }
    let run = try Self.run(noBeds)
    #expect(Self.tiers(run, Self.visit(.admission)).contains(.county))
    #expect(!Self.tiers(run, Self.visit(.outpatient)).contains(.county))
  }

  @Test("ages, contracts and schemes are exempt as stated, and shares of people nest")
  func exempt() throws {
    func held(_ settings: [String], under policy: String = "gate") throws -> Set<Int> {
      let run = try CapacityLeverTests.read(
        [policy], ["policies.gate.observed-share=1"] + settings
      ).begin()
      run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
      let residents = run.simulation.model.domain.population.residents
      return Set(
        stride(from: 0, to: residents.count, by: 5).filter {
          !Self.tiers(run, Self.visit(.outpatient, resident: $0)).contains(.county)
        })
    }
    let residents = try Self.run().simulation.model.domain.population.residents
    let all = Set(stride(from: 0, to: residents.count, by: 5))
    #expect(try held([]) == all)
    #expect(
      try held([], under: "gate-but-ages")
        == all.filter { ![0, 3].contains(Int(residents[$0].ageGroup)) })
    #expect(
      try held(["policies.gate.exempts-contracted=yes"])
        == all.filter { !residents[$0].hasContract })
    #expect(
      try held(["policies.gate.schemes=[employee]"]) == all.filter { residents[$0].scheme == 1 })
    // 800 people: a share that is off by 0.17 at 0.4 is found.
    let some = try held(["policies.gate.observed-share=0.4"])
    let more = try held(["policies.gate.observed-share=0.7"])
    expectBinomial(some.count, of: all.count, probability: 0.4)
    expectBinomial(more.count, of: all.count, probability: 0.7)
    #expect(some.isSubset(of: more))
  }

  @Test("no first contact but an emergency's is above the primary tiers, once the gate is closed")
  func firstContacts() throws {
    let run = try Self.read([]).runWhole()
    let base = try CapacityLeverTests.read().runWhole()
    func above(_ run: RegionRun) -> Int64 {
      run.model.institutions.indices
        .filter { !run.model.institutions[$0].tier.isPrimary }
        .reduce(0) { $0 + run.simulation.model.domain.tally.site(.after, $1).firstContacts }
    }
    #expect(above(base) > 1000)
    // Emergencies, and a few who had chosen a later day before.
    #expect(above(run) < above(base) / 5)
    let emergencies = Int64(try run.value("emergencies"))
    #expect(above(run) <= emergencies + 60)
    // Who is sent up still comes.
    let county = run.site("county-hospital")
    #expect(run.simulation.model.domain.tally.site(.after, county).visits > 100)
  }

  @Test("with a penalty insurance pays less above, by the bill worked out by hand")
  func penalty() throws {
    let run = try Self.run(["policies.gate.rule=penalty", "policies.gate.rate-cut=0.4"])
    let domain = run.simulation.model.domain
    let residents = domain.population.residents
    // A resident who has used nothing this year and an employee, and the stay of each.
    for scheme in 0..<2 {
      let row = residents.indices.first {
        Int(residents[$0].scheme) == scheme
          && residents[$0].account == InsuranceAccount(year: residents[$0].account.year)
      }!
      var visit = Self.visit(.admission, resident: row)
      for (site, isAbove) in [("county-hospital", true), ("ford-centre", false)] {
        visit.flags = .isThroughGate
        let sent = domain.expectedPayment(at: run.site(site), for: visit, of: residents[row])
        visit.flags = []
        let unsent = domain.expectedPayment(at: run.site(site), for: visit, of: residents[row])
        // Where no ceiling is reached the fund's part, all beyond the deductible, falls by 0.4 of it.
        let tier = run.model.institutions[run.site(site)].tier
        let profile = run.model.tiers[tier]
        let bill =
          profile.acuteDays * profile.acuteDayBill + profile.recoveryDays * profile.recoveryDayBill
        let paid = bill - sent.outOfPocket
        #expect(paid > 100)
        #expect(
          abs(unsent.outOfPocket - sent.outOfPocket - (isAbove ? 0.4 * paid : 0)) < 0.02,
          "\(site) \(scheme)")
      }
    }
  }

  @Test("at the counter who was not sent is paid less above, so the fund pays less in all")
  func counter() throws {
    // At seeking and choice that money does not move, only the counter is left.
    let still = [
      "money-outpatient=-0.000001 1/CNY", "money-inpatient=-0.000001 1/CNY",
      "policies.gate.rule=penalty", "policies.gate.rate-cut=1",
    ]
    let base = try CapacityLeverTests.read([], still).runWhole()
    let run = try Self.read(still).runWhole()
    #expect(try run.value("fund-spend") < 0.9 * base.value("fund-spend"))
    #expect(
      try run.value("fund-spend", "tier", "township")
        >= 0.97 * base.value("fund-spend", "tier", "township"))
  }
}
