// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

/// A wrong parameter and what is said about it.
struct Refusal: Sendable, CustomTestStringConvertible {
  let sentence: String
  let make: @Sendable () throws(DistributionError) -> Distribution

  var testDescription: String { sentence }

  init(
    _ sentence: String, _ make: @escaping @Sendable () throws(DistributionError) -> Distribution
  ) {
    self.sentence = sentence
    self.make = make
  }
}

@Suite("A wrong parameter")
struct DistributionErrorTests {
  static let positive = "it must be a finite number greater than 0"

  static let refusals: [Refusal] = [
    Refusal("constant: value is inf; it must be a finite number") { () throws(DistributionError) in
      try .constant(.infinity)
    },
    Refusal("exponential: mean is 0.0; \(positive)") { () throws(DistributionError) in
      try .exponential(mean: 0)
    },
    Refusal("exponential: mean is nan; \(positive)") { () throws(DistributionError) in
      try .exponential(mean: .nan)
    },
    Refusal("exponential: variance is inf; it must be small enough for a floating-point number") {
      () throws(DistributionError) in try .exponential(mean: 1e200)
    },
    Refusal("uniform: high is 2.0; it must be greater than low, 2.0") {
      () throws(DistributionError) in try .uniform(low: 2, high: 2)
    },
    Refusal("triangular: mode is 5.0; it must be from low, 1.0, to high, 4.0") {
      () throws(DistributionError) in try .triangular(low: 1, mode: 5, high: 4)
    },
    Refusal("triangular: mode is nan; it must be from low, 1.0, to high, 4.0") {
      () throws(DistributionError) in try .triangular(low: 1, mode: .nan, high: 4)
    },
    Refusal("normal: standard deviation is -1.0; \(positive)") { () throws(DistributionError) in
      try .normal(mean: 0, standardDeviation: -1)
    },
    Refusal("normal: highest is 1.0; it must be greater than lowest, 3.0") {
      () throws(DistributionError) in
      try .normal(mean: 0, standardDeviation: 1, lowest: 3, highest: 1)
    },
    Refusal("normal: probability within the bounds is 0.0; it must be at least 1e-250") {
      () throws(DistributionError) in
      try .normal(mean: 0, standardDeviation: 1, lowest: 50)
    },
    Refusal("lognormal: mean is -3.0; \(positive)") { () throws(DistributionError) in
      try .lognormal(mean: -3, standardDeviation: 1)
    },
    Refusal("lognormal: sigma is 0.0; \(positive)") { () throws(DistributionError) in
      try .lognormal(mu: 1, sigma: 0)
    },
    Refusal("gamma: shape is -1.0; \(positive)") { () throws(DistributionError) in
      try .gamma(shape: -1, scale: 1)
    },
    Refusal("gamma: scale is 0.0; \(positive)") { () throws(DistributionError) in
      try .gamma(shape: 1, scale: 0)
    },
    Refusal("gamma: shape is 2000000000.0; it must be at most 1e9") {
      () throws(DistributionError) in try .gamma(shape: 2e9, scale: 1)
    },
    Refusal("beta: beta is 200000.0; it must be at most 1e5") {
      () throws(DistributionError) in try .beta(alpha: 1, beta: 2e5)
    },
    Refusal(
      "normal: highest is 1.0; it must be at least 1e-9 standard deviations above lowest, "
        + "0.9999999999"
    ) { () throws(DistributionError) in
      try .normal(mean: 0, standardDeviation: 1, lowest: 0.9999999999, highest: 1)
    },
    Refusal("erlang: stages is 0.0; it must be from 1 to 1e9") { () throws(DistributionError) in
      try .erlang(stages: 0, mean: 1)
    },
    Refusal("weibull: scale is 0.0; \(positive)") { () throws(DistributionError) in
      try .weibull(shape: 1, scale: 0)
    },
    Refusal("beta: alpha is 0.0; \(positive)") { () throws(DistributionError) in
      try .beta(alpha: 0, beta: 1)
    },
    Refusal("beta: high is 1.0; it must be greater than low, 1.0") {
      () throws(DistributionError) in try .beta(alpha: 1, beta: 1, low: 1)
    },
    Refusal("poisson: mean is 2000000000.0; it must be at most 1e9") {
      () throws(DistributionError) in
      try .poisson(mean: 2e9)
    },
    Refusal("empirical: number of values is 0.0; it must be from 1 to 16777216") {
      () throws(DistributionError) in try .empirical(values: [])
    },
    Refusal("empirical: values[1] is nan; it must be a finite number") {
      () throws(DistributionError) in try .empirical(values: [1, .nan])
    },
    Refusal("empirical: number of weights is 1.0; it must be 2, one for each") {
      () throws(DistributionError) in try .empirical(values: [1, 2], weights: [1])
    },
    Refusal("empirical: weights[1] is -0.5; it must be a finite number of at least 0") {
      () throws(DistributionError) in try .empirical(values: [1, 2], weights: [1, -0.5])
    },
    Refusal("empirical: sum of weights is 0.0; it must be a finite number greater than 0") {
      () throws(DistributionError) in try .empirical(values: [1, 2], weights: [0, 0])
    },
    Refusal("mixture: number of components is 0.0; it must be from 1 to 16777216") {
      () throws(DistributionError) in try .mixture([])
    },
    Refusal("geometric: probability is 0.0; it must be from 1e-6 to 1") {
      () throws(DistributionError) in try .geometric(probability: 0)
    },
    Refusal("binomial: trials is 0.0; it must be from 1 to 1e5") { () throws(DistributionError) in
      try .binomial(trials: 0, probability: 0.5)
    },
    Refusal("binomial: probability is 1.5; it must be from 0 to 1") {
      () throws(DistributionError) in try .binomial(trials: 3, probability: 1.5)
    },
    Refusal("negative-binomial: probability is 0.0; it must be from 0.001 to 1") {
      () throws(DistributionError) in try .negativeBinomial(successes: 2, probability: 0)
    },
    Refusal("uniform-integer: high is 1.0; it must be at least low, 2.0") {
      () throws(DistributionError) in try .uniformInteger(low: 2, high: 1)
    },
    Refusal("phase-type: sum of initial is 0.5; it must be 1") { () throws(DistributionError) in
      try .phaseType(initial: [0.5], rates: [[0]], exits: [1])
    },
    Refusal("phase-type: number of rows of rates is 1.0; it must be 2, one for each phase") {
      () throws(DistributionError) in
      try .phaseType(initial: [1, 0], rates: [[0, 1]], exits: [1, 1])
    },
    Refusal("phase-type: number of rates[1] is 1.0; it must be 2, one for each phase") {
      () throws(DistributionError) in
      try .phaseType(initial: [1, 0], rates: [[0, 1], [0]], exits: [1, 1])
    },
    Refusal("phase-type: number of exits is 1.0; it must be 2, one for each phase") {
      () throws(DistributionError) in
      try .phaseType(initial: [1, 0], rates: [[0, 1], [0, 0]], exits: [1])
    },
    Refusal("phase-type: rates[0][1] is -1.0; it must be a finite number of at least 0") {
      () throws(DistributionError) in
      try .phaseType(initial: [1, 0], rates: [[0, -1], [0, 0]], exits: [1, 1])
    },
    Refusal("phase-type: rates[1][1] is 3.0; it must be 0") { () throws(DistributionError) in
      try .phaseType(initial: [1, 0], rates: [[0, 1], [0, 3]], exits: [1, 1])
    },
    Refusal("phase-type: number of phases without a way out is 2.0; it must be 0") {
      () throws(DistributionError) in
      try .phaseType(
        initial: [1, 0, 0], rates: [[0, 1, 0], [0, 0, 1], [0, 1, 0]], exits: [1, 0, 0])
    },
    Refusal("phase-type: sum of generator[0] is 1.0; it must be at most 0") {
      () throws(DistributionError) in
      try .phaseType(initial: [1, 0], subgenerator: [[-1, 2], [0, -1]])
    },
    Refusal("phase-type: generator[1][1] is 1.0; it must be a finite number less than 0") {
      () throws(DistributionError) in
      try .phaseType(initial: [1, 0], subgenerator: [[-2, 2], [0, 1]])
    },
    Refusal("hypoexponential: means[1] is 0.0; \(positive)") { () throws(DistributionError) in
      try .hypoexponential(means: [1, 0])
    },
    Refusal("hyperexponential: means[0] is -1.0; \(positive)") { () throws(DistributionError) in
      try .hyperexponential(means: [-1])
    },
    Refusal("coxian: goingOn[0] is 1.5; it must be from 0 to 1") {
      () throws(DistributionError) in try .coxian(means: [1, 2], goingOn: [1.5])
    },
    Refusal(
      "coxian: number of probabilities of going on is 2.0; it must be 1, one for each stage but "
        + "the last"
    ) { () throws(DistributionError) in try .coxian(means: [1, 2], goingOn: [0.5, 0.5]) },
    Refusal("shifted: offset is inf; it must be a finite number") {
      () throws(DistributionError) in try .shifted(by: .infinity, .exponential(mean: 1))
    },
    Refusal("truncated: highest is 1.0; it must be greater than lowest, 2.0") {
      () throws(DistributionError) in
      try .truncated(.exponential(mean: 1), lowest: 2, highest: 1)
    },
    Refusal("truncated: probability within the bounds is 0.0; it must be at least 1e-06") {
      () throws(DistributionError) in try .truncated(.exponential(mean: 1), lowest: 800)
    },
    Refusal("truncated: probability within the bounds is 0.0; it must be at least 1e-06") {
      () throws(DistributionError) in
      try .truncated(.poisson(mean: 1), lowest: 1.2, highest: 1.8)
    },
    Refusal("truncated: probability within the bounds is 0.0; it must be at least 1e-06") {
      () throws(DistributionError) in try .truncated(.constant(3), lowest: 4)
    },
  ]

  @Test("is refused with its name, its value and what is allowed", arguments: refusals)
  func refused(_ refusal: Refusal) {
    let error = #expect(throws: DistributionError.self) { try refusal.make() }
    #expect(error?.description == refusal.sentence)
  }
}
