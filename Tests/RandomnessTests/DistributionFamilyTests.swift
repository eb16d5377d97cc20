// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

@Suite("A distribution whose parameters come with the draw")
struct DistributionFamilyTests {
  /// Parameters of each family, and the distribution that its factory makes of them.
  static let cases: [(family: DistributionFamily, parameters: [Double], same: Distribution)] = {
    do {
      return [
        (.constant, [4], try .constant(4)),
        (.exponential, [4], try .exponential(mean: 4)),
        (.exponentialByRate, [0.3], try .exponential(mean: 1 / 0.3)),
        (.uniform, [1, 7], try .uniform(low: 1, high: 7)),
        (.triangular, [1, 2, 9], try .triangular(low: 1, mode: 2, high: 9)),
        (.normal, [3, 2], try .normal(mean: 3, standardDeviation: 2)),
        (
          .truncatedNormal, [3, 2, 0, .infinity],
          try .normal(mean: 3, standardDeviation: 2, lowest: 0)
        ),
        (
          .truncatedNormal, [3, 2, -1, 4],
          try .normal(mean: 3, standardDeviation: 2, lowest: -1, highest: 4)
        ),
        (
          .truncatedNormal, [3, 2, -.infinity, .infinity],
          try .normal(mean: 3, standardDeviation: 2)
        ),
        (.lognormal, [10, 7], try .lognormal(mean: 10, standardDeviation: 7)),
        (.lognormalByMedian, [1, 0.5], try .lognormal(mu: 0, sigma: 0.5)),
        (.lognormalByLogarithm, [1.5, 0.5], try .lognormal(mu: 1.5, sigma: 0.5)),
        (.gamma, [1.7, 3], try .gamma(shape: 1.7, scale: 3)),
        (.gamma, [0.4, 3], try .gamma(shape: 0.4, scale: 3)),
        (.gammaByRate, [1.7, 4], try .gamma(shape: 1.7, scale: 0.25)),
        (.gammaByMean, [6, 3], try .gamma(shape: 4, scale: 1.5)),
        (.erlang, [3, 6], try .erlang(stages: 3, mean: 6)),
        (.weibull, [1.5, 6], try .weibull(shape: 1.5, scale: 6)),
        (.beta, [2, 3, 1, 9], try .beta(alpha: 2, beta: 3, low: 1, high: 9)),
        (.poisson, [4], try .poisson(mean: 4)),
        (.poisson, [40], try .poisson(mean: 40)),
        (.geometric, [0.3], try .geometric(probability: 0.3)),
        (.binomial, [12, 0.3], try .binomial(trials: 12, probability: 0.3)),
        (.negativeBinomial, [1.5, 0.3], try .negativeBinomial(successes: 1.5, probability: 0.3)),
        (.uniformInteger, [-2, 9], try .uniformInteger(low: -2, high: 9)),
      ]
    } catch {
      fatalError("the list holds a distribution that is refused: \(error)")
    }
  }()

  private static func inline(_ parameters: [Double]) -> DistributionFamily.Parameters {
    // What lies beyond the family's own parameters must not matter.
    DistributionFamily.Parameters { $0 < parameters.count ? parameters[$0] : .nan }
  }

  @Test("is drawn as the same number, from the same words, as in a table", arguments: cases)
  func sameAsTable(
    family: DistributionFamily, parameters: [Double], same: Distribution
  ) throws {
    var table = SamplerTable()
    let index = table.add(same)
    let inline = Self.inline(parameters)
    #expect(try family.distribution(inline) == same)
    #expect(same.name == family.name && family.slots.count == parameters.count)
    #expect(family.leastSample <= same.support.lowerBound)
    for owner in 0..<UInt64(2_000) {
      let stream = RandomStream(
        RandomRoot(seed: 3, replication: 1), Purpose("at run time"), owner: owner)
      var first = stream
      var second = stream
      #expect(try family.draw(inline, &first) == table.sample(index, &second))
      #expect(first.nextWord() == second.nextWord())
    }
  }

