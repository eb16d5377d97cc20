// SPDX-License-Identifier: GPL-3.0-or-later

/// What the value of an expression counts, where it stands.
public enum ExpressionMeaning: Hashable, Sendable {
  case any
  case time
  /// Something per time.
  case rate
  /// Nothing: a share, a count, a shape.
  case plain

  /// The power of time, where one is asked for.
  fileprivate var power: Int? {
    switch self {
    case .any: nil
    case .time: 1
    case .rate: -1
    case .plain: 0
    }
  }
}

extension Expression {
  /// Refuses an expression that cannot count what is asked for.
  ///
  /// Attributes may count anything, and so may what is made of them: only where all is known, as in
  /// `30 * 2` for a length of time, is there a fault.
  func check(_ meaning: ExpressionMeaning) throws(ExpressionFault) {
    let power = try powerOfTime()
    guard let wanted = meaning.power, let power, power != wanted else { return }
    let found =
      power == 0
      ? "counts no time" : power == 1 ? "is a time" : power == -1 ? "is a rate" : "is no time"
    let remedy =
      switch meaning {
      case .time: "give a number in it a unit: 30 min"
      case .rate: "give a number in it a unit: 12 /h"
      case .plain, .any: "divide it by a time, as in stayed / 1 h"
      }
    throw ExpressionFault(found, remedy)
  }

  /// Of which power of time the value is; `nil` where that hangs on attributes, or is free, as of 0.
  private func powerOfTime() throws(ExpressionFault) -> Int? {
    switch self {
    case .number(let value): return value == 0 ? nil : 0
    case .time: return 1
    case .rate: return -1
    case .name(let name):
      switch name {
      case "time", "stayed", "waited": return 1
      case "hour", "weekday", "day", "priority": return 0
      default: return nil
      }
    case .property, .isClass: return 0
    case .unary(let kind, let part):
      let power = try part.powerOfTime()
      switch kind {
      case .not: return 0
      case .exponential, .logarithm: return 0
      case .squareRoot: return power == 0 ? 0 : nil
      default: return power
      }
    case .binary(let kind, let one, let other):
      return try Self.power(kind, try one.powerOfTime(), try other.powerOfTime())
    case .choice(let condition, let one, let other):
      _ = try condition.powerOfTime()
      return try Self.same(try one.powerOfTime(), try other.powerOfTime())
    }
  }

  private static func power(
    _ kind: ExpressionRow.Kind, _ one: Int?, _ other: Int?
  ) throws(ExpressionFault) -> Int? {
    switch kind {
    case .add, .subtract, .least, .greatest: return try same(one, other)
    case .multiply: return one.flatMap { one in other.map { one + $0 } }
    case .divide: return one.flatMap { one in other.map { one - $0 } }
    case .power: return one == 0 ? 0 : nil
    // A comparison may leave out the unit: stayed > 30, in the model's unit of time.
    default: return 0
    }
  }

  private static func same(_ one: Int?, _ other: Int?) throws(ExpressionFault) -> Int? {
    guard let one, let other else { return one ?? other }
    guard one == other else {
      throw ExpressionFault(
        "adds or compares what counts time and what does not",
        "give each number that is a time its unit: 5 min")
    }
    return one
  }
}
