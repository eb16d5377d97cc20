// SPDX-License-Identifier: GPL-3.0-or-later

/// How unequally something is shared out among people.
public enum Concentration {
  /// The Gini coefficient: half the mean absolute difference of two people over the mean.
  ///
  /// The population's own, without the factor n ÷ (n − 1) of a sample. O(n log n).
  /// - Parameter values: What each person has; none below zero.
  /// - Returns: 0 where all have the same, up to 1 − 1/n where one has everything; `nil` where there is
  ///   nobody or nothing to share.
  ///
  /// Source: O'Donnell, van Doorslaer, Wagstaff & Lindelow, *Analyzing Health Equity Using Household
  /// Survey Data*, World Bank 2008, chapter 8.
  public static func gini(of values: [Double]) -> Double? {
    let sorted = values.sorted()
    let total = sorted.reduce(0, +)
    guard let least = sorted.first, total > 0 else { return nil }
    precondition(least >= 0, "a Gini coefficient is of amounts, none below zero")
    let count = Double(sorted.count)
    var sum = 0.0
    for (place, value) in sorted.enumerated() { sum += (2 * Double(place + 1) - count - 1) * value }
    return sum / (count * total)
  }

  /// The concentration index: twice the covariance of what people have and their rank, over the mean.
  ///
  /// Above zero, those of high rank have more of it; below zero, those of low rank. Ranked by income from
  /// the poorest up, an index of visits above zero is therefore "pro-rich". People of equal rank stand
  /// at the middle of their place, so that an index over groups is that of the group means (the
  /// differences inside groups do not enter it).
  ///
  /// - Parameters:
  ///   - values: What each person has.
  ///   - ranks: By which people are put in order, ascending; as many.
  /// - Returns: −1…1 for amounts not below zero; `nil` where there is nobody, or the mean is zero.
  ///
  /// Source: Kakwani, Wagstaff & van Doorslaer, *Journal of Econometrics* 77 (1997), equation 2;
  /// O'Donnell et al. 2008, equation 8.3.
  public static func index(of values: [Double], rankedBy ranks: [Double]) -> Double? {
    precondition(values.count == ranks.count, "everybody has a rank")
    var groups: [Double: (count: Int, sum: Double)] = [:]
    for (value, rank) in zip(values, ranks) {
      let group = groups[rank] ?? (0, 0)
      groups[rank] = (group.count + 1, group.sum + value)
    }
    let ordered = groups.sorted { $0.key < $1.key }.map(\.value)
    let total = ordered.reduce(0) { $0 + $1.sum }
    guard !ordered.isEmpty, total != 0 else { return nil }
    let people = Double(values.count)
    var below = 0.0
    var sum = 0.0
    for group in ordered {
      let middle = (below + Double(group.count) / 2) / people
      sum += group.sum * (middle - 0.5)
      below += Double(group.count)
    }
    return 2 * sum / total
  }
}
