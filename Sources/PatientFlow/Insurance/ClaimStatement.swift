// SPDX-License-Identifier: GPL-3.0-or-later

/// One bill with every step of its division: what a clerk would write on the patient's statement.
package struct ClaimStatement: Sendable {
  package let claim: InsuranceClaim
  /// By which the bill was divided, a breach of the catalogue included.
  package let rule: BenefitRule
  package let settlement: Settlement
  package let before: InsuranceAccount
  package let after: InsuranceAccount
  /// What the patient would owe of a bill without end before the fund pays.
  package let deductibleDue: Money
  /// What the ceiling leaves; `nil` where there is none.
  package let ceilingLeft: Money?
  /// Of what is in the catalogue: drugs that a drug cover settles.
  package let drugsUnderCover: Money
  /// What the fund pays by rate, of the fee.
  package let share: Money
  package let feePaid: Money

  /// What is in the catalogue without drugs under a cover, less the deductible.
  package var base: Money {
    settlement.eligible - drugsUnderCover - settlement.deductible
  }
}

extension InsurancePlan {
  /// Settles a claim and says how.
  package func state(
    _ claim: InsuranceClaim, account: inout InsuranceAccount
  ) -> ClaimStatement {
    let rule = rule(for: claim)
    let before = account.turned(to: claim.year, month: claim.month)
    let division = divide(claim, under: rule, account: before)
    let due: Int64
    let paid: Int32
    switch claim.kind {
    case .outpatient:
      due = max(0, rule.deductible.fen - Int64(before.outpatientDeductibleUsed))
      paid = before.outpatientFundPaid
    case .inpatient:
      let spell = self[spellOf: claim.scheme]
      due = spell.deductibleDue(
        of: rule, stage: spell.stage(claim.stage, isInsideGroup: claim.isInsideGroup),
        account: before)
      paid = before.inpatientFundPaid
    }
    let settlement = settle(claim, account: &account)
    return ClaimStatement(
      claim: claim, rule: rule, settlement: settlement, before: before, after: account,
      deductibleDue: Money(fen: due),
      ceilingLeft: rule.annualCeiling == .unlimited
        ? nil : Money(fen: max(0, rule.annualCeiling.fen - Int64(paid))),
      drugsUnderCover: Money(fen: division.drugsEligible), share: Money(fen: division.share),
      feePaid: Money(fen: division.fee))
  }
}
