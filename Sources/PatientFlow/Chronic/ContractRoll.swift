// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Who signs with a family doctor when.
///
/// Of a group the share with a contract moves from that at the base, b, to the target, T, as b +
/// (T − b)(1 − exp(−t/τ)). Each person has a rank, the number by which contracts at the base are drawn: he
/// signs when the share reaches it. So nobody signs who would not at a higher target, and nobody leaves.
package struct ContractRoll: Sendable {
  private var days: [Int32] = []
  private var rows: [UInt32] = []
  private var next = 0

  package init() {}

  /// Whether anybody is still to sign.
  var isPending: Bool { next < days.count }

  /// The days after the start on which a person of a rank signs; `nil`: never.
  package static func delay(
    rank: Double, base: Double, target: Double, meanDays: Double
  ) -> Double? {
    guard rank >= base, rank < target else { return nil }
    return meanDays > 0 ? -meanDays * log(1 - (rank - base) / (target - base)) : 0
  }

  /// Adds those who will sign.
  package mutating func add(_ signings: [(day: Int, row: Int)]) {
    var all = (next..<days.count).map { (day: Int(days[$0]), row: Int(rows[$0])) }
    all += signings
    all.sort { ($0.day, $0.row) < ($1.day, $1.row) }
    days = all.map { Int32(clamping: $0.day) }
    rows = all.map { UInt32($0.row) }
    next = 0
  }

  /// Those who sign up to a day, each once.
  package mutating func due(by day: Int) -> ArraySlice<UInt32> {
    let first = next
    while next < days.count && Int(days[next]) <= day { next += 1 }
    return rows[first..<next]
  }
}
