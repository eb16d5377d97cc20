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
    ]
  }

  @Test("a distribution is read as the factory makes it", arguments: try cases())
  func reads(written: String, expected: Distribution) throws {
    let model = try TemporaryModel([
      "model.yaml": "evidence: assumed\nrange-factor: [0.5, 2]\nx: \(written)\n"
    ])
    var found: Distribution?
    let faults = model.faults { found = $0.distribution("x", .minutes) }
    #expect(faults == [])
    #expect(found == expected)
  }
}
