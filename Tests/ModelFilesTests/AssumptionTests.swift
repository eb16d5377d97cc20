// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

/// What a model assumes, and the experiment that draws it.
@Suite struct AssumptionTests {
  static let model = """
    kind: region
    name: somewhere
    evidence: assumed
    range-factor: [0.5, 2]
    money-form: cost
    care: {rate: 3 /d, known: {value: 2, evidence: official}, fixed: {value: 0, range: [0, 0]}}
    towns: {table: towns.csv, key: town, evidence: derived, range-factor: [0.5, 2]}
    targets: {share: 0.4}
    policies:
      early: {lever: a, in-force: no, start: 2020-01-11, size: 1}
      late: {lever: b, in-force: no, start: 2020-02-10, size: 1}
    run: {start: 2020-01-01, warm-up: 0 d, length: 50 d, replications: 4, seed: 9}
    """
  static let experiment = """
    model: .
    money-forms: both
    matters: {visits: 50, primary-visit-share: 2 %}
    scenarios:
      - {name: base}
      - {name: early, set: {policies.early.in-force: yes}}
      - {name: dear, set: {"towns[north].price": 9}}
    """

  private func plan(_ text: String, overrides: [String] = []) throws -> ExperimentPlan {
    let model = try TemporaryModel([
      "model.yaml": Self.model, "experiment.yaml": text,
      "towns.csv": "town,people,price,latitude_deg\\nnorth,10,2,25\\nsouth,20,3,26\\n"
        .replacing("\\n", with: "\n"),
    ])
    return try ExperimentPlan(
      path: model.folder + "/experiment.yaml",
      overrides: overrides.compactMap { ExperimentPlan.Setting($0) })
  }

  @Test("numbers of grade B and C by path, columns together, policies that are in force")
  func listed() throws {
    let found = try plan(Self.experiment).assumptions
    #expect(
      found.map(\.path) == [
        "care.rate", "towns[*].people", "towns[*].price", "policies.early.size",
      ])
    #expect(found.map(\.count) == [1, 2, 2, 1])
    #expect(found.map(\.grade) == [.c, .b, .b, .c])
    #expect(found.map(\.held) == [nil, nil, .setByScenario("dear"), nil])
    let set = try plan(Self.experiment, overrides: ["towns[south].people=30"]).assumptions
    #expect(set[1].held == .setByCommand)
    #expect(try plan(Self.experiment).drawsMoneyForm)
  }

  @Test("the experiment draws all of them, and the form of money where both are asked for")
  func text() throws {
    let model = try TemporaryModel([
      "model.yaml": Self.model, "experiment.yaml": Self.experiment,
      "towns.csv": "town,people,price\nnorth,10,2\nsouth,20,3\n",
    ])
    let path = model.folder + "/experiment.yaml"
    let assumptions = try ExperimentPlan(path: path).assumptions.filter { $0.held == nil }
    var text = UncertaintyText(path: path, assumptions: assumptions, draws: 12)
    text.drawsMoneyForm = true
    let made = try text.experiment()
    let plan = try ExperimentPlan(path: made.path, text: made.text)
    #expect(plan.points.count == 13 * 3)
    #expect(
      plan.pointDesign?.factors.map(\.name) == [
        "care.rate", "towns[*].people", "policies.early.size", "money-form",
      ])
    #expect(plan.points.compactMap { $0.row?.levels.last??.name }.count { $0 == "share" } == 6 * 3)
    #expect(plan.matters.map(\.size) == [50, 0.02])
  }

  @Test("a smallest effect is a number above 0 in the measure's unit")
  func matters() throws {
    let faults = #expect(throws: ModelFaults.self) {
      try plan("model: .\nmatters: {visits: few, wait: -1, share: 3 min}\n")
    }
    #expect(faults?.list.count == 3, "\(faults?.description ?? "")")
  }
}
