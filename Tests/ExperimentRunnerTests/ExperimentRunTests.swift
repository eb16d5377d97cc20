// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import SimulationKernel
import Testing

@Suite("an experiment's results hang on its design alone")
struct ExperimentRunTests {
  let folder: TemporaryFolder
  let whole: [String]

  init() throws {
    folder = try TemporaryFolder()
    try run(tickingDesign(), into: folder.file("whole.sqlite"))
    whole = try resultRows(folder.file("whole.sqlite"))
    #expect(whole.count == 12 + 12 * 5)
  }

  @Test("any number of threads stores the same rows", arguments: [2, 3, 16])
  func threads(_ count: Int) throws {
    let path = folder.file("threads.sqlite")
    #expect(try run(tickingDesign(), into: path, threads: count) == .complete)
    #expect(try resultRows(path) == whole)
  }

  @Test("a scenario that leaves the baseline's run half-way stores what a whole run stores")
  func sharing() throws {
    let path = folder.file("apart.sqlite")
    try run(tickingDesign(sharing: false), into: path)
    #expect(try resultRows(path) == whole)
  }

  @Test(
    "points that leave the run of another point than the baseline store what whole runs store",
    arguments: [1, 2, 3, 16])
  func ownTrunks(threads: Int) throws {
    var points: [DesignPoint] = []
    let end = SimulationTime(microseconds: 200_000_000)
    for chance in [0.3, 0.4, 0.5] {
      let own = points.count
      for (start, levered) in [(Int64(0), chance), (60, 0.7), (20, 0.8)] {
        let instant = SimulationTime(microseconds: start * 1_000_000)
        points.append(
          DesignPoint(
            scenario: "s\(start)",
            model: TickingModel(chance: chance, leveredChance: levered, leverStart: instant),
            end: end, sharesBaselineUntil: instant, trunk: own, baseline: own))
      }
    }
    var design = ExperimentDesign(name: "blocks", points: points, replications: 3, seed: 4)
    for isPointMajor in [false, true] {
      design.isPointMajor = isPointMajor
      var apart = design
      for index in apart.points.indices { apart.points[index].sharesBaselineUntil = .zero }
      let (shared, alone) = (folder.file("shared.sqlite"), folder.file("alone.sqlite"))
      for path in [shared, alone] where FileManager.default.fileExists(atPath: path) {
        try FileManager.default.removeItem(atPath: path)
      }
      // A part first, so that the rest is run without some of those that leave together.
      try run(design, into: shared, threads: threads, shard: Shard(number: 2, of: 5))
      try run(apart, into: alone, threads: threads, shard: Shard(number: 2, of: 5))
      #expect(try resultRows(shared) == resultRows(alone))
      let whole = folder.file("whole-\(isPointMajor).sqlite")
      let rest = folder.file("rest-\(isPointMajor).sqlite")
      try run(design, into: whole, threads: threads)
      try run(apart, into: rest)
      let (rows, others) = (try resultRows(whole), try resultRows(rest))
      #expect(rows.count == 27 + 27 * 5 && rows == others)
    }
  }

  @Test("shards merge to the whole, whatever their number", arguments: [2, 3, 5, 12])
  func shards(_ count: Int) throws {
    let paths = (1...count).map { folder.file("shard-\($0).sqlite") }
    for (index, path) in paths.enumerated() {
      try run(tickingDesign(), into: path, shard: Shard(number: index + 1, of: count))
    }
    let merged = folder.file("merged.sqlite")
    let merge = try ResultsMerge(of: paths.reversed(), into: merged, command: "merge")
    #expect(merge.missing.isEmpty)
    #expect(try resultRows(merged) == whole)
    #expect(try rows(merged, "summary") == rows(folder.file("whole.sqlite"), "summary"))
    #expect(try rows(merged, "contrast") == rows(folder.file("whole.sqlite"), "contrast"))
  }

  @Test("a stopped run keeps what finished, and is continued to the same rows")
  func stopping() throws {
    let path = folder.file("stopped.sqlite")
    let slow = tickingDesign(delay: 200)
    let file = try ResultsFile.prepare(
      at: path, for: ResultsHeader(slow, command: "test"), resume: false)
    let stop = StopFlag()
    let outcome = try ExperimentRun(slow, threads: 2).run(
      into: file, stop: stop, progress: { if $0.finishedNow >= 2 { stop.raise() } })
    #expect(outcome == .stopped)
    let kept = try file.storedReplications().count
    #expect((2..<12).contains(kept))
    try run(tickingDesign(), into: folder.file("fresh.sqlite"))
    withExtendedLifetime(file) {}
  }

  @Test("a stop is noticed in the middle of a replication")
  func stopInside() throws {
    let path = folder.file("long.sqlite")
    let endless = tickingDesign(replications: 1, seconds: 2_000_000, delay: 100)
    let stop = StopFlag()
    let outcome = try ExperimentRun(endless, threads: 1).run(
      into: ResultsFile.prepare(
        at: path, for: ResultsHeader(endless, command: "test"), resume: false),
      stop: stop, progress: { _ in stop.raise() })
    #expect(outcome == .stopped)
    #expect(try resultRows(path).isEmpty)
  }

  @Test("a run stopped at any replication goes on to the same rows", arguments: [1, 4, 7, 11])
  func resuming(after count: Int) throws {
    let path = folder.file("resumed.sqlite")
    let design = tickingDesign()
    do {
      let file = try ResultsFile.prepare(
        at: path, for: ResultsHeader(design, command: "test"), resume: true)
      let stop = StopFlag()
      _ = try ExperimentRun(design, threads: 1).run(
        into: file, stop: stop, progress: { if $0.finishedNow >= count { stop.raise() } })
    }
    #expect(try run(design, into: path, resume: true) == .complete)
    #expect(try resultRows(path) == whole)
    #expect(try run(design, into: path, resume: true) == .complete)
    #expect(try resultRows(path) == whole)
  }

  @Test("more replications extend a file to what a longer run stores")
  func extending() throws {
    let long = folder.file("long.sqlite")
    try run(tickingDesign(replications: 70), into: long)
    let path = folder.file("extended.sqlite")
    try run(tickingDesign(replications: 3), into: path)
    try run(tickingDesign(replications: 70), into: path, resume: true)
    #expect(try resultRows(path) == resultRows(long))
    #expect(try rows(path, "summary") == rows(long, "summary"))
    #expect(try rows(path, "student").count == 69)
  }

  @Test("with independent random numbers no two points see the same draws")
  func independent() throws {
    let path = folder.file("independent.sqlite")
    try run(tickingDesign(randomNumbers: .independent), into: path)
    let checksums = try rows(path, "replication").map { $0.suffix(20) }
    #expect(Set(checksums).count == 12)
  }

  @Test("a scenario that changes nothing gives contrasts of exactly zero")
  func unchanged() throws {
    let file = try ResultsFile.open(folder.file("whole.sqlite"))
    let same = try file.contrasts().filter { $0.scenario == "same" }
    #expect(same.count == 4)
    for row in same {
      #expect(row.meanDifference == 0)
      #expect(row.low == 0)
      #expect(row.high == 0)
      #expect(row.varianceRemoved == 1)
    }
    #expect(try file.contrasts().contains { $0.scenario == "more" && $0.meanDifference > 5 })
  }
}