  @Test("all families are in the list above, and slots have names of their own")
  func complete() {
    #expect(Set(Self.cases.map(\.family)) == Set(DistributionFamily.allCases))
    for family in DistributionFamily.allCases {
      #expect(Set(family.slots.map(\.name)).count == family.slots.count)
      #expect(family.slots.count <= 4)
    }
  }

  static let refusals: [(DistributionFamily, [Double], String)] = [
    (.constant, [.nan], "constant: value is nan; it must be a finite number"),
    (
      .exponential, [0],
      "exponential: mean is 0.0; it must be a finite number greater than 0"
    ),
    (
      .exponentialByRate, [-2],
      "exponential: rate is -2.0; it must be a finite number greater than 0"
    ),
    (.uniform, [3, 2], "uniform: high is 2.0; it must be greater than low, 3.0"),
    (
      .triangular, [1, 5, 4],
      "triangular: mode is 5.0; it must be from low, 1.0, to high, 4.0"
    ),
    (
      .normal, [1, 0],
      "normal: standard deviation is 0.0; it must be a finite number greater than 0"
    ),
    (
      .truncatedNormal, [0, 1, 3, 1],
      "normal: highest is 1.0; it must be greater than lowest, 3.0"
    ),
    (
      .truncatedNormal, [0, 1, .nan, 1],
      "normal: lowest is nan; it must be a finite number"
    ),
    (
      .lognormal, [-1, 1],
      "lognormal: mean is -1.0; it must be a finite number greater than 0"
    ),
    (
      .lognormalByMedian, [0, 1],
      "lognormal: median is 0.0; it must be a finite number greater than 0"
    ),
    (
      .lognormalByLogarithm, [800, 1],
      "lognormal: sample is inf; it must be a finite number"
    ),
    (.gamma, [2e9, 1], "gamma: shape is 2000000000.0; it must be at most 1e9"),
    (
      .gammaByRate, [2, 0],
      "gamma: rate is 0.0; it must be a finite number greater than 0"
    ),
    (
      .gammaByMean, [2, 0],
      "gamma: standard deviation is 0.0; it must be a finite number greater than 0"
    ),
    (.erlang, [1.5, 2], "erlang: stages is 1.5; it must be a whole number"),
    (.erlang, [.nan, 2], "erlang: stages is nan; it must be from 1 to 1e9"),
    (
      .weibull, [1, 0],
      "weibull: scale is 0.0; it must be a finite number greater than 0"
    ),
    (.beta, [1, 1, 2, 2], "beta: high is 2.0; it must be greater than low, 2.0"),
    (
      .poisson, [0],
      "poisson: mean is 0.0; it must be a finite number greater than 0"
    ),
  ]

  @Test("refuses what the factories refuse, each time", arguments: refusals)
  func refused(family: DistributionFamily, parameters: [Double], sentence: String) {
    let error = #expect(throws: DistributionError.self) {
      var stream = RandomStream(RandomRoot(seed: 1, replication: 1), Purpose("p"), owner: 0)
      return try family.draw(Self.inline(parameters), &stream)
    }
    #expect(error?.description == sentence)
  }

  @Test("follows parameters that change from draw to draw")
  func changing() throws {
    // Of samples over their own means, the distribution is that of mean 1.
    let samples = try (0..<UInt64(100_000)).map { owner in
      let mean = 1 + Double(owner % 17)
      var stream = RandomStream(
        RandomRoot(seed: 4, replication: 1), Purpose("changing"), owner: owner)
      return try DistributionFamily.lognormal.draw([mean, 0.7 * mean, 0, 0], &stream) / mean
    }
    let scaled = try Distribution.lognormal(mean: 1, standardDeviation: 0.7)
    expectSamples(samples, follow: scaled.cumulative)
    expectMean(of: samples, equals: 1, standardDeviation: 0.7)
  }
}
