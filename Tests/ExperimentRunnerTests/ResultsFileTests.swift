// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import GRDB
import OutputAnalysis
import Testing

@Suite("a results file")
struct ResultsFileTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("results.sqlite")
    try run(tickingDesign(replications: 6), into: path)
  }

  private func columns(_ table: String) throws -> [String] {
    try DatabaseQueue(path: path).read { try $0.columns(in: table).map(\.name) }
  }

  @Test("has the tables and views, and their columns, that are promised")
  func layout() throws {
    #expect(try columns("provenance") == ["key", "value"])
    #expect(try columns("point") == ["point_id", "scenario", "settings"])
    #expect(try columns("replication") == ["point_id", "replication", "events", "checksum"])
    #expect(
      try columns("observation")
        == ["point_id", "replication", "measure", "dimension", "member", "value"])
    #expect(
      try columns("summary") == [
        "point_id", "scenario", "measure", "dimension", "member", "n", "mean", "sd", "ci_low",
        "ci_high",
      ])
    #expect(
      try columns("contrast") == [
        "point_id", "scenario", "baseline", "measure", "dimension", "member", "n",
        "mean_difference", "ci_low", "ci_high",
      ])
  }

  @Test("is one file, whose journal is gone when it is closed")
  func oneFile() throws {
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["results.sqlite"])
    let mode = try DatabaseQueue(path: path).read {
      try String.fetchOne($0, sql: "PRAGMA journal_mode")
    }
    #expect(mode == "delete")
  }

  @Test("says where it comes from")
  func provenance() throws {
    let header = try ResultsFile.open(path).header
    #expect(header.provenance["version"] == YilianVersion.current)
    #expect(header.provenance["seed"] == "11")
    #expect(header.provenance["command"] == "test")
    #expect(header.provenance["probe-digest"]?.count == 16)
    #expect(header.points.map(\.settings)[1] == #"{"lever.chance":"0.6"}"#)
    #expect(header.replications == 6)
  }

  private func values(point: Int, measure: String) throws -> [Double?] {
    try DatabaseQueue(path: path).read { db in
      try Optional<Double>.fetchAll(
        db,
        sql: """
          SELECT value FROM observation WHERE point_id = ? AND measure = ? AND dimension = ''
          ORDER BY replication
          """, arguments: [point, measure])
    }
  }

  @Test("summarises as Student's interval does")
  func summary() throws {
    let rows = try ResultsFile.open(path).summary()
    #expect(rows.count == 12)
    for row in rows where row.dimension.isEmpty {
      let sample = try values(point: row.point, measure: row.measure)
      let interval = try #require(ConfidenceInterval(of: sample))
      #expect(row.n == 6)
      #expect(abs(row.mean - interval.mean) <= 1e-14 * abs(interval.mean))
      let (low, high) = (try #require(row.low), try #require(row.high))
      #expect(abs(low - interval.low) <= 1e-12 * abs(interval.mean))
      #expect(abs(high - interval.high) <= 1e-12 * abs(interval.mean))
      let moments = try #require(SampleMoments(sample.compactMap(\.self)))
      let deviation = try #require(row.standardDeviation)
      #expect(abs(deviation - moments.standardDeviation) <= 1e-12 * deviation)
    }
    #expect(!rows.contains { $0.measure == "never" })
  }

  @Test("pairs each scenario with the baseline, or with another one asked for")
  func contrasts() throws {
    let file = try ResultsFile.open(path)
    let visits = try #require(
      file.contrasts().first { $0.scenario == "more" && $0.measure == "visits" })
    #expect(visits.baseline == "base")
    let paired = try #require(
      PairedContrast(
        of: values(point: 2, measure: "visits"), against: values(point: 1, measure: "visits")))
    #expect(abs(visits.meanDifference - paired.difference.mean) < 1e-12)
    #expect(abs(try #require(visits.low) - paired.difference.low) < 1e-10)
    #expect(visits.varianceRemoved == paired.varianceReduction.map { 1 - 1 / $0 })

    let turned = try file.contrasts(baseline: "more")
    #expect(Set(turned.map(\.scenario)) == ["base", "same"])
    let back = try #require(turned.first { $0.scenario == "base" && $0.measure == "visits" })
    #expect(back.meanDifference == -visits.meanDifference)
    #expect(throws: RunnerFault.self) { try file.contrasts(baseline: "mroe") }
  }

  @Test("has no deviation and no interval for a single replication")
  func oneReplication() throws {
    let single = folder.file("single.sqlite")
    try run(tickingDesign(replications: 1), into: single)
    for row in try ResultsFile.open(single).summary() {
      #expect(row.n == 1)
      #expect(row.standardDeviation == nil)
      #expect(row.low == nil)
    }
    #expect(try ResultsFile.open(single).contrasts().allSatisfy { $0.n == 1 && $0.high == nil })
  }

  @Test("takes square roots that are right to the last digit, whatever their size")
  func roots() throws {
    let sizes = [1e-150, 1e-12, 0.3, 1, 7, 1e9, 1e150]
    let wide = folder.file("wide.sqlite")
    try run(tickingDesign(replications: 2), into: wide)
    for size in sizes {
      try DatabaseQueue(path: wide).write { db in
        try db.execute(
          sql: "UPDATE observed_value SET value = ? * replication", arguments: [size])
      }
      for row in try ResultsFile.open(wide).summary() {
        let exact = size * 0.5.squareRoot()
        #expect(abs(try #require(row.standardDeviation) - exact) <= 4e-16 * exact)
      }
    }
  }
}
