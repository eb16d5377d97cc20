// SPDX-License-Identifier: GPL-3.0-or-later

/// How money enters a choice; one form a run.
package enum MoneyForm: String, CaseIterable, BitwiseCopyable, Sendable {
  /// All that the person pays: b_c m OOP.
  case cost
  /// The rate of the fund and what is flat: m (b_r r + b_c flat). What a bill comes to does not
  /// count but for that.
  case share
}

/// Turns expected payments into CNY that a choice weighs by b_c.
///
/// In the share form a rate r is worth b_r / b_c CNY. Each tier and care class has beside it the
/// difference between the mean payments, at the base, that the two forms see: over the schemes by
/// their shares, for a person who has used nothing this year. Whatever the weight m, the mean money
/// utility of every tier is then the same in both forms, so the constants of the tiers and the
/// reference logsums of seeking, fitted under the cost form, serve both; what differs is between
/// persons, over the year, and under policies.
package struct MoneyTerms: Sendable {
  package let form: MoneyForm
  /// CNY that a rate of 1 is worth, by care class; negative, a gain.
  private var rateWorth = [Double](repeating: 0, count: CareClass.count)
  /// CNY, by care class and tier.
  private var shifts = [Double](repeating: 0, count: CareClass.count * Tier.count)

  package init(_ model: RegionModel) {
    form = model.choice.moneyForm
    guard form == .share else { return }
    for careClass in CareClass.allCases {
      let money =
        careClass == .admission ? model.choice.moneyInpatient : model.choice.moneyOutpatient
      // The reader has seen to it that money has a weight.
      rateWorth[careClass.row] = model.choice.rate / money
      for tier in Tier.allCases {
        shifts[careClass.row * Tier.count + tier.row] = shift(model, careClass, tier)
      }
    }
  }

  /// Mean over schemes of what the cost form sees less what the share form sees.
  private func shift(_ model: RegionModel, _ careClass: CareClass, _ tier: Tier) -> Double {
    let profile = model.tiers[tier]
    let isStay = careClass == .admission
    let bill = Money.bill(yuan: isStay ? profile.expectedStayBill : profile.expectedVisitBill)
    let sites = model.institutions.filter { $0.tier == tier }
    let settling =
      sites.isEmpty ? 1 : Double(sites.count { $0.settles }) / Double(sites.count)
    var shift = 0.0
    for (scheme, share) in model.population.schemeShares.enumerated() {
      var claim = InsuranceClaim(
        bill, scheme: UInt8(scheme), kind: isStay ? .inpatient : .outpatient, tier: tier.rawValue,
        year: 0)
      for (settles, part) in [(true, settling), (false, 1 - settling)] where part > 0 {
        claim.settles = settles
        let payment = model.plan.expectedPayment(for: claim, account: InsuranceAccount(year: 0))
        shift +=
          share * part
          * (payment.outOfPocket - payment.flat - payment.rate * rateWorth[careClass.row])
      }
    }
    return shift
  }

  /// CNY that count in the choice.
  ///
  /// - Parameter drugChange: what the drugs of the bill cost more than at the base.
  @inline(__always)
  package func term(
    _ payment: ExpectedPayment, drugChange: Money = .zero, _ careClass: CareClass, _ tier: Tier
  ) -> Double {
    if form == .cost { return payment.outOfPocket }
    return payment.flat + (1 - payment.rate) * drugChange.inYuan
      + payment.rate * rateWorth[careClass.row] + shifts[careClass.row * Tier.count + tier.row]
  }

  /// CNY that count in the choice of a purchase that the person paid for alone at the base.
  package func gain(
    _ payment: ExpectedPayment, from bill: Double, _ careClass: CareClass
  ) -> Double {
    form == .cost
      ? payment.outOfPocket - bill : payment.flat + payment.rate * rateWorth[careClass.row]
  }
}
