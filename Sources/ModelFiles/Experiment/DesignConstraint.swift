// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways

/// A condition that points of a design must meet: an expression over the names of factors, such as
/// `rate * service < 0.95`.
///
/// Values have their units, so that these cancel: a rate is compared with `2 /min`, not with 2. Money
/// counts in CNY and distances in m, for which expressions have no units; a day counts as the time since
/// 1970-01-01, yes as 1, no as 0. Words stand for themselves: `form == cost`.
struct DesignConstraint {
  let text: String
  private let expression: NamedExpression
  private let columns: [String: Int]
  private let bases: [String?]
  /// Numbers that tell words apart.
  private let words: [String: Double]

  /// Reads a text; `nil` after a fault.
  init?(_ text: String, _ factors: [Factor], _ section: ModelSection) {
    func fail(_ problem: String, _ remedy: String) {
      section.fault("constraints", "\(text.quotedBriefly) \(problem)", remedy)
    }
    self.text = text
    do throws(ExpressionFault) { expression = try NamedExpression(text) } catch {
      fail(error.problem, error.remedy)
      return nil
    }
    columns = Dictionary(
      uniqueKeysWithValues: factors.enumerated().map { ($0.element.name, $0.offset) })
    bases = factors.map(\.base)
    var words: [String: Double] = [:]
    for factor in factors {
      var names = [factor.base].compactMap(\.self)
      if case .levels(let levels) = factor.values { names += levels.map(\.name) }
      for name in names where Factor.Level.number(of: name) == nil && words[name] == nil {
        words[name] = -1 - Double(words.count)
      }
    }
    self.words = words
    for name in expression.names where columns[name] == nil && words[name] == nil {
      fail(
        "has the name \(name)",
        remedy(for: name, among: factors.map(\.name), kind: "factor"))
      return nil
    }
    guard expression.names.contains(where: { columns[$0] != nil }) else {
      fail("names no factor", "compare one of \(factors.map(\.name).joined(separator: ", "))")
      return nil
    }
    let named = factors.filter { expression.names.contains($0.name) }
    let powers = Dictionary(
      uniqueKeysWithValues: named.compactMap { factor in
        factor.unitPowers.map { (factor.name, $0) }
      })
    do throws(ExpressionFault) {
      let flags = named.filter(\.isFlag).map(\.name)
      try expression.checkCondition(powers: { powers[$0] }, isFlag: { flags.contains($0) })
    } catch {
      let units = named.compactMap { factor -> String? in
        if case .days = factor.values {
          return "\(factor.name) is a day, as the time since 1970-01-01"
        }
        return factor.unit.isEmpty ? nil : "\(factor.name) is in \(factor.unit)"
      }
      fail(error.problem, ([error.remedy] + units).joined(separator: "; "))
      return nil
    }
  }

  /// Whether a row meets it; `nil` where it hangs on a value that is not known, as of a factor that the
  /// row leaves as the model has it, when the model does not say.
  func holds(_ levels: [Factor.Level?]) -> Bool? {
    let value = expression.value { name in
      guard let column = columns[name] else { return words[name] }
      guard let text = levels[column]?.name ?? bases[column] else { return nil }
      return Factor.Level.number(of: text) ?? words[text]
    }
    return value.map { $0 != 0 }
  }
}

extension Factor {
  /// What its values count; `nil` of words, and where they do not count the same.
  fileprivate var unitPowers: UnitPowers? {
    let names: [String]
    switch values {
    case .range: return parseUnit(unit).map { UnitPowers($0.1) }
    case .days: return UnitPowers(time: 1)
    case .levels(let levels): names = levels.map(\.name)
    case .imported: names = [base].compactMap(\.self)
    }
    let powers = names.map { name -> UnitPowers? in
      if CalendarDate(name) != nil { return UnitPowers(time: 1) }
      if flagValue(name) != nil { return UnitPowers() }
      return Quantity(name).map { UnitPowers($0.dimension) }
    }
    guard let first = powers.first, powers.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// Whether each value is a yes or a no.
  fileprivate var isFlag: Bool {
    guard case .levels(let levels) = values else { return base.flatMap(flagValue) != nil }
    return levels.allSatisfy { flagValue($0.name) != nil }
  }
}

extension UnitPowers {
  fileprivate init(_ dimension: UnitDimension) {
    self.init(
      time: dimension.time, money: dimension.money, length: dimension.length,
      angle: dimension.angle)
  }
}
