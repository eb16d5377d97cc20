// SPDX-License-Identifier: GPL-3.0-or-later

/// What all schemes pay: a flat table of benefit rules by scheme, kind of care, tier and referral,
/// and what schemes have beside it.
///
/// Schemes and tiers are numbered from 0 by whoever builds the plan. A policy that changes rates or
/// deductibles changes rows of a copy.
package struct InsurancePlan: Sendable, Equatable {
  package let schemes: Int
  package let tiers: Int
  private var rules: [BenefitRule]
  private(set) var spells: [SpellRule]
  /// Drug covers of chronic patients; at most eight.
  package private(set) var drugCovers: [DrugCover] = []
  private(set) var majorIllness: [MajorIllnessCover]
  private(set) var hasMajorIllness = false

  /// A plan under which everybody pays everything, to be filled.
  package init(schemes: Int, tiers: Int) {
    precondition((1...256).contains(schemes), "a plan has 1 to 256 schemes")
    precondition((1...256).contains(tiers), "a plan has 1 to 256 tiers")
    self.schemes = schemes
    self.tiers = tiers
    rules = Array(repeating: .withoutBenefit, count: schemes * tiers * 4)
    spells = Array(repeating: SpellRule(), count: schemes)
    majorIllness = Array(repeating: MajorIllnessCover(), count: schemes)
  }

  package subscript(
    scheme scheme: UInt8, kind kind: CareKind, tier tier: UInt8, referred referred: Bool
  ) -> BenefitRule {
    get { rules[row(scheme, kind, tier, referred)] }
    set { rules[row(scheme, kind, tier, referred)] = newValue }
  }

  /// How a scheme treats the deductible of a spell of several stays.
  package subscript(spellOf scheme: UInt8) -> SpellRule {
    get { spells[Int(scheme)] }
    set { spells[Int(scheme)] = newValue }
  }

  /// How a scheme treats the deductible of a spell that continues at a lower institution.
  package subscript(downTransferOf scheme: UInt8) -> TransferDeductible {
    get { spells[Int(scheme)].down }
    set { spells[Int(scheme)].down = newValue }
  }

  /// What a scheme repays of payments that mount up in a year.
  package subscript(majorIllnessOf scheme: UInt8) -> MajorIllnessCover {
    get { majorIllness[Int(scheme)] }
    set {
      majorIllness[Int(scheme)] = newValue
      hasMajorIllness = majorIllness.contains { !$0.bands.isEmpty }
    }
  }

  /// - Returns: The bit by which claims name the cover.
  @discardableResult
  package mutating func add(_ cover: DrugCover) -> UInt8 {
    precondition(drugCovers.count < 8, "a plan has at most eight drug covers")
    drugCovers.append(cover)
    return 1 << UInt8(drugCovers.count - 1)
  }

  /// The rule by which a claim is settled, a breach of the catalogue included.
  @inline(__always)
  package func rule(for claim: InsuranceClaim) -> BenefitRule {
    guard claim.settles else { return .withoutBenefit }
    var rule = rules[row(claim.scheme, claim.kind, claim.tier, claim.isReferred)]
    if claim.rateCut != .none { rule.rate = rule.rate.less(claim.rateCut) }
    return rule
  }

  /// What a bill would cost whom, without booking it: an estimate before a choice is made.
  package func quote(_ claim: InsuranceClaim, account: InsuranceAccount) -> Settlement {
    divide(
      claim, under: rule(for: claim), account: account.turned(to: claim.year, month: claim.month)
    ).settlement(of: claim)
  }

  /// Divides a bill and books in the account what is to be remembered of it.
  ///
  /// A stay is settled when it ends, in the year of its end; a spell of several stays is settled
  /// stay by stay, each in the institution that it ends in.
  package func settle(_ claim: InsuranceClaim, account: inout InsuranceAccount) -> Settlement {
    settle(claim, under: rule(for: claim), account: &account)
  }

  /// Divides and books a bill under a rule that is not the plan's own.
  package func settle(
    _ claim: InsuranceClaim, under rule: BenefitRule, account: inout InsuranceAccount
  ) -> Settlement {
    account = account.turned(to: claim.year, month: claim.month)
    let division = divide(claim, under: rule, account: account)
    account.book(
      division, kind: claim.kind,
      stage: spells[Int(claim.scheme)].stage(claim.stage, isInsideGroup: claim.isInsideGroup))
    return division.settlement(of: claim)
  }

  private func row(_ scheme: UInt8, _ kind: CareKind, _ tier: UInt8, _ referred: Bool) -> Int {
    precondition(Int(scheme) < schemes && Int(tier) < tiers, "a scheme and tier of this plan")
    return ((Int(scheme) * tiers + Int(tier)) * 2 + Int(kind.rawValue)) * 2 + (referred ? 1 : 0)
  }
}
