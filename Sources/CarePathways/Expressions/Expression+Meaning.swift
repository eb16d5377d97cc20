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
    let power = try power(.ofTimeInRuns)
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

  /// The power of a base dimension, such as time, that the value is of; `nil` where that hangs on names
  /// of which it is not known, or is free, as of 0.
  func power(_ rule: PowerRule) throws(ExpressionFault) -> Int? {
    switch self {
    case .number(let value): return value == 0 ? nil : rule.ofNumber
    case .time: return rule.ofTime
    case .rate: return -rule.ofTime
    case .name(let name): return rule.ofName(name)
    case .property, .isClass: return 0
    case .unary(let kind, let part):
      let power = try part.power(rule)
      switch kind {
      case .not: return 0
      case .exponential, .logarithm: return 0
      case .squareRoot: return power == 0 ? 0 : nil
      default: return power
      }
    case .binary(let kind, let one, let other):
      return try rule.power(kind, try one.power(rule), try other.power(rule))
    case .choice(let condition, let one, let other):
      _ = try condition.power(rule)
      return try rule.same(try one.power(rule), try other.power(rule))
    }
  }
}
