// SPDX-License-Identifier: GPL-3.0-or-later

/// The benefit rules of all schemes: a flat table by scheme, kind of care, tier and referral.
///
/// Schemes and tiers are numbered from 0 by whoever builds the plan. A policy that changes rates or
/// deductibles changes rows of a copy.
package struct InsurancePlan: Sendable, Equatable {
  package let schemes: Int
  package let tiers: Int
  private var rules: [BenefitRule]
  private var downTransfers: [DownTransferDeductible]

  /// A plan under which everybody pays everything, to be filled.
  package init(schemes: Int, tiers: Int) {
    precondition((1...256).contains(schemes), "a plan has 1 to 256 schemes")
    precondition((1...256).contains(tiers), "a plan has 1 to 256 tiers")
    self.schemes = schemes
    self.tiers = tiers
    rules = Array(repeating: .withoutBenefit, count: schemes * tiers * 4)
    downTransfers = Array(repeating: .recharged, count: schemes)
  }

  package subscript(
    scheme scheme: UInt8, kind kind: CareKind, tier tier: UInt8, referred referred: Bool
  ) -> BenefitRule {
    get { rules[row(scheme, kind, tier, referred)] }
    set { rules[row(scheme, kind, tier, referred)] = newValue }
  }

  /// How a scheme treats the deductible of a spell that continues at a lower institution.
  package subscript(downTransferOf scheme: UInt8) -> DownTransferDeductible {
    get { downTransfers[Int(scheme)] }
    set { downTransfers[Int(scheme)] = newValue }
  }

  /// What a bill would cost whom, without booking it: an estimate before a choice is made.
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
    quote(
      bill, fee: fee, under: rules[row(scheme, kind, tier, referred)], scheme: scheme, kind: kind,
      stage: stage, account: account, year: year)
  }

  /// What a bill would cost whom under a rule that is not the plan's own: a penalty for leaving out
  /// the catalogue, an institution that cannot settle.
  package func quote(
    _ bill: Money, fee: Money = .zero, under rule: BenefitRule, scheme: UInt8, kind: CareKind,
    stage: SpellStage = .admission, account: InsuranceAccount, year: Int16
  ) -> Settlement {
    rule.settlement(
      of: bill, fee: fee, kind: kind, stage: stage, downTransfer: downTransfers[Int(scheme)],
      account: account.turned(to: year))
  }

  /// Divides a bill and books the deductible and the fund's share in the account.
  ///
  /// A stay is settled when it ends, in the year of its end; a spell of several stays is settled
  /// stay by stay, each in the institution that it ends in.
  package func settle(
    _ bill: Money, fee: Money = .zero, scheme: UInt8, kind: CareKind, tier: UInt8, referred: Bool,
    stage: SpellStage = .admission, account: inout InsuranceAccount, year: Int16
  ) -> Settlement {
    settle(
      bill, fee: fee, under: rules[row(scheme, kind, tier, referred)], scheme: scheme, kind: kind,
      stage: stage, account: &account, year: year)
  }

  /// Divides and books a bill under a rule that is not the plan's own.
  package func settle(
    _ bill: Money, fee: Money = .zero, under rule: BenefitRule, scheme: UInt8, kind: CareKind,
    stage: SpellStage = .admission, account: inout InsuranceAccount, year: Int16
  ) -> Settlement {
    account = account.turned(to: year)
    let settlement = rule.settlement(
      of: bill, fee: fee, kind: kind, stage: stage, downTransfer: downTransfers[Int(scheme)],
      account: account)
    account.book(
      kind: kind, stage: stage, deductible: settlement.deductible.fen,
      share: settlement.fund.fen - min(rule.feePaid.fen, fee.fen))
    return settlement
  }

  private func row(_ scheme: UInt8, _ kind: CareKind, _ tier: UInt8, _ referred: Bool) -> Int {
    precondition(Int(scheme) < schemes && Int(tier) < tiers, "a scheme and tier of this plan")
    return ((Int(scheme) * tiers + Int(tier)) * 2 + Int(kind.rawValue)) * 2 + (referred ? 1 : 0)
  }
}
