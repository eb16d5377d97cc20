// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

extension ModelSection {
  /// The families an author may write, and their names in R.
  public static let distributionNames = [
    "constant", "exponential", "uniform", "triangular", "normal", "lognormal", "gamma", "erlang",
    "weibull", "beta", "poisson", "empirical", "mixture", "hypoexponential", "hyperexponential",
    "coxian", "phase-type", "truncated", "shifted", "geometric", "binomial", "negative-binomial",
    "uniform-integer", "exp", "unif", "norm", "lnorm", "triangle", "pois", "geom", "binom",
    "nbinom",
  ]

  /// A distribution in the unit asked for: `12 min` (constant), `{exponential: 12 min}`,
  /// `{lognormal: {mean: 12 min, standard-deviation: 8 min}}`.
  ///
  /// Families and their parameters, where those in brackets may be left out; `sd` may stand for
  /// `standard-deviation`:
  ///
  /// | family | parameters |
  /// | --- | --- |
  /// | constant | a number |
  /// | exponential | mean; or rate |
  /// | uniform | low, high |
  /// | triangular | low, mode, high |
  /// | normal | mean, standard-deviation, (lowest, highest: truncation) |
  /// | lognormal | mean, standard-deviation; or median, sigma; or mu, sigma (mu: of the number of the unit asked for) |
  /// | gamma | mean, standard-deviation; or shape, scale; or shape, rate |
  /// | erlang | stages, mean |
  /// | weibull | shape, scale |
  /// | beta | alpha, beta, low, high |
  /// | poisson | mean (whole numbers of the unit asked for) |
  /// | geometric, binomial, negative-binomial, uniform-integer | probability; trials, probability; successes, probability; low, high (whole numbers of the unit asked for) |
  /// | empirical | values, (weights) |
  /// | mixture | a list of distributions, each with a weight |
  /// | hypoexponential | means |
  /// | hyperexponential | a list of mean, weight |
  /// | coxian | a list of mean, goes-on |
  /// | phase-type | (initial), rates, exits; or (initial), generator |
  /// | truncated | (lowest), (highest), of |
  /// | shifted | by, of |
  ///
  /// Names and parameters as in R: exp (rate), unif (min, max), norm (mean, sd), lnorm (meanlog,
  /// sdlog), triangle (a, b, c), pois (lambda), geom (prob), binom (size, prob), nbinom (size,
  /// prob); beta also by shape1, shape2.
  public func distribution(_ key: String, _ unit: ModelUnit) -> Distribution {
    guard let entry = required(key, example: "{exponential: \(unit.example(1))}") else {
      return placeholderDistribution
    }
    return distribution(of: entry, unit) ?? placeholderDistribution
  }

  /// A distribution that may be left out; `nil` also after a fault.
  public func distributionIfPresent(_ key: String, _ unit: ModelUnit) -> Distribution? {
    entry(key).flatMap { distribution(of: $0, unit) }
  }

  func distribution(of entry: ModelNode.Entry, _ unit: ModelUnit) -> Distribution? {
    guard case .mapping(let parts) = entry.node.content, entry.node["value"] == nil else {
      return number(of: entry, unit, Self.anyNumber).flatMap { try? .constant($0) }
    }
    guard let section = subsection(entry) else { return nil }
    let kinds = parts.map(\.key).filter { !ProvenanceScope.keys.contains($0) }
    guard kinds.count == 1, Self.distributionNames.contains(kinds[0]) else {
      let wrong = kinds.first { !Self.distributionNames.contains($0) }
      section.state.asked.formUnion(kinds)
      reading.faults.record(
        wrong.map(section.placeOf) ?? placeOf(entry),
        wrong == nil
          ? kinds.isEmpty ? "names no distribution" : "names \(kinds.count) distributions"
          : "is not a distribution",
        wrong.map { remedy(for: $0, among: Self.distributionNames, kind: "distribution") }
          ?? "write one, for instance {exponential: \(unit.example(1))}")
      return nil
    }
    return DistributionReading(section: section, unit: unit).read(kinds[0])
  }

  private var placeholderDistribution: Distribution {
    guard let one = try? Distribution.constant(1) else { preconditionFailure("1 is a number") }
    return one
  }
}

/// Reads one distribution whose family is known.
private struct DistributionReading {
  let section: ModelSection
  let unit: ModelUnit

  /// The distribution, or `nil` after faults.
  func read(_ kind: String) -> Distribution? {
    let faults = section.reading.faults
    let before = faults.count
    do {
      let result = try make(kind)
      return faults.count == before ? result : nil
    } catch {
      // A parameter that is no number at all was named already.
      if faults.count == before {
        faults.record(
          section.placeOf(kind), "has the \(error.parameter) \(plainNumber(error.value))",
          "it must be \(error.allowed)")
      }
      return nil
    }
  }

