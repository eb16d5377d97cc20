// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ModelSection {
  /// The families an author may write.
  public static let distributionNames = [
    "constant", "exponential", "uniform", "triangular", "normal", "lognormal", "gamma", "erlang",
    "weibull", "beta", "poisson", "empirical", "mixture",
  ]

  /// A distribution in the unit asked for: `12 min` (constant), `{exponential: 12 min}`,
  /// `{lognormal: {mean: 12 min, standard-deviation: 8 min}}`.
  ///
  /// Families and their parameters, where those in brackets may be left out:
  ///
  /// | family | parameters |
  /// | --- | --- |
  /// | constant | a number |
  /// | exponential | mean |
  /// | uniform | low, high |
  /// | triangular | low, mode, high |
  /// | normal | mean, standard-deviation, (lowest, highest: truncation) |
  /// | lognormal | mean, standard-deviation; or median, sigma; or mu, sigma (mu: of the number of the unit asked for) |
  /// | gamma | mean, standard-deviation; or shape, scale |
  /// | erlang | stages, mean |
  /// | weibull | shape, scale |
  /// | beta | alpha, beta, low, high |
  /// | poisson | mean (whole numbers of the unit asked for) |
  /// | empirical | values, (weights) |
  /// | mixture | a list of distributions, each with a weight |
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
    case "exponential": return try .exponential(mean: single(kind, "mean", ModelSection.positive))
    case "poisson": return try .poisson(mean: single(kind, "mean", ModelSection.positive))
    case "mixture": return try mixture(kind)
    default: break
    }
    let parameters = section.section(kind)
    if parameters.isMissing { return nil }
    func value(_ key: String) -> Double { parameters.number(key, unit) }
    func plain(_ key: String) -> Double {
      parameters.number(key, .plain, in: ModelSection.positive)
    }
    func spread() -> Double {
      parameters.number("standard-deviation", unit, in: ModelSection.positive)
    }
    switch kind {
    case "uniform": return try .uniform(low: value("low"), high: value("high"))
    case "triangular":
      return try .triangular(low: value("low"), mode: value("mode"), high: value("high"))
    case "normal":
      return try .normal(
        mean: value("mean"), standardDeviation: spread(),
        lowest: parameters.numberIfPresent("lowest", unit),
        highest: parameters.numberIfPresent("highest", unit))
    case "lognormal": return try lognormal(parameters)
    case "gamma":
      if parameters.has("shape") || parameters.has("scale") {
        return try .gamma(shape: plain("shape"), scale: value("scale"))
      }
      let mean = parameters.number("mean", unit, in: ModelSection.positive)
      let variation = spread() / mean
      let shape = 1 / (variation * variation)
      return try .gamma(shape: shape, scale: mean / shape)
    case "erlang":
      return try .erlang(stages: parameters.integer("stages", in: 1...10_000), mean: value("mean"))
    case "weibull": return try .weibull(shape: plain("shape"), scale: value("scale"))
    case "beta":
      return try .beta(
        alpha: plain("alpha"), beta: plain("beta"), low: value("low"), high: value("high"))
    case "empirical":
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
    default: preconditionFailure("\(kind) is not a distribution")
    }
  }

  /// `exponential: 12 min` or `exponential: {mean: 12 min}`.
  private func single(_ kind: String, _ key: String, _ range: ClosedRange<Double>) -> Double {
    if case .mapping? = section.node[kind]?.content, section.node[kind]?["value"] == nil {
      return section.section(kind).number(key, unit, in: range)
    }
    return section.number(kind, unit, in: range)
  }

  private func lognormal(_ parameters: ModelSection) throws(DistributionError) -> Distribution {
    if parameters.has("median") {
      let median = parameters.number("median", unit, in: ModelSection.positive)
      return try .lognormal(mu: log(median), sigma: sigma(parameters))
    }
    if parameters.has("mu") {
      return try .lognormal(mu: parameters.number("mu"), sigma: sigma(parameters))
    }
    return try .lognormal(
      mean: parameters.number("mean", unit, in: ModelSection.positive),
      standardDeviation: parameters.number("standard-deviation", unit, in: ModelSection.positive))
  }

  private func sigma(_ parameters: ModelSection) -> Double {
    parameters.number("sigma", .plain, in: ModelSection.positive)
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
