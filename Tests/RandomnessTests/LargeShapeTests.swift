// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

/// Shapes at which GSL 2.7's own incomplete gamma function is off by up to 0.08, and its inverse of
/// the beta distribution may never return.
@Suite("Distributions of large shape")
struct LargeShapeTests {
  /// Shape, argument and distribution function of the gamma distribution, integrated with
  /// mpmath 1.3 to 40 digits.
  static let known: [(shape: Double, x: Double, probability: Double)] = [
    (1e5, 99051.31670194949, 0.0013127698795992456),
    (1e5, 100158.11388300842, 0.69174077499994642),
    (1e6, 994000.0, 9.1789002623020234e-10),
    (1e6, 1001000.0, 0.84134478636834029),
    (1e6, 1004000.0, 0.99996765455268652),
    (1e9, 999936754.4467967, 0.022748424576951497),
    (1e9, 1000007905.6941504, 0.59871014677685861),
  ]

  @Test("the gamma distribution function is right to 10⁻¹⁰", arguments: known)
  func gamma(shape: Double, x: Double, probability: Double) throws {
    let found = try Distribution.gamma(shape: shape, scale: 1).cumulative(x)
    #expect(abs(found - probability) <= 1e-10 * max(0.1, probability), "\(found)")
    #expect(abs(found / probability - 1) <= 1e-7)
  }

  @Test("it is continuous where the integral takes over from GSL")
  func seam() throws {
    for deviation in stride(from: -6.0, through: 6, by: 0.5) {
      let x = 1_000 + deviation * 31.6
      let below = try Distribution.gamma(shape: 1_000, scale: 1).cumulative(x)
      let above = try Distribution.gamma(shape: 1_000.0.nextUp, scale: 1).cumulative(x)
      #expect(abs(above - below) <= 1e-12)
    }
  }

  static let large: [Distribution] = {
    do {
      return [
        try .gamma(shape: 1e5, scale: 0.1), try .gamma(shape: 1e9, scale: 1),
        try .erlang(stages: 20_000, mean: 3), try .beta(alpha: 1e5, beta: 1e5),
        try .beta(alpha: 3, beta: 1e5), try .poisson(mean: 547_000), try .poisson(mean: 1e9),
      ]
    } catch {
      fatalError("a distribution of large shape is refused: \(error)")
    }
  }()

  @Test("samples follow the distribution function", arguments: large)
  func samples(_ distribution: Distribution) {
    // 20,000 samples: a distribution function that is off by 0.04 is caught, as is a mean that is
    // off by 7 % of a standard deviation.
    var table = SamplerTable()
    let index = table.add(distribution)
    let samples = (0..<UInt64(20_000)).map { owner in
      var stream = RandomStream(
        RandomRoot(seed: 20_260_405, replication: 1), Purpose("large shape"), owner: owner)
      return table.sample(index, &stream)
    }
    // Poisson samples are spread over so many numbers that they pass for continuous.
    expectSamples(samples, follow: distribution.cumulative)
    expectMean(
      of: samples, equals: distribution.mean, standardDeviation: distribution.standardDeviation)
    expectVariance(of: samples, equals: distribution.variance, mean: distribution.mean)
  }

  @Test("the quantile undoes the distribution function", arguments: large)
  func quantiles(_ distribution: Distribution) {
    for p in [1e-6, 0.01, 0.5, 0.9, 0.999999] {
      let x = distribution.quantile(p)
      // Within a Poisson variable's whole numbers, or a millionth of a standard deviation.
      let step = max(1e-6 * distribution.standardDeviation, distribution.name == "poisson" ? 1 : 0)
      #expect(distribution.cumulative(x + step) > p)
      #expect(distribution.cumulative(x - step) < p)
    }
  }
}
