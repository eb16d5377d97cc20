// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

/// A distribution and its place in the sweep, for tests that run over all families.
struct DistributionCase: Sendable, CustomTestStringConvertible {
  let distribution: Distribution
  let label: String
  /// How far rounding may put off a probability: more than nothing for what truncation magnifies.
  let coarseness: Double
  /// How many samples are drawn: fewer where each one is searched for.
  let samples: Int

  var testDescription: String { label }

  private init(
    _ label: String, _ distribution: Distribution, coarseness: Double = 0, samples: Int = 400_000
  ) {
    self.label = label
    self.distribution = distribution
    self.coarseness = coarseness
    self.samples = samples
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

  /// Distributions of the time until a Markov chain ends, and what bounds and shifts make of others.
  static let composed: [Self] =
    made { add in
      for means in [[2.0], [1, 3], [1, 1, 1, 5], [0.01, 40, 2]] {
        add("hypoexponential \(means)", try .hypoexponential(means: means))
      }
      add("hyperexponential", try .hyperexponential(means: [1, 12], weights: [9, 1]))
      add("coxian", try .coxian(means: [1, 4, 9], goingOn: [0.6, 0.2]))
      add(
        "phase-type with ways back",
        try .phaseType(
          initial: [0.7, 0, 0.3], rates: [[0, 2, 0.5], [1, 0, 1], [0, 0.25, 0]], exits: [0.5, 0, 1])
      )
      add(
        "phase-type of slow and fast phases",
        try .phaseType(initial: [0.5, 0.5], rates: [[0, 300], [0.2, 0]], exits: [2, 0.05]))
      for offset in [3.0, -2, 1e4] {
        add("exponential 2 shifted by \(offset)", try .shifted(by: offset, .exponential(mean: 2)))
      }
      add("gamma shifted", try .shifted(by: 1, .gamma(shape: 3, scale: 2)))
      add("triangular shifted", try .shifted(by: 1, .triangular(low: 0, mode: 1, high: 3)))
      add(
        "mixture shifted",
        try .shifted(by: 2, .mixture([.exponential(mean: 1), .uniform(low: 0, high: 9)])))
    } + cut

  private static let cut: [Self] = {
    do {
      let lognormal = try Distribution.lognormal(mean: 10, standardDeviation: 15)
      let phases = try Distribution.coxian(means: [1, 4, 9], goingOn: [0.6, 0.2])
      let cases: [(Distribution, Double?, Double?)] = [
        (try .exponential(mean: 4), 1, nil), (try .exponential(mean: 4), nil, 3),
        (try .exponential(mean: 4), 30, 40), (lognormal, 2, nil), (lognormal, 100, nil),
        (lognormal, 2, 60), (lognormal, nil, 7),
        (try .weibull(shape: 0.6, scale: 3), 5, nil), (try .weibull(shape: 2, scale: 3), 1, 4),
        (try .gamma(shape: 0.5, scale: 2), 0.1, nil), (try .gamma(shape: 3, scale: 2), 2, 9),
        (try .erlang(stages: 3, mean: 6), nil, 6), (try .uniform(low: 0, high: 10), 3, 12),
        (try .triangular(low: 0, mode: 1, high: 8), 0.5, 7),
        (try .beta(alpha: 2, beta: 3, low: 0, high: 9), 2, nil),
        (try .normal(mean: 0, standardDeviation: 1), 1, 2), (phases, nil, 20), (phases, 0.5, 12),
        (try .mixture([.exponential(mean: 1), lognormal], weights: [3, 1]), 2, 40),
        (try .shifted(by: 2, .exponential(mean: 3)), 3, 8),
        (try .truncated(.exponential(mean: 4), lowest: 1), nil, 5),
      ]
      var result = try cases.map { inner, lowest, highest in
        let words = [lowest, highest].map { $0.map(String.init(describing:)) ?? "-" }
        return Self(
          "\(inner.name) within \(words[0]), \(words[1])",
          try .truncated(inner, lowest: lowest, highest: highest), coarseness: 1e-12)
      }
      // So little is left that samples are searched for.
      result.append(
        Self(
          "gamma far out", try .truncated(.gamma(shape: 3, scale: 1), lowest: 8),
          coarseness: 1e-12, samples: 20_000))
      result.append(
        Self(
          "phase-type far out", try .truncated(phases, lowest: 20), coarseness: 1e-12,
          samples: 1_000))
      return result
    } catch {
      fatalError("the sweep holds a distribution that is refused: \(error)")
    }
  }()

  static let counts: [Self] = made { add in
    for p in [1e-3, 0.2, 0.5, 0.99] { add("geometric \(p)", try .geometric(probability: p)) }
    for (n, p) in [(1, 0.3), (10, 0.05), (40, 0.5), (1_000, 0.9)] {
      add("binomial \(n) \(p)", try .binomial(trials: n, probability: p))
    }
    for (n, p) in [(0.3, 0.1), (1, 0.5), (4, 0.02), (50, 0.7)] {
      add("negative binomial \(n) \(p)", try .negativeBinomial(successes: n, probability: p))
    }
    for (low, high) in [(1, 6), (-3, 3), (0, 999)] {
      add("uniform integer \(low) \(high)", try .uniformInteger(low: low, high: high))
    }
    add("poisson from 1", try .truncated(.poisson(mean: 1.5), lowest: 1))
    add("poisson far out", try .truncated(.poisson(mean: 3), lowest: 9))
    add("poisson within 1.5, 4.5", try .truncated(.poisson(mean: 3), lowest: 1.5, highest: 4.5))
    add("geometric up to 4", try .truncated(.geometric(probability: 0.3), highest: 4))
    add(
      "negative binomial from 0 shifted to 1",
      try .shifted(by: 1, .negativeBinomial(successes: 2, probability: 0.4)))
    add(
      "empirical within", try .truncated(.empirical(values: [1, 2, 5, 9]), lowest: 2, highest: 5))
    add(
      "shifted binomial within",
      try .truncated(.shifted(by: 0.5, .binomial(trials: 9, probability: 0.4)), lowest: 3))
  }

  static let all = continuous + discrete + composed + counts

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
