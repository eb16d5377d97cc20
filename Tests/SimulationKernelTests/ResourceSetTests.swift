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
    #expect(trial.joint > 20 && trial.reneged > 20)
  }
}
