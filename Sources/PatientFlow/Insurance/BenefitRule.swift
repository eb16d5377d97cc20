// SPDX-License-Identifier: GPL-3.0-or-later

/// What is settled: visits by the year's deductible, stays by the deductible of each spell.
package enum CareKind: UInt8, Hashable, Sendable, BitwiseCopyable, CaseIterable {
  case outpatient, inpatient
}

/// What a scheme pays for one kind of care at one tier, with or without a referral.
package struct BenefitRule: Hashable, Sendable, BitwiseCopyable {
  /// Outpatient: what the patient pays first in each year. Inpatient: in each spell.
  /// At most nine million yuan.
  package var deductible: Money
  /// Inpatient: the deductible of the second and later spells of a year.
  package var laterDeductible: Money
  /// The most that the fund pays in a year for this kind of care, before this rule pays no more.
  /// What was paid under other rules of the same kind counts against it.
  package var annualCeiling: Money
  /// The most that the fund pays of the flat service fee of a visit; neither deductible nor ceiling
  /// touches it.
  package var feePaid: Money
  /// The fund's share of what is eligible beyond the deductible.
  package var rate: BillShare
  /// The share of a bill that the scheme's catalogue covers.
  package var eligibleShare: BillShare

  package init(
    deductible: Money, laterDeductible: Money? = nil, rate: BillShare,
    annualCeiling: Money = .unlimited, eligibleShare: BillShare = BillShare(0.9),
    feePaid: Money = .zero
  ) {
    let allowed = Money.zero...Money(yuan: 9_000_000)
    precondition(allowed.contains(deductible), "a deductible is at most nine million yuan")
    precondition(
      laterDeductible.map(allowed.contains) ?? true, "a deductible is at most nine million yuan")
    precondition(annualCeiling >= .zero, "a ceiling is not negative")
    precondition(feePaid >= .zero, "a fee paid is not negative")
    self.deductible = deductible
    self.laterDeductible = laterDeductible ?? deductible
    self.rate = rate
    self.annualCeiling = annualCeiling
    self.eligibleShare = eligibleShare
    self.feePaid = feePaid
  }

  /// The patient pays everything: no scheme, or an institution that cannot settle.
  package static let withoutBenefit = BenefitRule(
    deductible: .zero, rate: .none, annualCeiling: .zero, eligibleShare: .none)
}
