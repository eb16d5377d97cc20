// SPDX-License-Identifier: GPL-3.0-or-later

/// Who pays institutions what from the fund's side, since the first policy on payment began.
///
/// Each payment is entered for who pays it (the fund itself, or an alliance's account), and for the
/// institution, which may get part of it only when the year ends: so the sides can be held against
/// each other.
package struct PaymentBook: Sendable, Equatable {
  package var accounts: [BudgetAccount] = []
  package var pools: [PointPool] = []
  package var assessments: [AssessmentAccount] = []
  /// Paid by the fund itself; less than nothing when more was paid back.
  package private(set) var fromFund = Money.zero
  /// Withheld for assessments and not yet given out, and what went back to the fund.
  package private(set) var withheld = Money.zero
  package private(set) var backToFund = Money.zero
  /// Of each institution: the fund's part of its bills, and what it received from the fund's side.
  package private(set) var claimed: [Money]
  package private(set) var received: [Money]
  /// The running month of which the payments are entered; −1 before the first.
  var month = -1

  package init(institutions: Int) {
    claimed = Array(repeating: .zero, count: institutions)
    received = Array(repeating: .zero, count: institutions)
  }

  /// A settlement is paid.
  ///
  /// - Parameters:
  ///   - claim: the fund's part of the bill.
  ///   - amount: what the payer pays.
  ///   - kept: the part of it that is withheld.
  ///   - account: row of the alliance's account that pays, or −1: the fund itself.
  mutating func pay(
    _ amount: Money, claim: Money, kept: Money, to site: Int, account: Int, isInRegion: Bool,
    shifted: Money
  ) {
    if account >= 0 {
      accounts[account].pay(amount, to: site, isInRegion: isInRegion, shifted: shifted)
    } else {
      fromFund += amount
    }
    withheld += kept
    claimed[site] += claim
    received[site] += amount - kept
  }

  /// A pool of points settles with an institution.
  mutating func settlePoints(_ amount: Money, with site: Int) {
    fromFund += amount
    received[site] += amount
  }

  /// An alliance gives a member its part of a surplus.
  mutating func share(_ amount: Money, with site: Int) { received[site] += amount }

  /// What was withheld is given out.
  mutating func release(_ amounts: [(site: Int, amount: Money)], toFund: Money) {
    for (site, amount) in amounts {
      received[site] += amount
      withheld -= amount
    }
    withheld -= toFund
    backToFund += toFund
  }

  /// Whether all that was paid was received, and each account holds what is left in it.
  package var isBalanced: Bool {
    let paid = accounts.reduce(fromFund) { $0 + $1.paid + $1.shared }
    let taken = received.reduce(withheld + backToFund, +)
    let areAccountsRight = accounts.allSatisfy { account in
      let years = account.years
      return account.advanced == years.reduce(Money.zero) { $0 + $1.advanced }
        && account.paid == years.reduce(Money.zero) { $0 + $1.spent }
        && account.shared
          == years.reduce(Money.zero) { $0 + $1.shares.reduce(Money.zero) { $0 + $1.amount } }
        && account.returned == years.reduce(Money.zero) { $0 + $1.returned }
        && account.years.flatMap(\.months).allSatisfy {
          $0.paid == $0.institutions.reduce(Money.zero, +)
        }
    }
    return paid == taken && areAccountsRight && withheld >= .zero
  }
}
