// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("paired contrasts and Holm's correction")
struct ContrastTests {
  @Test("three pairs by hand, one pair undefined")
  func byHand() throws {
    let contrast = try #require(
      PairedContrast(of: [5, nil, 7, 9, 1], against: [4, 3, 5, 6]))
    #expect(contrast.difference.mean == 2)
    #expect(contrast.difference.n == 3)
    #expect(contrast.standardDeviation == 1)
    #expect(abs(contrast.difference.halfWidth - 2.484138) < 1e-6)  // 4.302653 / √3
    #expect(contrast.varianceReduction == 5)  // (4 + 1) / 1
    // With two degrees of freedom P(|T| > t) = 1 − t / √(2 + t²), here t = 2√3.
    #expect(abs(contrast.pValue - (1 - (12.0 / 14).squareRoot())) < 1e-12)
  }

  @Test("fewer than two defined pairs give no contrast")
  func tooFew() {
    #expect(PairedContrast(of: [1, nil, 3], against: [nil, 2, 3]) == nil)
    #expect(PairedContrast(of: [], against: []) == nil)
  }

  @Test("a scenario that changes nothing has a contrast of exactly zero")
  func nothing() throws {
    let values: [Double?] = [0.1, 0.2, 0.7, nil, 1e9 / 7]
    let contrast = try #require(PairedContrast(of: values, against: values))
    #expect(contrast.difference.low == 0 && contrast.difference.high == 0)
    #expect(contrast.difference.n == 4)
    #expect(contrast.varianceReduction == nil)
    #expect(contrast.pValue == 1)
  }

  @Test("a constant difference is certain")
  func constant() throws {
    let contrast = try #require(PairedContrast(of: [2, 5, 9], against: [1, 4, 8]))
    #expect(contrast.difference.low == 1 && contrast.difference.high == 1)
    #expect(contrast.pValue == 0)
  }

  // As for Student's interval: outside 94–96 % with probability 1e-10. Two scenarios that share
  // variance 4 of 5 have a variance reduction of (5 + 5) / (1 + 1) = 5; its mean over 20,000
  // estimates from 20 pairs lies within 10 % of 5 · 19/17, the mean of an F-like ratio, with a
  // false-positive rate below 1e-6.
  @Test("95 in 100 hold the difference, and the gain of common random numbers is found")
  func coverage() throws {
    let root = RandomRoot(seed: 43, replication: 0)
    var holding = 0
    var gain = 0.0
    for repetition in 0..<20_000 {
      var stream = RandomStream(root, Purpose("contrast-coverage"), owner: UInt64(repetition))
      var scenario: [Double?] = []
      var baseline: [Double?] = []
      for _ in 0..<20 {
        let common = 2 * stream.normal()
        scenario.append(1 + common + stream.normal())
        baseline.append(common + stream.normal())
      }
      let contrast = try #require(PairedContrast(of: scenario, against: baseline))
      if contrast.difference.contains(1) { holding += 1 }
      gain += try #require(contrast.varianceReduction)
    }
    #expect((0.94...0.96).contains(Double(holding) / 20_000))
    #expect(abs(gain / 20_000 / (5 * 19 / 17.0) - 1) < 0.1)
  }

  @Test("Holm by hand: 0.005 × 4, 0.01 × 3, 0.03 × 2, then no less than that")
  func holm() {
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(value - expected) < 1e-15)
    }
    #expect(holmAdjusted([]) == [])
    #expect(holmAdjusted([0.2]) == [0.2])
    #expect(holmAdjusted([0.9, 0.6]) == [1, 1])
    #expect(holmAdjusted([0.02, 0.02]) == [0.04, 0.04])
  }

  // With nothing to find among five contrasts, one run in twenty claims something at α = 0.05, or
  // a little fewer. More than 0.0575 of 20,000 runs would be 1e-6 chance under 0.05.
  @Test("Holm keeps the chance of any false claim at α")
  func familywiseError() throws {
    let root = RandomRoot(seed: 44, replication: 0)
    var claims = 0
    for repetition in 0..<20_000 {
      var stream = RandomStream(root, Purpose("holm"), owner: UInt64(repetition))
      let pValues = try (0..<5).map { _ in
        let sample: [Double?] = (0..<8).map { _ in stream.normal() }
        let zeros: [Double?] = Array(repeating: 0, count: 8)
        return try #require(PairedContrast(of: sample, against: zeros)).pValue
      }
      if holmAdjusted(pValues).contains(where: { $0 <= 0.05 }) { claims += 1 }
    }
    let share = Double(claims) / 20_000
    #expect(share < 0.0575)
    #expect(share > 0.041)  // five independent ones claim 1 − 0.99⁵ = 0.049
  }
}
