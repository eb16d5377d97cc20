// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("whether a state has settled")
struct StateDriftTests {
  /// Of so many repetitions of twelve replications, the share with a verdict. States are 100 with a
  /// deviation of 10 between replications and of 0.5 from year to year.
  private func share(
    _ verdict: StateDrift.Verdict, change: Double, repetitions: Int = 20_000, seed: UInt64
  ) throws -> Double {
    var count = 0
    for repetition in 0..<repetitions {
      var stream = RandomStream(
        RandomRoot(seed: seed, replication: 0), Purpose("drift"), owner: UInt64(repetition))
      let earlier = (0..<12).map { _ in 100 + 10 * stream.normal() }
      let later = earlier.map { $0 + change + 0.5 * stream.normal() }
      // The tolerance is of the level, 1 of 100 with an error of 3 % for its noise.
      let drift = try #require(StateDrift(from: earlier, to: later, share: 0.01))
      if drift.verdict == verdict { count += 1 }
    }
    return Double(count) / Double(repetitions)
  }

  // The interval of 95 % lies above the truth in 2.5 % of repetitions. A share of 20,000 strays
  // from 0.025 by 0.0055 with a probability of 1e-6.
  @Test("a change of just the tolerance is called drifting, or settled, in 2.5 % of repetitions")
  func edge() throws {
    #expect(abs(try share(.drifting, change: 1, seed: 71) - 0.025) < 0.008)
    #expect(abs(try share(.settled, change: 1, seed: 72) - 0.025) < 0.008)
    #expect(abs(try share(.drifting, change: -1, seed: 73) - 0.025) < 0.008)
  }

  @Test("what does not move is never called drifting here, and settled nearly always")
  func still() throws {
    #expect(try share(.drifting, change: 0, seed: 74) == 0)
    #expect(try share(.settled, change: 0, seed: 75) > 0.99)
  }

  @Test("a planted drift of twice the tolerance is found")
  func planted() throws {
    #expect(try share(.drifting, change: 2, seed: 76) > 0.99)
    #expect(try share(.drifting, change: -2, seed: 77) > 0.99)
  }

  @Test("pairs with an undefined value are left out; a state that never moves has settled")
  func edges() throws {
    let drift = try #require(
      StateDrift(from: [1, nil, 3, 5], to: [2, 9, nil, 6], share: 0.1))
    #expect(drift.change.n == 2 && drift.change.mean == 1)
    #expect(drift.earlier == 3 && drift.later == 4 && drift.verdict == .drifting)
    #expect(StateDrift(from: [1, nil], to: [1, 2], share: 0.1) == nil)
    let zero = try #require(StateDrift(from: [0, 0], to: [0, 0], share: 0.01))
    #expect(zero.verdict == .settled)
  }
}
