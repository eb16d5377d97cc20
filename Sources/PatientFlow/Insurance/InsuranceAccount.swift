// SPDX-License-Identifier: GPL-3.0-or-later

/// What one insured person has used of the year's entitlements; 32 bytes.
///
/// The account turns to a new year, and to a new month, by itself when something is settled or
/// quoted in one.
package struct InsuranceAccount: Hashable, Sendable, BitwiseCopyable {
  /// Fen, as all amounts here; a year's use of one person stays far below Int32's 21 million yuan,
  /// and a settlement that would pass it traps.
  package private(set) var outpatientDeductibleUsed: Int32 = 0
  package private(set) var outpatientFundPaid: Int32 = 0
  package private(set) var inpatientFundPaid: Int32 = 0
  /// Deductible paid in the current or latest spell. It outlives the turn of the year: a spell is
  /// one wherever it ends.
  package private(set) var spellDeductiblePaid: Int32 = 0
  /// What drug covers paid, in the year and in the month.
  package private(set) var drugFundPaid: Int32 = 0
  package private(set) var drugFundPaidThisMonth: Int32 = 0
  /// Eligible payments of the patient that mount up towards major-illness cover.
  package private(set) var burden: Int32 = 0
  /// The year that the other fields speak of, counted as the caller counts.
  package private(set) var year: Int16
  /// The month that ``drugFundPaidThisMonth`` speaks of.
  package private(set) var month: UInt8 = 0
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

  /// The account as it stands in a month of `year`.
  package func turned(to year: Int16, month: UInt8) -> InsuranceAccount {
    var turned = turned(to: year)
    if month != turned.month {
      turned.month = month
      turned.drugFundPaidThisMonth = 0
    }
    return turned
  }

  /// Books what was settled.
  mutating func book(_ division: BillDivision, kind: CareKind, stage: SpellStage) {
    switch kind {
    case .outpatient:
      outpatientDeductibleUsed += Int32(division.deductible)
      outpatientFundPaid += Int32(division.share)
    case .inpatient:
      inpatientFundPaid += Int32(division.share)
      if stage == .admission {
        spellDeductiblePaid = Int32(division.deductible)
        if admissions < .max { admissions += 1 }
      } else {
        spellDeductiblePaid += Int32(division.deductible)
      }
    }
    burden += Int32(division.burden)
    if division.drugs > 0 {
      drugFundPaid += Int32(division.drugs)
      drugFundPaidThisMonth += Int32(division.drugs)
    }
  }
}
