// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Randomness
import Testing

@Suite struct DistributionReadingTests {
  /// Every form of writing, and the distribution in minutes that it means.
  static func cases() throws -> [(String, Distribution)] {
    [
      ("30 s", try .constant(0.5)),
      ("{value: 30 s, note: Timed.}", try .constant(0.5)),
      ("{constant: 2 min}", try .constant(2)),
      ("{exponential: 2 min}", try .exponential(mean: 2)),
      ("{exponential: {mean: 2 min}}", try .exponential(mean: 2)),
      ("{exponential: {value: 2 min, note: Timed.}}", try .exponential(mean: 2)),
      ("{exponential: {mean: {value: 2 min, note: Timed.}}}", try .exponential(mean: 2)),
      ("{uniform: {low: 1 min, high: 0.1 h}}", try .uniform(low: 1, high: 6)),
      (
        "{triangular: {low: 1 min, mode: 2 min, high: 6 min}}",
        try .triangular(low: 1, mode: 2, high: 6)
      ),
      (
        "{normal: {mean: 5 min, standard-deviation: 2 min, lowest: 0 min}}",
        try .normal(mean: 5, standardDeviation: 2, lowest: 0)
      ),
      (
        "{lognormal: {mean: 5 min, standard-deviation: 4 min}}",
        try .lognormal(mean: 5, standardDeviation: 4)
      ),
      ("{lognormal: {median: 1 min, sigma: 0.5}}", try .lognormal(mu: 0, sigma: 0.5)),
      ("{lognormal: {mu: 1.5, sigma: 0.5}}", try .lognormal(mu: 1.5, sigma: 0.5)),
      ("{gamma: {shape: 2, scale: 3 min}}", try .gamma(shape: 2, scale: 3)),
      ("{gamma: {mean: 6 min, standard-deviation: 3 min}}", try .gamma(shape: 4, scale: 1.5)),
      ("{erlang: {stages: 3, mean: 6 min}}", try .erlang(stages: 3, mean: 6)),
      ("{weibull: {shape: 1.5, scale: 6 min}}", try .weibull(shape: 1.5, scale: 6)),
      (
        "{beta: {alpha: 2, beta: 3, low: 1 min, high: 9 min}}",
        try .beta(alpha: 2, beta: 3, low: 1, high: 9)
      ),
      ("{poisson: 4 min}", try .poisson(mean: 4)),
      (
        "{empirical: {values: [1 min, 2 min, 4 min], weights: [1, 2, 1]}}",
        try .empirical(values: [1, 2, 4], weights: [1, 2, 1])
      ),
      ("{empirical: {values: [1 min, 4 min]}}", try .empirical(values: [1, 4])),
      (
        "{mixture: [{weight: 30 %, exponential: 1 min}, {weight: 0.7, constant: 5 min}]}",
        try .mixture([.exponential(mean: 1), .constant(5)], weights: [0.3, 0.7])
      ),
      ("{exponential: {rate: 30 /h}}", try .exponential(mean: 2)),
      ("{gamma: {shape: 2, rate: 30 /h}}", try .gamma(shape: 2, scale: 2)),
      (
        "{lognormal: {mean: 5 min, sd: 4 min}}", try .lognormal(mean: 5, standardDeviation: 4)
      ),
      (
        "{normal: {mean: 5 min, sd: 2 min, highest: 9 min}}",
        try .normal(mean: 5, standardDeviation: 2, highest: 9)
      ),
      ("{gamma: {mean: 6 min, sd: 3 min}}", try .gamma(shape: 4, scale: 1.5)),
    ]
  }

