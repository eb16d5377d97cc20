// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

@Suite("claims of random episodes under random plans")
struct ClaimPropertyTests {
  private static let schemes = 3
  private static let tiers = 4

  /// Walks through 100,000 episodes of one to eight claims over up to three years, a new plan for
  /// every hundred of them.
  private static func forEachEpisode(
    seed: UInt64, _ check: (InsurancePlan, [InsuranceClaim]) -> Void
  ) {
    var generator = SeededGenerator(state: seed)
    var plan = InsurancePlan.random(schemes: schemes, tiers: tiers, using: &generator)
    for episode in 0..<100_000 {
      if episode % 100 == 0 {
        plan = .random(schemes: schemes, tiers: tiers, using: &generator)
      }
      let scheme = UInt8.random(in: 0..<UInt8(schemes), using: &generator)
      var year: Int16 = 1
      var month: UInt8 = 1
      check(
        plan,
        (0..<Int.random(in: 1...8, using: &generator)).map { _ in
          if Int.random(in: 0..<6, using: &generator) == 0 { (year, month) = (year + 1, 1) }
          if Int.random(in: 0..<3, using: &generator) == 0 { month += 1 }
          return .random(
            scheme: scheme, year: year, month: month, tiers: tiers, using: &generator)
        })
    }
  }

  @Test("the parts sum to the bill, none is negative, and a penalty is part of what the fund paid")
  func parts() {
    var faults = 0
    var covered = 0
    var repaid = 0
    Self.forEachEpisode(seed: 31) { plan, claims in
      var account = InsuranceAccount(year: 1)
      for claim in claims {
        let quoted = plan.quote(claim, account: account)
        let paid = plan.settle(claim, account: &account)
        let holds =
          paid == quoted && paid.bill == claim.charges + claim.fee
          && paid.fund + paid.patient == paid.bill
          && paid.fund >= .zero && paid.patient >= .zero
          && paid.drugCover >= .zero && paid.repaid >= .zero
          && paid.drugCover + paid.repaid <= paid.fund
          && paid.deductible >= .zero && paid.deductible <= paid.eligible
          && paid.eligible <= claim.charges + Money(fen: 1)
          && paid.penalty >= .zero && paid.penalty <= paid.fund
          && (claim.settles || paid.fund == .zero)
        if !holds { faults += 1 }
        if paid.drugCover > .zero { covered += 1 }
        if paid.repaid > .zero { repaid += 1 }
      }
    }
    #expect(faults == 0)
    // The rare things were there to be got wrong.
    #expect(covered > 1000 && repaid > 1000)
  }

  @Test("each fund stays within its ceiling: of a year, of a month of drugs, of repayments")
  func ceilings() {
    var faults = 0
    Self.forEachEpisode(seed: 32) { plan, claims in
      var account = InsuranceAccount(year: 1)
      var year: Int16 = 1
      var month: UInt8 = 0
      var byKind: [Int64] = [0, 0]
      var highest: [Int64] = [0, 0]
      var drugs: Int64 = 0
      var drugsOfMonth: Int64 = 0
      var repaid: Int64 = 0
      var highestYear: Int64 = 0
      var highestMonth: Int64 = 0
      for claim in claims {
        if claim.year != year {
          (byKind, highest, drugs, repaid, highestYear) = ([0, 0], [0, 0], 0, 0, 0)
          (year, month) = (claim.year, 0)
        }
        if claim.month != month { (month, drugsOfMonth, highestMonth) = (claim.month, 0, 0) }
        let rule = plan.rule(for: claim)
        let paid = plan.settle(claim, account: &account)
        let kind = Int(claim.kind.rawValue)
        let share =
          paid.fund - paid.drugCover - paid.repaid - min(claim.fee, rule.feePaid)
        byKind[kind] += share.fen
        highest[kind] = max(highest[kind], rule.annualCeiling.fen)
        repaid += paid.repaid.fen
        drugs += paid.drugCover.fen
        drugsOfMonth += paid.drugCover.fen
        for cover in plan.drugCovers
        where cover.covers(scheme: claim.scheme, conditions: claim.conditions) {
          let count = Int64((cover.conditions & claim.conditions).nonzeroBitCount)
          highestYear = max(highestYear, cover.annualCeiling.fen)
          highestMonth = max(
            highestMonth,
            cover.monthlyCap == .unlimited
              ? .max : cover.monthlyCap.fen * count * Int64(claim.monthsOfDrugs))
        }
        if byKind[kind] > highest[kind] || drugs > highestYear || drugsOfMonth > highestMonth
          || repaid > plan[majorIllnessOf: claim.scheme].annualCeiling.fen
          || Int64(account.drugFundPaid) != drugs
        {
          faults += 1
        }
      }
    }
    #expect(faults == 0)
  }

