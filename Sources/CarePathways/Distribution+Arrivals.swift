// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

extension Distribution {
  /// The distribution with the density x f(x) / mean: of the interval that holds an instant chosen
  /// long before. `nil` where it belongs to no family that can be drawn from.
  ///
  /// Source: Cox, *Renewal Theory* (1962), §5.4.
  var lengthBiased: Distribution? {
    switch form {
    case .constant: self
    case .exponential(let mean): try? .gamma(shape: 2, scale: mean)
    case .gamma(let shape, let scale): try? .gamma(shape: shape + 1, scale: scale)
    case .erlang(let stages, let mean):
      try? .gamma(shape: Double(stages) + 1, scale: mean / Double(stages))
    case .uniform(0, let high): try? .triangular(low: 0, mode: high, high: high)
    case .lognormal(let mu, let sigma): try? .lognormal(mu: mu + sigma * sigma, sigma: sigma)
    case .empirical(let points):
      try? .empirical(
        values: points.map(\.value), weights: points.map { $0.weight * $0.value / mean })
    case .mixture(let parts): Self.mixtureOfBiased(parts, mean: mean)
    default: nil
    }
  }

  private static func mixtureOfBiased(
    _ parts: [WeightedDistribution], mean: Double
  ) -> Distribution? {
    var biased: [Distribution] = []
    var weights: [Double] = []
    for part in parts where part.distribution.mean > 0 {
      guard let one = part.distribution.lengthBiased else { return nil }
      biased.append(one)
      weights.append(part.weight * part.distribution.mean / mean)
    }
    return try? .mixture(biased, weights: weights)
  }

  /// Whether every sample is a whole number.
  var isWhole: Bool {
    switch form {
    case .constant(let value): value == value.rounded()
    case .poisson, .geometric, .binomial, .negativeBinomial, .uniformInteger: true
    case .truncated(let whole, _, _): whole.isWhole
    case .shifted(let whole, let by): whole.isWhole && by == by.rounded()
    case .empirical(let points): points.allSatisfy { $0.value == $0.value.rounded() }
    case .mixture(let parts): parts.allSatisfy(\.distribution.isWhole)
    default: false
    }
  }
}
