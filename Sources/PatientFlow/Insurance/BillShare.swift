// SPDX-License-Identifier: GPL-3.0-or-later

/// A share of a bill between nothing and all of it, as a whole number of hundred-thousandths.
///
/// Whole numbers make a settlement exact: a bill times two shares fits 64 bits, and whether it
/// ends on half a fen does not hang on binary fractions.
package struct BillShare: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// 0 … 100,000.
  package let hundredThousandths: Int32

  /// The nearest share to a number.
  ///
  /// - Parameter value: Within [0, 1]; whoever reads it from a file has checked that.
  package init(_ value: Double) {
    precondition(value >= 0 && value <= 1, "a share of a bill lies between 0 and 1")
    hundredThousandths = Int32((value * Double(Self.whole)).rounded())
  }

  // Computed: a stored one would be looked up with a lock at every claim.
  package static var none: BillShare { BillShare(hundredThousandths: 0) }
  package static var all: BillShare { BillShare(hundredThousandths: Int32(whole)) }

  package var value: Double { Double(hundredThousandths) / Double(Self.whole) }

  static let whole: Int64 = 100_000

  /// What is left of this share when a share of it is taken away, to the nearest hundred-thousandth.
  package func less(_ cut: BillShare) -> BillShare {
    let left = Int64(hundredThousandths) * (Self.whole - Int64(cut.hundredThousandths))
    return BillShare(hundredThousandths: Int32((left + Self.whole / 2) / Self.whole))
  }

  private init(hundredThousandths: Int32) { self.hundredThousandths = hundredThousandths }

  package static func < (left: BillShare, right: BillShare) -> Bool {
    left.hundredThousandths < right.hundredThousandths
  }
}
