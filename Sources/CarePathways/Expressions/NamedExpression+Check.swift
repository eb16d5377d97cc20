// SPDX-License-Identifier: GPL-3.0-or-later

/// Powers of the base dimensions in which something counts: a rate has time −1, a price per hour money 1
/// and time −1.
package struct UnitPowers: Hashable, Sendable {
  package var time: Int
  package var money: Int
  package var length: Int
  package var angle: Int

  package init(time: Int = 0, money: Int = 0, length: Int = 0, angle: Int = 0) {
    (self.time, self.money, self.length, self.angle) = (time, money, length, angle)
  }
}

extension NamedExpression {
  /// Refuses what is no condition, and what adds or compares things that do not count the same.
  ///
  /// A bare number counts no time, for which there are units; it may count money or a distance, for
  /// which expressions have none.
  ///
  /// - Parameters:
  ///   - powers: What a name counts; `nil` where that is not known.
  ///   - isFlag: Whether a name is a yes or a no.
  package func checkCondition(
    powers: @escaping (String) -> UnitPowers?, isFlag: (String) -> Bool
  ) throws(ExpressionFault) {
    guard expression.isCondition(isFlag) else {
      throw ExpressionFault(
        "is no condition", "compare two things, as in rate < 2 /min, and join with and, or, not")
    }
    let dimensions: [(name: String, power: KeyPath<UnitPowers, Int>, ofTime: Int, ofNumber: Int?)] =
      [
        ("time", \.time, 1, 0), ("money", \.money, 0, nil), ("distance", \.length, 0, nil),
        ("angle", \.angle, 0, nil),
      ]
    for dimension in dimensions {
      let rule = PowerRule(
        ofTime: dimension.ofTime, ofNumber: dimension.ofNumber,
        ofName: { name in
          ExpressionCompiler.constants[name] != nil ? 0 : powers(name)?[keyPath: dimension.power]
        }, checksComparisons: true,
        fault: { one, other in
          let words = [one, other].map { Self.words($0, of: dimension.name) }
          return ExpressionFault(
            "adds or compares \(words[0]) and \(words[1])",
            "give each number its unit, as in 2 /min or 5 min")
        })
      _ = try expression.power(rule)
    }
  }

  private static func words(_ power: Int, of dimension: String) -> String {
    switch (power, dimension) {
    case (0, _): "what counts no \(dimension)"
    case (1, "time"): "a time"
    case (-1, "time"): "a rate"
    case (1, _): "what counts \(dimension)"
    default: "what counts \(dimension) to the power \(power)"
    }
  }
}

extension Expression {
  /// Whether the value is a yes or a no.
  fileprivate func isCondition(_ isFlag: (String) -> Bool) -> Bool {
    switch self {
    case .number, .time, .rate, .property: return false
    case .name(let name): return ExpressionCompiler.constants[name] != nil || isFlag(name)
    case .isClass: return true
    case .unary(let kind, let part): return kind == .not && part.isCondition(isFlag)
    case .binary(let kind, let one, let other):
      switch kind {
      case .and, .or: return one.isCondition(isFlag) && other.isCondition(isFlag)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return true
      default: return false
      }
    case .choice(_, let one, let other):
      return one.isCondition(isFlag) && other.isCondition(isFlag)
    }
  }
}
