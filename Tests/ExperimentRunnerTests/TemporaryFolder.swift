// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import GRDB
import SimulationKernel

#if canImport(Glibc)
  import Glibc
#endif

func pause(microseconds: UInt32) { usleep(microseconds) }

/// A folder that goes when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "yilian-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }
}

/// Three scenarios: two that differ from half time on, of which one does not change a thing.
func tickingDesign(
  replications: Int = 4, seconds: Int64 = 200, seed: UInt64 = 11, delay: UInt32 = 0,
  randomNumbers: ExperimentDesign.RandomNumbers = .common, sharing: Bool = true,
  provenance: [String: String] = ["model-digest": "0011"]
) -> ExperimentDesign {
  let end = SimulationTime(microseconds: seconds * 1_000_000)
  let half = SimulationTime(microseconds: seconds * 500_000)
  let shared = sharing ? half : .zero
  let base = TickingModel(delay: delay)
  return ExperimentDesign(
    name: "ticking",
    points: [
      DesignPoint(scenario: "base", model: base, end: end),
      DesignPoint(
        scenario: "more", settings: ["lever.chance": "0.6"],
        model: TickingModel(leveredChance: 0.6, leverStart: half, delay: delay), end: end,
        sharesBaselineUntil: shared),
      DesignPoint(
        scenario: "same", settings: ["lever.chance": "0.3"],
        model: TickingModel(leveredChance: 0.3, leverStart: half, delay: delay), end: end,
        sharesBaselineUntil: shared),
    ], replications: replications, seed: seed, randomNumbers: randomNumbers, provenance: provenance)
}

/// Runs a design into a new file.
@discardableResult
func run(
  _ design: ExperimentDesign, into path: String, threads: Int = 1, shard: Shard = .whole,
  resume: Bool = false, stop: StopFlag = StopFlag()
) throws -> ExperimentRun.Outcome {
  let file = try ResultsFile.prepare(
    at: path, for: ResultsHeader(design, shard: shard, command: "test"), resume: resume)
  return try ExperimentRun(design, shard: shard, threads: threads).run(into: file, stop: stop)
}

/// All rows of a table or view in key order, as text.
func rows(_ path: String, _ table: String) throws -> [String] {
  let order =
    switch table {
    case "provenance", "student", "point": "1"
    case "replication": "1, 2"
    default: "1, 2, 3, 4, 5, 6"
    }
  var configuration = Configuration()
  configuration.readonly = true
  return try DatabaseQueue(path: path, configuration: configuration).read { db in
    try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY \(order)").map(\.description)
  }
}

/// The rows that must be equal however a design was run.
func resultRows(_ path: String) throws -> [String] {
  try rows(path, "replication") + rows(path, "observation")
}