  @Test("a dearer bill costs the patient no less, and a drug cover costs him no more")
  func monotone() {
    var faults = 0
    Self.forEachEpisode(seed: 33) { plan, claims in
      var account = InsuranceAccount(year: 1)
      for claim in claims {
        let paid = plan.quote(claim, account: account)
        var dearer = claim
        dearer.charges += Money(fen: 1 + claim.charges.fen % 977)
        // The dearer bill's drugs are the same drugs; what was added is treatment.
        let more = plan.quote(dearer, account: account)
        if more.patient + more.repaid < paid.patient + paid.repaid { faults += 1 }
        // Where the dearer bill goes under a drug cover, more may mount up and be repaid.
        if claim.drugCovers == 0 && more.patient < paid.patient { faults += 1 }
        var without = claim
        without.drugCovers = 0
        let ordinary = plan.quote(without, account: account)
        if ordinary.fund - ordinary.repaid > paid.fund - paid.repaid { faults += 1 }
        var unsettled = claim
        unsettled.settles = false
        if plan.quote(unsettled, account: account).patient < paid.patient { faults += 1 }
        var cut = claim
        cut.rateCut = BillShare(min(1, claim.rateCut.value + 0.3))
        let after = plan.quote(cut, account: account)
        if after.fund - after.repaid > paid.fund - paid.repaid { faults += 1 }
        _ = plan.settle(claim, account: &account)
      }
    }
    #expect(faults == 0)
  }

  @Test("continuous costs no more than recharged, on the way up and on the way down, stay by stay")
  func transfers() {
    var faults = 0
    var cheaper = 0
    Self.forEachEpisode(seed: 34) { plan, claims in
      var account = InsuranceAccount(year: 1)
      for claim in claims where claim.kind == .inpatient {
        var continuous = plan
        continuous[spellOf: claim.scheme].up = .continuous
        continuous[spellOf: claim.scheme].down = .continuous
        var recharged = plan
        recharged[spellOf: claim.scheme].up = .recharged
        recharged[spellOf: claim.scheme].down = .recharged
        // Repayments aside: a deductible that is paid mounts up and may be repaid.
        let waived = continuous.quote(claim, account: account)
        let charged = recharged.quote(claim, account: account)
        if waived.patient + waived.repaid > charged.patient + charged.repaid { faults += 1 }
        if waived.patient > charged.patient { faults += 1 }
        if waived.patient < charged.patient { cheaper += 1 }
        _ = plan.settle(claim, account: &account)
      }
    }
    #expect(faults == 0)
    #expect(cheaper > 1000)
  }

  @Test("a year's repayments do not depend on how its payments are divided into bills")
  func repayments() {
    var generator = SeededGenerator(state: 35)
    for _ in 0..<20_000 {
      let plan = InsurancePlan.random(schemes: 1, tiers: 1, using: &generator)
      let cover = plan[majorIllnessOf: 0]
      var burden: Int64 = 0
      var sum = Money.zero
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let before = Money(fen: burden)
        burden += Int64.random(in: 0...3_000_000, using: &generator)
        let repaid = cover.repaid(of: Money(fen: burden)) - cover.repaid(of: before)
        #expect(repaid >= .zero && repaid <= Money(fen: burden) - before)
        sum += repaid
      }
      #expect(sum == cover.repaid(of: Money(fen: burden)))
    }
  }

  @Test("the order in which independent persons are settled changes nothing")
  func independence() {
    var generator = SeededGenerator(state: 36)
    for _ in 0..<500 {
      let plan = InsurancePlan.random(schemes: 3, tiers: 4, using: &generator)
      var people: [[InsuranceClaim]] = []
      for person in 0..<20 {
        var claims: [InsuranceClaim] = []
        for place in 0..<5 {
          claims.append(
            .random(
              scheme: UInt8(person % 3), year: Int16(1 + place / 3), month: UInt8(place),
              tiers: 4, using: &generator))
        }
        people.append(claims)
      }
      func settled(_ order: [(person: Int, place: Int)]) -> (Ledger, [InsuranceAccount]) {
        var ledger = Ledger(schemes: 3, institutions: 4)
        var accounts = Array(repeating: InsuranceAccount(year: 1), count: people.count)
        for (person, place) in order {
          let claim = people[person][place]
          let paid = plan.settle(claim, account: &accounts[person])
          ledger.record(
            paid, scheme: claim.scheme, institution: Int(claim.tier), kind: claim.kind)
        }
        #expect(ledger.isBalanced)
        return (ledger, accounts)
      }
      var byPerson: [(person: Int, place: Int)] = []
      for person in people.indices {
        for place in 0..<5 { byPerson.append((person, place)) }
      }
      var byPlace: [(person: Int, place: Int)] = []
      for place in 0..<5 {
        for person in people.indices.reversed() { byPlace.append((person, place)) }
      }
      let one = settled(byPerson)
      let other = settled(byPlace)
      #expect(one.0 == other.0)
      #expect(one.1 == other.1)
    }
  }
}