  private func make(_ kind: String) throws(DistributionError) -> Distribution? {
    switch kind {
    case "constant": return try .constant(section.number(kind, unit))
    case "exponential" where isSingle(kind):
      return try .exponential(mean: section.number(kind, unit, in: ModelSection.positive))
    case "poisson" where isSingle(kind):
      return try .poisson(mean: section.number(kind, unit, in: ModelSection.positive))
    case "mixture": return try mixture(kind)
    case "hyperexponential": return try hyperexponential(kind)
    case "coxian": return try coxian(kind)
    default: break
    }
    let parameters = section.section(kind)
    if parameters.isMissing { return nil }
    switch kind {
    case "empirical": return try empirical(parameters)
    case "hypoexponential":
      return try .hypoexponential(
        means: parameters.numbers("means", unit, in: ModelSection.positive))
    case "phase-type": return try PhaseReading(section: parameters, unit: unit).read()
    case "truncated": return try truncated(parameters)
    case "shifted":
      let offset = parameters.number("by", unit)
      guard let inner = inner(parameters) else { return nil }
      return try .shifted(by: offset, inner)
    default: return try simple(kind, parameters)
    }
  }

  /// Whether a number stands where other distributions have a section: `exponential: 12 min`.
  private func isSingle(_ kind: String) -> Bool {
    if case .mapping? = section.node[kind]?.content { return section.node[kind]?["value"] != nil }
    return true
  }

  private func simple(
    _ kind: String, _ parameters: ModelSection
  ) throws(DistributionError) -> Distribution? {
    guard let spelling = DistributionSpelling.chosen(kind, in: parameters) else { return nil }
    var values = DistributionFamily.Parameters(repeating: 0)
    for (place, slot) in spelling.slots.enumerated() {
      switch slot {
      case .key(let key, let measure, let range):
        values[place] = parameters.number(
          DistributionSpelling.written(key, in: parameters), unit.unit(of: measure), in: range)
      case .wholeNumber(let key, let range):
        values[place] = Double(parameters.integer(key, in: range))
      case .optional(let key, let otherwise):
        values[place] = parameters.numberIfPresent(key, unit) ?? otherwise
      case .fixed(let value): values[place] = value
      }
    }
    do {
      return try spelling.family.distribution(values)
    } catch {
      throw spelling.inItsWords(error)
    }
  }

  private func empirical(_ parameters: ModelSection) throws(DistributionError) -> Distribution? {
    let values = parameters.numbers("values", unit)
    let weights =
      parameters.has("weights")
      ? parameters.numbers("weights", .plain, in: ModelSection.zeroOrMore) : nil
    if let weights, weights.count != values.count {
      parameters.fault(
        "weights", "has \(weights.count) weights for \(values.count) values", "give each one")
      return nil
    }
    return try .empirical(values: values, weights: weights)
  }

  private func hyperexponential(_ kind: String) throws(DistributionError) -> Distribution? {
    let items = section.items(kind)
    guard !items.isEmpty else { return nil }
    return try .hyperexponential(
      means: items.map { $0.number("mean", unit, in: ModelSection.positive) },
      weights: items.map { $0.number("weight", .share, in: ModelSection.zeroOrMore) })
  }

  private func coxian(_ kind: String) throws(DistributionError) -> Distribution? {
    let items = section.items(kind)
    guard !items.isEmpty else { return nil }
    return try .coxian(
      means: items.map { $0.number("mean", unit, in: ModelSection.positive) },
      goingOn: items.dropLast().map { $0.number("goes-on", .share, in: 0...1) })
  }

  private func truncated(_ parameters: ModelSection) throws(DistributionError) -> Distribution? {
    let lowest = parameters.numberIfPresent("lowest", unit)
    let highest = parameters.numberIfPresent("highest", unit)
    guard let inner = inner(parameters) else { return nil }
    guard parameters.has("lowest") || parameters.has("highest") else {
      parameters.fault("has no bound", "add lowest: \(unit.example(1)), or highest, or both")
      return nil
    }
    return try .truncated(inner, lowest: lowest, highest: highest)
  }

  /// The distribution that is truncated or shifted.
  private func inner(_ parameters: ModelSection) -> Distribution? {
    parameters.required("of", example: "{exponential: \(unit.example(1))}").flatMap {
      parameters.distribution(of: $0, unit)
    }
  }

  private func mixture(_ kind: String) throws(DistributionError) -> Distribution? {
    var components: [Distribution] = []
    var weights: [Double] = []
    for item in section.items(kind) {
      weights.append(item.number("weight", .share, in: ModelSection.zeroOrMore))
      _ = item.textIfPresent("name")
      let kinds = item.keys.filter { $0 != "weight" && $0 != "name" }
      guard kinds.count == 1, ModelSection.distributionNames.contains(kinds[0]) else {
        item.state.asked.formUnion(kinds)
        item.fault("is not one distribution with a weight", "write {weight: 30 %, exponential: …}")
        continue
      }
      if let component = DistributionReading(section: item, unit: unit).read(kinds[0]) {
        components.append(component)
      }
    }
    guard components.count == weights.count else { return nil }
    return try .mixture(components, weights: weights)
  }
}
