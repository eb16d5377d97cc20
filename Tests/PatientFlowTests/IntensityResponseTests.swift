// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import Testing

/// How institutions answer to how they are paid: signs follow from margins, and no response is none.
@Suite struct IntensityResponseTests {
  static let parameters = PaymentParameters(
    intensity: 0.3, stay: 0.3, admission: 0.3, costShift: 0.05, payTie: 0.8, drugMarkUp: 0.15,
    variableCost: 0.6)

  /// A county hospital: 5.8 acute days at 824 and 3 more at 412 make 6,015.20.
  static let tier: TierProfile = {
    var tier = TierProfile()
    (tier.acuteDays, tier.acuteDayBill) = (5.8, 824)
    (tier.recoveryDays, tier.recoveryDayBill) = (3, 412)
    return tier
  }()

  static func revenue(
    _ kind: PaymentKind, _ price: Double = 0, isBudgeted: Bool = false
  ) -> MarginalRevenue {
    MarginalRevenue(
      visits: SitePayment(kind, price: Money(yuan: price)),
      stays: SitePayment(kind, price: Money(yuan: price)), isBudgeted: isBudgeted, tier: tier)
  }

  static func answer(
    _ revenue: MarginalRevenue, tie: Double = 0.8, markUp: Double = 0.15,
    _ parameters: PaymentParameters = parameters, pressure: Double = 0
  ) -> SiteIntensity {
    SiteIntensity(
      revenue, tie: PayTie(tie), drugMarkUp: markUp, parameters, pressure: pressure,
      shiftPerPressure: 0.3)
  }

