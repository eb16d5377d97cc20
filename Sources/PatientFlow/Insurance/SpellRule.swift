// SPDX-License-Identifier: GPL-3.0-or-later

/// How a spell's deductible follows a patient to another institution.
package enum TransferDeductible: UInt8, Hashable, Sendable, BitwiseCopyable {
  /// Up: what the upper institution's deductible exceeds what was paid by. Down: nothing more.
  case continuous
  /// The deductible of the institution that takes over is charged in full.
  case recharged
}

/// How one scheme treats the deductible of a spell of several stays.
package struct SpellRule: Hashable, Sendable, BitwiseCopyable {
  package var up = TransferDeductible.continuous
  package var down = TransferDeductible.recharged
  /// Whether only a transfer inside one hospital group goes on with the spell; any other one begins
  /// a new one.
  package var isInsideGroupOnly = false

  package init() {}

  /// What a stay counts as: a move that this scheme does not recognise is a new admission.
  func stage(_ stage: SpellStage, isInsideGroup: Bool) -> SpellStage {
    isInsideGroupOnly && !isInsideGroup ? .admission : stage
  }

  /// What the patient owes before the fund pays.
  func deductibleDue(
    of rule: BenefitRule, stage: SpellStage, account: InsuranceAccount
  ) -> Int64 {
    switch stage {
    case .admission:
      return account.admissions > 0 ? rule.laterDeductible.fen : rule.deductible.fen
    case .transferUp:
      let full = account.admissions > 1 ? rule.laterDeductible.fen : rule.deductible.fen
      return up == .continuous ? max(0, full - Int64(account.spellDeductiblePaid)) : full
    case .transferDown:
      if down == .continuous { return 0 }
      return account.admissions > 1 ? rule.laterDeductible.fen : rule.deductible.fen
    }
  }
}

/// Where in a spell a stay stands, as far as its deductible is concerned.
///
/// Only transfers that the scheme recognises as one spell (see ``SpellRule/isInsideGroupOnly``) are
/// transfers to the clerk; any other move is a new admission.
package enum SpellStage: UInt8, Hashable, Sendable, BitwiseCopyable {
  /// The first stay of a spell.
  case admission
  /// Continued at an institution whose deductible is higher or equal: the difference is due.
  case transferUp
  /// Continued at an institution whose deductible is lower.
  case transferDown
}
