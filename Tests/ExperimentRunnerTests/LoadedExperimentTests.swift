// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Testing

@Suite("an experiment read from its files")
struct LoadedExperimentTests {
  let folder: TemporaryFolder
  /// The top folder of the project.
  static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  static let mm1 = top + "/Models/mm1"

  init() throws { folder = try TemporaryFolder() }

  private func load(_ settings: [(String, String)] = []) throws -> LoadedExperiment {
    try LoadedExperiment(
      path: Self.mm1,
      overrides: [ExperimentPlan.Setting("run.length", "400 min")]
        + settings.map { ExperimentPlan.Setting($0.0, $0.1) }, replications: 3, seed: 99)
  }

  @Test("runs, is stored with its texts, and is run again from them bit for bit")
  func stored() throws {
    let loaded = try load()
    let path = folder.file("mm1.sqlite")
    let results = try ResultsFile.prepare(
      at: path, for: ResultsHeader(loaded.design, command: "my own"), resume: true)
    _ = try ExperimentRun(loaded.design, threads: 2).run(into: results)
    #expect(try results.summary().contains { $0.measure == "wait" && $0.n == 3 })

    let stored = try StoredExperiment(ResultsFile.open(path))
    #expect(stored.cautions.isEmpty)
    let again = try Reproduction(
      of: ResultsFile.open(path), with: stored.loaded.design, threads: 1)
    #expect(again.compared == 3)
    #expect(again.isIdentical)
  }

  @Test("carries what identifies it, with the seed and the count apart from its settings")
  func provenance() throws {
    let design = try load().design
    #expect(design.seed == 99)
    #expect(design.replications == 3)
    #expect(design.points[0].settings == ["run.length": "400 min"])
    #expect(design.provenance["kind"] == "network")
    #expect(design.provenance["time-unit"] == "minutes")
    #expect(design.provenance["window-start"] == "2000 min")
    #expect(design.provenance["window-end"] == "2400 min")
    #expect(design.provenance["model-digest"]?.count == 16)
    #expect(design.provenance["text of model/model.yaml"]?.contains("kind: network") == true)
  }

  @Test("names faults of the files and of the measures together")
  func faults() {
    let faults = #expect(throws: ModelFaults.self) {
      try load([
        ("run.measures", "[wiat, utilisation by class]"), ("resources.sever.capacity", "2"),
      ])
    }
    let lines = faults?.list.map(\.description) ?? []
    #expect(lines.count == 3)
    #expect(
      lines.contains { $0.contains("wiat is not a measure of a network; did you mean wait?") })
    #expect(lines.contains { $0.contains("utilisation is not observed by class; by resource") })
    #expect(lines.contains { $0.contains("did you mean resources.server.capacity?") })
  }

  @Test("is not read from a file whose texts were changed")
  func changedTexts() throws {
    let loaded = try load()
    let path = folder.file("changed.sqlite")
    var header = ResultsHeader(loaded.design, command: "test")
    header.provenance["text of model/model.yaml"]?.append("\n# changed\n")
    _ = try ResultsFile.prepare(at: path, for: header, resume: false)
    #expect(throws: RunnerFault.self) { try StoredExperiment(ResultsFile.open(path)) }
    let outside = folder.file("outside.sqlite")
    header.provenance["text of model/../../outside"] = "x"
    _ = try ResultsFile.prepare(at: outside, for: header, resume: false)
    #expect(throws: RunnerFault.self) { try StoredExperiment(ResultsFile.open(outside)) }
  }
}
