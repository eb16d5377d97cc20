// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Randomness
import Reporting
import SimulationKernel
import Testing

/// Hands over one value a replication for each of four measures.
private struct GivenModel: RunnableModel {
  var values: [String: Double]

  func begin(_ root: RandomRoot) -> any ModelRun { GivenRun(values, root) }
}

private final class GivenRun: ModelRun {
  private let values: [String: Double]
  private let root: RandomRoot
  let eventCount: UInt64 = 1

  init(_ values: [String: Double], _ root: RandomRoot) {
    self.values = values
    self.root = root
  }

  func advance(until: SimulationTime) {}

  func fork(under model: any RunnableModel) -> any ModelRun { GivenRun(values, root) }

  func finish() -> [ReplicationResult] {
    // What is added to each difference: the same in all points, but of its own in each scenario.
    var stream = RandomStream(root, Purpose("given"), owner: UInt64(values["owner"] ?? 0))
    let noise = stream.uniform() - 0.5
    let observations = ["same", "fades", "turns", "none"].map {
      Observation(measure: $0, value: 100 + (values[$0] ?? 0) + noise)
    }
    return [ReplicationResult(events: 1, checksum: 0, observations: observations)]
  }
}

@Suite struct FormDependenceTests {
  private let path = NSTemporaryDirectory() + "forms-" + UUID().uuidString + ".sqlite"

  /// Scenario less baseline: `same` is +5 in both forms, `fades` +5 and 0, `turns` +5 and −5.
  private func results() throws -> ResultsFile {
    let effects: [[String: Double]] = [
      [:], ["owner": 1, "same": 5, "fades": 5, "turns": 5],
      [:], ["owner": 1, "same": 5, "turns": -5],
    ]
    let design = ExperimentDesign(
      name: "forms",
      points: effects.enumerated().map { number, values in
        DesignPoint(
          scenario: number % 2 == 0 ? "base" : "fee",
          settings: ["money-form": number < 2 ? "cost" : "share"],
          model: GivenModel(values: values), end: .zero, baseline: number < 2 ? 0 : 2)
      }, replications: 10, seed: 3,
      provenance: [
        "kind": "network", "time-unit": "minutes", "measures": "same, fades, turns, none",
      ])
    let file = try ResultsFile.prepare(
      at: path, for: ResultsHeader(design, command: "test"), resume: false)
    #expect(try ExperimentRun(design, threads: 1).run(into: file) == .complete)
    return file
  }

  @Test("contrasts are taken within each form, and marked where their verdicts differ")
  func verdicts() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try results()
    #expect(file.header.baselines == [2: 1, 4: 3])
    let contrasts = try file.contrasts()
    #expect(Set(contrasts.map(\.point)) == [2, 4])
    #expect(try file.contrasts(baseline: "base").map(\.point) == contrasts.map(\.point))
    let report = try ResultsReport(file)
    let json = report.json.description
    for (measure, isDependent) in [
      ("same", false), ("fades", true), ("turns", true), ("none", false),
    ] {
      let rows = json.components(separatedBy: "{").filter {
        $0.contains("\"measure\":\"\(measure)\"") && $0.contains("form_dependent")
      }
      #expect(rows.count == 2)
      for row in rows { #expect(row.contains("\"form_dependent\":\(isDependent)")) }
    }
    for (language, mark, title) in [
      (Language.english, "form-dependent", "fee (share)"), (.chinese, "依赖形式", "fee（报销比例）"),
    ] {
      let text = report.text(language, width: 200)
      #expect(text.contains(title))
      let marked = text.split(separator: "\n").filter {
        $0.contains(mark) && ($0.contains("fades") || $0.contains("turns"))
      }
      #expect(marked.count == 2)
      #expect(!text.split(separator: "\n").contains { $0.contains("same") && $0.contains(mark) })
    }
  }
}
