// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import Testing

/// Prices, points, budgets and awards by hand, to the fen.
@Suite struct PaymentArithmeticTests {
  static func yuan(_ amount: Double) -> Money { Money(yuan: amount) }

  // MARK: - Prices

  @Test("a price is by the day, by the case or by the group's weight, to the fen")
  func prices() {
    var weights = CaseWeights()
    weights.mild = 0.8
    weights.severe = 1.333
    weights.emergency = 1.5
    let day = SitePayment(.perDiem, price: Self.yuan(320.55))
    // 6.5 × 320.55 = 2,083.575: half a fen upwards.
    #expect(day.price(days: 6.5, .mild, isEmergency: false) == Money(fen: 208_358))
    let perCase = SitePayment(.perCase, price: Self.yuan(1834.2))
    #expect(perCase.price(days: 40, .severe, isEmergency: true) == Money(fen: 183_420))
    let drg = SitePayment(.drg, price: Self.yuan(6015), weights: weights)
    #expect(drg.price(days: 1, .mild, isEmergency: false) == Money(fen: 481_200))
    #expect(drg.price(days: 1, .moderate, isEmergency: false) == Money(fen: 601_500))
    // 6,015 × 1.333 = 8,017.995, upwards; × 1.5 = 12,026.9925.
    #expect(drg.price(days: 1, .severe, isEmergency: false) == Money(fen: 801_800))
    #expect(drg.price(days: 1, .severe, isEmergency: true) == Money(fen: 1_202_699))
  }

  @Test("the fund pays the price less what the patient paid, and never less than nothing")
  func fundPays() {
    let rule = SitePayment(.perCase, price: Self.yuan(6000))
    let price = rule.price(days: 8, .mild, isEmergency: false)
    // A bill of 5,000 of which the patient paid 1,850: the fund pays 4,150 for its part of 3,150, a
    // gain of 1,000. Of a bill of 9,000 with 3,050 paid: 2,950 for 5,950, a loss of 3,000.
    #expect(rule.fundPays(of: price, patientPaid: Self.yuan(1850)) == Self.yuan(4150))
    #expect(rule.fundPays(of: price, patientPaid: Self.yuan(3050)) == Self.yuan(2950))
    #expect(rule.fundPays(of: price, patientPaid: Self.yuan(6000.01)) == .zero)
  }

  // MARK: - Dividing

