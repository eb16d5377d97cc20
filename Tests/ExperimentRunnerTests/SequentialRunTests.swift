// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Testing

@Suite("runs whose replications are decided as they go")
struct SequentialRunTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let visits = MeasureRequest(measure: "visits")

  private func precise(_ share: Double = 0.05, maximum: Int = 200, delay: UInt32 = 0)
    -> ExperimentDesign
  {
    var design = tickingDesign(replications: 3, delay: delay)
    design.stopping = .precision(
      PrecisionRule(
        requests: [
          PrecisionRequest(measure: Self.visits, target: PrecisionTarget(.relative(share))),
          PrecisionRequest(
            measure: MeasureRequest(measure: "visits", dimension: "tier"), member: "odd",
            target: PrecisionTarget(.absolute(2.5))),
        ], maximum: maximum))
    return design
  }

  private func selecting(
    _ method: SelectionRule.Method, independent: Bool = false, budget: Int? = nil,
    difference: Double = 5
  ) -> ExperimentDesign {
    var design = tickingDesign(
      replications: 6, randomNumbers: independent ? .independent : .common)
    design.stopping = .selection(
      SelectionRule(
        series: MeasureSeries(measure: Self.visits), best: .highest, method: method,
        difference: difference, budget: budget, firstStage: 6))
    return design
  }

  // MARK: Precision

  @Test("to precision, it stores what the rule written out asks for, on any number of threads")
  func precision() throws {
    let whole = folder.file("whole.sqlite")
    try run(precise(), into: whole)
    let achieved = try #require(try PrecisionAchieved(ResultsFile.open(whole)))
    let required = try #require(achieved.required)
    // The rule at work on more replications than it needs.
    let long = folder.file("long.sqlite")
    try run(tickingDesign(replications: 120), into: long)
    let file = try ResultsFile.open(long)
    var rule = SequentialPrecision(
      targets: (0..<3).flatMap { _ in
        [PrecisionTarget(.relative(0.05)), PrecisionTarget(.absolute(2.5))]
      })
    for replication in 1...120 where !rule.isReached {
      rule.add(
        try (1...3).flatMap { point in
          try ["", "odd"].map { member in
            try value(file, point: point, replication: replication, member: member)
          }
        })
    }
    #expect(rule.requiredReplications == required)
    #expect(rule.replications == achieved.replications)
    #expect(required > 6 && required < 100, "\(required)")
    #expect(try rows(whole, "replication").count == 3 * rule.replications)

    for threads in [2, 7, 64] {
      let path = folder.file("threads-\(threads).sqlite")
      #expect(try run(precise(), into: path, threads: threads) == .complete)
      #expect(try resultRows(path) == resultRows(whole))
    }
  }

  private func value(_ file: ResultsFile, point: Int, replication: Int, member: String) throws
    -> Double?
  {
    let rows = try rows(file.path, "observation")
    let name = member.isEmpty ? #"dimension:"""# : #"dimension:"tier" member:"\#(member)""#
    let row = try #require(
      rows.first {
        $0.contains("point_id:\(point) replication:\(replication) measure:\"visits\" \(name)")
      })
    return row.split(separator: "value:").last.flatMap { Double($0.dropLast()) }
  }

  @Test("stopped at any replication, it goes on to the same rows", arguments: [1, 9, 20])
  func resumed(after count: Int) throws {
    let whole = folder.file("whole.sqlite")
    try run(precise(), into: whole)
    let path = folder.file("resumed.sqlite")
    do {
      let file = try ResultsFile.prepare(
        at: path, for: ResultsHeader(precise(), command: "test"), resume: true)
      let stop = StopFlag()
      let outcome = try ExperimentRun(precise(), threads: 2).run(
        into: file, stop: stop, progress: { if $0.finishedNow >= count { stop.raise() } })
      #expect(outcome == .stopped)
    }
    #expect(try run(precise(), into: path, threads: 2, resume: true) == .complete)
    #expect(try resultRows(path) == resultRows(whole))
    #expect(try rows(path, "student").count == rows(whole, "student").count)
  }

  // The first stage would have 8; 6 cuts it short.
  @Test("it gives up at the most replications, and a larger number goes on", arguments: [6, 8])
  func maximum(most: Int) throws {
    let path = folder.file("capped.sqlite")
    try run(precise(maximum: most), into: path)
    let capped = try #require(try PrecisionAchieved(ResultsFile.open(path)))
    #expect(capped.required == nil && capped.replications == most)
    #expect(try rows(path, "replication").count == 3 * most)
    try run(precise(), into: path, resume: true)
    let whole = folder.file("whole.sqlite")
    try run(precise(), into: whole)
    #expect(try resultRows(path) == resultRows(whole))
  }

  @Test("another rule, a shard, a merge and an unknown member are refused")
  func refusals() throws {
    let path = folder.file("whole.sqlite")
    try run(precise(), into: path)
    #expect(throws: RunnerFault.self) { try run(precise(0.02), into: path, resume: true) }
    #expect(throws: RunnerFault.self) {
      try run(tickingDesign(replications: 40), into: path, resume: true)
    }
    #expect(throws: RunnerFault.self) { try Shard(number: 1, of: 2).check(precise()) }
    #expect(throws: RunnerFault.self) {
      try ResultsMerge(of: [path], into: folder.file("merged.sqlite"), command: "merge")
    }
    var design = tickingDesign(replications: 3)
    design.stopping = .precision(
      PrecisionRule(requests: [
        PrecisionRequest(
          measure: MeasureRequest(measure: "visits", dimension: "tier"), member: "evne",
          target: PrecisionTarget(.relative(0.1)))
      ]))
    let fault = #expect(throws: RunnerFault.self) {
      try run(design, into: folder.file("unknown.sqlite"))
    }
    #expect(fault?.description.contains("did you mean even?") == true)
  }

  // MARK: Selection

  @Test("KN++ chooses the best on any number of threads, and says what it spent")
  func kimNelson() throws {
    let path = folder.file("kn.sqlite")
    try run(selecting(.kimNelson), into: path)
    let outcome = try SelectionOutcome(ResultsFile.open(path))
    #expect(outcome.isDecided && outcome.isCommon)
    #expect(outcome.candidates[outcome.chosen].scenario == "more")
    #expect(outcome.guaranteed == 0.95)
    #expect(try #require(outcome.estimated) > 0.9)
    #expect(outcome.spent == (try rows(path, "replication").count))
    // `same` is the baseline run for run; neither leads, and both are dropped.
    #expect(outcome.candidates[0].droppedAfter == outcome.candidates[2].droppedAfter)
    let threaded = folder.file("threads.sqlite")
    try run(selecting(.kimNelson), into: threaded, threads: 7)
    #expect(try resultRows(threaded) == resultRows(path))
    // Nothing is left to be done.
    try run(selecting(.kimNelson), into: path, resume: true)
    #expect(try resultRows(threaded) == resultRows(path))
  }

  @Test("KN++ stops at its budget undecided, and a larger one goes on to the same rows")
  func budgetOfKimNelson() throws {
    let whole = folder.file("whole.sqlite")
    let path = folder.file("capped.sqlite")
    try run(selecting(.kimNelson, independent: true, difference: 1), into: whole)
    try run(selecting(.kimNelson, independent: true, budget: 20, difference: 1), into: path)
    let capped = try SelectionOutcome(ResultsFile.open(path))
    #expect(!capped.isDecided && capped.guaranteed == nil && capped.spent <= 20)
    try run(selecting(.kimNelson, independent: true, difference: 1), into: path, resume: true)
    #expect(try resultRows(path) == resultRows(whole))
    #expect(try SelectionOutcome(ResultsFile.open(path)).isDecided)
  }

  @Test("OCBA spends its budget to the last replication, most on the best and its rivals")
  func budget() throws {
    let path = folder.file("ocba.sqlite")
    try run(selecting(.budget, independent: true, budget: 97), into: path, threads: 3)
    let outcome = try SelectionOutcome(ResultsFile.open(path))
    #expect(outcome.isDecided && outcome.spent == 97 && outcome.guaranteed == nil)
    #expect(outcome.candidates[outcome.chosen].scenario == "more")
    let serial = folder.file("serial.sqlite")
    try run(selecting(.budget, independent: true, budget: 97), into: serial)
    #expect(try resultRows(serial) == resultRows(path))
  }

  @Test("OCBA refuses common random numbers, a budget below its first stage, and one scenario")
  func refusedSelections() throws {
    func lines(_ design: ExperimentDesign) -> [String] {
      guard case .selection(let rule) = design.stopping else { return [] }
      do { try rule.check(design) } catch { return error.lines }
      return []
    }
    #expect(lines(selecting(.budget, budget: 100)).count == 1)
    #expect(lines(selecting(.budget, budget: 10)).count == 2)
    #expect(lines(selecting(.budget, independent: true, budget: 100)).isEmpty)
    var alone = selecting(.kimNelson)
    alone.points = [alone.points[0]]
    #expect(lines(alone).count == 1)
  }

  // MARK: Contrasts

  @Test("contrasts carry what pairing gained, and p-values raised for all scenarios by Holm")
  func holm() throws {
    let path = folder.file("contrasts.sqlite")
    try run(tickingDesign(replications: 6), into: path)
    let contrasts = try ResultsFile.open(path).contrasts().filter { $0.measure == "visits" }
    for name in [("", ""), ("tier", "even"), ("tier", "odd")] {
      let family = contrasts.filter { $0.dimension == name.0 && $0.member == name.1 }
      #expect(family.count == 2)
      let values = try family.map { try #require($0.pValue) }
      #expect(family.map(\.adjustedPValue) == holmAdjusted(values).map(Optional.some))
      let more = try #require(family.first { $0.scenario == "more" })
      #expect(more.adjustedPValue == 2 * (more.pValue ?? 0))
      let reduction = try #require(more.varianceReduction)
      #expect(more.varianceRemoved == 1 - 1 / reduction)
      let same = try #require(family.first { $0.scenario == "same" })
      #expect(same.pValue == 1 && same.varianceReduction == nil)
    }
  }
}
