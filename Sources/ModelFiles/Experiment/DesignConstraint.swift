// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways

/// A condition that points of a design must meet: an expression over the names of factors, such as
/// `rate * service < 0.95`.
///
/// Times count in seconds and rates in 1/s, so that units cancel; a day counts as the time since
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
