// SPDX-License-Identifier: GPL-3.0-or-later

/// How a patient came to an institution from another one.
package enum TransferWay: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  /// By a registered referral, to the lead.
  case referral = 1
  /// Sent up with advice alone, and gone there by himself.
  case advice
  /// The drugs of a refill were not in stock.
  case outOfStock
  /// Gave up waiting for a bed.
  case noBed
  /// The need had been left open, unrecognised or refused for want of budget, and was brought
  /// elsewhere on a later day.
  case again
  /// An inpatient moved to a recovery bed.
  case stepDown
  /// A chronic patient handed down for the next refill.
  case handedDown
  /// Asked to come to his own centre after a discharge.
  case aftercare
  /// As ``again``, but to the same institution: no transfer, and told by no measure.
  case sameSite

  package static let count = 9
  /// Those that are transfers.
  package static let transfers = allCases.filter { $0 != .sameSite }
  /// Those of which an outpatient visit beyond the first of an episode is one.
  package static let furtherVisits = allCases.filter { $0 != .stepDown && $0 != .handedDown }

  package var row: Int { Int(rawValue) - 1 }

  package var name: String {
    switch self {
    case .outOfStock: "out-of-stock"
    case .noBed: "no-bed"
    case .stepDown: "step-down"
    case .handedDown: "handed-down"
    case .sameSite: "same-site"
    case .referral, .advice, .again, .aftercare: String(describing: self)
    }
  }
}

/// How many patients came from an institution of one tier to one of another, by way: counted where
/// and when they come, so who was sent and did not come is not among them.
package struct TransferTally: Sendable {
  /// (period, way, from, to).
  private var counts = [Int64](
    repeating: 0, count: Period.count * TransferWay.count * Tier.count * Tier.count)

  mutating func add(_ way: TransferWay, from: Tier, to: Tier, _ period: Period) {
    counts[place(way, from, to, period)] += 1
  }

  package func count(_ way: TransferWay, from: Tier, to: Tier, _ period: Period) -> Int64 {
    counts[place(way, from, to, period)]
  }

  /// All who came to a tier by one of some ways, from anywhere.
  package func count(_ ways: [TransferWay], to: Tier, _ period: Period) -> Int64 {
    ways.reduce(0) { sum, way in
      Tier.allCases.reduce(sum) { $0 + count(way, from: $1, to: to, period) }
    }
  }

  private func place(_ way: TransferWay, _ from: Tier, _ to: Tier, _ period: Period) -> Int {
    ((period.rawValue * TransferWay.count + way.row) * Tier.count + from.row) * Tier.count + to.row
  }
}
