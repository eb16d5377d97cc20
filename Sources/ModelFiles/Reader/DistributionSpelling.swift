// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// One way of writing the parameters of a distribution: where each slot of its family comes from.
///
/// A name such as `gamma` may have several spellings, which differ in their keys; which one is meant
/// is told by the keys alone. Names as R has them take R's parameters, and no others.
struct DistributionSpelling {
  let family: DistributionFamily
  /// In the order of the family's slots.
  let slots: [Source]

  enum Source {
    /// A key, and what its number may be.
    case key(String, DistributionFamily.Measure, ClosedRange<Double>)
    /// A key that must have a whole number.
    case wholeNumber(String, ClosedRange<Int>)
    /// A key that may be left out.
    case optional(String, otherwise: Double)
    /// No key: always this number.
    case fixed(Double)
  }

  /// The keys that must be written.
  var required: [String] {
    slots.compactMap { slot in
      switch slot {
      case .key(let key, _, _), .wholeNumber(let key, _): key
      case .optional, .fixed: nil
      }
    }
  }

  /// All keys that may be written.
  var keys: [String] {
    slots.compactMap { slot in
      switch slot {
      case .key(let key, _, _), .wholeNumber(let key, _), .optional(let key, _): key
      case .fixed: nil
      }
    }
  }

  private init(_ family: DistributionFamily, _ slots: Source...) {
    precondition(slots.count == family.slots.count, "a spelling fills its family's slots")
    self.family = family
    self.slots = slots
  }

  /// The spellings of a name; none for names that are not simple families.
  static func spellings(of name: String) -> [Self] {
    let spread = positive("standard-deviation")
    let r = Source.key("rate", .perSample, ModelSection.positive)
    let sigma = shape("sigma")
    switch name {
    case "exponential": return [Self(.exponential, positive("mean")), Self(.exponentialByRate, r)]
    case "exp": return [Self(.exponentialByRate, r)]
    case "uniform": return [Self(.uniform, any("low"), any("high"))]
    case "unif": return [Self(.uniform, any("min"), any("max"))]
    case "triangular": return [Self(.triangular, any("low"), any("mode"), any("high"))]
    case "triangle": return [Self(.triangular, any("a"), any("c"), any("b"))]
    case "normal":
      return [
        Self(
          .truncatedNormal, any("mean"), spread, .optional("lowest", otherwise: -.infinity),
          .optional("highest", otherwise: .infinity))
      ]
    case "norm":
      return [
        Self(
          .truncatedNormal, any("mean"), positive("sd"),
          .optional("lowest", otherwise: -.infinity), .optional("highest", otherwise: .infinity))
      ]
    case "lognormal":
      return [
        Self(.lognormal, positive("mean"), spread),
        Self(.lognormalByMedian, positive("median"), sigma),
        Self(.lognormalByLogarithm, .key("mu", .logarithm, ModelSection.anyNumber), sigma),
      ]
    case "lnorm":
      return [
        Self(
          .lognormalByLogarithm, .key("meanlog", .logarithm, ModelSection.anyNumber),
          shape("sdlog"))
      ]
    case "gamma":
      return [
        Self(.gammaByMean, positive("mean"), spread),
        Self(.gamma, shape("shape"), positive("scale")), Self(.gammaByRate, shape("shape"), r),
      ]
    case "erlang":
      return [Self(.erlang, .wholeNumber("stages", 1...10_000), positive("mean"))]
    case "weibull": return [Self(.weibull, shape("shape"), positive("scale"))]
    case "beta":
      return [
        Self(.beta, shape("alpha"), shape("beta"), any("low"), any("high")),
        Self(
          .beta, shape("shape1"), shape("shape2"), .optional("low", otherwise: 0),
          .optional("high", otherwise: 1)),
      ]
    case "poisson": return [Self(.poisson, positive("mean"))]
    case "pois": return [Self(.poisson, positive("lambda"))]
    case "geometric": return [Self(.geometric, share("probability"))]
    // R counts the failures only.
    case "geom": return [Self(.negativeBinomial, .fixed(1), share("prob"))]
    case "binomial":
      return [Self(.binomial, .wholeNumber("trials", 1...100_000), share("probability"))]
    case "binom": return [Self(.binomial, .wholeNumber("size", 1...100_000), share("prob"))]
    case "negative-binomial":
      return [Self(.negativeBinomial, shape("successes"), share("probability"))]
    case "nbinom": return [Self(.negativeBinomial, shape("size"), share("prob"))]
    case "uniform-integer": return [Self(.uniformInteger, any("low"), any("high"))]
    default: return []
    }
  }

