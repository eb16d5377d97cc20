// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

/// A distribution and its place in the sweep, for tests that run over all families.
struct DistributionCase: Sendable, CustomTestStringConvertible {
  let distribution: Distribution
  let label: String

  var testDescription: String { label }

  private init(_ label: String, _ distribution: Distribution) {
    self.label = label
    self.distribution = distribution
  }

  /// Continuous distributions over the range of parameters that models use, and beyond.
  static let continuous: [Self] = made { add in
    for mean in [1e-6, 0.5, 30, 1e9] { add("exponential \(mean)", try .exponential(mean: mean)) }
    for (low, high) in [(0.0, 1.0), (-5, 3), (1e6, 1e6 + 1)] {
      add("uniform \(low) \(high)", try .uniform(low: low, high: high))
    }
    for (low, mode, high) in [(0.0, 0.0, 1.0), (0, 1, 1), (5, 10, 30), (-3, -1, 0)] {
      add("triangular \(low) \(mode) \(high)", try .triangular(low: low, mode: mode, high: high))
    }
    for (mean, deviation) in [(0.0, 1.0), (100, 15), (-3, 0.01)] {
      add("normal \(mean) \(deviation)", try .normal(mean: mean, standardDeviation: deviation))
    }
    let bounds: [(Double?, Double?)] = [
      (0, nil), (nil, 0), (-1, 1), (-0.1, 3), (2, nil), (nil, -2), (5, 6), (8, nil), (30, nil),
      (nil, -30), (1, 1.001), (-40, 40), (-9, -8.5),
    ]
    for (lowest, highest) in bounds {
      let words =
        "\(lowest.map(String.init(describing:)) ?? "-"), "
        + "\(highest.map(String.init(describing:)) ?? "-")"
      add(
        "normal 0 1 within \(words)",
        try .normal(mean: 0, standardDeviation: 1, lowest: lowest, highest: highest))
    }
    add(
      "normal 10 7 within 0, -",
      try .normal(mean: 10, standardDeviation: 7, lowest: 0, highest: nil))
    for variation in [0.05, 0.7, 1.5] {
      add(
        "lognormal mean 10 cv \(variation)",
        try .lognormal(mean: 10, standardDeviation: 10 * variation))
    }
    for (mu, sigma) in [(0.0, 0.25), (-3, 1)] {
      add("lognormal mu \(mu) sigma \(sigma)", try .lognormal(mu: mu, sigma: sigma))
    }
    for shape in [0.2, 0.9, 1, 1.5, 7, 250] {
      add("gamma \(shape) 2", try .gamma(shape: shape, scale: 2))
    }
    for stages in [1, 2, 5, 40] {
      add("erlang \(stages) 12", try .erlang(stages: stages, mean: 12))
    }
    for shape in [0.6, 1, 1.8, 6, 100] {
      add("weibull \(shape) 3", try .weibull(shape: shape, scale: 3))
    }
    for (alpha, beta) in [(0.3, 0.4), (1.0, 1.0), (2, 5), (0.7, 3), (40, 60), (900, 4)] {
      add("beta \(alpha) \(beta)", try .beta(alpha: alpha, beta: beta))
    }
    add("beta 2 3 from -1 to 9", try .beta(alpha: 2, beta: 3, low: -1, high: 9))
    add(
      "mixture of exponentials",
      try .mixture([.exponential(mean: 1), .exponential(mean: 12)], weights: [9, 1]))
    add(
      "mixture of all kinds and a mixture",
      try .mixture([
        .uniform(low: -2, high: 4), .gamma(shape: 3, scale: 1), .weibull(shape: 2, scale: 2),
        .triangular(low: 0, mode: 1, high: 5), .normal(mean: 1, standardDeviation: 2),
        .normal(mean: 0, standardDeviation: 3, lowest: 1, highest: nil),
        .lognormal(mean: 2, standardDeviation: 1), .beta(alpha: 2, beta: 2, low: -1, high: 1),
        .mixture([.erlang(stages: 3, mean: 4), .exponential(mean: 2)], weights: [1, 3]),
      ]))
  }

  static let discrete: [Self] = made { add in
    for mean in [0.01, 0.8, 3, 9.99, 10.5, 60, 4000] {
      add("poisson \(mean)", try .poisson(mean: mean))
    }
    add("empirical, one value", try .empirical(values: [4]))
    add("empirical, equal weights", try .empirical(values: [3, 1, 2, 10, -5]))
    add(
      "empirical, weights",
      try .empirical(values: [1, 2, 3, 4, 5, 6, 7], weights: [5, 0, 1, 1, 80, 0.5, 12]))
    add(
      "empirical, 1,000 values",
      try .empirical(
        values: (0..<1_000).map { Double($0 * $0) }, weights: (0..<1_000).map { Double($0 % 7) }))
    add("constant", try .constant(7.5))
    add(
      "mixture of discrete ones",
      try .mixture(
        [.constant(0), .empirical(values: [1, 2]), .poisson(mean: 4)], weights: [0.5, 0.2, 0.3]))
  }

  static let all = continuous + discrete

  private static func made(
    _ body: (_ add: (String, Distribution) -> Void) throws -> Void
  ) -> [Self] {
    var cases: [Self] = []
    do {
      try body { cases.append(Self($0, $1)) }
    } catch {
      fatalError("the sweep holds a distribution that is refused: \(error)")
    }
    return cases
  }
}
