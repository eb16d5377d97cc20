// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

@Suite("A random stream")
struct RandomStreamTests {
  let root = RandomRoot(seed: 0x0123_4567_89AB_CDEF, replication: 3, point: 5)
  let purpose = Purpose("service time")

  @Test("packs its key as documented, and runs through blocks in order (numpy 2.4.6)")
  func numpyWords() {
    // Philox(counter=[2 << 32, 9, 77, purpose] less 1, key=[seed, 5 << 32 | 3]).random_raw(10)
    var stream = RandomStream(root, purpose, owner: 77, episode: 9, variate: 2)
    let words = (0..<10).map { _ in stream.nextWord() }
    #expect(
      words == [
        0x4256_46CA_0F79_6BF0, 0xD3C0_C358_0FEA_F89A, 0x1232_74A2_97BE_81C3,
        0x15E9_6F85_8013_93DC, 0x6B7E_1C21_1DE8_37E7, 0xA6FE_673D_43A3_7BF8,
        0x2962_EFEA_0A04_DB9F, 0x8039_F123_7E09_CC70, 0xC2E8_96E5_CADA_6ADE,
        0x94A3_F301_3000_4700,
      ])
  }

  @Test("packs the greatest values of all fields (numpy 2.4.6)")
  func greatestValues() {
    let root = RandomRoot(seed: .max, replication: .max, point: .max)
    var stream = RandomStream(root, purpose, owner: .max, episode: .max, variate: .max)
    let words = (0..<4).map { _ in stream.nextWord() }
    #expect(
      words == [
        0xC7DD_DFE8_1F1A_B12F, 0x8FE7_3006_044D_628A, 0xFEE1_E749_646A_D42F,
        0x98B4_82EE_2CC0_2A7A,
      ])
  }

  @Test("has neither references nor padding to speak of")
  func layout() {
    #expect(MemoryLayout<RandomStream>.size == 88)
    #expect(MemoryLayout<RandomRoot>.size == 16)
    #expect(MemoryLayout<Purpose>.size == 8)
  }

  @Test("a copy goes on like its original")
  func copies() {
    var stream = RandomStream(root, purpose, owner: 1)
    for drawn in 0..<9 {
      var copy = stream
      let word = stream.nextWord()
      #expect(copy.nextWord() == word, "after \(drawn) words")
    }
  }

  @Test("uniform numbers lie inside (0, 1), at odd multiples of 2⁻⁵³")
  func uniformGrid() {
    var stream = RandomStream(root, purpose, owner: 2)
    for _ in 0..<100_000 {
      let u = stream.uniform()
      let multiple = u * 0x1p53
      #expect(u > 0 && u < 1 && multiple == multiple.rounded() && Int64(multiple) % 2 == 1)
    }
  }

  @Test("uniform, normal and lognormal numbers are the same quantile of their distributions")
  func sameQuantile() {
    for owner in 0..<UInt64(10_000) {
      let stream = RandomStream(root, purpose, owner: owner)
      var first = stream
      var second = stream
      var third = stream
      let u = first.uniform()
      let z = second.normal()
      #expect(z == StandardNormal.quantile(u))
      #expect(third.lognormal(mu: 1, sigma: 0.5) == exp(1 + 0.5 * z))
    }
  }

  @Test("a number below n is each of them equally often", arguments: [1, 2, 3, 7, 100, 1000])
  func below(n: UInt32) {
    var stream = RandomStream(root, purpose, owner: UInt64(n))
    var counts = Array(repeating: 0, count: Int(n))
    for _ in 0..<1_000_000 { counts[Int(stream.below(n))] += 1 }
    if n == 1 {
      #expect(counts == [1_000_000])
    } else {
      expectCounts(
        counts, matchProbabilities: Array(repeating: 1 / Double(n), count: Int(n)))
    }
  }

  @Test("a number below the greatest n is spread over all of them")
  func belowGreatest() {
    var stream = RandomStream(root, purpose, owner: 4)
    let samples = (0..<400_000).map { _ in Double(stream.below(.max)) }
    expectSamples(samples, follow: { ($0 + 0.5) / Double(UInt32.max) })
  }

  @Test("asking for a number below 0 is a programming error that stops the process")
  func belowNothing() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(RandomRoot(seed: 1, replication: 1), Purpose("p"), owner: 0)
      _ = stream.below(0)
    }
  }

  @Test("GSL draws the stream's own words, and leaves it where it stopped")
  func gslGenerator() {
    var ours = RandomStream(root, purpose, owner: 5)
    var theirs = ours
    for _ in 0..<10 {
      let integer = theirs.withGSLGenerator { gsl_rng_get($0) }
      #expect(UInt64(integer) == ours.nextWord() >> 32)
      let number = theirs.withGSLGenerator { gsl_rng_uniform($0) }
      #expect(number == ours.uniform())
    }
    #expect(ours.nextWord() == theirs.nextWord())
  }

  @Test("GSL's generator passes on every value of its range")
  func gslRange() {
    var stream = RandomStream(root, purpose, owner: 6)
    let range = stream.withGSLGenerator { (gsl_rng_min($0), gsl_rng_max($0)) }
    #expect(range == (0, 0xFFFF_FFFF))
  }
}
