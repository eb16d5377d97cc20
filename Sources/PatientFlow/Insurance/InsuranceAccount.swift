// SPDX-License-Identifier: GPL-3.0-or-later

/// What one insured person has used of the year's entitlements; 20 bytes.
///
/// The account turns to a new year by itself, when something is settled or quoted in one.
package struct InsuranceAccount: Hashable, Sendable, BitwiseCopyable {
  /// Fen, as all amounts here; a year's use of one person stays far below Int32's 21 million yuan,
  /// and a settlement that would pass it traps.
  package private(set) var outpatientDeductibleUsed: Int32 = 0
  package private(set) var outpatientFundPaid: Int32 = 0
  package private(set) var inpatientFundPaid: Int32 = 0
  /// Deductible paid in the current or latest spell. It outlives the turn of the year: a spell is
  /// one wherever it ends.
  package private(set) var spellDeductiblePaid: Int32 = 0
  /// The year that the other fields speak of, counted as the caller counts.
  package private(set) var year: Int16
  /// Spells of which the first stay was settled this year; stops counting at 255.
  package private(set) var admissions: UInt8 = 0

  package init(year: Int16) { self.year = year }

  /// The account as it stands in `year`: with its uses set back to zero when that is a new year.
  package func turned(to year: Int16) -> InsuranceAccount {
    guard year != self.year else { return self }
    var turned = InsuranceAccount(year: year)
    turned.spellDeductiblePaid = spellDeductiblePaid
    return turned
  }

  /// Books what was settled; `share` is the fund's part of the bill without the flat fee.
  mutating func book(
    kind: CareKind, stage: SpellStage, deductible: Int64, share: Int64
  ) {
    switch kind {
    case .outpatient:
      outpatientDeductibleUsed += Int32(deductible)
      outpatientFundPaid += Int32(share)
    case .inpatient:
      inpatientFundPaid += Int32(share)
      if stage == .admission {
        spellDeductiblePaid = Int32(deductible)
        if admissions < .max { admissions += 1 }
      } else {
        spellDeductiblePaid += Int32(deductible)
      }
    }
  }
}
