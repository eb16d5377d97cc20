// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct StepDownTests {
  /// The step-down policy of the hamlet with its references, once it is in force.
  static func policy(_ settings: [String] = []) throws -> (policy: StepDown, run: RegionRun) {
    let run = try TestRegion.read(settings + TestRegion.inForce(["step-down"])).begin()
    run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    return (try #require(run.simulation.model.domain.policies.stepDowns.first), run)
  }

  static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  static func logit(_ p: Double) -> Double { log(p / (1 - p)) }

  @Test("the cost of moving down is the one worked out by hand")
  func costByHand() throws {
    // A resident's acute phase of 5.8 days at 820 CNY: 4,756, of which 0.9 are eligible, and more
    // than the deductible of 500. Staying four days at 410: 1,640, eligible 1,476, the fund pays
    // 0.75: 1,107, the patient 533. Moving, four days at 220: 880, eligible 792, less the deductible
    // of 200 again: 592, the fund pays 0.85: 503.20, the patient 376.80.
    let model = try TestRegion.read().model
    var account = InsuranceAccount(year: 2019)
    let acute = model.plan.settle(
      Money(yuan: 4756), scheme: 0, kind: .inpatient, tier: Tier.county.rawValue, referred: false,
      account: &account, year: 2019)
    #expect(acute.patient == Money(yuan: 4756 - 0.75 * (0.9 * 4756 - 500)))
    func cost(_ plan: InsurancePlan) -> Double {
      StepDown.extraCost(
        plan: plan, account: account, scheme: 0, year: 2019, from: .county, to: .township,
        stayingBill: 1640, movingBill: 880)
    }
    #expect(abs(cost(model.plan) - (376.80 - 533)) < 0.005)
    // Continuous: nothing more of a deductible; the fund pays 0.85 of 792: 673.20, the patient 206.80.
    var continuous = model.plan
    continuous[downTransferOf: 0] = .continuous
    #expect(abs(cost(continuous) - (206.80 - 533)) < 0.005)
    #expect(abs(cost(model.plan) - cost(continuous) - 0.85 * 200) < 0.005)
  }

  @Test("the references are those of the typical patient under the region's own rule")
  func references() throws {
    let (policy, run) = try Self.policy()
    #expect(abs(policy.referenceCost - (376.80 - 533)) < 0.005)
    #expect(abs(policy.referenceQuality - 0.5 * (0.45 + 0.65)) < 1e-12)
    let members = ["ford-centre", "mill-centre", "hill-centre"].map { run.site($0) }
    var hours = 0.0
    for (row, village) in run.model.villages.enumerated() {
      let lead = run.model.travelMinutes(
        village: UInt16(row), to: run.site("county-hospital"))
      let nearest = members.map { run.model.travelMinutes(village: UInt16(row), to: $0) }.min()!
      hours +=
        Double(run.model.towns[village.town].population) * village.share
        * Double(lead - nearest) / 60
    }
    #expect(abs(policy.referenceHoursSaved - hours / 4000) < 1e-9)
    // At its references a patient accepts with the stated probability.
    #expect(
      abs(
        policy.acceptanceProbability(
          extraCost: policy.referenceCost, money: -0.0003, quality: policy.referenceQuality,
          hoursSaved: policy.referenceHoursSaved) - 0.5) < 1e-12)
    // The rule that comes with a policy does not move them.
    let both = try Self.policy(TestRegion.inForce(["deductible"]))
    #expect(both.policy.referenceCost == policy.referenceCost)
  }

  @Test("the probabilities are the stated logits")
  func formula() throws {
    let (policy, _) = try Self.policy()
    var draw = NestedLogitTests.stream("step-down")
    for _ in 0..<1000 {
      let (acute, day, below) = (
        1000 * draw.uniform(), 500 * draw.uniform(), 300 * draw.uniform()
      )
      for isQueued in [false, true] {
        // Of the acute bill 0.4 is the margin that a next patient brings; 0.2 of a saving stays.
        let gain = (isQueued ? 0.4 * acute : 0) + 0.2 * (day - below)
        let offer = policy.offerProbability(
          isQueued: isQueued, acuteDay: acute, recoveryDay: day, recoveryDayBelow: below)
        #expect(abs(offer - Self.logistic(Self.logit(0.4) + 0.0023 * gain)) < 1e-12)
      }
      let (cost, quality, saved) = (
        2000 * draw.uniform() - 1000, draw.uniform(), 2 * draw.uniform() - 1
      )
      let acceptance = policy.acceptanceProbability(
        extraCost: cost, money: -0.0003, quality: quality, hoursSaved: saved)
      let expected = Self.logistic(
        Self.logit(0.5) - 5 * 0.0003 * (cost - policy.referenceCost)
          + (quality - policy.referenceQuality) + 0.5 * (saved - policy.referenceHoursSaved))
      #expect(abs(acceptance - expected) < 1e-12)
    }
  }

  @Test("a lead offers more when a patient waits, when the next pays more, when it saves more")
  func offersRise() throws {
    let (policy, _) = try Self.policy()
    func offer(queued: Bool, acute: Double, day: Double, below: Double) -> Double {
      policy.offerProbability(
        isQueued: queued, acuteDay: acute, recoveryDay: day, recoveryDayBelow: below)
    }
    var draw = NestedLogitTests.stream("offers")
    for _ in 0..<2000 {
      let (acute, day, below, more) = (
        1000 * draw.uniform(), 500 * draw.uniform(), 300 * draw.uniform(), 200 * draw.uniform()
      )
      let base = offer(queued: true, acute: acute, day: day, below: below)
      #expect(base >= offer(queued: false, acute: acute, day: day, below: below))
      #expect(offer(queued: true, acute: acute + more, day: day, below: below) >= base)
      #expect(offer(queued: true, acute: acute, day: day + more, below: below) >= base)
      #expect(offer(queued: true, acute: acute, day: day, below: below + more) <= base)
    }
  }

  @Test("one patient's acceptance rises when the bill falls, and when quality and nearness rise")
  func acceptanceRises() throws {
    let (policy, run) = try Self.policy()
    let plan = run.model.plan
    var draw = NestedLogitTests.stream("acceptance")
    for _ in 0..<20_000 {
      let scheme = UInt8(draw.below(3))
      var account = InsuranceAccount(year: 2019)
      _ = plan.settle(
        Money(yuan: 20_000 * draw.uniform()), scheme: scheme, kind: .inpatient,
        tier: Tier.county.rawValue, referred: draw.below(2) == 1, account: &account, year: 2019)
      let (staying, moving) = (8000 * draw.uniform(), 4000 * draw.uniform())
      let (quality, saved) = (draw.uniform(), 2 * draw.uniform() - 1)
      func acceptance(moving: Double, quality: Double, saved: Double) -> Double {
        let cost = StepDown.extraCost(
          plan: plan, account: account, scheme: scheme, year: 2019, from: .county, to: .township,
          stayingBill: staying, movingBill: moving)
        return policy.acceptanceProbability(
          extraCost: cost, money: -0.0003, quality: quality, hoursSaved: saved)
      }
      let base = acceptance(moving: moving, quality: quality, saved: saved)
      // To the fen a smaller bill can cost as much.
      let cheaper = acceptance(moving: moving * draw.uniform(), quality: quality, saved: saved)
      #expect(cheaper >= base - 1e-6)
      if moving > 10 {
        #expect(acceptance(moving: 0.5 * moving, quality: quality, saved: saved) > base)
      }
      #expect(acceptance(moving: moving, quality: quality + 0.1, saved: saved) > base)
      #expect(acceptance(moving: moving, quality: quality, saved: saved + 0.1) > base)
    }
  }

  @Test("no patient accepts less under a continuous deductible than under a recharged one")
  func deductible() throws {
    let (policy, run) = try Self.policy()
    let recharged = run.model.plan
    var continuous = recharged
    for scheme in 0..<3 as Range<UInt8> { continuous[downTransferOf: scheme] = .continuous }
    var draw = NestedLogitTests.stream("deductibles")
    var higher = 0
    for _ in 0..<20_000 {
      let scheme = UInt8(draw.below(3))
      var account = InsuranceAccount(year: 2019)
      for _ in 0...draw.below(3) {
        _ = recharged.settle(
          Money(yuan: 20_000 * draw.uniform()), scheme: scheme, kind: .inpatient,
          tier: Tier.county.rawValue, referred: false, account: &account, year: 2019)
      }
      let (staying, moving) = (8000 * draw.uniform(), 4000 * draw.uniform())
      func acceptance(_ plan: InsurancePlan) -> Double {
        policy.acceptanceProbability(
          extraCost: StepDown.extraCost(
            plan: plan, account: account, scheme: scheme, year: 2019, from: .county, to: .township,
            stayingBill: staying, movingBill: moving), money: -0.0003, quality: 0.5, hoursSaved: 0)
      }
      #expect(acceptance(continuous) >= acceptance(recharged))
      if acceptance(continuous) > acceptance(recharged) { higher += 1 }
    }
    // Of the insured, nearly all; those without insurance have no deductible.
    #expect(higher > 12_000)
  }

  /// Everybody who can moves down, and hardly anyone finds a bed.
  static let rush =
    TestRegion.inForce(["step-down"]) + [
      "listed-share=1", "listed-least-recovery=0 d", "policies.step-down.offer-at-base=0.999",
      "policies.step-down.acceptance-mean=0.999", "institutions[mill-centre].recovery_beds=0",
      "institutions[hill-centre].recovery_beds=0", "institutions[county-hospital].acute_beds=8",
    ]

  @Test("the acute bed stays taken until a recovery bed is free below")
  func blocking() throws {
    let region = try TestRegion.read(Self.rush)
    let run = region.begin()
    let lead = run.site("county-hospital")
    var blocked = 0
    for hour in 0..<24 * 60 {
      run.advance(until: midnight(TestRegion.policyDay + 10) + .hours(Double(hour)))
      let moving = run.present.filter {
        $0.visit.flags.contains(.isSteppedDown) && $0.site == lead
      }
      let waiting = moving.filter(\.isWaiting)
      let recovery = run.resource(.recoveryBed, at: "ford-centre")
      let resources = run.simulation.model.flow.resources.waiting(recovery)
      #expect(waiting.count == resources)
      // Who waits, waits because the bed below is taken, and holds the bed he is in.
      let isTaken = run.simulation.model.flow.resources.held(recovery)
      if !waiting.isEmpty { #expect(isTaken == 1) }
      let acute = run.resource(.acuteBed, at: "county-hospital")
      #expect(run.simulation.model.flow.resources.held(acute) >= moving.count)
      blocked = max(blocked, waiting.count)
    }
    #expect(blocked >= 3)
    run.advance(until: region.window.end)
    run.checkConservation()
    #expect(run.counted(\.stepDowns) > 5)
  }

  @Test("without a recovery bed anywhere nobody is offered a move")
  func noBeds() throws {
    let run = try TestRegion.read(
      Self.rush + ["institutions[ford-centre].recovery_beds=0"]
    ).runWhole()
    #expect(run.needs(\.stepDownsOffered) == 0)
    #expect(run.counted(\.stepDowns) == 0)
  }

  @Test("offers and moves are drawn with their probabilities")
  func frequency() throws {
    // The same probability for everybody: no money, quality or distance in it, no queue.
    let region = try TestRegion.read(
      TestRegion.inForce(["step-down"]) + [
        "listed-share=1", "listed-least-recovery=0 d", "policies.step-down.offer-at-base=0.6",
        "policies.step-down.offer-slope=0 1/CNY", "policies.step-down.acceptance-mean=0.3",
        "policies.step-down.money-weight=0", "policies.step-down.quality-weight=0",
        "policies.step-down.nearer-weight=0 1/h", "policies.step-down.start=2019-03-04",
        "institutions[ford-centre].recovery_beds=50", "institutions[mill-centre].recovery_beds=50",
        "institutions[hill-centre].recovery_beds=50", "institutions[county-hospital].acute_beds=30",
        "run.length=600 d",
      ])
    var offered = 0
    var moved = 0
    for replication in 1...4 as ClosedRange<UInt32> {
      let run = region.runWhole(replication: replication)
      offered += Int(run.needs(\.stepDownsOffered))
      moved += Int(run.counted(\.stepDowns))
    }
    // 1,500 offers: finds an acceptance off by 0.12.
    #expect(offered > 1000)
    expectBinomial(moved, of: offered, probability: 0.3)
  }

  @Test("who is moved down is billed at the referred rate below, as the offer said")
  func referredRate() throws {
    // The bill does not weigh in acceptance, so that the same patients move under both rates.
    let settings =
      Self.rush + ["policies.step-down.money-weight=0", "policies.deductible.rule=recharged"]
    func fund(_ rate: Double, _ settings: [String]) throws -> (Int64, Int64) {
      let run = try TestRegion.read(
        settings + ["benefits[resident-inpatient-township-referred].rate=\(rate)"]
      ).runWhole()
      return (run.counted(\.fundPaid), run.counted(\.stepDowns))
    }
    let (low, moves) = try fund(0.5, settings)
    let (high, sameMoves) = try fund(0.9, settings)
    #expect(moves > 5 && moves == sameMoves)
    #expect(high > low)
    // Nobody else is referred to a township centre's beds.
    let without = ["listed-share=0"]
    #expect(try fund(0.5, without) == fund(0.9, without))
  }

  // MARK: - Places, prices, beds

  /// The hamlet with a nursing home and care at home beside the lead, of the township's tier.
  static func withHomes() throws -> RegionCopy {
    try RegionCopy(edits: [
      "institutions.csv": { text in
        let lines = text.split(separator: "\n")
        return lines.enumerated().map { $1 + ($0 == 0 ? ",role" : ",general") }
          .joined(separator: "\n")
          + "\nnursing-home,township,ford,30.002,110.001,0,0,0,6,0,no,0,0,nursing"
          + "\nhome-team,township,ford,30.002,110.001,0,0,0,8,0,no,0,0,home-care\n"
      }
    ])
  }

  static let toHomes =
    "policies.step-down.members=[ford-centre, mill-centre, hill-centre, nursing-home, home-team]"

  @Test("what a patient weighs is what either place charges, and what insurance pays there")
  func chargedCost() throws {
    // As in costByHand: staying 533, moving 376.80 when 880 are charged below.
    func cost(_ settings: [String], to below: String = "ford-centre") throws -> Double {
      let homes = try Self.withHomes()
      let run = try TestRegion.read(
        [Self.toHomes] + TestRegion.inForce(["step-down"]) + settings, folder: homes.folder
      ).begin()
      run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
      let domain = run.simulation.model.domain
      let row = try #require(
        domain.population.residents.indices.first {
          let resident = domain.population.residents[$0]
          return resident.scheme == 0 && resident.account.admissions == 0
        })
      var resident = domain.population.residents[row]
      resident.account = InsuranceAccount(year: 2019)
      var visit = Visit(
        resident: row, need: 4, careClass: .admission, severity: 0.8, isEmergency: false, owner: 1,
        episode: 1)
      (visit.acuteDays, visit.recoveryDays) = (5.8, 4)
      return domain.extraCost(
        of: visit, resident, from: run.site("county-hospital"), to: run.site(below))
    }
    #expect(abs(try cost([]) - (376.80 - 533)) < 0.02)
    // A nursing home at half the township's bill: 440, eligible 396, less 200: 196, of which the fund
    // pays 0.85: 166.60, the patient 273.40.
    let half = ["policies.step-down.nursing-bill=0.5"]
    #expect(abs(try cost(half, to: "nursing-home") - (273.40 - 533)) < 0.02)
    #expect(abs(try cost(half) - (376.80 - 533)) < 0.02)
    // Drugs at the county 15 % dearer, of which half is made good by service fees: 0.3 of 1,640 cost
    // 1.15 times, the rest 1,148 · (1 − 0.5 · 0.15 · 492/1148)... only the sign is certain.
    #expect(try cost(TestRegion.inForce(["mark-up"])) != cost([]))
    // Where nothing is settled the whole bill is the patient's: 880.
    let homes = try Self.withHomes()
    let run = try TestRegion.read(
      [Self.toHomes] + TestRegion.inForce(["step-down"]), folder: homes.folder
    ).begin()
    run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    let below = run.site("ford-centre")
    run.simulation.model.domain.policies.siteCovers[below].unsettled = 1
    let domain = run.simulation.model.domain
    var resident = domain.population.residents[0]
    (resident.scheme, resident.account) = (0, InsuranceAccount(year: 2019))
    var visit = Visit(
      resident: 0, need: 4, careClass: .admission, severity: 0.8, isEmergency: false, owner: 1,
      episode: 1)
    (visit.acuteDays, visit.recoveryDays) = (5.8, 4)
    let unsettled = domain.extraCost(
      of: visit, resident, from: run.site("county-hospital"), to: below)
    #expect(abs(unsettled - (880 - 533)) < 0.02)
  }

  @Test("with more kinds of places nobody's acceptance falls; at home nobody travels")
  func places() throws {
    let homes = try Self.withHomes()
    func region(_ settings: [String]) throws -> RegionRun {
      let run = try TestRegion.read(
        TestRegion.inForce(["step-down"]) + settings, folder: homes.folder
      ).begin()
      run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
      return run
    }
    let few = try region([])
    let many = try region([Self.toHomes, "policies.step-down.nursing-bill=0.8"])
    let policies = (
      few.simulation.model.domain.policies.stepDowns[0],
      many.simulation.model.domain.policies.stepDowns[0]
    )
    #expect(policies.1.kindsOfPlaces == [.general, .nursing, .homeCare])
    #expect(policies.0.referenceHoursSaved == policies.1.referenceHoursSaved)
    let lead = few.site("county-hospital")
    var chosen = Set<Int>()
    for row in stride(from: 0, to: 4000, by: 7) {
      var visit = Visit(
        resident: row, need: 4, careClass: .admission, severity: 0.8, isEmergency: false, owner: 1,
        episode: UInt64(row))
      (visit.acuteDays, visit.recoveryDays) = (5, 2 + Float(row % 5))
      let one = try #require(
        few.simulation.model.domain.placeBelow(policies.0, visit, from: lead))
      let other = try #require(
        many.simulation.model.domain.placeBelow(policies.1, visit, from: lead))
      #expect(other.utility >= one.utility)
      chosen.insert(other.site)
    }
    #expect(chosen.contains(many.site("nursing-home")) && chosen.contains(many.site("home-team")))
    // They take nobody who was not sent.
    let whole = try TestRegion.read(
      [
        Self.toHomes, "listed-share=1", "policies.step-down.offer-at-base=0.9",
        "policies.step-down.nursing-bill=0.8",
      ] + TestRegion.inForce(["step-down"]), folder: homes.folder
    ).runWhole()
    let cells = ["nursing-home", "home-team"].map {
      whole.simulation.model.domain.tally.site(.after, whole.site($0))
    }
    #expect(cells.allSatisfy { $0.visits == 0 && $0.admissions == 0 })
    #expect(cells.reduce(0) { $0 + $1.stepDowns } > 0)
  }

  @Test("only listed needs are moved where needs are listed")
  func diseases() throws {
    let homes = try RegionCopy(edits: [
      "policies.yaml": {
        $0.replacing(
          "    saving-share: 0.2\n", by: "    saving-share: 0.2\n    diseases: [stroke]\n")
      }
    ])
    let run = try TestRegion.read(Self.rush, folder: homes.folder).begin()
    var moved = Set<UInt16>()
    for day in 0..<170 {
      run.advance(until: midnight(day + 1))
      for contact in run.present where contact.visit.flags.contains(.isSteppedDown) {
        moved.insert(contact.visit.need)
      }
    }
    #expect(moved == [3])
  }

  @Test("blocked bed-days are what patients waited for beds below, to the microsecond")
  func blockedDays() throws {
    let region = try TestRegion.read(Self.rush)
    let run = region.runWhole()
    let below = ["ford-centre"].reduce(Int128(0)) {
      $0 + run.statistics(.recoveryBed, at: $1).waitingIntegral
    }
    let lead = run.site("county-hospital")
    let blocked = [Period.before, .after].reduce(Int64(0)) {
      $0 + run.simulation.model.domain.tally.site($1, lead).blocked
    }
    #expect(below > 0 && Int128(blocked) == below)
    // However often one looks.
    let looked = region.begin()
    for hour in 1...24 * 180 { looked.advance(until: .zero + .hours(Double(hour))) }
    #expect(ScenarioTests.Outcome(looked) == ScenarioTests.Outcome(run))
    // Kept to the month, too.
    let months = Set(region.model.demand.runningMonthOfDay).map { month in
      Tier.allCases.reduce(Int64(0)) {
        $0 + run.simulation.model.domain.tally.month(Int(month), tier: $1).blocked
      }
    }
    #expect(months.reduce(0, +) == run.counted(\.blocked) && months.count { $0 > 0 } > 1)
  }
}
