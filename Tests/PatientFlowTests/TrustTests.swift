// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct TrustTests {
  @Test("trust rests through the warm-up, and moves after it")
  func warmUp() throws {
    let region = try TestRegion.read()
    let run = region.begin()
    func moved() -> Int {
      run.simulation.model.domain.population.residents.count { person in
        Tier.allCases.contains {
          abs(person.trust(in: $0) - region.model.tiers[$0].trust) > 1.0 / 65535
        }
      }
    }
    run.advance(until: region.window.warmUpEnd)
    #expect(moved() == 0)
    run.advance(until: region.window.end)
    #expect(moved() > 1000)
  }

  @Test("without a policy trust does not drift")
  func drift() throws {
    // Twelve replications of two years, the second with trust awake.
    let region = try TestRegion.read(["run.warm-up=365 d", "run.length=365 d"])
    var means: [Tier: [Double]] = [:]
    for replication in 1...12 as ClosedRange<UInt32> {
      let run = region.runWhole(replication: replication)
      for tier in Tier.allCases where tier != .community {
        means[tier, default: []].append(try run.value("trust", "tier", tier.name))
      }
    }
    for (tier, values) in means {
      // A drift of 0.01 passes with probability 1e-6; none, with a spread as seen, always.
      let test = try #require(
        EquivalenceTest(
          of: values, theory: region.model.tiers[tier].trust, absoluteTolerance: 0.01, alpha: 1e-6))
      #expect(test.verdict == .equivalent, "\(tier): \(test)")
    }
  }
}
