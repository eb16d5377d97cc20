// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The two levers that change what insurance pays.
@Suite struct InsuranceLeverTests {
  /// The plan in the region's files, and the one after a policy has begun.
  static func plans(_ settings: [String]) throws -> (before: InsurancePlan, after: InsurancePlan) {
    let run = try TestRegion.read(settings).begin()
    run.advance(until: midnight(TestRegion.policyDay))
    #expect(run.simulation.model.domain.policies.plan == run.model.plan)
    run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    return (run.model.plan, run.simulation.model.domain.policies.plan)
  }

  @Test("tiered rates change what the fund pays by the change times what is eligible, to the fen")
  func tieredRates() throws {
    let changes: [Tier: Int64] = [
      .village: 10, .township: 10, .community: 10, .county: -5, .city: -10, .outside: -10,
    ]
    let plans = try Self.plans(TestRegion.inForce(["rates"]))
    var draw = NestedLogitTests.stream("rates")
    for _ in 0..<20_000 {
      let tier = Tier.allCases[Int(draw.below(6))]
      let scheme = UInt8(draw.below(3))
      let kind = CareKind.allCases[Int(draw.below(2))]
      let isReferred = draw.below(2) == 1
      // Below every ceiling.
      let bill = Money(fen: Int64(draw.below(kind == .inpatient ? 5_000_000 : 60_000)))
      func quote(_ plan: InsurancePlan) -> Settlement {
        plan.quote(
          bill, scheme: scheme, kind: kind, tier: tier.rawValue, referred: isReferred,
          account: InsuranceAccount(year: 2019), year: 2019)
      }
      let before = quote(plans.before)
      let after = quote(plans.after)
      let rate = plans.before[
        scheme: scheme, kind: kind, tier: tier.rawValue, referred: isReferred
      ].rate.value
      // Residents alone, and no rate below nothing.
      let change = scheme == 0 ? max(Double(changes[tier]!) / 100, -rate) : 0
      let beyond = Double(before.eligible.fen - before.deductible.fen)
      #expect(abs(Double(after.fund.fen - before.fund.fen) - change * beyond) <= 1.5)
      #expect(after.bill == before.bill && after.deductible == before.deductible)
      #expect(after.fund + after.patient == after.bill)
    }
  }

  @Test("a change of rates for one kind of care leaves the other alone", arguments: [0, 1])
  func oneKind(number: Int) throws {
    let word = ["outpatient", "inpatient"][number]
    let other = CareKind.allCases[1 - number]
    let plans = try Self.plans(TestRegion.inForce(["rates"]) + ["policies.rates.care=\(word)"])
    #expect(plans.before != plans.after)
    for scheme in 0..<3 as Range<UInt8> {
      for tier in Tier.allCases {
        for isReferred in [false, true] {
          #expect(
            plans.before[scheme: scheme, kind: other, tier: tier.rawValue, referred: isReferred]
              == plans.after[scheme: scheme, kind: other, tier: tier.rawValue, referred: isReferred]
          )
        }
      }
    }
  }

  @Test("the deductible's rule changes the bill of a move down and of nothing else")
  func deductibleRule() throws {
    let plans = try Self.plans(TestRegion.inForce(["deductible"]))
    var draw = NestedLogitTests.stream("deductible")
    var dearer = 0
    for _ in 0..<20_000 {
      let tier = Tier.allCases[Int(draw.below(6))]
      let scheme = UInt8(draw.below(3))
      let kind = CareKind.allCases[Int(draw.below(2))]
      let stage = [SpellStage.admission, .transferUp, .transferDown][Int(draw.below(3))]
      let bill = Money(fen: Int64(draw.below(2_000_000)))
      var account = InsuranceAccount(year: 2019)
      _ = plans.before.settle(
        Money(fen: Int64(draw.below(2_000_000))), scheme: scheme, kind: .inpatient,
        tier: Tier.county.rawValue, referred: false, account: &account, year: 2019)
      func quote(_ plan: InsurancePlan) -> Settlement {
        plan.quote(
          bill, scheme: scheme, kind: kind, tier: tier.rawValue, referred: false, stage: stage,
          account: account, year: 2019)
      }
      let before = quote(plans.before)
      let after = quote(plans.after)
      let isMoveDown = kind == .inpatient && stage == .transferDown && scheme < 2
      if isMoveDown {
        #expect(after.patient <= before.patient)
        #expect(after.deductible == .zero)
        if after.patient < before.patient { dearer += 1 }
      } else {
        #expect(after == before)
      }
    }
    #expect(dearer > 1000)
  }
}
