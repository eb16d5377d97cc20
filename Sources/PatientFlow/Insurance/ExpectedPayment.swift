// SPDX-License-Identifier: GPL-3.0-or-later

/// What a person expects to pay for a mean bill, whole and in the two parts that the share form of
/// choice tells apart.
package struct ExpectedPayment: BitwiseCopyable, Sendable {
  /// CNY of his own, all told.
  package var outOfPocket: Double
  /// The fund's share of charges beyond the deductible: eligible share times rate, less where a
  /// ceiling cuts it; 0 where the deductible takes all that is eligible.
  package var rate: Double
  /// CNY that do not grow with the bill: the fee that is the patient's, and the deductible due.
  package var flat: Double

  package init(outOfPocket: Double, rate: Double, flat: Double) {
    self.outOfPocket = outOfPocket
    self.rate = rate
    self.flat = flat
  }
}

extension InsurancePlan {
  /// CNY that the patient of a claim expects to pay.
  @inline(__always)  // the flow's hottest question
  package func expectedOutOfPocket(
    for claim: InsuranceClaim, account: InsuranceAccount
  ) -> Double {
    let division = divide(
      claim, under: rule(for: claim), account: account.turned(to: claim.year, month: claim.month))
    return Money(fen: claim.charges.fen + claim.fee.fen - division.fund).inYuan
  }

  /// The same with the parts that the share form of choice tells apart.
  package func expectedPayment(
    for claim: InsuranceClaim, account: InsuranceAccount
  ) -> ExpectedPayment {
    let rule = rule(for: claim)
    let division = divide(
      claim, under: rule, account: account.turned(to: claim.year, month: claim.month))
    let patient = claim.charges.fen + claim.fee.fen - division.fund
    // Beyond the deductible everything is proportional to what lies beyond; so the ceiling and the
    // covers enter as the shares that they come to on this bill.
    let beyond = Double(division.eligible - division.deductible)
    let paid = Double(division.share + division.drugs + division.repaid)
    let inCatalogue = Double(claim.charges.fen - claim.outsideCatalogue.fen)
    let rate =
      beyond > 0 && inCatalogue > 0 ? paid / beyond * Double(division.eligible) / inCatalogue : 0
    return ExpectedPayment(
      outOfPocket: Money(fen: patient).inYuan, rate: rate,
      flat: Double(claim.fee.fen - division.fee + division.deductible) / 100)
  }
}
