// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Testing

/// The adverse result of `Experiments/small-county-siphon.yaml`: at its settings, with its random
/// numbers, one year. A finding of that configuration, kept so that it stays one.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"))
struct SiphonTests {
  @Test("the green channel, used earlier, draws patients and revenue to the lead")
  func siphon() throws {
    func year(_ settings: [String], _ replication: UInt32) throws -> (
      visits: Int64, revenue: Int64, primary: Int64
    ) {
      let region = try TestRegion.read(
        ["run.warm-up=365 d", "run.length=365 d"] + settings,
        folder: TestRegion.folder("small-county"))
      let run = region.runWhole(seed: 20_190_101, replication: replication)
      let tally = run.simulation.model.domain.tally
      let lead = tally.site(.after, run.site("county-hospital"))
      let primary = run.model.institutions.indices.reduce(Int64(0)) {
        run.model.institutions[$1].tier.isPrimary ? $0 + tally.site(.after, $1).visits : $0
      }
      return (lead.visits, lead.patientsPaid + lead.fundPaid, primary)
    }
    let siphon = [
      "policies.two-way-referral.in-force=yes", "policies.two-way-referral.defensive-gain=1.5",
    ]
    for replication in 1...2 as ClosedRange<UInt32> {
      let none = try year([], replication)
      let drawn = try year(siphon, replication)
      #expect(drawn.visits > none.visits)
      #expect(drawn.revenue > none.revenue)
      #expect(drawn.primary < none.primary)
    }
  }
}
