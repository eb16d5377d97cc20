// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness

/// Distributions with expressions for parameters: `{lognormal: {mean: 30 min * (1 + severity), …}}`.
extension NetworkReader {
  enum ComputedReading {
    /// No parameter is an expression: a distribution like any other.
    case constant
    case distribution(ComputedDistribution)
    /// What is wrong has been told.
    case faulty
  }

  /// - Parameter unit: of the samples; left out, the model's unit of time.
  func computedDistribution(
    _ key: String, in section: ModelSection, unit: ModelUnit? = nil
  ) -> ComputedReading {
    guard let entry = section.node.entry(key), case .mapping(let parts) = entry.node.content,
      let part = parts.first(where: { ModelSection.distributionNames.contains($0.key) }),
      hasExpressions(part.node)
    else { return .constant }
    let kinds = parts.map(\.key).filter { !ProvenanceScope.keys.contains($0) }
    guard kinds.count == 1, let inner = section.entry(key).flatMap({ section.subsection($0) })
    else { return .constant }
    return Reading(
      reader: self, section: inner, unit: unit ?? timeUnit,
      samples: unit == nil || unit == timeUnit ? .time : .any
    ).read(part.key)
  }

  /// Whether some parameter is an expression. A text that stands among the numbers of a list is none.
  private func hasExpressions(_ node: ModelNode) -> Bool {
    switch node.content {
    case .scalar(let text, _): isExpression(text)
    case .mapping(let entries):
      entries.contains { !ProvenanceScope.keys.contains($0.key) && hasExpressions($0.node) }
    case .list(let nodes): nodes.contains(where: hasExpressions)
    case .table, .empty: false
    }
  }

  private struct Reading {
    let reader: NetworkReader
    let section: ModelSection
    let unit: ModelUnit
    let samples: ExpressionMeaning

    func read(_ kind: String) -> ComputedReading {
      let before = reader.faults.count
      let single: [String: DistributionFamily] = [
        "constant": .constant, "exponential": .exponential, "poisson": .poisson,
      ]
      if section.node[kind]?.text != nil, let family = single[kind] {
        return .distribution(
          ComputedDistribution(
            family, [.expression(section.text(kind))],
            names: [kind == "constant" ? "value" : "mean"], samples: samples))
      }
      guard !DistributionSpelling.spellings(of: kind).isEmpty else {
        section.fault(
          kind, "has an expression, which cannot stand in it",
          "draw an attribute from a plain distribution, and compute with that")
        return .faulty
      }
      let parameters = section.section(kind)
      guard !parameters.isMissing,
        let spelling = DistributionSpelling.chosen(kind, in: parameters)
      else { return .faulty }
      var values: [ComputedDistribution.Parameter] = []
      var names: [String] = []
      for (slot, source) in zip(spelling.family.slots, spelling.slots) {
        let (name, value) = parameter(source, slot, parameters)
        names.append(name)
        values.append(value)
      }
      guard reader.faults.count == before else { return .faulty }
      return .distribution(
        ComputedDistribution(spelling.family, values, names: names, samples: samples))
    }

    private func parameter(
      _ source: DistributionSpelling.Source, _ slot: DistributionFamily.Slot,
      _ parameters: ModelSection
    ) -> (String, ComputedDistribution.Parameter) {
      func expression(_ key: String) -> ComputedDistribution.Parameter? {
        guard let text = parameters.node[key]?.text, reader.isExpression(text) else { return nil }
        return .expression(parameters.text(key))
      }
      switch source {
      case .key(let key, let measure, let range):
        let written = DistributionSpelling.written(key, in: parameters)
        return (
          written,
          expression(written)
            ?? .number(parameters.number(written, unit.unit(of: measure), in: range))
        )
      case .wholeNumber(let key, let range):
        return (key, expression(key) ?? .number(Double(parameters.integer(key, in: range))))
      case .optional(let key, let otherwise):
        return (
          key,
          expression(key) ?? .number(parameters.numberIfPresent(key, unit) ?? otherwise)
        )
      case .fixed(let value): return (slot.name, .number(value))
      }
    }
  }

  /// Whether samples can be lengths of time, as far as is known before the run; else a fault.
  func mayBeLength(_ distribution: ComputedDistribution, _ place: SourcePlace) -> Bool {
    guard let lowest = distribution.family.slots.firstIndex(where: { $0.name == "lowest" }),
      case .number(let bound) = distribution.parameters[lowest], bound < 0
    else { return true }
    faults.record(place, "can be negative", "cut it off: add lowest: 0 min")
    return false
  }
}
