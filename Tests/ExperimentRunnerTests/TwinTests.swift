// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Testing

@Suite("the same residents under two policies")
struct TwinTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Of each town, how many residents differ in anything.
  private func changed(_ region: TwinRegion) throws -> [String: Int] {
    let loaded = try region.load()
    let settings = try loaded.twinSettings(scenario: nil, baseline: nil)
    var counts: [String: Int] = [:]
    var head: [String] = []
    let table = try TwinResidents(loaded, settings, replication: 1)
    let isWhole = try table.run { line in
      let cells = line.dropLast().split(separator: ",", omittingEmptySubsequences: false)
      if head.isEmpty {
        head = cells.map(String.init)
        return
      }
      let values = Dictionary(uniqueKeysWithValues: zip(head, cells))
      let town = String(values["town"] ?? "")
      let isChanged = TwinOutcome.allCases.contains { outcome in
        let name = outcome.rawValue.replacing("-", with: "_")
        return values["baseline_\(name)"] != values["scenario_\(name)"]
      }
      counts[town, default: 0] += isChanged ? 1 : 0
    }
    #expect(isWhole)
    return counts
  }

  @Test("a policy for one town changes nobody elsewhere where no queue is shared")
  func withoutQueues() throws {
    let counts = try changed(TwinRegion(TwinRegion.withoutQueues))
    #expect(counts["seat"] == 0)
    #expect(counts["eastbank"] == 0)
    #expect(try #require(counts[TwinRegion.town]) > 50)
  }

  @Test("through the queue of a shared hospital it changes some elsewhere")
  func withQueues() throws {
    let counts = try changed(TwinRegion())
    #expect(try #require(counts["seat"]) > 0)
    #expect(try #require(counts["eastbank"]) > 0)
    #expect(try #require(counts[TwinRegion.town]) > 50)
  }

  @Test("what residents had adds up to what an ordinary run of each scenario counts")
  func sums() throws {
    let loaded = try TwinRegion().load()
    let ordinary = folder.file("ordinary.sqlite")
    try run(loaded.design, into: ordinary)
    let twins = folder.file("twins.sqlite")
    try run(
      loaded.twinDesign(try loaded.twinSettings(scenario: "cover", baseline: nil)), into: twins)
    let findings = try TwinFindings(ResultsFile.open(twins))
    let rows = try ResultsFile.open(ordinary).summary()
    for (outcome, measure) in [
      (TwinOutcome.visits, "visits"), (.outOfPocket, "out-of-pocket"), (.fundSpend, "fund-spend"),
      (.admissions, "admissions"),
    ] {
      for (scenario, statistic) in [("none", TwinStatistic.baseline), ("cover", .scenario)] {
        let total = try #require(
          rows.first {
            $0.measure == measure && $0.dimension.isEmpty && $0.scenario == scenario
          })
        let mean = try #require(findings.row(TwinMeasures.name(outcome, statistic)))
        #expect(abs(20_000 * mean.mean - total.mean) < 1e-9 * total.mean, "\(measure) \(scenario)")
      }
    }
    // Towns weighted by their people make the whole.
    let towns = findings.members(of: "town")
    #expect(towns == ["eastbank", "seat", "westhill"])
    let name = TwinMeasures.name(.outOfPocket, .change)
    let weighted = towns.reduce(0.0) { sum, town in
      sum + (findings.row(name, "town", town)?.mean ?? 0)
        * (findings.row(TwinMeasures.residents, "town", town)?.mean ?? 0)
    }
    let whole = try #require(findings.row(name)).mean
    #expect(abs(weighted / 20_000 - whole) < 1e-9)
    #expect(whole < 0)
  }

  @Test("a policy that changes nothing changes nobody")
  func nothing() throws {
    let region = try TwinRegion()
    let loaded = try LoadedExperiment(
      path: region.experiment,
      overrides: [ExperimentPlan.Setting("policies.village-drugs.rate", "0")], replications: 2)
    let path = folder.file("nothing.sqlite")
    try run(
      loaded.twinDesign(try loaded.twinSettings(scenario: nil, baseline: nil)), into: path)
    let findings = try TwinFindings(ResultsFile.open(path))
    for outcome in TwinOutcome.allCases {
      let same = try #require(findings.row(TwinMeasures.name(outcome, .sameShare)))
      #expect(same.mean == 1, "\(outcome)")
      let change = try #require(findings.row(TwinMeasures.name(outcome, .change)))
      #expect(change.mean == 0 && change.low == 0 && change.high == 0)
    }
    let gini = try #require(findings.row(TwinMeasures.gini(.visits), "arm", "change"))
    #expect(gini.mean == 0)
  }

  // Half of the people weigh money 1.5 times, half 0.5 times: their incomes are as 1 to 3.
  @Test("are ranked by income where the model tells groups apart")
  func incomes() throws {
    let region = try TwinRegion(
      more: """
        income-groups:
          poor: {share: 0.5, money-weight: 1.5}
          rich: {share: 0.5, money-weight: 0.5}
        """)
    let loaded = try region.load(replications: 1)
    var settings = try loaded.twinSettings(scenario: nil, baseline: nil)
    settings.income = 20_000
    let path = folder.file("incomes.sqlite")
    try run(loaded.twinDesign(settings), into: path)
    let findings = try TwinFindings(ResultsFile.open(path))
    #expect(findings.dimensions.contains("income"))
    func value(_ measure: String, _ member: String) throws -> Double {
      try #require(findings.row(measure, "income", member)).mean
    }
    let visits = TwinMeasures.name(.visits, .baseline)
    let people = try (
      value(TwinMeasures.residents, "poor"), value(TwinMeasures.residents, "rich")
    )
    let sums = try (people.0 * value(visits, "poor"), people.1 * value(visits, "rich"))
    let poorest = people.0 / 20_000
    // Twice the sum of (rank − ½) weighted by what each group has.
    let expected =
      2 * (sums.0 * (poorest / 2 - 0.5) + sums.1 * ((1 + poorest) / 2 - 0.5)) / (sums.0 + sums.1)
    let index = try #require(
      findings.row(TwinMeasures.concentration(.visits, by: .income), "arm", "baseline"))
    #expect(abs(index.mean - expected) < 1e-12)
    // Of equal bills the poor have more above a tenth of what they earn.
    let shares = try ["poor", "rich"].map { group in
      try #require(
        findings.row(TwinMeasures.catastrophic(0.1), "arm+income", "baseline+\(group)")
      ).mean
    }
    #expect(shares[0] > 2 * shares[1])
  }

  @Test("are the same on two threads and after a resume, and are run again bit for bit")
  func same() throws {
    let loaded = try TwinRegion().load()
    var settings = try loaded.twinSettings(scenario: nil, baseline: nil)
    settings.income = 20_000
    let design = try loaded.twinDesign(settings)
    let (one, two) = (folder.file("one.sqlite"), folder.file("two.sqlite"))
    try run(design, into: one)
    var fewer = design
    fewer.replications = 1
    try run(fewer, into: two)
    try run(design, into: two, threads: 2, resume: true)
    #expect(try resultRows(one) == resultRows(two))
    let results = try ResultsFile.open(one)
    #expect(results.header.twins == settings)
    let again = try Reproduction(
      of: results, with: try StoredExperiment(results).design, threads: 2)
    #expect(again.isIdentical && again.compared == 3)
    let findings = try TwinFindings(results)
    let share = try #require(
      findings.row(TwinMeasures.catastrophic(0.1), "arm", "baseline"))
    #expect(share.mean > 0 && share.mean < 1)
    // Another income is another comparison.
    settings.income = 30_000
    let other = try loaded.twinDesign(settings)
    #expect(throws: RunnerFault.self) { try run(other, into: two, resume: true) }
  }

  @Test("are refused where there is nothing to compare")
  func refusals() throws {
    let loaded = try TwinRegion().load()
    func refusal(_ body: () throws -> Void) -> String? {
      #expect(throws: RunnerFault.self, performing: body)?.lines.first
    }
    #expect(
      refusal { _ = try loaded.twinSettings(scenario: "covr", baseline: nil) }
        == "there is no scenario covr; did you mean cover? the scenarios are none, cover")
    #expect(
      refusal { _ = try loaded.twinSettings(scenario: "none", baseline: nil) }
        == "none is compared with itself; name another with --baseline")
    let network = try LoadedExperiment(path: LoadedExperimentTests.mm1)
    #expect(
      refusal { _ = try network.twinSettings(scenario: nil, baseline: nil) }
        == "twins are residents of a region, and this is a network")
  }
}
