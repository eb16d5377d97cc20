// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

@Suite("A sampler table")
struct SamplerTableTests {
  /// One sample of each of as many owners.
  private func samples(_ item: DistributionCase) -> [Double] {
    var table = SamplerTable()
    let index = table.add(item.distribution)
    let root = RandomRoot(seed: 20_260_403, replication: 1)
    let purpose = Purpose("test of samplers", item.label)
    return (0..<UInt64(item.samples)).map { owner in
      var stream = RandomStream(root, purpose, owner: owner)
      return table.sample(index, &stream)
    }
  }

  @Test(
    "samples follow the distribution function, mean and variance",
    arguments: DistributionCase.continuous + DistributionCase.composed)
  func continuous(_ item: DistributionCase) {
    let samples = samples(item)
    let distribution = item.distribution
    #expect(samples.allSatisfy { distribution.support.contains($0) })
    expectSamples(samples, follow: distribution.cumulative)
    expectMean(
      of: samples, equals: distribution.mean, standardDeviation: distribution.standardDeviation)
    expectVariance(of: samples, equals: distribution.variance, mean: distribution.mean)
  }

  @Test(
    "samples of a discrete distribution have its probabilities, mean and variance",
    arguments: DistributionCase.discrete + DistributionCase.counts)
  func discrete(_ item: DistributionCase) {
    let samples = samples(item)
    let distribution = item.distribution
    var counts: [Double: Int] = [:]
    for x in samples { counts[x, default: 0] += 1 }
    let values = counts.keys.sorted()
    // Values that were never drawn count with the next greater one.
    let bounds = values.map { distribution.cumulative($0) }
    let probabilities = zip(bounds, [0] + bounds).map { $0 - $1 }
    #expect(probabilities.allSatisfy { $0 > 0 })
    if values.count == 1 {
      #expect(probabilities == [1] && values == [distribution.mean])
      return
    }
    expectCounts(values.map { counts[$0]! }, matchProbabilities: probabilities)
    expectMean(
      of: samples, equals: distribution.mean, standardDeviation: distribution.standardDeviation)
    expectVariance(of: samples, equals: distribution.variance, mean: distribution.mean)
  }

  @Test("whatever is drawn by inversion is the quantile of the stream's uniform number")
  func inversion() throws {
    let drawn: [Distribution] = [
      try .uniform(low: 1, high: 4), try .triangular(low: 1, mode: 2, high: 7),
      try .normal(mean: 1, standardDeviation: 3),
      try .normal(mean: 1, standardDeviation: 3, lowest: 0, highest: 2),
      try .lognormal(mean: 10, standardDeviation: 7), try .weibull(shape: 2, scale: 3),
      try .geometric(probability: 0.3), try .uniformInteger(low: -2, high: 7),
      try .truncated(.lognormal(mean: 10, standardDeviation: 7), lowest: 4, highest: 30),
      try .truncated(.exponential(mean: 3), lowest: 1),
      try .shifted(by: 2, .weibull(shape: 2, scale: 3)),
      try .empirical(values: [1, 2, 5], weights: [2, 1, 1]),
    ]
    var table = SamplerTable()
    let root = RandomRoot(seed: 5, replication: 1)
    for distribution in drawn {
      let index = table.add(distribution)
      for owner in 0..<UInt64(2_000) {
        let stream = RandomStream(root, Purpose("inversion"), owner: owner)
        var first = stream
        var second = stream
        let sample = table.sample(index, &first)
        let quantile = distribution.quantile(second.uniform())
        #expect(abs(sample - quantile) <= 1e-13 * max(1, abs(quantile)), "\(distribution.name)")
        #expect(first.nextWord() == second.nextWord(), "one word was taken")
      }
    }
  }

  @Test("a sample does not depend on what else the table holds")
  func neighbours() throws {
    var alone: [SamplerTable] = []
    var together = SamplerTable()
    var indices: [SamplerIndex] = []
    for item in DistributionCase.all {
      var table = SamplerTable()
      #expect(table.add(item.distribution).rawValue == 0)
      alone.append(table)
      indices.append(together.add(item.distribution))
    }
    #expect(together.count == DistributionCase.all.count)
    for (table, index) in zip(alone, indices) {
      for owner in 0..<UInt64(50) {
        let stream = RandomStream(
          RandomRoot(seed: 6, replication: 1), Purpose("neighbours"), owner: owner)
        var first = stream
        var second = stream
        #expect(
          table.sample(SamplerIndex(rawValue: 0), &first) == together.sample(index, &second))
        #expect(first.nextWord() == second.nextWord())
      }
    }
  }

  @Test("a constant takes no random number")
  func constant() throws {
    var table = SamplerTable()
    let index = table.add(try .constant(3))
    var stream = RandomStream(RandomRoot(seed: 1, replication: 1), Purpose("p"), owner: 0)
    var untouched = stream
    #expect(table.sample(index, &stream) == 3)
    #expect(stream.nextWord() == untouched.nextWord())
  }

  @Test("samples of Poisson variables do not jump where GSL changes its algorithm")
  func poissonSeam() throws {
    // Means on both sides of 10 and of 26 (= 10 / (1 - 7/8) less what follows), by chi-square.
    for mean in [9.999, 10, 10.001, 25, 27] {
      let distribution = try Distribution.poisson(mean: mean)
      var table = SamplerTable()
      let index = table.add(distribution)
      var counts = Array(repeating: 0, count: 120)
      for owner in 0..<UInt64(1_000_000) {
        var stream = RandomStream(
          RandomRoot(seed: 20_260_404, replication: 1), Purpose("seam"), owner: owner)
        counts[Int(table.sample(index, &stream))] += 1
      }
      expectCounts(
        counts, matchProbabilities: (0..<120).map { gsl_ran_poisson_pdf(UInt32($0), mean) })
    }
  }
}
