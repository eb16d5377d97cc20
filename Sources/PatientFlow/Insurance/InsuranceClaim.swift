// SPDX-License-Identifier: GPL-3.0-or-later

/// One bill as it comes to the insurance counter: what is charged, where, for whom and when.
package struct InsuranceClaim: Hashable, Sendable, BitwiseCopyable {
  /// All but the flat fee; not negative, below nine million yuan.
  package var charges: Money
  /// The flat service fee of a visit.
  package var fee = Money.zero
  /// Part of the charges: drugs for the conditions of ``conditions``.
  package var drugs = Money.zero
  /// Part of the charges that was moved out of the catalogue, on to the patient.
  package var outsideCatalogue = Money.zero

  package var scheme: UInt8
  package var kind: CareKind
  package var tier: UInt8
  /// Whether the patient came by a registered referral.
  package var isReferred = false
  /// Of inpatient care; outpatient care has none.
  package var stage = SpellStage.admission
  /// Of a transfer: whether both institutions belong to one hospital group.
  package var isInsideGroup = true
  /// Whether the institution can settle with the scheme's fund.
  package var settles = true

  /// Long-term conditions for which ``drugs`` are, a bit each; 0 where it is no refill.
  package var conditions: UInt8 = 0
  /// Drug covers of the plan that hold at the institution, a bit each.
  package var drugCovers: UInt8 = 0
  /// Months for which ``drugs`` were prescribed: monthly caps count so many times.
  package var monthsOfDrugs: UInt8 = 1

  /// What a breach of the catalogue takes away of the rate; none where nothing was breached.
  package var rateCut = BillShare.none
  /// The share of the fund's payment that the hospital pays back after a breach.
  package var penaltyShare = BillShare.none

  /// Of the settlement; an account of an earlier year counts as unused.
  package var year: Int16
  /// Any number that tells a month from the one before.
  package var month: UInt8 = 1

  package init(
    _ charges: Money, scheme: UInt8, kind: CareKind, tier: UInt8, year: Int16
  ) {
    self.charges = charges
    self.scheme = scheme
    self.kind = kind
    self.tier = tier
    self.year = year
  }

  var isBreach: Bool { rateCut != .none || penaltyShare != .none }
}
