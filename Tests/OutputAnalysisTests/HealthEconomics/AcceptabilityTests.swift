// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("acceptability of arms")
struct AcceptabilityTests {
  @Test("two arms and three resamples by hand")
  func byHand() {
    let arms = [
      EconomicArm(name: "old", costs: [10, 10], effects: [1, 1]),
      EconomicArm(name: "new", costs: [14, 18], effects: [3, 2]),
    ]
    // New brings 2 for 4, or 1 for 8.
    let curve = Acceptability(
      arms, thresholds: [0, 3, 10], resamples: [[0, 0], [1, 1], [0, 1]])
    #expect(curve.probabilities[0] == [1, 0])
    // Worth 3 a unit: 6 − 4, 3 − 8, and 4.5 − 6 for the mixture.
    #expect(curve.probabilities[1][1] == 1.0 / 3)
    #expect(curve.probabilities[2] == [0, 1])
    #expect(curve.best == [0, 0, 1])
  }

  @Test("equal arms share the draw")
  func equal() {
    let arm = EconomicArm(name: "a", costs: [1, 2], effects: [3, 5])
    let curve = Acceptability([arm, arm], thresholds: [1], resamples: [[0, 1], [1, 1]])
    #expect(curve.probabilities == [[0.5, 0.5]])
    #expect(arm.netBenefits(threshold: 2) == [5, 8])
  }

  // The mean difference of net benefit is 0.2 with standard error 1/√50: its bootstrap is above zero
  // with the probability that the sample's own mean and spread give, Φ(m√n/s), to within 0.04 over
  // 4,000 resamples (five standard errors; false-positive rate 1e-6).
  @Test("the share of resamples is that of a normal mean")
  func normal() throws {
    var stream = RandomStream(
      RandomRoot(seed: 5, replication: 0), Purpose("acceptability"), owner: 0)
    let benefits = (0..<50).map { _ in 0.2 + stream.normal() }
    let zeros = benefits.map { _ in 0.0 }
    let arms = [
      EconomicArm(name: "old", costs: zeros, effects: zeros),
      EconomicArm(name: "new", costs: benefits.map { -$0 }, effects: zeros),
    ]
    let resamples = (0..<4000).map { _ in (0..<50).map { _ in Int(stream.below(50)) } }
    let share = Acceptability(arms, thresholds: [1], resamples: resamples).probabilities[0][1]
    let contrast = try #require(PairedContrast(of: benefits, against: zeros))
    let expected =
      contrast.difference.mean > 0 ? 1 - contrast.pValue / 2 : contrast.pValue / 2
    #expect(abs(share - expected) < 0.04)
  }
}
