// SPDX-License-Identifier: GPL-3.0-or-later

extension Money {
  /// Divides an amount by weights, to the fen, so that none is lost.
  ///
  /// Each part is rounded down; the fen left over go one each to the parts with the largest
  /// remainders, the first of equals first. Parts of weight 0 get nothing.
  ///
  /// - Parameter weights: Not negative; if all are 0 everybody has the same weight.
  /// - Precondition: the amount is not negative, and there is somebody to divide it among.
  package func divided(by weights: [Double]) -> [Money] {
    apportionment(of: fen, by: weights).map { Money(fen: $0) }
  }
}

/// Whole parts of a whole number in proportion to weights, by largest remainder: as
/// ``Money/divided(by:)`` says of fen.
package func apportionment(of whole: Int64, by weights: [Double]) -> [Int64] {
  precondition(whole >= 0 && !weights.isEmpty, "an amount that is not negative, and a weight")
  var weights = weights
  if weights.allSatisfy({ $0 <= 0 }) { weights = weights.map { _ in 1 } }
  let sum = weights.reduce(0, +)
  var parts: [Int64] = []
  var remainders: [Double] = []
  var left = whole
  for weight in weights {
    let exact = Double(whole) * weight / sum
    let part = min(left, Int64(exact.rounded(.down)))
    parts.append(part)
    remainders.append(weight > 0 ? exact - exact.rounded(.down) : -1)
    left -= part
  }
  let order = parts.indices.filter { weights[$0] > 0 }
    .sorted { (-remainders[$0], $0) < (-remainders[$1], $1) }
  var place = 0
  while left > 0 {
    parts[order[place % order.count]] += 1
    left -= 1
    place += 1
  }
  return parts
}
