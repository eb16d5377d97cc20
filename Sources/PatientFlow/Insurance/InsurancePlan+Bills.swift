// SPDX-License-Identifier: GPL-3.0-or-later

/// Bills of which nothing but the amount, the place and the way there is to be said.
extension InsurancePlan {
  /// What a bill would cost whom, without booking it.
  ///
  /// - Parameters:
  ///   - bill: Without the fee; not negative, below 9 million yuan.
  ///   - fee: The flat service fee of a visit.
  ///   - stage: Of inpatient care; outpatient care has none.
  ///   - year: Of the settlement; an account of an earlier year counts as unused.
  package func quote(
    _ bill: Money, fee: Money = .zero, scheme: UInt8, kind: CareKind, tier: UInt8, referred: Bool,
    stage: SpellStage = .admission, account: InsuranceAccount, year: Int16
  ) -> Settlement {
    var claim = InsuranceClaim(bill, scheme: scheme, kind: kind, tier: tier, year: year)
    claim.fee = fee
    claim.isReferred = referred
    claim.stage = stage
    return quote(claim, account: account)
  }

  /// What a bill would cost whom under a rule that is not the plan's own.
  package func quote(
    _ bill: Money, fee: Money = .zero, under rule: BenefitRule, scheme: UInt8, kind: CareKind,
    stage: SpellStage = .admission, account: InsuranceAccount, year: Int16
  ) -> Settlement {
    var account = account
    return settle(
      bill, fee: fee, under: rule, scheme: scheme, kind: kind, stage: stage, account: &account,
      year: year)
  }

  /// Divides a bill and books it.
  package func settle(
    _ bill: Money, fee: Money = .zero, scheme: UInt8, kind: CareKind, tier: UInt8, referred: Bool,
    stage: SpellStage = .admission, account: inout InsuranceAccount, year: Int16
  ) -> Settlement {
    var claim = InsuranceClaim(bill, scheme: scheme, kind: kind, tier: tier, year: year)
    claim.fee = fee
    claim.isReferred = referred
    claim.stage = stage
    return settle(claim, account: &account)
  }

  /// Divides and books a bill under a rule that is not the plan's own.
  package func settle(
    _ bill: Money, fee: Money = .zero, under rule: BenefitRule, scheme: UInt8, kind: CareKind,
    stage: SpellStage = .admission, account: inout InsuranceAccount, year: Int16
  ) -> Settlement {
    var claim = InsuranceClaim(bill, scheme: scheme, kind: kind, tier: 0, year: year)
    claim.fee = fee
    claim.stage = stage
    return settle(claim, under: rule, account: &account)
  }
}
