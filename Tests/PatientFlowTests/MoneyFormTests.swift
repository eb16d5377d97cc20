// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import SimulationKernel
import Testing

/// Money in choice as what is paid, and as a rate with what is flat.
@Suite struct MoneyFormTests {
  static let share = ["money-form=share"]

  /// Mean over the schemes, at the base, of the CNY that count in a choice.
  static func meanTerm(_ model: RegionModel, _ careClass: CareClass, _ tier: Tier) -> Double {
    let terms = MoneyTerms(model)
    let profile = model.tiers[tier]
    let isStay = careClass == .admission
    let yuan =
      isStay
      ? profile.acuteDays * profile.acuteDayBill + profile.recoveryDays * profile.recoveryDayBill
      : profile.visitBill + profile.examProbability * profile.examFee
    return model.population.schemeShares.enumerated().reduce(0) { sum, scheme in
      let claim = InsuranceClaim(
        Money(yuan: yuan), scheme: UInt8(scheme.offset), kind: isStay ? .inpatient : .outpatient,
        tier: tier.rawValue, year: 2019)
      let payment = model.plan.expectedPayment(
        for: claim, account: InsuranceAccount(year: 2019))
      return sum + scheme.element * terms.term(payment, careClass, tier)
    }
  }

  @Test("at the base the mean payment of each tier counts the same in both forms")
  func base() throws {
    let cost = try TestRegion.read().model
    let share = try TestRegion.read(Self.share).model
    for careClass in CareClass.allCases {
      for tier in Tier.allCases {
        let means = (Self.meanTerm(cost, careClass, tier), Self.meanTerm(share, careClass, tier))
        #expect(abs(means.0 - means.1) < 1e-8)
      }
    }
  }

  @Test("runs of both forms agree in level at the base")
  func level() throws {
    // What is left is between schemes and over the year. Three runs, 11,000 visits under common
    // random numbers: visits within 3 %, primary share within 3 points.
    var visits = (cost: 0.0, share: 0.0)
    var primary = (cost: 0.0, share: 0.0)
    for replication in 1...3 as ClosedRange<UInt32> {
      let cost = try TestRegion.read().runWhole(replication: replication)
      let share = try TestRegion.read(Self.share).runWhole(replication: replication)
      visits.cost += try cost.value("visits")
      visits.share += try share.value("visits")
      primary.cost += try cost.value("primary-visit-share") / 3
      primary.share += try share.value("primary-visit-share") / 3
    }
    #expect(abs(visits.share / visits.cost - 1) < 0.03)
    #expect(abs(primary.share - primary.cost) < 0.03)
  }

  /// CNY that count at an institution for a person of a scheme, after policies have begun.
  static func term(_ settings: [String], _ site: String, _ careClass: CareClass = .outpatient)
    throws -> Double
  {
    let region = try TestRegion.read(settings)
    let domain = try PriceLeverTests.domain(settings)
    let number = region.begin().site(site)
    let resident = PriceLeverTests.resident(domain, scheme: 0, age: 1)
    return domain.moneyTerm(at: number, resident, careClass)
  }

  @Test("an exam fee counts in what is paid alone, a drug's price and a flat fee in both")
  func prices() throws {
    func change(_ policy: String, _ site: String, _ form: [String]) throws -> Double {
      try Self.term(form + TestRegion.inForce([policy]), site) - Self.term(form, site)
    }
    // County: a rate of 0.2 of 0.9 of the bill. Exams fall by 12.60, of which 0.82 are the person's.
    #expect(try abs(change("exams", "county-hospital", []) + 0.82 * 12.60) < 0.011)
    #expect(try abs(change("exams", "county-hospital", Self.share)) < 0.02)
    // Village: 0.6 of 0.9; drugs fall by 4.39, of which 0.46 are the person's.
    #expect(try abs(change("volume", "ford-east", []) + 0.46 * 4.39) < 0.011)
    #expect(try abs(change("volume", "ford-east", Self.share) + 0.46 * 4.39) < 0.03)
    // 10 of a fee of 30 are the person's.
    for form in [[], Self.share] {
      #expect(try abs(change("fee", "county-hospital", form) - 10) < 1e-9)
    }
    // Ten points more of the rate at a village: of 0.9 × 45.00 in the one form, and 0.09 of a rate
    // worth 1.02 / 0.006 = 170 in the other.
    #expect(try abs(change("rates", "ford-east", []) + 4.05) < 0.011)
    #expect(try abs(change("rates", "ford-east", Self.share) + 0.09 * 170) < 0.05)
  }
}
