// SPDX-License-Identifier: GPL-3.0-or-later

extension InsurancePlan {
  /// Divides a bill between the patient and the fund.
  ///
  /// With C the charges in the catalogue, E = eligible share × C; the deductible is min(due, E); the
  /// fund pays min(rate × (E − deductible), what is left under the ceiling), rounded half up to the
  /// fen, and its flat part of the fee; the patient pays the rest. E and the deductible enter that
  /// product unrounded; only what the account remembers of the deductible is in whole fen. Drugs of
  /// a chronic patient are taken out first where a drug cover pays more, and major-illness cover
  /// repays last.
  ///
  /// - Parameter account: as it stands in the year and month of the claim.
  func divide(
    _ claim: InsuranceClaim, under rule: BenefitRule, account: InsuranceAccount
  ) -> BillDivision {
    precondition(claim.charges.fen >= 0 && claim.fee.fen >= 0, "a bill is not negative")
    precondition(claim.charges.fen < 900_000_000, "a bill stays below nine million yuan")
    var division = ordinary(claim, claim.charges, under: rule, account: account)
    if claim.drugCovers != 0 && claim.conditions != 0 {
      coverDrugs(claim, under: rule, account: account, &division)
    }
    if majorIllnessCounts(claim) {
      division.burden = max(0, division.eligible - division.share - division.drugs)
      if hasMajorIllness { repay(claim, account: account, &division) }
    }
    if claim.penaltyShare != .none {
      division.penalty = Money(fen: division.share).share(claim.penaltyShare).fen
    }
    return division
  }

  /// The division of so much of a claim's charges by rule alone.
  @inline(__always)
  private func ordinary(
    _ claim: InsuranceClaim, _ charges: Money, under rule: BenefitRule, account: InsuranceAccount
  ) -> BillDivision {
    let whole = BillShare.whole
    let paid: Int64
    let due: Int64
    switch claim.kind {
    case .outpatient:
      paid = Int64(account.outpatientFundPaid)
      due = max(0, rule.deductible.fen - Int64(account.outpatientDeductibleUsed))
    case .inpatient:
      paid = Int64(account.inpatientFundPaid)
      let spell = spells[Int(claim.scheme)]
      due = spell.deductibleDue(
        of: rule, stage: spell.stage(claim.stage, isInsideGroup: claim.isInsideGroup),
        account: account)
    }
    // In hundred-thousandths of a fen.
    let inCatalogue = max(0, charges.fen - claim.outsideCatalogue.fen)
    let eligible = inCatalogue * Int64(rule.eligibleShare.hundredThousandths)
    let isBeyond = due * whole < eligible
    var division = BillDivision()
    division.eligible = (eligible + whole / 2) / whole
    division.deductible = isBeyond ? due : division.eligible
    if isBeyond {
      let product = (eligible - due * whole) * Int64(rule.rate.hundredThousandths)
      let share = (product + whole * whole / 2) / (whole * whole)
      division.share = min(share, max(0, rule.annualCeiling.fen - paid))
    }
    division.fee = min(rule.feePaid.fen, claim.fee.fen)
    return division
  }

  /// Takes the drugs out of a bill and settles them under the drug cover that pays most, if the fund
  /// then pays more in all.
  @inline(never)
  private func coverDrugs(
    _ claim: InsuranceClaim, under rule: BenefitRule, account: InsuranceAccount,
    _ division: inout BillDivision
  ) {
    guard claim.settles, claim.drugs > .zero else { return }
    precondition(claim.drugs <= claim.charges, "drugs are part of the charges")
    let rest = ordinary(claim, claim.charges - claim.drugs, under: rule, account: account)
    for (place, cover) in drugCovers.enumerated()
    where claim.drugCovers & 1 << UInt8(place) != 0
      && cover.covers(scheme: claim.scheme, conditions: claim.conditions)
    {
      let left = cover.left(
        conditions: claim.conditions, months: claim.monthsOfDrugs, account: account)
      let eligible = claim.drugs.fen * Int64(cover.eligibleShare.hundredThousandths)
      let product = eligible * Int64(cover.rate.hundredThousandths)
      let whole = BillShare.whole
      let paid = min((product + whole * whole / 2) / (whole * whole), left.fen)
      guard rest.fund + paid > division.fund else { continue }
      division = rest
      division.drugsEligible = (eligible + whole / 2) / whole
      division.eligible += division.drugsEligible
      division.drugs = paid
    }
  }

  /// Payments after a breach, or where nobody settles, do not mount up.
  @inline(__always)
  private func majorIllnessCounts(_ claim: InsuranceClaim) -> Bool {
    claim.settles && !claim.isBreach
      && (claim.kind == .inpatient || majorIllness[Int(claim.scheme)].countsVisits)
  }

  @inline(never)
  private func repay(
    _ claim: InsuranceClaim, account: InsuranceAccount, _ division: inout BillDivision
  ) {
    let cover = majorIllness[Int(claim.scheme)]
    let before = Money(fen: Int64(account.burden))
    let after = before + Money(fen: division.burden)
    division.repaid = (cover.repaid(of: after) - cover.repaid(of: before)).fen
  }
}