  @Test("under the base's own terms every factor is exactly one, whatever the responses")
  func base() {
    var draw = NestedLogitTests.stream("base")
    for _ in 0..<10_000 {
      let (tie, markUp) = (draw.uniform(), draw.uniform())
      let parameters = PaymentParameters(
        intensity: 2 * draw.uniform(), stay: 2 * draw.uniform(), admission: 2 * draw.uniform(),
        costShift: 0.2 * draw.uniform(), payTie: tie, drugMarkUp: markUp,
        variableCost: draw.uniform())
      #expect(
        Self.answer(Self.revenue(.feeForService), tie: tie, markUp: markUp, parameters)
          == SiteIntensity())
    }
  }

  @Test("without a response every factor is exactly one, whatever the terms", arguments: 0..<5)
  func noResponse(number: Int) {
    let none = PaymentParameters(
      intensity: 0, stay: 0, admission: 0, costShift: 0, payTie: 0.8, drugMarkUp: 0.15,
      variableCost: 0.6)
    for isBudgeted in [false, true] {
      #expect(
        Self.answer(
          Self.revenue(PaymentKind.allCases[number], 700, isBudgeted: isBudgeted), tie: 0.1,
          markUp: 0, none) == SiteIntensity())
    }
  }

  @Test("the factors of some rules, by hand")
  func byHand() {
    // A price of 6,000 a case: an exam or drug more brings nothing. Arguments: exams 0 − 0.8; drugs
    // 0 − 0.8 · 0.15/1.15; the last day 0.8 (0 − 0.6) − 0.8 · 0.4.
    let perCase = Self.answer(Self.revenue(.perCase, 6000))
    #expect(abs(perCase.exams - exp(-0.24)) < 1e-12)
    #expect(abs(perCase.stayExams - exp(-0.24)) < 1e-12)
    #expect(abs(perCase.drugs - exp(-0.3 * 0.8 * 0.15 / 1.15)) < 1e-12)
    let stay = exp(0.3 * (0.8 * -0.6 - 0.32))
    #expect(abs(perCase.stay - stay) < 1e-12)
    let margin = 0.8 * (6000 / 6015.2 - 0.6 * stay) - 0.32
    #expect(abs(perCase.admission - exp(0.3 * margin)) < 1e-12)
    #expect(perCase.visitShift == 0.05 && perCase.stayShift == 0.05)
    // 700 a day: the last day, billed at 412, brings 700.
    let perDiem = Self.answer(Self.revenue(.perDiem, 700))
    let longer = exp(0.3 * (0.8 * (700.0 / 412 - 0.6) - 0.32))
    #expect(abs(perDiem.stay - longer) < 1e-12)
    let daily = 0.8 * (700 * 8.8 / 6015.2 * longer - 0.6 * longer) - 0.32
    #expect(abs(perDiem.admission - exp(0.3 * daily)) < 1e-12)
    // A budget's member: nothing brings anything; pressure 0.2 moves 0.06 of bills.
    let member = Self.answer(Self.revenue(.feeForService, isBudgeted: true), pressure: 0.2)
    #expect(abs(member.exams - exp(-0.24)) < 1e-12)
    #expect(abs(member.visitShift - 0.06) < 1e-12)
    #expect(member.refusal == 0.2)
    let unpaid = exp(0.3 * (0.8 * -0.6 - 0.32))
    #expect(abs(member.admission - exp(0.3 * (0.8 * -0.6 * unpaid - 0.32))) < 1e-12)
  }

  @Test("signs follow from margins")
  func signs() {
    // At the mean bill a price a day lengthens stays, because late days cost less; a price a case
    // shortens them and admits more, because the shorter stay costs less.
    let perDiem = Self.answer(Self.revenue(.perDiem, 6015.2 / 8.8))
    #expect(perDiem.stay > 1 && perDiem.admission > 1)
    let perCase = Self.answer(Self.revenue(.perCase, 6015.2))
    #expect(perCase.stay < 1 && perCase.admission > 1)
    // A budget shortens stays and admits less.
    let member = Self.answer(Self.revenue(.feeForService, isBudgeted: true))
    #expect(member.stay < 1 && member.admission < 1)
    for answer in [perDiem, perCase, member] {
      #expect(answer.exams < 1 && answer.drugs < 1 && answer.stayDrugs < 1)
    }
    // The opposite signs can be reached, by the price alone.
    #expect(Self.answer(Self.revenue(.perDiem, 300)).stay < 1)
    #expect(Self.answer(Self.revenue(.perCase, 4000)).admission < 1)
    // A larger tie or mark-up raises what they bear on.
    #expect(Self.answer(Self.revenue(.feeForService), tie: 1).exams > 1)
    #expect(Self.answer(Self.revenue(.feeForService), tie: 0).exams < 1)
    #expect(Self.answer(Self.revenue(.feeForService), markUp: 0.3).drugs > 1)
    #expect(Self.answer(Self.revenue(.feeForService), markUp: 0).drugs < 1)
    #expect(Self.answer(Self.revenue(.feeForService), markUp: 0).exams == 1)
  }

  @Test("answers rise with their arguments, in 10,000 random terms")
  func monotone() {
    var draw = NestedLogitTests.stream("monotone")
    for _ in 0..<10_000 {
      let (tie, price, more) = (draw.uniform(), 8000 * draw.uniform(), 500 * draw.uniform())
      func answer(_ kind: PaymentKind, _ price: Double, _ tie: Double) -> SiteIntensity {
        Self.answer(Self.revenue(kind, price), tie: tie)
      }
      #expect(
        answer(.perCase, price + more, tie).admission >= answer(.perCase, price, tie).admission)
      #expect(
        answer(.perDiem, price + more, tie).stay >= answer(.perDiem, price, tie).stay)
      #expect(
        answer(.feeForService, 0, min(1, tie + 0.1)).exams >= answer(.feeForService, 0, tie).exams)
      #expect(answer(.perCase, price, tie).exams <= answer(.feeForService, 0, tie).exams)
    }
  }

  @Test("the step-down margin is the one of the model, by hand")
  func margin() throws {
    // R_new − v_new of 824 less 0.6 of it; v_rec − R_rec less the same at the base; θ 0.2 of
    // 412 − 217.6; an award of 50 a day.
    let (policy, _) = try StepDownTests.policy()
    func offer(_ revenue: MarginalRevenue, queued: Bool, saving: Double? = nil, award: Double = 0)
      -> Double
    {
      var terms = BedDayTerms()
      (terms.newDay, terms.recoveryDay) = (revenue.newDay, revenue.lastDay)
      (terms.savingShare, terms.award) = (saving, award)
      return policy.offerProbability(
        isQueued: queued, acuteDay: 824, recoveryDay: 412, recoveryDayBelow: 217.6, terms: terms)
    }
    func expected(_ gain: Double) -> Double {
      StepDownTests.logistic(StepDownTests.logit(0.4) + 0.0023 * gain)
    }
    let saving = 0.2 * (412 - 217.6)
    #expect(
      abs(offer(Self.revenue(.feeForService), queued: true) - expected(0.4 * 824 + saving)) < 1e-12)
    // A case of 6,000: a recovery day brings nothing, a new patient's day 6,000 / 8.8.
    let perCase = Self.revenue(.perCase, 6000)
    #expect(abs(offer(perCase, queued: false) - expected(412 + saving)) < 1e-12)
    #expect(
      abs(offer(perCase, queued: true) - expected(6000 / 8.8 - 0.6 * 824 + 412 + saving)) < 1e-12)
    // A budget: a new patient is a cost; θ is the lead's part of a surplus.
    let member = Self.revenue(.feeForService, isBudgeted: true)
    #expect(
      abs(
        offer(member, queued: true, saving: 0.6, award: 50)
          - expected(-0.6 * 824 + 412 + 0.6 * (412 - 217.6) + 50)) < 1e-12)
    #expect(abs(offer(member, queued: false, saving: 0) - expected(412)) < 1e-12)
  }
}
