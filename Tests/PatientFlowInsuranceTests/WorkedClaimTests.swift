// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

@Suite("claims worked by hand")
struct WorkedClaimTests {
  private static let episodes =
    workedDrugCovers + workedMajorIllness + workedBreaches + workedSpells

  @Test("every fen is where the clerk puts it", arguments: episodes)
  func episode(episode: ClaimEpisode) {
    let plan = WorkedPlan.withCovers
    var account = InsuranceAccount(year: 1)
    for worked in episode.claims {
      var claim = worked.claim
      claim.scheme = episode.scheme
      #expect(plan.quote(claim, account: account) == worked.settled)
      #expect(plan.settle(claim, account: &account) == worked.settled)
    }
  }

  @Test("with the plain bills ninety episodes and more are worked")
  func count() {
    #expect(Self.episodes.count + workedVisits.count + workedStays.count >= 90)
  }

  @Test("plain bills are settled the same under a plan with covers that do not touch them")
  func plainBills() {
    for episode in workedVisits + workedStays where episode.scheme >= WorkedPlan.uninsured {
      var account = InsuranceAccount(year: 1)
      for bill in episode.bills {
        let settlement = WorkedPlan.withCovers.settle(
          Money(fen: bill.bill), fee: Money(fen: bill.fee), scheme: episode.scheme,
          kind: bill.kind, tier: bill.tier, referred: bill.referred, stage: bill.stage,
          account: &account, year: bill.year)
        #expect(settlement.fund == Money(fen: bill.fund), "\(episode.name)")
      }
    }
  }

  @Test("what people expect to pay: the parts that grow with the bill and those that do not")
  func expected() {
    let plan = WorkedPlan.plan
    // A county stay of 5000: 500 first, then 0.75 of 0.9.
    let stay = InsuranceClaim(
      Money(yuan: 5000), scheme: WorkedPlan.residents, kind: .inpatient, tier: WorkedPlan.county,
      year: 1)
    var expected = plan.expectedPayment(for: stay, account: InsuranceAccount(year: 1))
    #expect(expected.outOfPocket == 2000)
    #expect(expected.flat == 500)
    #expect(abs(expected.rate - 0.675) < 1e-9)
    // 5000 − 3000 = 5000 − 0.675 × 5000 + 0.75 × 500: the deductible costs its share of the fund.
    #expect(abs(5000 - expected.rate * 5000 + 0.75 * expected.flat - expected.outOfPocket) < 1e-9)
    // A visit in the capital, within the deductible: nothing grows with the fund's share.
    var visit = InsuranceClaim(
      Money(yuan: 200), scheme: WorkedPlan.employees, kind: .outpatient, tier: WorkedPlan.city,
      year: 1)
    visit.fee = Money(yuan: 50)
    expected = plan.expectedPayment(for: visit, account: InsuranceAccount(year: 1))
    #expect(expected.outOfPocket == 210)
    #expect(expected.flat == 190)
    #expect(expected.rate == 0)
    visit.settles = false
    expected = plan.expectedPayment(for: visit, account: InsuranceAccount(year: 1))
    #expect(expected.outOfPocket == 250)
    #expect(expected.flat == 50)
  }
}
