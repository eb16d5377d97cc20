// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import OutputAnalysis
import SimulationKernel
import Testing

@Suite struct ExperimentPlanTests {
  static let model = """
    kind: region
    name: somewhere
    evidence: assumed
    range-factor: [0.5, 2]
    care: {rate: 3 /d}
    policies:
      early: {lever: a, in-force: no, start: 2020-01-11, size: 1}
      late: {lever: b, in-force: no, start: 2020-02-10, size: 1}
    run: {start: 2020-01-01, warm-up: 0 d, length: 50 d, replications: 4, seed: 9}
    """

  /// A folder with the model in it and an experiment beside.
  private func plan(
    _ experiment: String, overrides: [String] = [], replications: Int? = nil, seed: UInt64? = nil
  ) throws -> ExperimentPlan {
    let model = try TemporaryModel(["model.yaml": Self.model, "experiment.yaml": experiment])
    return try ExperimentPlan(
      path: model.folder + "/experiment.yaml",
      overrides: overrides.compactMap { ExperimentPlan.Setting($0) }, replications: replications,
      seed: seed)
  }

  @Test("the command line is above the experiment, the experiment above the model")
  func precedence() throws {
    let text = "model: .\nrun: {length: 40 d}\nreplications: 7\nmeasures: [visits by tier+period]\n"
    let file = try plan(text)
    #expect(file.name == "experiment")
    #expect(file.window.warmUpEnd == .zero)
    #expect(file.window.end == .zero + .days(40))
    #expect(file.replications == 7)
    #expect(file.seed == 9)
    #expect(file.measures == [MeasureRequest(measure: "visits", dimension: "period+tier")])
    let set = try plan(
      text, overrides: ["run.length=10 d", "experiment.replications=8", "run.seed=3"])
    #expect(set.window.end == .zero + .days(10))
    #expect(set.replications == 8)
    #expect(set.seed == 3)
    let options = try plan(text, overrides: ["run.seed=3"], replications: 2, seed: 4)
    #expect(options.replications == 2)
    #expect(options.seed == 4)
  }

