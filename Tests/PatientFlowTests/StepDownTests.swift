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
}
