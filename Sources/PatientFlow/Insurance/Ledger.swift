// SPDX-License-Identifier: GPL-3.0-or-later

/// Who paid what to whom: each settlement is entered once for those who pay, by scheme, and once
/// for the institution that is paid, so that the two sides can be held against each other.
package struct Ledger: Sendable, Equatable {
  /// What patients and the fund of one scheme paid for one kind of care.
  package struct Payments: Hashable, Sendable, BitwiseCopyable {
    package var settlements: Int64 = 0
    package var patients = Money.zero
    package var fund = Money.zero
    /// Of the fund's payments: by drug covers, and repaid by major-illness cover.
    package var drugCover = Money.zero
    package var repaid = Money.zero
    /// What institutions paid back to the fund.
    package var recovered = Money.zero
  }

  /// What one institution charged for one kind of care, and received.
  package struct Receipts: Hashable, Sendable, BitwiseCopyable {
    package var settlements: Int64 = 0
    package var billed = Money.zero
    package var fromPatients = Money.zero
    package var fromFund = Money.zero
    /// What the institution paid back to funds for breaches of a catalogue.
    package var penalties = Money.zero

    /// Before penalties.
    package var received: Money { fromPatients + fromFund }
  }

  private var payments: [Payments]
  private var receipts: [Receipts]

  package init(schemes: Int, institutions: Int) {
    payments = Array(repeating: Payments(), count: 2 * schemes)
    receipts = Array(repeating: Receipts(), count: 2 * institutions)
  }

  package var schemes: Int { payments.count / 2 }
  package var institutions: Int { receipts.count / 2 }

  /// Enters a settlement on both sides.
  package mutating func record(
    _ settlement: Settlement, scheme: UInt8, institution: Int, kind: CareKind
  ) {
    let payer = 2 * Int(scheme) + Int(kind.rawValue)
    payments[payer].settlements += 1
    payments[payer].patients += settlement.patient
    payments[payer].fund += settlement.fund
    if settlement.drugCover != .zero { payments[payer].drugCover += settlement.drugCover }
    if settlement.repaid != .zero { payments[payer].repaid += settlement.repaid }
    let payee = 2 * institution + Int(kind.rawValue)
    receipts[payee].settlements += 1
    receipts[payee].billed += settlement.bill
    receipts[payee].fromPatients += settlement.patient
    receipts[payee].fromFund += settlement.fund
    if settlement.penalty != .zero {
      payments[payer].recovered += settlement.penalty
      receipts[payee].penalties += settlement.penalty
    }
  }

  package func payments(scheme: UInt8, kind: CareKind) -> Payments {
    payments[2 * Int(scheme) + Int(kind.rawValue)]
  }

  package func receipts(institution: Int, kind: CareKind) -> Receipts {
    receipts[2 * institution + Int(kind.rawValue)]
  }

  /// All that patients paid.
  package var patientTotal: Money { payments.reduce(.zero) { $0 + $1.patients } }
  /// All that the funds paid.
  package var fundTotal: Money { payments.reduce(.zero) { $0 + $1.fund } }
  /// All that institutions charged.
  package var billedTotal: Money { receipts.reduce(.zero) { $0 + $1.billed } }
  /// All that institutions received.
  package var receivedTotal: Money { receipts.reduce(.zero) { $0 + $1.received } }

  /// All that institutions paid back to funds.
  package var penaltyTotal: Money { receipts.reduce(.zero) { $0 + $1.penalties } }

  /// Whether every fen billed was paid by a patient or a fund and received by the institution that
  /// billed it, and what each side paid is what the other received.
  ///
  /// - Complexity: O(schemes + institutions); cheap enough for the end of every replication.
  package var isBalanced: Bool {
    receipts.allSatisfy { $0.billed == $0.received }
      && patientTotal == receipts.reduce(.zero) { $0 + $1.fromPatients }
      && fundTotal == receipts.reduce(.zero) { $0 + $1.fromFund }
      && payments.reduce(.zero) { $0 + $1.recovered } == penaltyTotal
      && payments.allSatisfy { $0.drugCover + $0.repaid <= $0.fund && $0.recovered <= $0.fund }
      && payments.reduce(0) { $0 + $1.settlements } == receipts.reduce(0) { $0 + $1.settlements }
  }

  /// Sets every account back to zero: the end of the warm-up.
  package mutating func reset() {
    self = Ledger(schemes: schemes, institutions: institutions)
  }
}