  @Test("both forms of money make all scenarios twice, each with the baseline of its own form")
  func moneyForms() throws {
    let text = """
      model: .
      baseline: b
      money-forms: both
      scenarios:
        - name: a
        - name: b
        - name: c
          set: {policies.early.in-force: yes}
      """
    let both = try plan(text)
    #expect(both.points.map(\.scenario) == ["a", "b", "c", "a", "b", "c"])
    #expect(both.points.map(\.baseline) == [1, 1, 1, 4, 4, 4])
    #expect(both.baseline == 1)
    #expect(
      both.points.map { $0.document.value(at: "money-form") } == [
        "cost", "cost", "cost", "share", "share", "share",
      ])
    #expect(both.points[5].settings.map(\.path) == ["money-form", "policies.early.in-force"])
    // Time is shared within a form: the other acts from time 0.
    #expect(both.points.map(\.trunk) == [1, 1, 1, 4, 1, 4])
    #expect(both.points[2].sharesUntil == .zero + .days(10))
    #expect(both.points[5].sharesUntil == .zero + .days(10) && both.points[4].sharesUntil == nil)
    let one = try plan(text, overrides: ["experiment.money-forms=share"])
    #expect(one.points.map(\.scenario) == ["a", "b", "c"])
    #expect(one.points.allSatisfy { $0.document.value(at: "money-form") == "share" })
    let none = try plan("model: .\nscenarios: [{name: a}]")
    #expect(none.points[0].settings.isEmpty && none.points[0].baseline == 0)
    for (wrong, line) in [
      ("money-forms: rate", "money-forms"),
      (
        "money-forms: both\nscenarios: [{name: a, set: {money-form: cost}}]",
        "is set by money-forms"
      ),
    ] {
      let faults = #expect(throws: ModelFaults.self) { try plan("model: .\n" + wrong) }
      #expect(faults?.description.contains(line) == true)
    }
  }

  @Test("a scenario may name another one than the baseline to be compared with, but not itself")
  func against() throws {
    let text = """
      model: .
      money-forms: both
      scenarios:
        - name: a
        - name: b
        - {name: c, against: b}
      """
    #expect(try plan(text).points.map(\.baseline) == [0, 0, 1, 3, 3, 4])
    for (wrong, word) in [("c", "against"), ("d", "against")] {
      let faults = #expect(throws: ModelFaults.self) {
        try plan("model: .\nscenarios: [{name: a}, {name: b}, {name: c, against: \(wrong)}]")
      }
      #expect(faults?.description.contains(word) == true)
    }
  }

  @Test("a network's run may end with a completion; a region's may not")
  func untilCompleted() throws {
    let network = Self.models + "/mm1"
    func plan(_ value: String) throws -> ExperimentPlan {
      try ExperimentPlan(
        path: network, overrides: [ExperimentPlan.Setting("run.until-completed", value)])
    }
    #expect(try plan("500").window.lastCompletion == 500)
    #expect(try ExperimentPlan(path: network).window.lastCompletion == nil)
    for (value, words) in [("0", "0"), ("many", "“many”")] {
      let faults = #expect(throws: ModelFaults.self) { try plan(value) }
      #expect(faults?.list.count == 1)
      let line = faults?.list.first?.description ?? ""
      #expect(line.contains("run.until-completed: is \(words)"), "\(line)")
    }
    let faults = #expect(throws: ModelFaults.self) {
      try self.plan("model: .\nrun: {until-completed: 10}\n")
    }
    let line = faults?.list.first?.description ?? ""
    #expect(line.contains("until-completed: ends runs of networks, and this is a region"))
  }

  static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models").path

  @Test("a model folder is an experiment of one scenario")
  func folder() throws {
    let model = try TemporaryModel(["model.yaml": Self.model])
    let plan = try ExperimentPlan(path: model.folder)
    #expect(plan.name == "somewhere")
    #expect(plan.kind == .region)
    #expect(plan.points.map(\.scenario) == ["base"])
    #expect(plan.points[0].sharesUntil == plan.window.end)
    #expect(plan.experimentText == nil)
    #expect(plan.modelTexts.map(\.file) == ["model.yaml"])
  }

  @Test("the settings of a point are the command line's, then the scenario's")
  func settings() throws {
    let plan = try plan(
      """
      model: .
      baseline: second
      scenarios:
        - {name: first, set: {care.rate: 5 /d}}
        - {name: second}
      """, overrides: ["care.rate=4 /d"])
    #expect(plan.points.map(\.id) == [1, 2])
    #expect(plan.baseline == 1)
    #expect(
      plan.points[0].settings
        == [ExperimentPlan.Setting("care.rate", "4 /d"), .init("care.rate", "5 /d")])
    #expect(plan.points[0].document.value(at: "care.rate") == "5 /d")
    #expect(plan.points[1].document.value(at: "care.rate") == "4 /d")
  }

  @Test("scenarios share the time before their first difference can act")
  func sharing() throws {
    let plan = try plan(
      """
      model: .
      scenarios:
        - {name: base}
        - {name: same, set: {policies.early.in-force: no}}
        - {name: early, set: {policies.early.in-force: yes}}
        - {name: late, set: {policies.late.in-force: yes, policies.late.size: 3}}
        - {name: both, set: {policies.late.in-force: yes, policies.early.size: 3}}
        - {name: moved, set: {policies.late.start: 2020-01-21}}
        - {name: before, set: {policies.late.start: 2019-12-21}}
        - {name: other, set: {policies.late.in-force: yes, care.rate: 4 /d}}
      """)
    let days = plan.points.map { $0.sharesUntil.map { ($0 - .zero).inDays } }
    #expect(days == [50, 50, 10, 40, 10, 20, nil, nil])
  }

  @Test("policies begin on a day of the run")
  func policyStart() throws {
    let plan = try plan("model: .\npolicy-start: 2020-01-21\nrandom-numbers: independent\n")
    #expect(plan.window.policyStart == .zero + .days(20))
    #expect(plan.hasCommonRandomNumbers == false)
  }

  @Test("loading looks at nothing but the model's folder and the experiment file")
  func selfContained() throws {
    let text = "model: .\nscenarios: [{name: a}]\n"
    let first = try plan(text)
    let copy = try TemporaryModel(
      Dictionary(uniqueKeysWithValues: first.modelTexts.map { ($0.file, $0.text) }).merging(
        ["experiment.yaml": try #require(first.experimentText).text]) { a, _ in a })
    let second = try ExperimentPlan(path: copy.folder + "/experiment.yaml")
    #expect(second.modelDigest == first.modelDigest)
    #expect(second.experimentDigest == first.experimentDigest)
  }

  @Test("a model that is to be run needs to say how long")
  func missingRun() throws {
    let model = try TemporaryModel(["model.yaml": "kind: network\n"])
    #expect(throws: ModelFaults.self) { try ExperimentPlan(path: model.folder) }
  }

  @Test("files that are not there are faults of the input, not of the machine")
  func missingFiles() {
    let missing = #expect(throws: ModelFaults.self) { try ExperimentPlan(path: "/nowhere/x.yaml") }
    #expect(missing?.isMachineFailure == false)
    #expect(missing?.description == "/nowhere/x.yaml: does not exist")
  }
}
