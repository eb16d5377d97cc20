// SPDX-License-Identifier: GPL-3.0-or-later

extension ExpressionLanguage {
  /// The value of an expression that hangs on nothing but numbers and the class of an entity, in the
  /// model's unit of time; `nil` where it hangs on more, or is no expression.
  package static func value(
    of text: String, entityClass: String, secondsPerUnit: Double
  ) -> Double? {
    guard let expression = try? ExpressionParser.parse(text) else { return nil }
    return expression.value(
      secondsPerUnit: secondsPerUnit, name: { ExpressionCompiler.constants[$0] },
      isClass: { $0 == entityClass })
  }
}

/// An expression over named numbers outside of a run, such as a constraint on factors.
package struct NamedExpression: Sendable {
  let expression: Expression
  /// The names in it, each once, in order, without `yes` and `no`.
  package let names: [String]

  /// Reads a text.
  ///
  /// - Throws: ``ExpressionFault`` for what is no expression, or asks for a class or a resource.
  package init(_ text: String) throws(ExpressionFault) {
    expression = try ExpressionParser.parse(text)
    var names: [String] = []
    try expression.collect(&names)
    self.names = names
  }

  /// The value, 1 where a condition holds and 0 where it does not, with times in seconds and rates
  /// in 1/s; `nil` where it hangs on a name without a value.
  package func value(_ value: (String) -> Double?) -> Double? {
    expression.value(
      secondsPerUnit: 1, name: { ExpressionCompiler.constants[$0] ?? value($0) },
      isClass: { _ in nil })
  }
}

extension Expression {
  fileprivate func collect(_ names: inout [String]) throws(ExpressionFault) {
    switch self {
    case .number, .time, .rate: break
    case .name(let name):
      if ExpressionCompiler.constants[name] == nil, !names.contains(name) { names.append(name) }
    case .property(let owner, let property):
      throw ExpressionFault(
        "asks for \(owner).\(property)", "there is no run here: use names alone")
    case .isClass:
      throw ExpressionFault("asks for a class", "there is no entity here: use names alone")
    case .unary(_, let part): try part.collect(&names)
    case .binary(_, let one, let other):
      try one.collect(&names)
      try other.collect(&names)
    case .choice(let condition, let one, let other):
      try condition.collect(&names)
      try one.collect(&names)
      try other.collect(&names)
    }
  }

  /// - Parameters:
  ///   - name: The value of a name; `nil` where it has none.
  ///   - isClass: Whether the entity is of a class; `nil` where that is not known.
  fileprivate func value(
    secondsPerUnit: Double, name: (String) -> Double?, isClass: (String) -> Bool?
  ) -> Double? {
    func value(_ part: Expression) -> Double? {
      part.value(secondsPerUnit: secondsPerUnit, name: name, isClass: isClass)
    }
    switch self {
    case .number(let value): return value
    case .time(let seconds): return seconds / secondsPerUnit
    case .rate(let perSecond): return perSecond * secondsPerUnit
    case .name(let word): return name(word)
    case .property: return nil
    case .isClass(let word): return isClass(word).map { $0 ? 1 : 0 }
    case .unary(let kind, let part): return value(part).map { PathwayFlow.value(kind, $0) }
    case .binary(let kind, let one, let other):
      let (first, second) = (value(one), value(other))
      // A no settles `and`, a yes settles `or`, whatever the other side.
      let settled: Double? = kind == .and ? 0 : kind == .or ? 1 : nil
      if let settled {
        for known in [first, second].compactMap(\.self) where (known != 0) == (settled != 0) {
          return settled
        }
      }
      guard let first, let second else { return nil }
      return PathwayFlow.value(kind, first, second)
    case .choice(let condition, let one, let other):
      guard let holds = value(condition) else {
        let (first, second) = (value(one), value(other))
        return first == second ? first : nil
      }
      return value(holds != 0 ? one : other)
    }
  }
}
