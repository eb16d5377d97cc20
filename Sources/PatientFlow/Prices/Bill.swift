// SPDX-License-Identifier: GPL-3.0-or-later

/// What an institution charges for one contact, by what it is charged for.
///
/// Prices, purchasing and incentives act on the parts; insurance sees the charges and the flat fee.
package struct Bill: Hashable, Sendable, BitwiseCopyable {
  /// Consultations, nursing, procedures, bed-days: all that is neither drug nor exam nor flat fee.
  package var treatment = Money.zero
  package var drugs = Money.zero
  package var exams = Money.zero
  /// The flat service fee of a visit, of which insurance may pay a flat part.
  package var fee = Money.zero
  /// The flat part of the fee that insurance pays.
  package var feeCovered = Money.zero

  package init() {}

  /// Divides charges that were drawn as one amount; each part to the fen, and none is lost.
  ///
  /// - Parameters:
  ///   - charges: All but the flat fee.
  ///   - drugShare, examShare: Parts of the charges, together at most 1.
  package init(_ charges: Money, drugShare: Double, examShare: Double = 0) {
    drugs = charges.share(drugShare)
    exams = charges.share(examShare)
    treatment = charges - drugs - exams
  }

  /// What insurance divides by deductible, rate and ceiling.
  package var charges: Money { treatment + drugs + exams }
  package var total: Money { charges + fee }
}

/// How prices at one institution stand to those that the model states for its tier.
package struct SitePrices: Hashable, BitwiseCopyable, Sendable {
  package var drugs = 1.0
  package var exams = 1.0
  package var treatment = 1.0

  package init() {}

  /// A bill at these prices.
  package func priced(_ bill: Bill) -> Bill {
    var priced = bill
    if drugs != 1 { priced.drugs = bill.drugs.share(drugs) }
    if exams != 1 { priced.exams = bill.exams.share(exams) }
    if treatment != 1 { priced.treatment = bill.treatment.share(treatment) }
    return priced
  }
}
