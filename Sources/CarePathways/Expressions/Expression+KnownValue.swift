// SPDX-License-Identifier: GPL-3.0-or-later

extension ExpressionLanguage {
  /// The value of an expression that hangs on nothing but numbers and the class of an entity, in the
  /// model's unit of time; `nil` where it hangs on more, or is no expression.
  package static func value(
    of text: String, entityClass: String, secondsPerUnit: Double
  ) -> Double? {
    guard let expression = try? ExpressionParser.parse(text) else { return nil }
    return expression.value(entityClass, secondsPerUnit)
  }
}

extension Expression {
  fileprivate func value(_ entityClass: String, _ secondsPerUnit: Double) -> Double? {
    func value(_ part: Expression) -> Double? { part.value(entityClass, secondsPerUnit) }
    switch self {
    case .number(let value): return value
    case .time(let seconds): return seconds / secondsPerUnit
    case .rate(let perSecond): return perSecond * secondsPerUnit
    case .name(let name): return ExpressionCompiler.constants[name]
    case .property: return nil
    case .isClass(let name): return name == entityClass ? 1 : 0
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
