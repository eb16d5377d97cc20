// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness

extension NetworkReader {
  /// `attributes: {age: {normal: {mean: 60, standard-deviation: 12}}, frail: age > 75, visits: 0}`.
  mutating func readAttributes() {
    guard let section = model.sectionIfPresent("attributes") else { return }
    if section.keys.count > 64 {
      section.fault("has \(section.keys.count) attributes", "64 are the most")
    }
    for name in section.keys {
      places.declarations[.init(.attribute, name)] = section.placeOf(name)
      builder.addAttribute(name, valueSource(name, in: section))
      description.attributes.append(name)
    }
  }

  /// A number, an expression or a distribution; times are in the model's unit of time.
  mutating func valueSource(
    _ name: String, in section: ModelSection
  ) -> StepDescription.ValueSource? {
    if let text = section.node[name]?.text, Quantity(text) == nil,
      Self.hasOperators(text) || Quantity.unknownUnit(in: text) == nil
    {
      return .expression(section.text(name))
    }
    guard let node = section.node[name] else { return nil }
    let unit = Self.hasTimes(node) ? timeUnit : ModelUnit.plain
    switch computedDistribution(name, in: section, unit: unit) {
    case .distribution(let computed): return .computed(computed)
    case .faulty: return nil
    case .constant: break
    }
    return section.distributionIfPresent(name, unit).map { .distribution($0) }
  }

  /// Whether an expression has a time in it, such as `30 min * (1 + severity)`.
  private static func namesTime(_ text: String) -> Bool {
    guard hasOperators(text) else { return false }
    let words = text.split { " ()*/+^,".contains($0) }
    return zip(words, words.dropFirst()).contains { first, second in
      Double(first) != nil && ExpressionLanguage.units.contains(String(second))
    }
  }

  /// Whether some number below a node is a time.
  private static func hasTimes(_ node: ModelNode) -> Bool {
    switch node.content {
    case .scalar(let text, _):
      Quantity(text).map { $0.dimension == ModelUnit.seconds.dimension }
        ?? Self.namesTime(text)
    case .mapping(let entries), .table(let entries, _):
      entries.contains { $0.key != "range" && hasTimes($0.node) }
    case .list(let nodes): nodes.contains(where: hasTimes)
    case .empty: false
    }
  }
}
