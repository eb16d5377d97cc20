// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// What a design varies: a value of the model, several that are set together, or a choice between
/// sets of values.
public struct Factor: Sendable {
  /// What it may be.
  public enum Values: Sendable {
    /// From `low` to `high` in the factor's unit; with a step, only whole steps above `low`.
    case range(low: Double, high: Double, step: Double?, isLogarithmic: Bool)
    /// Days, each `step` days after the one before.
    case days(first: CalendarDate, last: CalendarDate, step: Int)
    case levels([Level])
    /// Whatever an imported design says.
    case imported
  }

  /// The factor at one of its values.
  public struct Level: Hashable, Sendable {
    /// The value as text, or the name of a set of values.
    public var name: String
    public var settings: [ExperimentPlan.Setting]
  }

  public var name: String
  /// Paths that all take the value; empty where each level has settings of its own.
  public var paths: [String]
  public var values: Values
  /// The unit that follows each number; empty for a plain one.
  public var unit: String
  /// What the model has where no point sets the factor, in ``unit`` where it is a number; `nil` where
  /// levels have settings of their own, and where linked paths have different values.
  public var base: String?
  /// Where the factor is written.
  var place: SourcePlace

  /// How many values there are; `nil` of a range without a step.
  public var levelCount: Int? {
    switch values {
    case .range(let low, let high, let step?, _): Int((high - low) / step + 1e-9) + 1
    case .range: nil
    case .days(let first, let last, let step): (last.dayNumber - first.dayNumber) / step + 1
    case .levels(let levels): levels.count
    case .imported: 0
    }
  }

  /// The value at a coordinate of the unit interval.
  ///
  /// A range without a step is gone through evenly, or evenly in its logarithm, 0 and 1 being its ends;
  /// values that can be counted have equal shares of the interval.
  func level(at coordinate: Double) -> Level {
    if let count = levelCount {
      return level(number: min(count - 1, Int(coordinate * Double(count))))
    }
    guard case .range(let low, let high, _, let isLogarithmic) = values else {
      preconditionFailure("only a range has values that cannot be counted")
    }
    return level(of: Self.value(coordinate, low, high, isLogarithmic))
  }

  /// One of the values that can be counted, from 0.
  func level(number: Int) -> Level {
    switch values {
    case .range(let low, _, let step?, _): return level(of: low + Double(number) * step)
    case .days(let first, _, let step):
      return level(text: first.advanced(byDays: number * step).description)
    case .levels(let levels): return levels[number]
    case .range, .imported: preconditionFailure("the values cannot be counted")
    }
  }

  /// All values that can be counted, or so many, evenly spaced, of a range that has no step.
  func levels(ofRange count: Int) -> [Level] {
    if let countable = levelCount { return (0..<countable).map(level(number:)) }
    return (0..<count).map { level(at: count == 1 ? 0.5 : Double($0) / Double(count - 1)) }
  }

  /// The least and the greatest value, or all levels where they have no order.
  public var ends: [Level] {
    switch values {
    case .levels(let levels): return levels
    case .imported: return []
    case .range, .days:
      guard let count = levelCount else { return [level(at: 0), level(at: 1)] }
      return count == 1 ? [level(number: 0)] : [level(number: 0), level(number: count - 1)]
    }
  }

  /// Whether a value lies outside of the range stated, if one is.
  func leavesOut(_ level: Level) -> Bool {
    switch values {
    case .range(let low, let high, _, _):
      guard let number = Quantity(Self.text(level.name, in: unit))?.value else { return false }
      // Digits of text and of arithmetic differ in the last places.
      let slack = 1e-9 * max(abs(low), abs(high))
      return number < low - slack || number > high + slack
    case .days(let first, let last, _):
      return CalendarDate(level.name).map { $0 < first || $0 > last } ?? false
    case .levels, .imported: return false
    }
  }

  /// Shows numbers in a unit, the model's own value too.
  mutating func setUnit(_ unit: String) {
    self.unit = unit
    base = base.map { Self.text($0, in: unit) }
  }

  func level(of number: Double) -> Level {
    let text = Self.digits(number)
    return level(text: unit.isEmpty ? text : "\(text) \(unit)")
  }

  func level(text: String) -> Level {
    Level(name: text, settings: paths.map { ExperimentPlan.Setting($0, text) })
  }

  /// A value in a unit, where it is a number that has it; else the text as it is.
  public static func text(_ text: String, in unit: String) -> String {
    guard let quantity = Quantity(text), let (factor, dimension) = parseUnit(unit),
      dimension == quantity.dimension, quantity.unitText != unit
    else { return text }
    let digits = digits(quantity.value * quantity.factor / factor)
    return unit.isEmpty ? digits : "\(digits) \(unit)"
  }

  private static func value(
    _ coordinate: Double, _ low: Double, _ high: Double, _ isLogarithmic: Bool
  ) -> Double {
    if coordinate == 0 { return low }
    if coordinate == 1 { return high }
    return isLogarithmic
      ? low * pow(high / low, coordinate) : low + coordinate * (high - low)
  }

  /// Nine significant figures: what a sum of steps gathers beyond, and where mathematical functions of
  /// machines may differ, is left out.
  static func digits(_ number: Double) -> String { String(format: "%.9g", number) }
}

extension Factor.Level {
  /// What constraints compare: a number in s, CNY, m or one of their powers, a day as the time since
  /// 1970-01-01, yes as 1 and no as 0; `nil` of a word.
  public var number: Double? { Self.number(of: name) }

  public static func number(of text: String) -> Double? {
    if let day = CalendarDate(text) { return Double(day.dayNumber) * 86_400 }
    if let flag = flagValue(text) { return flag ? 1 : 0 }
    guard let quantity = Quantity(text) else { return nil }
    // Dividing is exact where multiplying by a fraction is not: 35 % is 0.35, as in expressions.
    let inverse = (1 / quantity.factor).rounded()
    return quantity.factor < 1 && abs(inverse * quantity.factor - 1) < 1e-12
      ? quantity.value / inverse : quantity.value * quantity.factor
  }
}
