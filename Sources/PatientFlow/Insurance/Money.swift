// SPDX-License-Identifier: GPL-3.0-or-later

/// An amount of money: a whole number of fen, hundredths of a yuan (CNY).
///
/// Sums and differences are exact and trap on overflow. A share of an amount is rounded half up to
/// the fen, and in a settlement only once: in what the fund pays.
package struct Money: Hashable, Comparable, Sendable, BitwiseCopyable {
  package var fen: Int64

  package init(fen: Int64) { self.fen = fen }

  /// The amount nearest to a number of yuan, half a fen upwards.
  package init(yuan: Double) {
    fen = Int64((yuan * 100 + 0.5).rounded(.down))
  }

  /// A bill of so many yuan, or of five million where a draw of its length or price goes beyond:
  /// lognormal amounts have no end, while accounts have room for a few such bills a year.
  package static func bill(yuan: Double) -> Money { Money(yuan: min(yuan, 5_000_000)) }

  package static let zero = Money(fen: 0)
  /// More than anything costs: the ceiling of a rule that has none.
  package static let unlimited = Money(fen: .max)

  /// So much of an amount, to the nearest fen (half up).
  package func share(_ share: Double) -> Money {
    Money(fen: Int64((Double(fen) * share + 0.5).rounded(.down)))
  }

  /// So much of an amount, to the nearest fen (half up), exactly.
  ///
  /// - Precondition: The amount is not negative, and below 90 billion yuan.
  package func share(_ share: BillShare) -> Money {
    let product = fen * Int64(share.hundredThousandths)
    return Money(fen: (product + BillShare.whole / 2) / BillShare.whole)
  }

  package var inYuan: Double { Double(fen) / 100 }

  package static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
  package static func + (left: Money, right: Money) -> Money { Money(fen: left.fen + right.fen) }
  package static func - (left: Money, right: Money) -> Money { Money(fen: left.fen - right.fen) }
  package static func += (left: inout Money, right: Money) { left.fen += right.fen }
  package static func -= (left: inout Money, right: Money) { left.fen -= right.fen }
}

extension Money: CustomStringConvertible {
  /// Yuan with two decimals, such as `-0.05`.
  package var description: String {
    let fenPart = fen.magnitude % 100
    return "\(fen < 0 ? "-" : "")\(fen.magnitude / 100).\(fenPart < 10 ? "0" : "")\(fenPart)"
  }
}
