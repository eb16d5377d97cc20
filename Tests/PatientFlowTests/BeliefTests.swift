// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import SimulationKernel
import Testing

@Suite struct BeliefTests {
  @Test("at midnight people take up a tenth of what the day's waits have shown")
  func waits() throws {
    let region = try TestRegion.read()
    let run = region.begin()
    var learned = 0
    run.advance(throughDay: 99)
    for day in 100..<120 {
      let counted = cells(run)
      run.advance(throughDay: day)
      let counts = zip(cells(run), counted).map { now, then in
        (consults: Double(now.consults - then.consults), waited: Double(now.waited - then.waited))
      }
      let believed = run.simulation.model.domain.states.map(\.perceivedWait)
      run.advance(until: midnight(day + 1) + TimeSpan(microseconds: 1))
      let learnt = run.simulation.model.domain.states.map(\.perceivedWait)
      for (site, institution) in region.model.institutions.enumerated() {
        // Nobody learns where nobody came; external waits are given.
        guard !institution.isExternal, counts[site].consults > 0 else {
          #expect(learnt[site] == believed[site])
          continue
        }
        let mean = counts[site].waited / counts[site].consults / 6e7
        #expect(abs(learnt[site] - (believed[site] + 0.1 * (mean - believed[site]))) < 1e-9)
        learned += 1
      }
    }
    #expect(learned > 100)
    #expect(run.simulation.model.domain.states[run.site("city-hospital")].perceivedWait == 30)
  }

  /// What was counted at each institution in the policy period.
  private func cells(_ run: RegionRun) -> [FlowCell] {
    run.model.institutions.indices.map { run.simulation.model.domain.tally.site(.after, $0) }
  }
}
