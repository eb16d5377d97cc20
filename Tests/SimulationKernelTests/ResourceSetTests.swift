// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Resources")
struct ResourceSetTests {
  @Test(
    "do what the rules say, and lose no request and no unit",
    arguments: [UInt64](1...30), [0, 2, 1000])
  func agreesWithOracle(seed: UInt64, overtakingLimit: Int) {
    var trial = ResourceTrial(seed: seed, overtakingLimit: overtakingLimit)
    trial.run(steps: 1500)
    #expect(trial.failure == nil)
    #expect(trial.joint > 20 && trial.reneged > 20 && trial.alternative > 20)
    #expect(trial.keeping > 20)
  }

  @Test("do what the rules say in thousands of short lives")
  func agreesWithOracleInShort() {
    var interrupted = 0
    var overtime = 0
    var refused = 0
    var preempted = 0
    var alternativesServed = 0
    var keepersPassed = 0
    for seed in 1000..<4000 as Range<UInt64> {
      var trial = ResourceTrial(seed: seed, overtakingLimit: Int(seed % 4))
      trial.run(steps: 60)
      #expect(trial.failure == nil, "seed \(seed)")
      interrupted += trial.interrupted
      overtime += trial.overtime
      refused += trial.refused
      preempted += trial.preempted
      alternativesServed += trial.plain.alternativesServed
      keepersPassed += trial.plain.keepersPassed
    }
    let counts = [interrupted, overtime, refused, preempted, alternativesServed, keepersPassed]
    #expect(counts.allSatisfy { $0 > 300 }, "every path was taken often: \(counts)")
  }
}
