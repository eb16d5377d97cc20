// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import GRDB
import ModelFiles
import OutputAnalysis
import Testing

@Suite("an experiment of batches")
struct BatchRunTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    let model = """
      kind: network
      name: one-server
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      arrivals: {customers: {pathway: service, poisson: {rate: 0.8 /min}}}
      resources: {server: {capacity: 1}}
      durations: {service: {exponential: 1 min}}
      pathways: {service: [seize: server, delay: service, release: server, leave: served]}
      run: {warm-up: 100 min, length: 500 min, replications: 3, seed: 4}

      """
    try FileManager.default.createDirectory(
      atPath: folder.file("model"), withIntermediateDirectories: true)
    try model.write(toFile: folder.file("model/model.yaml"), atomically: true, encoding: .utf8)
    path = folder.file("batches.yaml")
    let experiment = """
      model: model
      name: batches
      run: {batches: 10}
      scenarios:
        - name: base
        - name: faster
          set: {durations.service.exponential: 0.9 min}
        - name: same

      """
    try experiment.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func design(_ settings: [(String, String)] = []) throws -> ExperimentDesign {
    try LoadedExperiment(
      path: path, overrides: settings.map { ExperimentPlan.Setting($0.0, $0.1) }
    ).design
  }

  @Test("each batch is a row, whatever the threads, and each differs")
  func threads() throws {
    let design = try design()
    #expect(design.isBatched && design.replications == 10 && design.pairs.count == 30)
    #expect(try run(design, into: folder.file("1.sqlite")) == .complete)
    let whole = try resultRows(folder.file("1.sqlite"))
    for threads in [2, 5] {
      let other = folder.file("\(threads).sqlite")
      #expect(try run(design, into: other, threads: threads) == .complete)
      #expect(try resultRows(other) == whole)
    }
    let results = try ResultsFile.open(folder.file("1.sqlite"))
    #expect(try results.storedReplications().count == 30)
    let summary = try results.summary()
    let wait = try #require(
      summary.first { $0.scenario == "base" && $0.measure == "wait" && $0.dimension.isEmpty })
    #expect(wait.n == 10)
    #expect(try #require(wait.standardDeviation) > 0)
    // Common random numbers: what changes nothing differs in nothing, and what does, clearly.
    let contrasts = try results.contrasts()
    for row in contrasts where row.scenario == "same" { #expect(row.meanDifference == 0) }
    let faster = try #require(
      contrasts.first {
        $0.scenario == "faster" && $0.measure == "time-in-system" && $0.dimension.isEmpty
      })
    #expect(faster.meanDifference < 0)
    #expect(try #require(faster.varianceRemoved) > 0.3)
  }

  @Test("a point's batches are stored together, and what is missing is run again to the same rows")
  func resuming() throws {
    let design = try design()
    let file = folder.file("whole.sqlite")
    try run(design, into: file)
    let whole = try resultRows(file)
    // As if killed before the second point was stored, and after an accident inside the third.
    try DatabaseQueue(path: file).write { db in
      for table in ["replication", "observed_value"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE point_id = 2 OR point_id = 3 AND replication = 4")
      }
    }
    #expect(try run(design, into: file, resume: true) == .complete)
    #expect(try resultRows(file) == whole)
    #expect(try run(design, into: file, resume: true) == .complete)

    let stopped = folder.file("stopped.sqlite")
    let stop = StopFlag()
    let results = try ResultsFile.prepare(
      at: stopped, for: ResultsHeader(design, command: "test"), resume: false)
    _ = try ExperimentRun(design, threads: 1).run(
      into: results, stop: stop, progress: { if $0.finishedNow > 0 { stop.raise() } })
    #expect(try results.storedReplications().count % 10 == 0)
  }

  @Test("stored batches are reproduced, all or one, and another number of them is refused")
  func reproducing() throws {
    let file = folder.file("results.sqlite")
    try run(try design([("run.batches", "12")]), into: file)
    let results = try ResultsFile.open(file)
    let stored = try StoredExperiment(results)
    #expect(stored.loaded.design.replications == 12)
    let all = try Reproduction(of: results, with: stored.loaded.design, threads: 2)
    #expect(all.compared == 36 && all.isIdentical)
    let one = try Reproduction(
      of: results, with: stored.loaded.design, replication: 7, threads: 1)
    #expect(one.compared == 3 && one.isIdentical)
    #expect {
      try run(try design([("run.batches", "14")]), into: file, resume: true)
    } throws: { error in
      (error as? RunnerFault)?.lines.contains {
        $0.hasSuffix("batches: the file has 12, this run has 14")
      } == true
    }
  }

  @Test("the command line may ask for replications in their place, and batches are not shared out")
  func inTheirPlace() throws {
    let replicated = try LoadedExperiment(path: path, replications: 5).design
    #expect(!replicated.isBatched && replicated.replications == 5)
    try Shard(number: 2, of: 3).check(replicated)
    let file = folder.file("replications.sqlite")
    try run(replicated, into: file)
    let stored = try StoredExperiment(try ResultsFile.open(file))
    #expect(!stored.loaded.design.isBatched && stored.loaded.design.replications == 5)
    let batched = try design()
    try Shard.whole.check(batched)
    #expect {
      try Shard(number: 2, of: 3).check(batched)
    } throws: { error in
      (error as? RunnerFault)?.lines == [
        "--shard 2/3: all batches of a scenario are cut from one run, which cannot be shared out; "
          + "run it whole, or write replications in place of batches"
      ]
    }
  }

  @Test("the correlation of batch means is that of the formula, in the file and read from it")
  func correlation() throws {
    let file = folder.file("results.sqlite")
    try run(try design(), into: file)
    let results = try ResultsFile.open(file)
    let told = try results.batchCorrelations()
    #expect(told.count == 3 * 6)
    let view = try DatabaseQueue(path: file).read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM batch_correlation WHERE dimension = ''")
    }
    for row in told {
      let values = try DatabaseQueue(path: file).read { db in
        try Double.fetchAll(
          db,
          sql: """
            SELECT value FROM observation
            WHERE point_id = ? AND measure = ? AND dimension = '' ORDER BY replication
            """, arguments: [row.point, row.measure])
      }
      #expect(row.correlation == BatchCorrelation(of: values))
      let stored = try #require(
        view.first { ($0["point_id"], $0["measure"]) == (row.point, row.measure) })
      #expect(stored["n"] == 10)
      #expect(abs((stored["lag_1"] as Double) - row.correlation.lagOne) < 1e-9)
    }
  }
}
