// SPDX-License-Identifier: GPL-3.0-or-later

/// What a change did to people one by one: how many have less, as much as before, and more.
public struct PairedChange: Hashable, Sendable {
  public var count: Int
  /// Shares of people; the rest have as much as before.
  public var lessShare: Double
  public var moreShare: Double
  /// Mean change over all people, and over those who have less or more; `nil` where nobody has.
  public var mean: Double
  public var meanOfLess: Double?
  public var meanOfMore: Double?
  /// Quantiles of the change over all people, at ``levels``: the smallest change that at least so large a
  /// share do not exceed.
  public var quantiles: [Double]

  /// Shares at which quantiles are told.
  public static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  public var sameShare: Double { 1 - lessShare - moreShare }

  /// - Parameter changes: Of each person, ascending; what is within rounding of zero should be zero.
  /// - Returns: `nil` where there is nobody.
  public init?(ascending changes: [Double]) {
    guard !changes.isEmpty else { return nil }
    var less = (count: 0, sum: 0.0)
    var more = (count: 0, sum: 0.0)
    for change in changes {
      if change < 0 { less = (less.count + 1, less.sum + change) }
      if change > 0 { more = (more.count + 1, more.sum + change) }
    }
    count = changes.count
    let people = Double(count)
    lessShare = Double(less.count) / people
    moreShare = Double(more.count) / people
    mean = (less.sum + more.sum) / people
    meanOfLess = less.count > 0 ? less.sum / Double(less.count) : nil
    meanOfMore = more.count > 0 ? more.sum / Double(more.count) : nil
    quantiles = Self.levels.map { level in
      changes[min(changes.count - 1, max(0, Int((level * people).rounded(.up)) - 1))]
    }
  }
}
