// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

/// Each sampler of our own against GSL's distribution function, with 4 million variates of as many
/// keys: a defect of 0.0027 in the distribution function, or of 1.2 % in thousandths, is caught.
@Suite("Own samplers")
struct VariateTests {
  enum Sampler: String, CaseIterable, CustomTestStringConvertible {
    case uniform, exponential, normal, lognormal

    var testDescription: String { rawValue }

    func draw(_ stream: inout RandomStream) -> Double {
      switch self {
      case .uniform: stream.uniform()
      case .exponential: stream.exponential()
      case .normal: stream.normal()
      case .lognormal: stream.lognormal(mu: 0.3, sigma: 0.6)
      }
    }

    func cumulative(_ x: Double) -> Double {
      switch self {
      case .uniform: gsl_cdf_flat_P(x, 0, 1)
      case .exponential: gsl_cdf_exponential_P(x, 1)
      case .normal: gsl_cdf_ugaussian_P(x)
      case .lognormal: gsl_cdf_lognormal_P(x, 0.3, 0.6)
      }
    }

    /// Probability of more than `x`.
    func exceeding(_ x: Double) -> Double {
      switch self {
      case .uniform: gsl_cdf_flat_Q(x, 0, 1)
      case .exponential: gsl_cdf_exponential_Q(x, 1)
      case .normal: gsl_cdf_ugaussian_Q(x)
      case .lognormal: gsl_cdf_lognormal_Q(x, 0.3, 0.6)
      }
    }
  }

  static let count = 4_000_000

  /// One variate of each of as many owners.
  private func samples(_ sampler: Sampler) -> [Double] {
    let root = RandomRoot(seed: 20_260_401, replication: 1)
    let purpose = Purpose("test of variates", sampler.rawValue)
    return (0..<UInt64(Self.count)).map { owner in
      var stream = RandomStream(root, purpose, owner: owner)
      return sampler.draw(&stream)
    }
  }

  @Test("follow GSL's distribution functions", arguments: Sampler.allCases)
  func distribution(sampler: Sampler) {
    let samples = samples(sampler)
    expectSamples(samples, follow: sampler.cumulative)
    var counts = Array(repeating: 0, count: 1_000)
    for x in samples { counts[min(999, Int(sampler.cumulative(x) * 1_000))] += 1 }
    expectCounts(counts, matchProbabilities: Array(repeating: 0.001, count: 1_000))
  }

  @Test("have the right tails, down to a probability of 10⁻⁵", arguments: Sampler.allCases)
  func tails(sampler: Sampler) {
    // Octaves of both tails' probabilities: cell 2k holds exceeding probabilities in
    // (2^-(k+2), 2^-(k+1)], the next cell the same of the lower tail.
    var counts = Array(repeating: 0, count: 34)
    for x in samples(sampler) {
      let upper = sampler.exceeding(x)
      let tail = upper <= 0.5 ? upper : sampler.cumulative(x)
      let octave = -2 - tail.exponent + (tail.significand == 1 ? 1 : 0)
      counts[2 * min(16, octave) + (upper <= 0.5 ? 0 : 1)] += 1
    }
    let probabilities = (0..<34).map { cell in
      let octave = cell / 2
      return octave == 16 ? 0x1p-17 : Double(sign: .plus, exponent: -octave - 2, significand: 1)
    }
    expectCounts(counts, matchProbabilities: probabilities)
  }

  @Test("follow the distribution along one stream too", arguments: Sampler.allCases)
  func alongOneStream(sampler: Sampler) {
    var stream = RandomStream(
      RandomRoot(seed: 20_260_402, replication: 1), Purpose("one stream"), owner: 0)
    let samples = (0..<1_000_000).map { _ in sampler.draw(&stream) }
    expectSamples(samples, follow: sampler.cumulative)
    expectNoCorrelation(Array(samples.dropLast()), Array(samples.dropFirst()))
  }
}