  /// Names and parameters as R has them.
  static func casesOfR() throws -> [(String, Distribution)] {
    [
      ("{exp: {rate: 30 patients/h}}", try .exponential(mean: 2)),
      ("{unif: {min: 1 min, max: 6 min}}", try .uniform(low: 1, high: 6)),
      ("{norm: {mean: 5 min, sd: 2 min}}", try .normal(mean: 5, standardDeviation: 2)),
      ("{lnorm: {meanlog: 1.5, sdlog: 0.5}}", try .lognormal(mu: 1.5, sigma: 0.5)),
      ("{weibull: {shape: 1.5, scale: 6 min}}", try .weibull(shape: 1.5, scale: 6)),
      ("{beta: {shape1: 2, shape2: 3}}", try .beta(alpha: 2, beta: 3)),
      (
        "{beta: {shape1: 2, shape2: 3, low: 1 min, high: 9 min}}",
        try .beta(alpha: 2, beta: 3, low: 1, high: 9)
      ),
      ("{pois: {lambda: 4 min}}", try .poisson(mean: 4)),
      (
        "{triangle: {a: 1 min, b: 6 min, c: 2 min}}", try .triangular(low: 1, mode: 2, high: 6)
      ),
      ("{geom: {prob: 0.25}}", try .negativeBinomial(successes: 1, probability: 0.25)),
      ("{binom: {size: 9, prob: 0.25}}", try .binomial(trials: 9, probability: 0.25)),
      (
        "{nbinom: {size: 1.5, prob: 0.25}}",
        try .negativeBinomial(successes: 1.5, probability: 0.25)
      ),
    ]
  }

  /// Those of several parts.
  static func composedCases() throws -> [(String, Distribution)] {
    let hyper = try Distribution.hyperexponential(means: [1, 12], weights: [0.9, 0.1])
    return [
      ("{geometric: {probability: 25 %}}", try .geometric(probability: 0.25)),
      ("{binomial: {trials: 9, probability: 25 %}}", try .binomial(trials: 9, probability: 0.25)),
      (
        "{negative-binomial: {successes: 2, probability: 0.25}}",
        try .negativeBinomial(successes: 2, probability: 0.25)
      ),
      ("{uniform-integer: {low: 1 min, high: 6 min}}", try .uniformInteger(low: 1, high: 6)),
      ("{hypoexponential: {means: [1 min, 180 s]}}", try .hypoexponential(means: [1, 3])),
      (
        "{hyperexponential: [{weight: 90 %, mean: 1 min}, {weight: 10 %, mean: 0.2 h}]}", hyper
      ),
      (
        "{coxian: [{mean: 1 min, goes-on: 60 %}, {mean: 4 min, goes-on: 0}, {mean: 1 h}]}",
        try .coxian(means: [1, 4, 60], goingOn: [0.6, 0])
      ),
      (
        "{phase-type: {initial: [0.25, 75 %], rates: [[0, 60 /h], [0, 0]], exits: [2 /min, 0.5 /min]}}",
        try .phaseType(initial: [0.25, 0.75], rates: [[0, 1], [0, 0]], exits: [2, 0.5])
      ),
      (
        "{phase-type: {generator: [[-3 /min, 1 /min], [0 /min, -0.5 /min]]}}",
        try .phaseType(initial: [1, 0], rates: [[0, 1], [0, 0]], exits: [2, 0.5])
      ),
      (
        "{truncated: {lowest: 30 s, highest: 2 h, of: {lognormal: {mean: 5 min, sd: 4 min}}}}",
        try .truncated(.lognormal(mean: 5, standardDeviation: 4), lowest: 0.5, highest: 120)
      ),
      (
        "{truncated: {highest: 9 min, of: {exponential: 5 min}}}",
        try .truncated(.exponential(mean: 5), highest: 9)
      ),
      (
        "{shifted: {by: 3 min, of: {exponential: 5 min}}}",
        try .shifted(by: 3, .exponential(mean: 5))
      ),
      (
        "{truncated: {highest: 9 min, of: {shifted: {by: 1 min, of: {gamma: {shape: 2, scale: 1 min}}}}}}",
        try .truncated(.shifted(by: 1, .gamma(shape: 2, scale: 1)), highest: 9)
      ),
      (
        "{mixture: [{weight: 1, shifted: {by: 1 min, of: {exponential: 2 min}}}, {weight: 1, norm: {mean: 2 min, sd: 1 min}}]}",
        try .mixture([
          .shifted(by: 1, .exponential(mean: 2)), .normal(mean: 2, standardDeviation: 1),
        ])
      ),
    ]
  }