  /// Another name of a key, which may stand in its place.
  static let otherNames = ["standard-deviation": "sd"]

  private static func any(_ key: String) -> Source { .key(key, .samples, ModelSection.anyNumber) }
  private static func positive(_ key: String) -> Source {
    .key(key, .samples, ModelSection.positive)
  }
  private static func shape(_ key: String) -> Source { .key(key, .plain, ModelSection.positive) }
  private static func share(_ key: String) -> Source { .key(key, .plain, 0...1) }

  /// The spelling that a section's keys belong to; `nil` after a fault.
  ///
  /// Names all its keys to the section, so that an unknown one is told what there is. Keys of two
  /// spellings at once are a fault of one line.
  static func chosen(_ name: String, in section: ModelSection) -> Self? {
    let all = spellings(of: name)
    section.state.asked.formUnion(all.flatMap(\.keys))
    for (key, other) in otherNames where all.contains(where: { $0.keys.contains(key) }) {
      section.state.asked.insert(other)
      if section.node.entry(key) != nil, section.node.entry(other) != nil {
        section.fault(other, "is \(key) once more", "write one of them")
        return nil
      }
    }
    let written = Set(section.keys.map { key in otherNames.first { $0.value == key }?.key ?? key })
    func matches(_ spelling: Self) -> Int { written.intersection(spelling.keys).count }
    guard let most = all.map(matches).max(), let best = all.first(where: { matches($0) == most })
    else { preconditionFailure("\(name) has no spelling") }
    let ways = all.map { $0.required.joined(separator: ", ") }.joined(separator: "; or ")
    let isMisspelt = section.keys.contains {
      nearestName(to: $0, among: all.flatMap(\.keys)) != nil
    }
    if most == 0, !section.keys.isEmpty, !isMisspelt {
      section.state.asked.formUnion(section.keys)
      section.fault("has \(section.keys.joined(separator: ", "))", "write \(ways)")
      return nil
    }
    let foreign = all.flatMap(\.keys).first { written.contains($0) && !best.keys.contains($0) }
    guard let foreign else { return best }
    let place = section.node.entry(foreign) == nil ? otherNames[foreign] ?? foreign : foreign
    let mates = best.keys.filter { written.contains($0) }.joined(separator: ", ")
    section.fault(place, "does not go with \(mates)", "write \(ways)")
    return nil
  }

  /// A refusal in the words of the keys, where these are others than the slots' names.
  func inItsWords(_ error: DistributionError) -> DistributionError {
    var error = error
    for (slot, source) in zip(family.slots, slots) {
      guard case .key(let key, _, _) = source, key != slot.name else { continue }
      if error.parameter == slot.name { error.parameter = key }
      error.allowed = error.allowed.replacing(" \(slot.name), ", with: " \(key), ")
    }
    return error
  }

  /// The key under which a section has what this spelling calls `key`.
  static func written(_ key: String, in section: ModelSection) -> String {
    guard let other = otherNames[key], section.node.entry(other) != nil else { return key }
    return other
  }
}

extension ModelSection {
  /// The keys of a distribution's parameters, where each has its own.
  package static func parameterKeys(of name: String) -> [String] {
    DistributionSpelling.spellings(of: name).flatMap(\.keys)
  }
}

extension ModelUnit {
  /// The unit of a parameter, where samples are in this one.
  func unit(of measure: DistributionFamily.Measure) -> ModelUnit {
    switch measure {
    case .samples: self
    case .perSample: perUnit
    case .plain, .logarithm: .plain
    }
  }
}
