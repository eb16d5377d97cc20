// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("equivalence with theory")
struct EquivalenceTestTests {
  @Test("verdicts by hand")
  func verdicts() throws {
    // Variance 0.04 / 3, standard error 0.0577, t(0.05; 3) = 2.3534: reach 0.1359.
    let means = [9.9, 10.1, 10.1, 9.9]
    let error = (0.04 / 3 / 4).squareRoot()
    let test = try #require(EquivalenceTest(of: means, theory: 10, relativeTolerance: 0.02))
    #expect(abs(test.standardError - error) < 1e-12)
    #expect(test.tolerance == 0.2)
    #expect(test.verdict == .equivalent)  // 0 + 0.1359 < 0.2
    #expect(
      EquivalenceTest(of: means, theory: 10, relativeTolerance: 0.013)?.verdict == .undecided)
    #expect(
      EquivalenceTest(of: means, theory: 10.5, relativeTolerance: 0.01)?.verdict == .different)
    #expect(EquivalenceTest(of: [10], theory: 10, relativeTolerance: 0.01) == nil)
    #expect(test.pValueOfNoBias > 0.999)
  }

  @Test("replication means that do not vary are judged by their bias alone")
  func constant() throws {
    let exact = try #require(
      EquivalenceTest(of: [5, 5, 5], theory: 5, relativeTolerance: 0.01))
    #expect(exact.verdict == .equivalent && exact.power == 1 && exact.pValueOfNoBias == 1)
    let off = try #require(
      EquivalenceTest(of: [5, 5, 5], theory: 5.2, relativeTolerance: 0.01))
    #expect(off.verdict == .different && off.pValueOfNoBias == 0)
  }

  /// Share of 20,000 tests of a simulator with this bias that pass.
  private static func passes(bias: Double, name: String) throws -> Double {
    let root = RandomRoot(seed: 49, replication: 0)
    var passed = 0
    for repetition in 0..<20_000 {
      var stream = RandomStream(root, Purpose(name), owner: UInt64(repetition))
      let means = (0..<30).map { _ in 100 + bias + 1.5 * stream.normal() }
      let test = try #require(
        EquivalenceTest(of: means, theory: 100, relativeTolerance: 0.01))
      if test.verdict == .equivalent { passed += 1 }
    }
    return Double(passed) / 20_000
  }

  // Shares of 20,000 have standard errors of 0.0015 at 0.05 and 0.0021 at 0.1; the margins below
  // are five or more of them (1e-6).
  @Test("a bias of the tolerance passes with probability α")
  func alpha() throws {
    #expect(try abs(Self.passes(bias: 1, name: "bias-up") - 0.05) < 0.008)
    #expect(try abs(Self.passes(bias: -1, name: "bias-down") - 0.05) < 0.008)
  }

  @Test("no bias passes with the power stated, the detectable bias fails nine times in ten")
  func power() throws {
    // Thirty values whose standard deviation is exactly 1.5.
    let half = 1.5 * (29.0 / 30).squareRoot()
    let typical = (0..<30).map { 100 + ($0 % 2 == 0 ? half : -half) }
    let test = try #require(
      EquivalenceTest(of: typical, theory: 100, relativeTolerance: 0.01))
    #expect(abs(try Self.passes(bias: 0, name: "no-bias") - test.power) < 0.02)
    #expect(test.detectableBias < test.tolerance)
    let missed = try Self.passes(bias: test.detectableBias, name: "detectable")
    #expect(abs(missed - 0.1) < 0.011)
    let needed = test.replicationsNeeded(power: 0.9)
    // ((1.6449 + 1.6449) × 1.5)² = 24.35
    #expect(needed == 25)
  }

  @Test("too few data have no power, and say so")
  func noPower() throws {
    let test = try #require(
      EquivalenceTest(of: [90, 110, 105], theory: 100, relativeTolerance: 0.01))
    #expect(test.power == 0)
    #expect(test.verdict == .undecided)
    #expect(test.description.contains("power 0.0"))
  }
}