  @Test("an amount is divided to the fen, the odd fen by the largest remainders, then in order")
  func division() {
    #expect(
      Money(fen: 100).divided(by: [1, 1, 1]) == [Money(fen: 34), Money(fen: 33), Money(fen: 33)])
    // 6 : 3 : 1 of 0.99: 59.4, 29.7 and 9.9 fen.
    #expect(
      Money(fen: 99).divided(by: [6, 3, 1]) == [Money(fen: 59), Money(fen: 30), Money(fen: 10)])
    #expect(Money(fen: 5).divided(by: [0, 1, 0]) == [.zero, Money(fen: 5), .zero])
    #expect(Money(fen: 3).divided(by: [0, 0]) == [Money(fen: 2), Money(fen: 1)])
    #expect(Money.zero.divided(by: [1, 2]) == [.zero, .zero])
  }

  @Test("no fen is lost or made up in 100,000 random divisions, and no part is off by a whole one")
  func randomDivisions() {
    var draw = NestedLogitTests.stream("division")
    for _ in 0..<100_000 {
      let amount = Money(fen: Int64(draw.below(2_000_000_000)))
      let weights = (0...Int(draw.below(6))).map { _ in
        draw.below(5) == 0 ? 0 : draw.uniform()
      }
      let parts = amount.divided(by: weights)
      #expect(parts.reduce(.zero, +) == amount)
      let whole = weights.reduce(0, +)
      for (part, weight) in zip(parts, weights) where whole > 0 {
        #expect(abs(Double(part.fen) - Double(amount.fen) * weight / whole) < 1.000_1)
        #expect(part >= .zero && (weight > 0 || part == .zero))
      }
    }
  }

  // MARK: - Points

  @Test("the value of a point is the budget and what patients paid over the points")
  func pointValue() {
    var pool = PointPool(
      institutions: [4, 7], yearlyBudget: Self.yuan(100_000), yearShare: 1)
    // 1,000 points and 500, patients paid 30,000 and 20,000: (100,000 + 50,000) / 1,500 = 100.
    pool.add(at: 4, points: 400_000, patientPaid: Self.yuan(10_000), advanced: Self.yuan(34_000))
    pool.add(at: 4, points: 600_000, patientPaid: Self.yuan(20_000), advanced: Self.yuan(46_000))
    pool.add(at: 7, points: 500_000, patientPaid: Self.yuan(20_000), advanced: Self.yuan(20_000))
    pool.add(at: 9, points: 500_000, patientPaid: Self.yuan(20_000), advanced: Self.yuan(20_000))
    let settled = pool.settlement()
    #expect(settled.value == 100)
    #expect(settled.owed == [Self.yuan(70_000), Self.yuan(30_000)])
    // The first has had 80,000 and pays 10,000 back, the other gets 10,000 more.
    #expect(pool.endYear() == [Self.yuan(-10_000), Self.yuan(10_000)])
    #expect(pool.pointValue == 100)
    #expect(pool.points == [0, 0] && pool.budget == Self.yuan(100_000))
    // A year without a stay owes nothing, and the value of the last one stands.
    #expect(pool.endYear() == [.zero, .zero])
    #expect(pool.pointValue == 100)
  }

  @Test(
    "who took more from patients than its points are worth gets nothing, the budget is paid out")
  func pointsBelowNothing() {
    var pool = PointPool(institutions: [0, 1, 2], yearlyBudget: Self.yuan(900), yearShare: 1)
    pool.add(at: 0, points: 1000, patientPaid: Self.yuan(5000), advanced: .zero)
    pool.add(at: 1, points: 1000, patientPaid: Self.yuan(100), advanced: .zero)
    pool.add(at: 2, points: 2000, patientPaid: Self.yuan(200), advanced: .zero)
    // Without the first: (900 + 300) / 3 points = 400 each.
    let settled = pool.settlement()
    #expect(settled.owed == [.zero, Self.yuan(300), Self.yuan(600)])
    #expect(settled.value == 400)
  }

  @Test("a pool pays its budget to the fen, whatever was done")
  func randomPools() {
    var draw = NestedLogitTests.stream("points")
    for _ in 0..<2000 {
      let count = 1 + Int(draw.below(6))
      var pool = PointPool(
        institutions: Array(0..<count), yearlyBudget: Money(fen: Int64(draw.below(900_000_000))),
        yearShare: 1)
      var advanced = Money.zero
      for _ in 0..<20 {
        let paid = Money(fen: Int64(draw.below(2_000_000)))
        advanced += paid
        pool.add(
          at: Int(draw.below(UInt32(count))), points: 1 + Int64(draw.below(200_000)),
          patientPaid: Money(fen: Int64(draw.below(1_000_000))), advanced: paid)
      }
      let (owed, value) = pool.settlement()
      #expect(owed.allSatisfy { $0 >= .zero } && value > 0)
      #expect(owed.reduce(.zero, +) == pool.budget)
      let budget = pool.budget
      #expect(pool.endYear().reduce(advanced, +) == budget)
    }
  }

  // MARK: - Budgets

  static func budget(_ changes: [String: Double] = [:]) -> GlobalBudget {
    var settings = LeverSettings()
    settings.institutions = ["lead": [0], "members": [1, 2, 3]]
    settings.schemes = ["schemes": [0]]
    settings.numbers = [
      "fund-per-head": 500, "reserve": 0.05, "budget-share": 0.95, "retained": 1,
      "county-share": 0.6, "township-share": 0.3, "village-share": 0.1, "pressure-limit": 0.3,
      "shift-per-pressure": 0.3,
    ].merging(changes) { $1 }
    return GlobalBudget(settings)
  }

  static let tiers: [Tier] = [.county, .township, .township, .village]

  static func account(_ changes: [String: Double] = [:], heads: Int = 1000) -> BudgetAccount {
    BudgetAccount(budget(changes), heads: heads, tiers: tiers)
  }

  @Test("a year's budget by hand: fund, reserve, budget, advances, payments, surplus and its split")
  func surplusYear() {
    var account = Self.account()
    account.beginYear(2019, on: 0, days: 365, of: 365)
    for month in 0..<12 {
      account.beginMonth(month, on: 30 * month, monthsLeft: 12 - month, institutions: 6)
      account.pay(Self.yuan(20_000), to: 0, isInRegion: true, shifted: .zero)
      account.pay(Self.yuan(6000), to: 1, isInRegion: true, shifted: .zero)
      account.pay(Self.yuan(3000), to: 2, isInRegion: true, shifted: .zero)
      account.pay(Self.yuan(1000), to: 4, isInRegion: true, shifted: .zero)
      account.pay(Self.yuan(4000.5), to: 5, isInRegion: false, shifted: .zero)
    }
    // 1,000 heads at 500: 500,000; less 25,000; of the rest 0.95: 451,250. A twelfth, downwards to
    // the fen, is 37,604.16; the last month brings what is left.
    let year = account.years[0]
    #expect(year.fund == Self.yuan(500_000))
    #expect(year.reserve == Self.yuan(25_000))
    #expect(year.budget == Self.yuan(451_250))
    #expect(year.months[0].advance == Money(fen: 3_760_416))
    #expect(year.advanced == Self.yuan(451_250))
    #expect(year.months[3].members == Self.yuan(29_000))
    #expect(year.months[3].purchased == Self.yuan(1000))
    #expect(year.months[3].outOfArea == Self.yuan(4000.5))
    #expect(year.spent == Self.yuan(408_006))
    let shares = account.endYear()
    // 43,244 left: county 25,946.40; townships 12,973.20 as 2 to 1; the village clinic 4,324.40.
    #expect(account.years[0].surplus == Self.yuan(43_244))
    #expect(shares.map(\.institution) == [0, 1, 2, 3])
    #expect(
      shares.map(\.amount)
        == [Self.yuan(25_946.40), Self.yuan(8648.80), Self.yuan(4324.40), Self.yuan(4324.40)])
    #expect(account.balance == .zero && account.years[0].carriedOut == .zero)
  }

  @Test("a share that is not retained goes back to the fund")
  func retained() {
    var account = Self.account(["retained": 0.7, "fund-per-head": 1])
    account.beginYear(2019, on: 0, days: 365, of: 365)
    account.beginMonth(0, on: 0, monthsLeft: 1, institutions: 6)
    // 1,000 less 50, of it 0.95: 902.50. Of that 631.75 are kept and 270.75 go back; nobody was
    // paid, so the two townships share alike: 379.05, 94.7625 twice, 63.175.
    let shares = account.endYear().map(\.amount)
    #expect(account.years[0].returned == Self.yuan(270.75))
    #expect(
      shares == [Self.yuan(379.05), Money(fen: 9476), Money(fen: 9476), Money(fen: 6318)])
    #expect(account.balance == .zero)
  }

  @Test("an overspend is not topped up: it is carried on and taken off the next year's budget")
  func deficitYear() {
    var account = Self.account()
    account.beginYear(2019, on: 0, days: 365, of: 365)
    account.beginMonth(0, on: 0, monthsLeft: 1, institutions: 6)
    account.pay(Self.yuan(500_000), to: 0, isInRegion: true, shifted: .zero)
    #expect(account.endYear().isEmpty)
    #expect(account.years[0].carriedOut == Self.yuan(48_750))
    account.beginYear(2020, on: 365, days: 366, of: 366)
    #expect(account.years[1].carriedIn == Self.yuan(48_750))
    #expect(account.years[1].available == Self.yuan(402_500))
    account.beginMonth(12, on: 365, monthsLeft: 1, institutions: 6)
    account.pay(Self.yuan(400_000), to: 1, isInRegion: true, shifted: .zero)
    let shares = account.endYear()
    #expect(account.years[1].surplus == Self.yuan(2500))
    #expect(shares.reduce(.zero) { $0 + $1.amount } == Self.yuan(2500))
  }

  @Test("the rest of a year has the rest of its budget")
  func partYear() {
    var account = Self.account()
    // From 1 October of a common year: 92 of 365 days.
    account.beginYear(2019, on: 10, days: 92, of: 365)
    #expect(account.years[0].fund == Self.yuan(500_000.0 * 92 / 365))
    for month in 0..<3 {
      account.beginMonth(month, on: 10, monthsLeft: 3 - month, institutions: 6)
    }
    #expect(account.years[0].advanced == account.years[0].budget)
  }

  @Test("pressure is the overspend of the elapsed part, between nothing and the limit")
  func pressure() {
    func pressure(spent: Double, day: Int, limit: Double = 0.3) -> Double {
      var account = Self.account(["pressure-limit": limit])
      account.beginYear(2019, on: 100, days: 365, of: 365)
      account.beginMonth(0, on: 100, monthsLeft: 12, institutions: 6)
      account.pay(Self.yuan(spent), to: 0, isInRegion: true, shifted: .zero)
      return account.pressure(on: day)
    }
    // Of 451,250 a fifth of the year allows 90,250.
    #expect(pressure(spent: 90_250, day: 173) == 0)
    #expect(abs(pressure(spent: 99_275, day: 173) - 0.1) < 1e-12)
    #expect(pressure(spent: 80_000, day: 173) == 0)
    #expect(pressure(spent: 200_000, day: 173) == 0.3)
    #expect(pressure(spent: 200_000, day: 173, limit: 0) == 0)
    #expect(pressure(spent: 200_000, day: 100) == 0)
    // Nothing left to spend presses as far as it goes.
    var account = Self.account(["fund-per-head": 1])
    account.beginYear(2019, on: 0, days: 365, of: 365)
    account.beginMonth(0, on: 0, monthsLeft: 1, institutions: 6)
    account.pay(Self.yuan(10_000), to: 0, isInRegion: true, shifted: .zero)
    _ = account.endYear()
    account.beginYear(2020, on: 365, days: 366, of: 366)
    #expect(account.pressure(on: 370) == 0.3)
  }

  @Test("a group without members leaves its part of a surplus to the others")
  func missingGroup() {
    var settings = LeverSettings()
    settings.institutions = ["lead": [0], "members": [1]]
    settings.schemes = ["schemes": [0]]
    settings.numbers = Self.budget().numbersForTests
    var account = BudgetAccount(GlobalBudget(settings), heads: 1000, tiers: [.county, .township])
    account.beginYear(2019, on: 0, days: 365, of: 365)
    account.beginMonth(0, on: 0, monthsLeft: 1, institutions: 2)
    // 0.6 to 0.3 of 451,250.
    #expect(account.endYear().map(\.amount) == [Money(fen: 30_083_333), Money(fen: 15_041_667)])
  }

  @Test("an account holds what came in less what went out, over 2,000 random years")
  func randomAccounts() {
    var draw = NestedLogitTests.stream("accounts")
    for _ in 0..<200 {
      var account = Self.account([
        "fund-per-head": 1000 * draw.uniform(), "retained": draw.uniform(),
      ])
      var given = Money.zero
      for year in 0..<10 {
        account.beginYear(Int16(2019 + year), on: 365 * year, days: 365, of: 365)
        #expect(account.years[year].carriedIn == max(.zero, Money.zero - account.balance))
        for month in 0..<12 {
          account.beginMonth(
            12 * year + month, on: 365 * year + 30 * month, monthsLeft: 12 - month,
            institutions: 6)
          for _ in 0..<3 {
            let site = Int(draw.below(6))
            let amount = Money(fen: Int64(draw.below(3_000_000)))
            given += amount
            account.pay(amount, to: site, isInRegion: site < 5, shifted: .zero)
          }
        }
        #expect(account.years[year].advanced == account.years[year].budget)
        let before = account.balance
        let shares = account.endYear().reduce(Money.zero) { $0 + $1.amount }
        let ended = account.years[year]
        #expect(shares + ended.returned == max(.zero, before))
        #expect(ended.carriedOut == max(.zero, Money.zero - before))
        #expect(ended.surplus == .zero || ended.carriedOut == .zero)
      }
      #expect(account.paid == given)
      #expect(account.years.reduce(.zero) { $0 + $1.spent } == given)
    }
  }

  // MARK: - Assessment

  static func assessment(_ changes: [String: Double] = [:]) -> PerformanceAssessment {
    var settings = LeverSettings()
    settings.institutions = ["institutions": [2, 5, 6, 8]]
    settings.numbers = [
      "withheld": 0.05, "down-weight": 2, "down-target": 100, "up-weight": 1, "up-target": 50,
      "drug-weight": 1, "drug-target": 0.3, "first-grade": 0.9, "second-grade": 0.75,
      "third-grade": 0.6, "first-share": 4, "second-share": 3, "third-share": 2,
      "referral-response": 0.01,
    ].merging(changes) { $1 }
    return PerformanceAssessment(settings)
  }

  @Test("a score is the weighted mean of what was reached; grades share the rest 4 : 3 : 2")
  func scores() {
    var account = AssessmentAccount(Self.assessment(), startDay: 0)
    func record(_ down: Int64, _ up: Int64, _ drugs: Int64) -> AssessmentAccount.Record {
      var record = AssessmentAccount.Record()
      record.withheld = Self.yuan(10_000)
      (record.down, record.up, record.drugs, record.billed) = (down, up, drugs, 1000)
      return record
    }
    account.records = [
      record(120, 50, 200), record(80, 25, 300), record(50, 50, 600), record(0, 0, 600),
    ]
    // (2 · 1 + 1 + 1) / 4; (1.6 + 0.5 + 1) / 4; (1 + 1 + 0.5) / 4; (0 + 0 + 0.5) / 4.
    #expect(account.scores(yearShare: 1) == [1, 0.775, 0.625, 0.125])
    let settled = account.settlement(yearShare: 1)
    // Returned 10,000, 7,750, 6,250 and 1,250; the other 14,750 as 4 : 3 : 2 : 0.
    #expect(
      settled.paid == [
        Money(fen: 1_000_000 + 655_555), Money(fen: 775_000 + 491_667),
        Money(fen: 625_000 + 327_778), Money(fen: 125_000),
      ])
    #expect(settled.toFund == .zero)
    // Nobody earns an award: the rest goes back.
    account.records = [record(0, 0, 900), record(0, 0, 900), record(0, 0, 900), record(0, 0, 900)]
    let poor = account.settlement(yearShare: 1)
    #expect(poor.paid.reduce(.zero, +) + poor.toFund == Self.yuan(40_000))
    #expect(poor.toFund > .zero)
  }

  @Test("a referral is worth its part of what is withheld, until the target is reached")
  func worth() {
    var account = AssessmentAccount(Self.assessment(), startDay: 0)
    account.records[1].withheld = Self.yuan(5000)
    // Half a year: 10,000 a year, of which half hangs on 100 patients down, a quarter on 50 up.
    #expect(abs(account.worth(at: 5, on: 183).down - 10_000 * 182.5 / 183 * 0.5 / 100) < 1e-9)
    #expect(abs(account.worth(at: 5, on: 183).up - 10_000 * 182.5 / 183 * 0.25 / 50) < 1e-9)
    account.records[1].down = 60
    #expect(account.worth(at: 5, on: 183).down == 0)
    #expect(account.worth(at: 5, on: 0).up == 0)
    #expect(account.worth(at: 3, on: 183).up == 0)
  }
}

extension GlobalBudget {
  /// The settings that the tests' budget is made of.
  fileprivate var numbersForTests: [String: Double] {
    [
      "fund-per-head": fundPerHead, "reserve": reserveShare, "budget-share": budgetShare,
      "retained": retainedShare, "county-share": countyShare, "township-share": townshipShare,
      "village-share": villageShare, "pressure-limit": pressureLimit,
      "shift-per-pressure": shiftPerPressure,
    ]
  }
}
