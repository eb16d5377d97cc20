// SPDX-License-Identifier: GPL-3.0-or-later

/// Every combination of the levels of all factors, once each.
public enum FullFactorial {
  /// The number of combinations; `nil` when it is beyond 2⁶³.
  public static func size(levels counts: [Int]) -> Int? {
    var size = 1
    for count in counts {
      let (product, isTooLarge) = size.multipliedReportingOverflow(by: count)
      if isTooLarge { return nil }
      size = product
    }
    return size
  }

  /// The combinations as level numbers from 0, a column a factor; the last factor changes fastest.
  ///
  /// - Parameter counts: Levels of each factor, 1 or more.
  /// - Precondition: Their product is a number that memory can hold.
  public static func rows(levels counts: [Int]) -> [[Int]] {
    precondition(counts.allSatisfy { $0 >= 1 }, "a factor has at least one level")
    var rows: [[Int]] = [[]]
    for count in counts {
      rows = rows.flatMap { row in (0..<count).map { row + [$0] } }
    }
    return rows
  }
}

/// Each factor by itself through its levels, while all others stay as they are.
public enum OneAtATime {
  /// A factor at one of its levels, both from 0.
  public struct Change: Hashable, Sendable {
    public var factor: Int
    public var level: Int
  }

  /// The changes, factor by factor.
  ///
  /// - Parameter counts: Levels of each factor.
  public static func changes(levels counts: [Int]) -> [Change] {
    counts.enumerated().flatMap { factor, count in
      (0..<count).map { Change(factor: factor, level: $0) }
    }
  }
}
