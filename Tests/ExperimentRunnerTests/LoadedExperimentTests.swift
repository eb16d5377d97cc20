// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
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

  @Test("read from a results file, it is the design of the file, and may be changed")
  func storedDesign() throws {
    let experiment = Self.top + "/Tests/CommandLineTests/experiments/clinic.yaml"
    for source in [Self.mm1, experiment] {
      let path = folder.file((source as NSString).lastPathComponent + ".sqlite")
      let settings = [ExperimentPlan.Setting("run.length", "5 week")]
      let loaded = try LoadedExperiment(path: source, overrides: settings, replications: 2)
      _ = try ResultsFile.prepare(
        at: path, for: ResultsHeader(loaded.design, command: "a"), resume: false)
      let (read, warnings) = try LoadedExperiment.read(path, overrides: [])
      #expect(warnings.isEmpty)
      #expect(read.design.name == loaded.design.name)
      // A file is continued by its own design alone.
      _ = try ResultsFile.prepare(
        at: path, for: ResultsHeader(read.design, command: "b"), resume: true)
      let (other, _) = try LoadedExperiment.read(path, overrides: [], replications: 5, seed: 8)
      #expect(other.design.replications == 5)
      #expect(other.design.seed == 8)
      #expect(throws: RunnerFault.self) {
        try LoadedExperiment.read(path, overrides: [ExperimentPlan.Setting("run.lenght", "1 d")])
      }
    }
  }

  @Test("a results file keeps the most replications that its last run was allowed")
  func keptLimit() throws {
    let precision = PrecisionRequest("wait 5 %")!
    let series = MeasureSeries("wait")!
    for (name, rules) in [
      (
        "precise",
        [30, 70].map {
          StoppingRule.precision(PrecisionRule(requests: [precision], minimum: 4, maximum: $0))
        }
      ),
      (
        "chosen",
        [90, nil].map {
          StoppingRule.selection(
            SelectionRule(series: series, best: .lowest, difference: 0.5, budget: $0))
        }
      ),
    ] {
      let path = folder.file(name + ".sqlite")
      for (place, rule) in rules.enumerated() {
        var design = try load().design
        design.stopping = rule
        _ = try ResultsFile.prepare(
          at: path, for: ResultsHeader(design, command: "a"), resume: place > 0)
        #expect(try LoadedExperiment.read(path, overrides: []).experiment.design.stopping == rule)
      }
    }
  }

  @Test("read from a results file, it keeps the maximum of its own precision, not of another")
  func storedMaximum() throws {
    let source = folder.file("precise.yaml")
    try """
    model: \(Self.mm1)
    name: precise
    replications: {precision: [{measure: wait, relative: 5 %}], minimum: 4, maximum: 40}
    """.write(toFile: source, atomically: true, encoding: .utf8)
    let other = ExperimentPlan.Setting(
      "run.replications", "{precision: [{measure: wait, relative: 2 %}], minimum: 3}")
    for settings in [[], [other]] {
      let path = folder.file("precise-\(settings.count).sqlite")
      let loaded = try LoadedExperiment(path: source, overrides: settings)
      _ = try ResultsFile.prepare(
        at: path, for: ResultsHeader(loaded.design, command: "a"), resume: false)
      let (read, _) = try LoadedExperiment.read(path, overrides: [])
      guard case .precision(let rule) = read.design.stopping else {
        Issue.record("\(String(describing: read.design.stopping))")
        continue
      }
      #expect(rule.maximum == (settings.isEmpty ? 40 : 1000))
      #expect(read.design.stopping == loaded.design.stopping)
      #expect(read.design.replications == loaded.design.replications)
    }
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

  @Test("distributions on request, and a run to a count, are the same when they are run again")
  func requested() throws {
    let loaded = try load([
      (
        "run.measures",
        "[wait-p95 by resource, wait-share-over-2, occupancy-share-over-0, wait by step]"
      ),
      ("run.until-completed", "150"), ("run.length", "4000 min"),
    ])
    #expect(loaded.design.provenance["until-completed"] == "150")
    let path = folder.file("requested.sqlite")
    let header = ResultsHeader(loaded.design, command: "test")
    let results = try ResultsFile.prepare(at: path, for: header, resume: false)
    let outcome = try ExperimentRun(loaded.design, threads: 2).run(into: results)
    #expect(outcome == .complete)
    let summary = try results.summary()
    for (measure, dimension) in [
      ("wait-p95", "resource"), ("wait-share-over-2", ""), ("occupancy-share-over-0", ""),
    ] {
      #expect(summary.contains { $0.measure == measure && $0.dimension == dimension && $0.n == 3 })
    }
    let again = try StoredExperiment(results)
    let reproduction = try Reproduction(of: results, with: again.loaded.design, threads: 1)
    #expect(reproduction.isIdentical && reproduction.compared == 3)
  }

  @Test("the measures that “Writing a network” asks for are there")
  func documented() throws {
    let page = try String(
      contentsOfFile: Self.top
        + "/Sources/ModelFiles/ModelFiles.docc/WritingANetwork.md", encoding: .utf8)
    let blocks = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
    let model = try #require(blocks.first { $0.contains("kind: network") })
    let asked = try #require(blocks.first { $0.hasPrefix("run:\n") })
    let lines = model.split(separator: "\n").filter { !$0.hasPrefix("run:") }
    let path = folder.file("documented")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try (lines.joined(separator: "\n") + "\n" + asked + "\n").write(
      toFile: path + "/model.yaml", atomically: true, encoding: .utf8)
    let loaded = try LoadedExperiment(path: path, replications: 1)
    #expect(loaded.plan.measures.count >= 8)
    let run = loaded.design.points[0].model.begin(
      loaded.design.root(of: ReplicationKey(point: 1, replication: 1)))
    run.advance(until: loaded.design.points[0].end)
    let observed = Set(run.finish()[0].observations.map(\.measure))
    for request in loaded.plan.measures {
      #expect(observed.contains(request.measure), "\(request)")
    }
  }

  @Test("names faults of the files and of the measures together")
  func faults() {
    let faults = #expect(throws: ModelFaults.self) {
      try load([
        (
          "run.measures",
          "[wiat, utilisation by class, wait-p100, queue-length-share-over-1.5, utilisation-p95]"
        ), ("resources.sever.capacity", "2"),
      ])
    }
    let lines = faults?.list.map(\.description) ?? []
    #expect(lines.count == 6)
    #expect(
      lines.contains {
        $0.hasSuffix(
          "wait-p100 is not a measure of a network; write wait-p95, or wait-share-over-30, "
            + "or wait-share-over-30-with-unfinished")
      })
    #expect(lines.contains { $0.hasSuffix("write queue-length-p95, or queue-length-share-over-5") })
    #expect(
      lines.contains { $0.contains("utilisation-p95 is not a measure of a network; ") })
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
