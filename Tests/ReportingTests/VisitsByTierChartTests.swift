// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Randomness
import Reporting
import SimulationKernel
import Testing

/// Hands over made-up visits at two tiers, a little more in each replication, and none at a third.
private struct MadeUpTiers: RunnableModel {
  var visits: Double

  func begin(_ root: RandomRoot) -> any ModelRun { MadeUpTierRun(visits, root) }
}

private final class MadeUpTierRun: ModelRun {
  let eventCount: UInt64 = 1
  private let visits: Double
  private let root: RandomRoot

  init(_ visits: Double, _ root: RandomRoot) { (self.visits, self.root) = (visits, root) }

  func advance(until: SimulationTime) {}
  func fork(under model: any RunnableModel) -> any ModelRun { MadeUpTierRun(visits, root) }

  func finish() -> [ReplicationResult] {
    var stream = RandomStream(root, Purpose("made up"), owner: 0)
    func row(_ tier: String, _ value: Double) -> Observation {
      Observation(measure: "visits", dimension: "tier", member: tier, value: value)
    }
    return [
      ReplicationResult(
        events: 1, checksum: 0,
        observations: [
          row("village", visits + 10 * stream.normal()), row("county", 2 * visits),
          row("community", 0),
        ])
    ]
  }
}

@Suite("a chart of visits by tier")
struct VisitsByTierChartTests {
  private func chart(
    scenarios: Int, replications: Int, _ context: ChartContext
  ) throws -> Chart {
    let path = NSTemporaryDirectory() + "chart-" + UUID().uuidString + ".sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let design = ExperimentDesign(
      name: "made-up",
      points: (0..<scenarios).map {
        DesignPoint(
          scenario: $0 == 0 ? "none" : "policy-\($0)",
          model: MadeUpTiers(visits: 1000 + 100 * Double($0)), end: .zero)
      }, replications: replications, seed: 3,
      provenance: ["kind": "region", "measures": "visits by tier"])
    let file = try ResultsFile.prepare(
      at: path, for: ResultsHeader(design, command: "test"), resume: false)
    #expect(try ExperimentRun(design, threads: 1).run(into: file) == .complete)
    return try ChartKind.visitsByTier.chart(ChartSource(file), context)
  }

  @Test("leaves out a tier that nobody goes to, and tells every scenario", arguments: [1, 2, 9])
  func scenarios(_ count: Int) throws {
    for width in ChartContext.Width.allCases {
      for language in Language.allCases {
        let chart = try chart(
          scenarios: count, replications: 4, ChartContext(language, width: width))
        let spec = chart.spec.description
        let tiers = language == .english ? "community centres" : "社区"
        #expect(!spec.contains(tiers))
        #expect(spec.contains(language == .english ? "village clinics" : "村卫生室"))
        for scenario in 1..<max(2, count) where count > 1 {
          #expect(spec.contains("policy-\(scenario)") && chart.words.contains("policy-\(scenario)"))
        }
        #expect(spec.contains("95 %"))
        // Differences are drawn where there is something to compare with.
        let word = language == .english ? "difference from none (visits)" : "与 none 之差（人次）"
        #expect(spec.contains(word) == (count > 1))
      }
    }
  }

  @Test("says that one replication tells nothing of chance")
  func oneReplication() throws {
    let chart = try chart(scenarios: 2, replications: 1, ChartContext(.english))
    #expect(chart.notes.contains { $0.contains("no intervals") })
    #expect(!chart.spec.description.contains("95 %"))
    #expect(chart.spec.description.contains("\"low\":null"))
  }

  @Test("fits a terminal of any width")
  func glance() throws {
    for language in Language.allCases {
      let chart = try chart(scenarios: 3, replications: 5, ChartContext(language))
      let look = try #require(chart.quickLook)
      for width in [40, 80, 132] {
        let lines = look.text(width: width).split(separator: "\n")
        #expect(lines.allSatisfy { $0.displayWidth <= width }, "\(width)")
      }
      #expect(look.text(width: 100).contains("●"))
    }
  }
}
