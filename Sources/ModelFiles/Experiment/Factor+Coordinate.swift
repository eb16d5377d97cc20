// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

extension Factor {
  /// Where a value lies within the factor's own range: 0 at the least value that there is, 1 at the
  /// greatest; evenly in the logarithm where the range is gone through so. Levels that are all numbers
  /// lie where these do; of words, only their order counts: the first is 0, the last 1.
  ///
  /// Read from the value that a point really sets, so that the length of a step between two values is
  /// the one that was taken, whatever grid it was taken on.
  ///
  /// - Returns: `nil` for a value that is none of the factor's, and where an imported design alone says
  ///   what the values are.
  public func coordinate(of level: Level) -> Double? {
    switch values {
    case .imported: return nil
    case .range(_, _, _, let isLogarithmic):
      guard let low = Self.value(ends[0]), let high = Self.value(ends[ends.count - 1]),
        let value = Self.value(level)
      else { return nil }
      if low == high { return 0 }
      return isLogarithmic
        ? log(value / low) / log(high / low) : (value - low) / (high - low)
    case .days(let first, _, let step):
      guard let day = CalendarDate(level.name), let count = levelCount, count > 1 else { return 0 }
      return Double(day.dayNumber - first.dayNumber) / Double((count - 1) * step)
    case .levels(let levels):
      guard let place = levels.firstIndex(where: { $0.name == level.name }) else { return nil }
      guard levels.count > 1 else { return 0 }
      let numbers = levels.compactMap(\.number)
      guard numbers.count == levels.count, let low = numbers.min(), let high = numbers.max(),
        low < high
      else { return Double(place) / Double(levels.count - 1) }
      return (numbers[place] - low) / (high - low)
    }
  }

  /// A number that rises with a value, for ranks: its coordinate, or of an imported design the number
  /// itself; `nil` of a word that has no place in an order.
  public func order(of level: Level) -> Double? { coordinate(of: level) ?? level.number }

  /// The number of a value in the factor's unit.
  private static func value(_ level: Level) -> Double? { Quantity(level.name)?.value }
}
