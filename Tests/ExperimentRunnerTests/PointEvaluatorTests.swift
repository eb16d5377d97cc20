// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Testing

@Suite("evaluations that a search asks for")
struct PointEvaluatorTests {
  let folder: TemporaryFolder
  private static let short = [
    ExperimentPlan.Setting("run.warm-up", "10 min"), .init("run.length", "200 min"),
  ]
  private static let series = ["wait", "utilisation by resource=server"].compactMap {
    MeasureSeries($0)
  }

  init() throws { folder = try TemporaryFolder() }

  private func configuration(_ rate: String) -> PointEvaluator.Configuration {
    .init(scenario: "base", settings: [.init("arrivals.customers.poisson.rate", rate)])
  }

  private func evaluator(
    _ file: String, length: String = "200 min", threads: Int = 2, stop: StopFlag = StopFlag()
  ) throws -> PointEvaluator {
    try PointEvaluator(
      LoadedExperiment(
        path: LoadedExperimentTests.mm1,
        overrides: Self.short + [.init("run.length", length)], seed: 4),
      keeping: EvaluationStore(folder.file(file), resume: true), threads: threads, stop: stop)
  }

  @Test("are those of a run under the same settings, on any threads")
  func asRun() throws {
    let wanted = ["0.5 /min", "0.7 /min", "0.5 /min"].map(configuration)
    let one = try evaluator("one.sqlite", threads: 1)
    let found = try one.evaluate(wanted, replications: 3, series: Self.series)
    #expect(one.simulated == 6 && one.configurations == 2)
    #expect(found[0] == found[2] && found[0] != found[1])
    let three = try evaluator("three.sqlite", threads: 3)
    #expect(try three.evaluate(wanted, replications: 3, series: Self.series) == found)

    let loaded = try LoadedExperiment(
      path: LoadedExperimentTests.mm1, overrides: Self.short + wanted[1].settings, replications: 3,
      seed: 4)
    try run(loaded.design, into: folder.file("run.sqlite"))
    let rows = try ResultsFile.open(folder.file("run.sqlite")).summary()
    let wait = try #require(rows.first { $0.measure == "wait" && $0.dimension == "" })
    let values = found[1][0].compactMap(\.self)
    #expect(wait.mean == SampleMoments(values)?.mean)
  }

  // Both scenarios set the same, so both are one row of the file.
  @Test("of two scenarios with the same settings are one simulation")
  func sameSettings() throws {
    let text = """
      model: \(LoadedExperimentTests.mm1)
      run: {warm-up: 10 min, length: 200 min}
      scenarios: [{name: now}, {name: alias}]
      """
    let file = folder.file("alias.sqlite")
    let evaluator = try PointEvaluator(
      LoadedExperiment(path: "alias.yaml", text: text, replications: 2, seed: 4),
      keeping: EvaluationStore(file, resume: false), threads: 2, stop: StopFlag())
    let found = try evaluator.evaluate(
      ["now", "alias"].map { .init(scenario: $0, settings: []) }, replications: 2,
      series: Self.series)
    #expect(evaluator.simulated == 2)
    #expect(found[0] == found[1] && found[0][0].count == 2)
  }

  @Test("a precision is refused, and replications are asked for")
  func precision() throws {
    let text = """
      model: \(LoadedExperimentTests.mm1)
      replications: {precision: [{measure: wait, relative: 5 %}], minimum: 4, maximum: 40}
      """
    let loaded = try LoadedExperiment(path: "precise.yaml", text: text, seed: 4)
    let fault = #expect(throws: RunnerFault.self) { try PointEvaluator.check(loaded) }
    #expect(fault?.lines.first?.contains("leave precision out") == true)
  }

