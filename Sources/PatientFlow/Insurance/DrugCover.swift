// SPDX-License-Identifier: GPL-3.0-or-later

/// What a scheme pays of the drugs of chronic outpatients: a share, without a deductible, up to an
/// amount a month for each condition and an amount a year.
///
/// The drugs are then no part of the ordinary bill. A patient is settled under the cover only where
/// the fund pays more with it than without.
package struct DrugCover: Hashable, Sendable, BitwiseCopyable {
  /// A bit for each scheme that has it.
  package var schemes: UInt64
  /// A bit for each condition that it covers.
  package var conditions: UInt8
  package var rate: BillShare
  /// The share of the drugs that is on the cover's list.
  package var eligibleShare: BillShare
  /// The most that the fund pays in a month, for each condition that a person has.
  package var monthlyCap: Money
  /// The most that the fund pays in a year; what other covers paid counts against it.
  package var annualCeiling: Money

  package init(
    schemes: UInt64, conditions: UInt8, rate: BillShare, eligibleShare: BillShare = .all,
    monthlyCap: Money = .unlimited, annualCeiling: Money = .unlimited
  ) {
    precondition(monthlyCap >= .zero && annualCeiling >= .zero, "a cap is not negative")
    self.schemes = schemes
    self.conditions = conditions
    self.rate = rate
    self.eligibleShare = eligibleShare
    self.monthlyCap = monthlyCap
    self.annualCeiling = annualCeiling
  }

  package func covers(scheme: UInt8, conditions: UInt8) -> Bool {
    schemes & 1 << UInt64(scheme) != 0 && self.conditions & conditions != 0
  }

  /// What may still be paid this month and this year to a person with these conditions.
  package func left(
    conditions: UInt8, months: UInt8, account: InsuranceAccount
  ) -> Money {
    var left = max(0, annualCeiling.fen - Int64(account.drugFundPaid))
    if monthlyCap != .unlimited {
      let count = Int64((self.conditions & conditions).nonzeroBitCount) * Int64(max(1, months))
      let (cap, isTooMuch) = monthlyCap.fen.multipliedReportingOverflow(by: count)
      if !isTooMuch { left = min(left, max(0, cap - Int64(account.drugFundPaidThisMonth))) }
    }
    return Money(fen: left)
  }
}
