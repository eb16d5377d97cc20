// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

@Suite("What bounds and shifts make of a distribution")
struct TruncationTests {
  @Test("an exponential above a bound is the same exponential, moved")
  func memoryless() throws {
    let cut = try Distribution.truncated(.exponential(mean: 4), lowest: 7)
    let moved = try Distribution.shifted(by: 7, .exponential(mean: 4))
    #expect(abs(cut.mean - moved.mean) <= 1e-12 && abs(cut.variance - moved.variance) <= 1e-10)
    for x in [7, 7.1, 9, 30] { #expect(abs(cut.cumulative(x) - moved.cumulative(x)) <= 1e-14) }
  }

  @Test("an exponential below a bound has the mean of the textbook")
  func bounded() throws {
    // m - b / (exp(b/m) - 1), for m = 4 and b = 3.
    let cut = try Distribution.truncated(.exponential(mean: 4), highest: 3)
    #expect(abs(cut.mean - (4 - 3 / (gsl_sf_exp(0.75) - 1))) <= 1e-12)
  }

  @Test("a normal distribution is truncated as by its own factory")
  func normal() throws {
    let normal = try Distribution.normal(mean: 5, standardDeviation: 2)
    #expect(
      try Distribution.truncated(normal, lowest: 0, highest: 8)
        == .normal(mean: 5, standardDeviation: 2, lowest: 0, highest: 8))
  }

  @Test("bounds past all samples change nothing; bounds within bounds are the narrower ones")
  func simplified() throws {
    let gamma = try Distribution.gamma(shape: 2, scale: 1)
    #expect(try Distribution.truncated(gamma, lowest: 0) == gamma)
    #expect(
      try Distribution.truncated(.truncated(gamma, lowest: 1, highest: 5), highest: 3)
        == .truncated(gamma, lowest: 1, highest: 3))
    #expect(
      try Distribution.truncated(.shifted(by: 2, gamma), highest: 5)
        == .shifted(by: 2, .truncated(gamma, highest: 3)))
    #expect(
      try Distribution.shifted(by: 1, .shifted(by: 2, gamma)) == .shifted(by: 3, gamma))
    #expect(try Distribution.shifted(by: 1, .constant(2)) == .constant(3))
    #expect(
      try Distribution.truncated(.empirical(values: [1, 2, 3]), lowest: 2)
        == .empirical(values: [2, 3]))
  }

  @Test("a mixture is the mixture of what is left of its components")
  func mixture() throws {
    let mixture = try Distribution.mixture([.constant(1), .uniform(low: 0, high: 10)])
    let cut = try Distribution.truncated(mixture, lowest: 2, highest: 7)
    #expect(abs(cut.mean - 4.5) <= 1e-12 && abs(cut.variance - 25.0 / 12) <= 1e-9)
    let both = try Distribution.truncated(mixture, lowest: 1, highest: 7)
    // The atom has 0.5, the rest 0.3.
    #expect(abs(both.cumulative(1) - 0.5 / 0.8) <= 1e-14)
    #expect(abs(both.mean - (0.5 + 0.3 * 4) / 0.8) <= 1e-12)
  }

  @Test("says whether it can be a duration")
  func nonnegative() throws {
    let normal = try Distribution.normal(mean: 5, standardDeviation: 1)
    #expect(try Distribution.truncated(normal, lowest: 0).isNonnegative)
    #expect(try !Distribution.shifted(by: -1, .exponential(mean: 2)).isNonnegative)
    #expect(try Distribution.shifted(by: 1, .exponential(mean: 2)).isNonnegative)
    #expect(try !Distribution.uniformInteger(low: -1, high: 2).isNonnegative)
    #expect(try Distribution.hypoexponential(means: [1, 2]).isNonnegative)
  }

  @Test("a shifted sample is the sample of the same key, moved")
  func shiftedSamples() throws {
    for inner in [
      try Distribution.exponential(mean: 2), try .gamma(shape: 2, scale: 1),
      try .hypoexponential(means: [1, 2]), try .lognormal(mean: 2, standardDeviation: 1),
    ] {
      var table = SamplerTable()
      let plain = table.add(inner)
      let moved = table.add(try .shifted(by: 3, inner))
      for owner in 0..<UInt64(1_000) {
        let stream = RandomStream(
          RandomRoot(seed: 8, replication: 1), Purpose("shifted"), owner: owner)
        var first = stream
        var second = stream
        #expect(table.sample(moved, &first) == 3 + table.sample(plain, &second))
      }
    }
  }
}