  @Test("are simulated once: a search that begins anew reads what there is")
  func kept() throws {
    let wanted = ["0.3 /min", "0.4 /min"].map(configuration)
    let first = try evaluator("kept.sqlite").evaluate(wanted, replications: 2, series: Self.series)
    let again = try evaluator("kept.sqlite")
    #expect(try again.evaluate(wanted, replications: 2, series: Self.series) == first)
    #expect(again.simulated == 0)
    let more = try again.evaluate(wanted, replications: 4, series: Self.series)
    #expect(again.simulated == 4)
    #expect(more.map { $0.map { Array($0.prefix(2)) } } == first)
    // Another run length is another question.
    let other = try PointEvaluator(
      LoadedExperiment(
        path: LoadedExperimentTests.mm1, overrides: [.init("run.length", "50 min")], seed: 4),
      keeping: EvaluationStore(folder.file("other.sqlite"), resume: false), threads: 1,
      stop: StopFlag())
    _ = try other.evaluate(wanted, replications: 2, series: Self.series)
    #expect(other.simulated == 4)
  }

  @Test("are given up at a stop, and go on after it")
  func stopped() throws {
    let stop = StopFlag()
    let wanted = (1...8).map { configuration("0.\($0) /min") }
    let length = "400000 min"
    do {
      let first = try evaluator("stopped.sqlite", length: length, threads: 1, stop: stop)
      #expect(throws: PointEvaluator.Stopped.self) {
        try first.evaluate(wanted, replications: 2, series: Self.series) {
          if $0.finishedNow > 0 { stop.raise() }
        }
      }
    }
    let whole = try evaluator("whole.sqlite", length: length).evaluate(
      wanted, replications: 2, series: Self.series)
    let again = try evaluator("stopped.sqlite", length: length)
    #expect(try again.evaluate(wanted, replications: 2, series: Self.series) == whole)
    #expect(again.simulated > 0 && again.simulated < 16)
  }

  @Test("share the time before a policy with the baseline, and are as if each were run whole")
  func sharedTime() throws {
    let county = LoadedExperimentTests.top + "/Models/small-county"
    let text = """
      model: \(county)
      run: {warm-up: 365 d, length: 60 d, start: 2018-07-22}
      replications: 1
      """
    let loaded = try LoadedExperiment(path: folder.file("county.yaml"), text: text)
    let settings: [ExperimentPlan.Setting] = [
      .init("policies.no-revenue-targets.in-force", "yes"),
      .init("policies.no-revenue-targets.start", "2019-08-01"),
    ]
    let series = ["visits", "primary-visit-share"].compactMap { MeasureSeries($0) }
    let evaluator = try PointEvaluator(
      loaded, keeping: EvaluationStore(folder.file("county.sqlite"), resume: false), threads: 2,
      stop: StopFlag())
    let found = try evaluator.evaluate(
      [.init(scenario: "base", settings: []), .init(scenario: "base", settings: settings)],
      replications: 1, series: series)
    for (place, overrides) in [[], settings].enumerated() {
      let alone = try LoadedExperiment(
        path: folder.file("county.yaml"), text: text, overrides: overrides)
      let file = folder.file("alone-\(place).sqlite")
      try run(alone.design, into: file)
      let rows = try ResultsFile.open(file).summary()
      for (series, values) in zip(series, found[place]) {
        let row = try #require(
          rows.first { $0.measure == series.measure.measure && $0.dimension == "" })
        #expect(row.mean == values[0])
      }
    }
  }

  @Test("of what cannot be are refused, each in a line")
  func refusals() throws {
    let evaluator = try evaluator("refused.sqlite")
    #expect(throws: RunnerFault.self) {
      try evaluator.evaluate(
        [.init(scenario: "base", settings: [.init("arrivals.nobody.poisson.rate", "1 /min")])],
        replications: 1, series: Self.series)
    }
    #expect(throws: RunnerFault.self) {
      try evaluator.evaluate([configuration("-1 /min")], replications: 1, series: Self.series)
    }
    let nobody = try #require(MeasureSeries("utilisation by resource=nobody"))
    #expect(throws: RunnerFault.self) {
      try evaluator.evaluate([configuration("0.5 /min")], replications: 1, series: [nobody])
    }
    #expect(throws: RunnerFault.self) {
      try EvaluationStore(folder.file("refused.sqlite"), resume: false)
    }
  }
}
