// SPDX-License-Identifier: GPL-3.0-or-later

/// How one bill is divided; `fund + patient == bill`, to the fen.
package struct Settlement: Hashable, Sendable, BitwiseCopyable {
  /// All that the institution charges: the bill and the flat service fee.
  package var bill: Money
  /// What the scheme's catalogue covers of the bill, to the nearest fen (half up).
  package var eligible: Money
  /// What the patient pays of it first, to the nearest fen (half up).
  package var deductible: Money
  /// All that the fund pays; the two that follow are parts of it.
  package var fund: Money
  /// What a drug cover pays, and what major-illness cover repays.
  package var drugCover = Money.zero
  package var repaid = Money.zero
  package var patient: Money
  /// What the institution pays back to the fund for a breach of the catalogue.
  package var penalty = Money.zero

  package init(bill: Money, eligible: Money, deductible: Money, fund: Money, patient: Money) {
    self.bill = bill
    self.eligible = eligible
    self.deductible = deductible
    self.fund = fund
    self.patient = patient
  }

  /// Something more that is charged and that the fund pays whatever the bill: its part of a flat fee.
  package mutating func add(covered amount: Money) {
    bill += amount
    fund += amount
  }
}

/// What becomes of a bill, in fen; the account remembers part of it.
struct BillDivision: BitwiseCopyable {
  /// What the catalogue covers, and what the patient pays of it first.
  var eligible: Int64 = 0
  var deductible: Int64 = 0
  /// What the fund pays by rate beyond the deductible, under the ceiling.
  var share: Int64 = 0
  /// What it pays of the flat fee; what a drug cover pays; what major-illness cover repays.
  var fee: Int64 = 0
  var drugs: Int64 = 0
  /// Of ``eligible``: drugs that the cover settles.
  var drugsEligible: Int64 = 0
  var repaid: Int64 = 0
  /// Payments of the patient that mount up towards major-illness cover.
  var burden: Int64 = 0
  var penalty: Int64 = 0

  var fund: Int64 { share + fee + drugs + repaid }

  func settlement(of claim: InsuranceClaim) -> Settlement {
    let bill = claim.charges + claim.fee
    var settlement = Settlement(
      bill: bill, eligible: Money(fen: eligible), deductible: Money(fen: deductible),
      fund: Money(fen: fund), patient: bill - Money(fen: fund))
    settlement.drugCover = Money(fen: drugs)
    settlement.repaid = Money(fen: repaid)
    settlement.penalty = Money(fen: penalty)
    return settlement
  }
}
