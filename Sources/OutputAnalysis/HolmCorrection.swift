// SPDX-License-Identifier: GPL-3.0-or-later

/// p-values made fit to be read together: under Holm's rule the chance of even one false claim
/// among all with an adjusted value at most α is at most α, whatever their dependence.
///
/// The values are taken in ascending order; the *i*-th smallest of *m* is multiplied by
/// *m* − *i* + 1, and no value may fall below the one before it or exceed 1.
///
/// - Returns: The adjusted values in the order given.
/// - Complexity: O(*m* log *m*).
///
/// Source: Holm, *Scand. J. Stat.* 6 (1979) 65–70.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  precondition(pValues.allSatisfy { (0...1).contains($0) }, "a p-value lies between 0 and 1")
  var adjusted = pValues
  var floor = 0.0
  let ascending = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  for (rank, index) in ascending.enumerated() {
    floor = max(floor, min(1, Double(pValues.count - rank) * pValues[index]))
    adjusted[index] = floor
  }
  return adjusted
}
