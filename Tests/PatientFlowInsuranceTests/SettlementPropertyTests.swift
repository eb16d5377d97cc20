// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

@Suite("settlements of random episodes under random schedules")
struct SettlementPropertyTests {
  private static let schemes = 3
  private static let tiers = 4

  private static func randomPlan(using generator: inout SeededGenerator) -> InsurancePlan {
    var plan = InsurancePlan(schemes: schemes, tiers: tiers)
    for scheme in 0..<UInt8(schemes) {
      for kind in CareKind.allCases {
        for tier in 0..<UInt8(tiers) {
          for referred in [false, true] {
            plan[scheme: scheme, kind: kind, tier: tier, referred: referred] =
              .random(using: &generator)
          }
        }
      }
      plan[downTransferOf: scheme] = Bool.random(using: &generator) ? .continuous : .recharged
    }
    return plan
  }

  /// Walks through 100,000 episodes of one to eight bills over up to three years, a new schedule
  /// for every hundred of them.
  private static func forEachEpisode(
    seed: UInt64, _ check: (InsurancePlan, UInt8, [RandomBill]) -> Void
  ) {
    var generator = SeededGenerator(state: seed)
    var plan = randomPlan(using: &generator)
    for episode in 0..<100_000 {
      if episode % 100 == 0 { plan = randomPlan(using: &generator) }
      let scheme = UInt8.random(in: 0..<UInt8(schemes), using: &generator)
      var year: Int16 = 1
      let bills = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        if Int.random(in: 0..<6, using: &generator) == 0 { year += 1 }
        return RandomBill(year: year, tiers: tiers, using: &generator)
      }
      check(plan, scheme, bills)
    }
  }

  @Test("bills divide exactly; nobody pays less than nothing or more than the bill")
  func division() {
    var faults = 0
    Self.forEachEpisode(seed: 11) { plan, scheme, bills in
      var account = InsuranceAccount(year: 1)
      for bill in bills {
        let rule = plan[
          scheme: scheme, kind: bill.kind, tier: bill.tier, referred: bill.referred]
        let paid = plan.settle(bill, scheme: scheme, account: &account)
        let holds =
          paid.bill == bill.bill + bill.fee
          && paid.fund + paid.patient == paid.bill
          && paid.fund >= .zero && paid.patient >= .zero
          && paid.deductible >= .zero && paid.deductible <= paid.eligible
          && paid.deductible <= max(rule.deductible, rule.laterDeductible)
          && paid.eligible <= bill.bill
          && paid.fund - min(bill.fee, rule.feePaid) <= bill.bill - paid.deductible
        if !holds { faults += 1 }
      }
    }
    #expect(faults == 0)
  }

  @Test("the fund's share is the exact product rounded half up, by wide integers")
  func exactShare() {
    var faults = 0
    Self.forEachEpisode(seed: 12) { plan, scheme, bills in
      var account = InsuranceAccount(year: 1)
      for bill in bills {
        let rule = plan[
          scheme: scheme, kind: bill.kind, tier: bill.tier, referred: bill.referred]
        let before = account.turned(to: bill.year)
        let paid = plan.settle(bill, scheme: scheme, account: &account)
        // Twice the product in units of 10⁻¹⁰ fen, so that half a fen is a whole number.
        let unit: Int128 = 10_000_000_000
        let eligible = Int128(bill.bill.fen) * Int128(rule.eligibleShare.hundredThousandths)
        let beyond = max(0, eligible - Int128(paid.deductible.fen) * 100_000)
        let isBelow = eligible <= Int128(paid.deductible.fen) * 100_000
        let twice = 2 * beyond * Int128(rule.rate.hundredThousandths)
        var share = isBelow ? 0 : twice / (2 * unit)
        if !isBelow, twice % (2 * unit) >= unit { share += 1 }
        let used = bill.kind == .outpatient ? before.outpatientFundPaid : before.inpatientFundPaid
        let left = max(0, rule.annualCeiling.fen - Int64(used))
        let expected = min(share, Int128(left)) + Int128(min(bill.fee.fen, rule.feePaid.fen))
        if Int128(paid.fund.fen) != expected { faults += 1 }
      }
    }
    #expect(faults == 0)
  }

  @Test("a quote is what would be settled, and books nothing")
  func quotes() {
    var faults = 0
    Self.forEachEpisode(seed: 13) { plan, scheme, bills in
      var account = InsuranceAccount(year: 1)
      for bill in bills {
        let before = account
        let quoted = plan.quote(bill, scheme: scheme, account: account)
        if account != before { faults += 1 }
        if plan.settle(bill, scheme: scheme, account: &account) != quoted { faults += 1 }
      }
    }
    #expect(faults == 0)
  }

  @Test("within a year the fund never pays beyond the highest ceiling it met, fees apart")
  func ceilings() {
    var faults = 0
    Self.forEachEpisode(seed: 14) { plan, scheme, bills in
      var account = InsuranceAccount(year: 1)
      var paidByKind: [Int64] = [0, 0]
      var highest: [Int64] = [0, 0]
      var year: Int16 = 1
      for bill in bills {
        if bill.year != year {
          (paidByKind, highest, year) = ([0, 0], [0, 0], bill.year)
        }
        let kind = Int(bill.kind.rawValue)
        let rule = plan[
          scheme: scheme, kind: bill.kind, tier: bill.tier, referred: bill.referred]
        let paid = plan.settle(bill, scheme: scheme, account: &account)
        paidByKind[kind] += (paid.fund - min(bill.fee, rule.feePaid)).fen
        highest[kind] = max(highest[kind], rule.annualCeiling.fen)
        if paidByKind[kind] > highest[kind] { faults += 1 }
        let booked = kind == 0 ? account.outpatientFundPaid : account.inpatientFundPaid
        if Int64(booked) != paidByKind[kind] { faults += 1 }
      }
    }
    #expect(faults == 0)
  }

  @Test("the outpatient deductible of a year is charged once, at the most")
  func annualDeductible() {
    var faults = 0
    Self.forEachEpisode(seed: 15) { plan, scheme, bills in
      var account = InsuranceAccount(year: 1)
      var charged: Int64 = 0
      var highest: Int64 = 0
      var year: Int16 = 1
      for bill in bills {
        if bill.year != year { (charged, highest, year) = (0, 0, bill.year) }
        let paid = plan.settle(bill, scheme: scheme, account: &account)
        guard bill.kind == .outpatient else { continue }
        charged += paid.deductible.fen
        highest = max(
          highest,
          plan[scheme: scheme, kind: .outpatient, tier: bill.tier, referred: bill.referred]
            .deductible.fen)
        if charged > highest { faults += 1 }
      }
    }
    #expect(faults == 0)
  }

  @Test("a dearer bill costs the patient no less and pays the fund's part no less")
  func monotoneInBill() {
    var faults = 0
    Self.forEachEpisode(seed: 16) { plan, scheme, bills in
      var account = InsuranceAccount(year: 1)
      for bill in bills {
        var dearer = bill
        dearer.bill += Money(fen: 1 + bill.bill.fen % 977)
        let one = plan.quote(bill, scheme: scheme, account: account)
        let other = plan.quote(dearer, scheme: scheme, account: account)
        if other.patient < one.patient || other.fund < one.fund { faults += 1 }
        _ = plan.settle(bill, scheme: scheme, account: &account)
      }
    }
    #expect(faults == 0)
  }

  @Test("a better rule costs the patient no more; continuous costs no more than recharged")
  func monotoneInRule() {
    var faults = 0
    Self.forEachEpisode(seed: 17) { plan, scheme, bills in
      var account = InsuranceAccount(year: 1)
      var continuous = plan
      continuous[downTransferOf: scheme] = .continuous
      var recharged = plan
      recharged[downTransferOf: scheme] = .recharged
      for bill in bills {
        let rule = plan[
          scheme: scheme, kind: bill.kind, tier: bill.tier, referred: bill.referred]
        let patient = plan.quote(bill, scheme: scheme, account: account).patient
        var better = rule
        better.rate = BillShare(min(1, rule.rate.value + 0.05))
        var cheaper = rule
        cheaper.deductible = Money(fen: rule.deductible.fen / 2)
        cheaper.laterDeductible = Money(fen: rule.laterDeductible.fen / 2)
        for other in [better, cheaper] {
          let quote = plan.quote(
            bill.bill, fee: bill.fee, under: other, scheme: scheme, kind: bill.kind,
            stage: bill.stage, account: account, year: bill.year)
          if quote.patient > patient { faults += 1 }
        }
        let waived = continuous.quote(bill, scheme: scheme, account: account).patient
        let charged = recharged.quote(bill, scheme: scheme, account: account).patient
        if waived > charged { faults += 1 }
        _ = plan.settle(bill, scheme: scheme, account: &account)
      }
    }
    #expect(faults == 0)
  }
}

extension InsurancePlan {
  fileprivate func quote(
    _ bill: RandomBill, scheme: UInt8, account: InsuranceAccount
  ) -> Settlement {
    quote(
      bill.bill, fee: bill.fee, scheme: scheme, kind: bill.kind, tier: bill.tier,
      referred: bill.referred, stage: bill.stage, account: account, year: bill.year)
  }

  func settle(
    _ bill: RandomBill, scheme: UInt8, account: inout InsuranceAccount
  ) -> Settlement {
    settle(
      bill.bill, fee: bill.fee, scheme: scheme, kind: bill.kind, tier: bill.tier,
      referred: bill.referred, stage: bill.stage, account: &account, year: bill.year)
  }
}
