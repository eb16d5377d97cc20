// SPDX-License-Identifier: GPL-3.0-or-later

/// How one bill is divided; `fund + patient == bill`, to the fen.
package struct Settlement: Hashable, Sendable, BitwiseCopyable {
  /// All that the institution charges: the bill and the flat service fee.
  package var bill: Money
  /// What the scheme's catalogue covers of the bill, to the nearest fen (half up).
  package var eligible: Money
  /// What the patient pays of it first, to the nearest fen (half up).
  package var deductible: Money
  package var fund: Money
  package var patient: Money

  package init(bill: Money, eligible: Money, deductible: Money, fund: Money, patient: Money) {
    self.bill = bill
    self.eligible = eligible
    self.deductible = deductible
    self.fund = fund
    self.patient = patient
  }
}

extension BenefitRule {
  /// Divides a bill between the patient and the fund.
  ///
  /// With C the bill, E = eligible share × C; the deductible is min(due, E); the fund pays
  /// min(rate × (E − deductible), what is left under the ceiling), rounded half up to the fen, and
  /// its flat part of the fee; the patient pays the rest. E and the deductible enter that product
  /// unrounded; only what the account remembers of the deductible is in whole fen.
  ///
  /// - Parameters:
  ///   - bill: C, without the fee; not negative, below 9 million yuan.
  ///   - fee: The flat service fee of a visit.
  ///   - account: As it stands in the year of the settlement.
  func settlement(
    of bill: Money, fee: Money, kind: CareKind, stage: SpellStage,
    downTransfer: DownTransferDeductible, account: InsuranceAccount
  ) -> Settlement {
    precondition(bill.fen >= 0 && fee.fen >= 0, "a bill is not negative")
    precondition(bill.fen < 900_000_000, "a bill stays below nine million yuan")
    let whole = BillShare.whole
    let paid: Int64
    let due: Int64
    switch kind {
    case .outpatient:
      paid = Int64(account.outpatientFundPaid)
      due = max(0, deductible.fen - Int64(account.outpatientDeductibleUsed))
    case .inpatient:
      paid = Int64(account.inpatientFundPaid)
      due = spellDeductibleDue(stage: stage, downTransfer: downTransfer, account: account)
    }
    // In hundred-thousandths of a fen.
    let eligible = bill.fen * Int64(eligibleShare.hundredThousandths)
    let eligibleFen = (eligible + whole / 2) / whole
    let isBeyond = due * whole < eligible
    let deductibleFen = isBeyond ? due : eligibleFen
    var share: Int64 = 0
    if isBeyond {
      let product = (eligible - due * whole) * Int64(rate.hundredThousandths)
      share = (product + whole * whole / 2) / (whole * whole)
      share = min(share, max(0, annualCeiling.fen - paid))
    }
    let fund = share + min(feePaid.fen, fee.fen)
    let total = bill.fen + fee.fen
    return Settlement(
      bill: Money(fen: total), eligible: Money(fen: eligibleFen),
      deductible: Money(fen: deductibleFen), fund: Money(fen: fund),
      patient: Money(fen: total - fund))
  }

  private func spellDeductibleDue(
    stage: SpellStage, downTransfer: DownTransferDeductible, account: InsuranceAccount
  ) -> Int64 {
    switch stage {
    case .admission:
      return account.admissions > 0 ? laterDeductible.fen : deductible.fen
    case .transferUp:
      let full = account.admissions > 1 ? laterDeductible.fen : deductible.fen
      return max(0, full - Int64(account.spellDeductiblePaid))
    case .transferDown:
      if downTransfer == .continuous { return 0 }
      return account.admissions > 1 ? laterDeductible.fen : deductible.fen
    }
  }
}
