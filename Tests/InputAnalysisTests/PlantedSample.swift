// SPDX-License-Identifier: GPL-3.0-or-later

import InputAnalysis
import Randomness

/// Samples drawn from a distribution that is known.
func planted(_ distribution: Distribution, count: Int, seed: UInt64, repetition: UInt32 = 1)
  -> Sample
{
  var table = SamplerTable()
  let sampler = table.add(distribution)
  let root = RandomRoot(seed: seed, replication: repetition)
  return Sample(
    (0..<count).map { place in
      var stream = RandomStream(root, Purpose("planted"), owner: UInt64(place))
      return table.sample(sampler, &stream)
    })
}

/// A family with parameters of one of its members, and that member.
struct Member: CustomStringConvertible, Sendable {
  let family: FittedFamily
  let parameters: [Double]
  let distribution: Distribution
  /// The ends of beta.
  var bounds: ClosedRange<Double>?

  var description: String { family.rawValue }

  private init(
    _ family: FittedFamily, _ parameters: [Double], _ distribution: Distribution,
    bounds: ClosedRange<Double>? = nil
  ) {
    self.family = family
    self.parameters = parameters
    self.distribution = distribution
    self.bounds = bounds
  }

  /// One of each family.
  static let all: [Member] = {
    do {
      return [
        Member(.exponential, [12], try .exponential(mean: 12)),
        Member(.uniform, [3, 11], try .uniform(low: 3, high: 11)),
        Member(.triangular, [2, 5, 14], try .triangular(low: 2, mode: 5, high: 14)),
        Member(.normal, [-20, 7, -.infinity], try .normal(mean: -20, standardDeviation: 7)),
        Member(.normal, [3, 2, 0], try .normal(mean: 3, standardDeviation: 2, lowest: 0)),
        Member(.lognormal, [8, 0.6], try .lognormal(mu: 2.0794415416798357, sigma: 0.6)),
        Member(.gamma, [2.5, 4], try .gamma(shape: 2.5, scale: 4)),
        Member(.erlang, [3, 12], try .erlang(stages: 3, mean: 12)),
        Member(.weibull, [1.6, 9], try .weibull(shape: 1.6, scale: 9)),
        Member(
          .beta, [2, 3.5, -1, 4], try .beta(alpha: 2, beta: 3.5, low: -1, high: 4), bounds: -1...4),
        Member(
          .hyperexponential, [0.6, 2, 25],
          try .mixture([.exponential(mean: 2), .exponential(mean: 25)], weights: [0.6, 0.4])),
        Member(
          .lognormals, [0.7, 5, 0.4, 40, 0.5],
          try .mixture(
            [
              .lognormal(mu: 1.6094379124341003, sigma: 0.4),
              .lognormal(mu: 3.6888794541139363, sigma: 0.5),
            ], weights: [0.7, 0.3])),
        Member(.poisson, [4.2], try .poisson(mean: 4.2)),
        Member(.geometric, [0.3], try .geometric(probability: 0.3)),
        Member(.failures, [0.25], try .negativeBinomial(successes: 1, probability: 0.25)),
        Member(.binomial, [12, 0.4], try .binomial(trials: 12, probability: 0.4)),
        Member(
          .negativeBinomial, [2.5, 0.3], try .negativeBinomial(successes: 2.5, probability: 0.3)),
        Member(.uniformInteger, [2, 9], try .uniformInteger(low: 2, high: 9)),
      ]
    } catch { preconditionFailure("\(error)") }
  }()
}
