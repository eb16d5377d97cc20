// SPDX-License-Identifier: GPL-3.0-or-later

extension Distribution {
  /// A distribution given that its variable lies from `lowest` to `highest`; nothing is moved to the
  /// nearer bound.
  ///
  /// Parameters of the inner distribution are those before truncation. A mixture becomes the mixture
  /// of what is left of its components.
  ///
  /// - Parameters:
  ///   - distribution: Any; whole numbers with a standard deviation up to 10⁴.
  ///   - lowest: The lower bound, or `nil` for none.
  ///   - highest: The upper bound, greater than `lowest`, or `nil` for none. The bounds must leave a
  ///     probability of at least 10⁻⁶ (for a normal distribution 10⁻²⁵⁰).
  public static func truncated(
    _ distribution: Distribution, lowest: Double? = nil, highest: Double? = nil
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("truncated")
    if let lowest { try check.finite(lowest, "lowest") }
    if let highest { try check.finite(highest, "highest") }
    let low = lowest ?? -.infinity
    let high = highest ?? .infinity
    try check.that(high > low, high, "highest", "greater than lowest, \(low)")
    return try cut(distribution, low, high, keeping: 1e-6)
  }

  /// `distribution` moved by `offset`: each sample is that of the inner one plus the offset.
  public static func shifted(
    by offset: Double, _ distribution: Distribution
  ) throws(DistributionError) -> Self {
    try ParameterCheck("shifted").finite(offset, "offset")
    switch distribution.form {
    case .constant(let value): return try constant(value + offset)
    case .shifted(let inner, let first): return try shifted(by: first + offset, inner)
    case .mixture(let components):
      var parts: [Distribution] = []
      for component in components {
        parts.append(try shifted(by: offset, component.distribution))
      }
      return try mixture(parts, weights: components.map(\.weight))
    default: return try Self(.shifted(distribution, by: offset))
    }
  }

  /// The truncation, in the simplest form.
  private static func cut(
    _ whole: Distribution, _ lowest: Double, _ highest: Double, keeping least: Double
  ) throws(DistributionError) -> Self {
    let support = whole.support
    if lowest <= support.lowerBound && support.upperBound <= highest { return whole }
    let check = ParameterCheck("truncated")
    let kept: Double
    switch whole.form {
    case .shifted(let inner, let offset):
      return try shifted(
        by: offset, cut(inner, lowest - offset, highest - offset, keeping: least))
    case .normal(let mean, let deviation, let low, let high):
      return try Self(
        .checkedNormal(
          mean: mean, standardDeviation: deviation, lowest: max(lowest, low),
          highest: min(highest, high)))
    case .truncated(let inner, let low, let high):
      return try cut(inner, max(lowest, low), min(highest, high), keeping: least)
    case .empirical(let points):
      let left = points.filter { lowest <= $0.value && $0.value <= highest }
      kept = left.reduce(0) { $0 + $1.weight }
      try check.that(kept >= least, kept, probability, "at least \(least)")
      return try empirical(values: left.map(\.value), weights: left.map(\.weight))
    case .mixture(let components):
      let left = components.map {
        $0.weight * Truncation($0.distribution, lowest: lowest, highest: highest).kept
      }
      kept = left.reduce(0, +)
      try check.that(kept >= least, kept, probability, "at least \(least)")
      var parts: [Distribution] = []
      var weights: [Double] = []
      // What is left of a component may be nothing, or too little to be told from nothing.
      for (component, weight) in zip(components, left) where weight >= 1e-12 * kept {
        parts.append(
          try cut(component.distribution, lowest, highest, keeping: .leastNonzeroMagnitude))
        weights.append(weight)
      }
      return try mixture(parts, weights: weights)
    default:
      let isWhole = whole.form.isWholeNumbers
      let low = isWhole ? lowest.rounded(.up) : lowest
      let high = isWhole ? highest.rounded(.down) : highest
      kept = high >= low ? Truncation(whole, lowest: low, highest: high).kept : 0
      try check.that(kept >= least, kept, probability, "at least \(least)")
      if isWhole {
        let deviation = whole.standardDeviation
        try check.that(
          deviation <= 1e4, deviation, "standard deviation of whole numbers", "at most 1e4")
      }
      return try Self(.truncated(whole, lowest: low, highest: high))
    }
  }

  private static var probability: String { "probability within the bounds" }
}