  @Test(
    "a distribution is read as the factory makes it",
    arguments: try cases() + casesOfR() + composedCases())
  func reads(written: String, expected: Distribution) throws {
    let model = try TemporaryModel([
      "model.yaml": "evidence: assumed\nrange-factor: [0.5, 2]\nx: \(written)\n"
    ])
    var found: Distribution?
    let faults = model.faults { found = $0.distribution("x", .minutes) }
    #expect(faults == [])
    #expect(found == expected)
  }

  /// What is wrongly written at `x`, and the one line that says so.
  static let faults: [(String, String)] = [
    (
      "{exponential: {mean: 2 min, rate: 30 /h}}",
      "x.exponential.rate: does not go with mean; write mean; or rate"
    ),
    (
      "{lognormal: {mean: 2 min, sd: 1 min, standard-deviation: 1 min}}",
      "x.lognormal.sd: is standard-deviation once more; write one of them"
    ),
    (
      "{lognormal: {mean: 2 min, sd: 1 min, sigma: 0.5}}",
      "x.lognormal.sigma: does not go with mean, standard-deviation; "
        + "write mean, standard-deviation; or median, sigma; or mu, sigma"
    ),
    (
      "{gamma: {shape: 2, scale: 1 min, rate: 1 /min}}",
      "x.gamma.rate: does not go with shape, scale; "
        + "write mean, standard-deviation; or shape, scale; or shape, rate"
    ),
    (
      "{gamma: {shape: 2, sd: 1 min}}",
      "x.gamma.shape: does not go with standard-deviation; "
        + "write mean, standard-deviation; or shape, scale; or shape, rate"
    ),
    ("{gamma: {shape: 2}}", "x.gamma: has no scale; add scale: 1 min"),
    (
      "{exp: {rate: 12 min}}",
      "x.exp.rate: is a time; write a rate per time in /min, /h, /d, /week, /year"
    ),
    ("{exp: {rate: 0 /h}}", "x.exp.rate: is 0 /h; write more than zero"),
    ("{exp: 12 /h}", "x.exp: is the value “12 /h”; write a section: key: value lines under it"),
    (
      "{lnorm: {mean: 2 min, sd: 1 min}}",
      "x.lnorm: has mean, sd; write meanlog, sdlog"
    ),
    ("{norm: {mean: 2 min, sd: 0 min}}", "x.norm.sd: is 0 min; write more than zero"),
    (
      "{unif: {min: 2 min, max: 1 min}}", "x.unif: has the max 1; it must be greater than min, 2.0"
    ),
    (
      "{unif: {low: 1 min, high: 2 min}}",
      "x.unif: has low, high; write min, max"
    ),
    (
      "{beta: {alpha: 2, shape2: 3}}",
      "x.beta.shape2: does not go with alpha; "
        + "write alpha, beta, low, high; or shape1, shape2"
    ),
    (
      "{binomial: {trials: 2.5, probability: 0.5}}",
      "x.binomial.trials: is 2.5; write a whole number"
    ),
    (
      "{geometric: {probability: 120 %}}",
      "x.geometric.probability: is 120 %; write a value from 0 to 1"
    ),
    (
      "{uniform-integer: {low: 1 min, high: 2.5 min}}",
      "x.uniform-integer: has the high 2.5; it must be a whole number"
    ),
    (
      "{hypoexponential: {}}",
      "x.hypoexponential: has no means; add means: […]"
    ),
    (
      "{hypoexponential: {means: [0 min]}}",
      "x.hypoexponential.means[1]: is 0 min; write more than zero"
    ),
    (
      "{hyperexponential: [{mean: 2 min}]}",
      "x.hyperexponential[1]: has no weight; add weight: 1"
    ),
    (
      "{coxian: [{mean: 1 min}, {mean: 2 min}]}",
      "x.coxian[1]: has no goes-on; add goes-on: a value from 0 to 1"
    ),
    (
      "{coxian: [{mean: 1 min, goes-on: 50 %}]}",
      "x.coxian[1].goes-on: is not a key here; leave it out"
    ),
    ("{coxian: {mean: 1 min}}", "x.coxian: is a section; write a list"),
    (
      "{phase-type: {initial: [1]}}",
      "x.phase-type: has no rates; add rates: [[…], …] between phases and exits: […], or generator: [[…], …]"
    ),
    (
      "{phase-type: {rates: [[0]], generator: [[-1 /min]]}}",
      "x.phase-type.rates: does not go with generator; write rates and exits; or generator"
    ),
    (
      "{phase-type: {rates: [[0, 1 /min], [0]], exits: [1 /min, 1 /min]}}",
      "x.phase-type.rates: has 1 numbers in row 2 for 2 phases; give one for each phase"
    ),
    (
      "{phase-type: {rates: [[0, 1 /min], [0, 0]], exits: [1 /min]}}",
      "x.phase-type.exits: has 1 numbers for 2 phases; give one for each phase"
    ),
    (
      "{phase-type: {initial: [1], rates: [[0, 1 /min], [0, 0]], exits: [1 /min, 1 /min]}}",
      "x.phase-type.initial: has 1 shares for 2 phases; give one for each phase"
    ),
    (
      "{phase-type: {initial: [0.5, 0.4], rates: [[0, 1 /min], [0, 0]], exits: [1 /min, 1 /min]}}",
      "x.phase-type: has the sum of initial 0.9; it must be 1"
    ),
    (
      "{phase-type: {rates: [[0, 1 /min], [0, 2 /min]], exits: [1 /min, 1 /min]}}",
      "x.phase-type.rates: leads from phase 2 to itself; write 0 there, or the whole matrix as generator"
    ),
    (
      "{phase-type: {rates: [[0, 1 /min], [0, 0]], exits: [1 /min, 0 /min]}}",
      "x.phase-type: has the number of phases without a way out 1; it must be 0"
    ),
    (
      "{phase-type: {rates: [[0, -1 /min], [0, 0]], exits: [1 /min, 1 /min]}}",
      "x.phase-type.rates[1][2]: is -1 /min; write zero or more"
    ),
    (
      "{phase-type: {rates: [1 /min], exits: [1 /min]}}",
      "x.phase-type.rates[1]: is the value “1 /min”; write a row of numbers: […]"
    ),
    (
      "{phase-type: {generator: [[-1 /min, 2 /min], [0, -1 /min]]}}",
      "x.phase-type.generator: has a row 1 that does not sum to 0 or less; write minus the rate of leaving a phase on the diagonal"
    ),
    (
      "{phase-type: {generator: [[-1, 2], [0, -1]]}}",
      "x.phase-type.generator[1][1]: is -1 without a unit; write -1 /min, or another of /min, /h, /d, /week, /year"
    ),
    (
      "{truncated: {of: {exponential: 5 min}}}",
      "x.truncated: has no bound; add lowest: 1 min, or highest, or both"
    ),
    ("{truncated: {lowest: 1 min}}", "x.truncated: has no of; add of: {exponential: 1 min}"),
    (
      "{truncated: {lowest: 6 min, highest: 5 min, of: {exponential: 5 min}}}",
      "x.truncated: has the highest 5; it must be greater than lowest, 6.0"
    ),
    (
      "{truncated: {lowest: 6 d, of: {exponential: 5 min}}}",
      "x.truncated: has the probability within the bounds 0; it must be at least 1e-06"
    ),
    (
      "{truncated: {lowest: 1 min, of: {exponentail: 5 min}}}",
      "x.truncated.of.exponentail: is not a distribution; did you mean exponential?"
    ),
    ("{shifted: {of: {exponential: 5 min}}}", "x.shifted: has no by; add by: 1 min"),
    (
      "{shifted: {by: 1 min, off: {exponential: 5 min}}}",
      "x.shifted.off: is not a key here; did you mean of?"
    ),
    (
      "{shifted: {by: 1 min, of: {exponential: 5 min}, lowest: 1 min}}",
      "x.shifted.lowest: is not a key here; leave it out"
    ),
  ]

  @Test("a distribution written wrongly is one line", arguments: faults)
  func fault(written: String, line: String) throws {
    let model = try TemporaryModel([
      "model.yaml": "evidence: assumed\nrange-factor: [0.5, 2]\nx: \(written)\n"
    ])
    let faults = model.faults { _ = $0.distribution("x", .minutes) }
    #expect(faults == ["model.yaml:3: \(line)"])
  }
}
