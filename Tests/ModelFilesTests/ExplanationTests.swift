// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

/// An explanation is an experiment that runs every set of levers as a scenario.
@Suite struct ExplanationTests {
  private static let head = "model: \(DocumentationTests.root)/Models/mmc\n"
  private static let source =
    head + """
      run: {length: 100 min}
      baseline: as-is
      # What is tried.
      scenarios:
      - name: as-is
        set: {arrivals.customers.poisson.rate: 2 /min}
      - name: both
        set:
          resources.servers.capacity: 4
          durations.service.exponential.mean: 0.9 min
      - name: fewer
        against: both
        set: {resources.servers.capacity: 2, durations.service.exponential.mean: 0.9 min}
      replications: 3
      """

  private func file(_ text: String) throws -> TemporaryModel {
    try TemporaryModel(["e.yaml": text])
  }

  private func composed(
    _ text: String = source, scenario: String = "both",
    _ change: (inout ExplanationText) -> Void = { _ in }
  ) throws -> (text: String, explanation: Explanation, plan: ExperimentPlan) {
    let folder = try file(text)
    var made = ExplanationText(path: folder.folder + "/e.yaml", scenario: scenario)
    change(&made)
    let experiment = try made.experiment()
    return (
      experiment.text, experiment.explanation,
      try ExperimentPlan(path: experiment.path, text: experiment.text)
    )
  }

  private func refusal(
    _ text: String = source, scenario: String = "both",
    _ change: (inout ExplanationText) -> Void = { _ in }
  ) throws -> String {
    do {
      _ = try composed(text, scenario: scenario, change)
      return "none"
    } catch let faults as ModelFaults {
      return faults.list.map(\.description).joined(separator: "\n")
    }
  }

  @Test("the text, word for word")
  func text() throws {
    let (text, _, _) = try composed()
    let expected =
      Self.head + """
        run: {length: 100 min}
        replications: 3
        name: e-explain
        baseline: as-is
        explain:
          scenario: both
          baseline: as-is
          levers:
            - name: arrivals.customers.poisson.rate
              paths:
                - arrivals.customers.poisson.rate
            - name: resources.servers.capacity
              paths:
                - resources.servers.capacity
            - name: durations.service.exponential.mean
              paths:
                - durations.service.exponential.mean
        scenarios:
          - name: as-is
            set:
              arrivals.customers.poisson.rate: 2 /min
          - name: arrivals.customers.poisson.rate
            set:
              arrivals.customers.poisson.rate: 2.4 /min
          - name: resources.servers.capacity
            set:
              arrivals.customers.poisson.rate: 2 /min
              resources.servers.capacity: 4

        """
    #expect(text.hasPrefix(expected), "\(text)")
  }

  @Test("its scenarios are the two and what lies between, in the documents themselves")
  func scenarios() throws {
    let (_, explanation, plan) = try composed()
    #expect(plan.explanation == explanation && plan.points.count == 8)
    let original = try file(Self.source)
    let source = try ExperimentPlan(path: original.folder + "/e.yaml")
    let paths = explanation.levers.flatMap(\.paths)
    func values(_ point: ExperimentPlan.Point) -> [String?] {
      let document = point.document
      return paths.map { document.value(at: $0) }
    }
    #expect(plan.points[0].scenario == "as-is" && plan.points[7].scenario == "both")
    #expect(values(plan.points[0]) == values(source.points[0]))
    #expect(values(plan.points[7]) == values(source.points[1]))
    // Every subset: each lever's path as either has it.
    for (subset, point) in zip(explanation.subsets, plan.points) {
      let pulled = paths.indices.map { subset >> UInt64($0) & 1 == 1 }
      let expected = zip(pulled, zip(values(plan.points[0]), values(plan.points[7]))).map {
        $0 ? $1.1 : $1.0
      }
      #expect(values(point) == expected)
    }
  }

  @Test("a scenario is taken against the one that it names, or another")
  func against() throws {
    let (_, explanation, plan) = try composed(scenario: "fewer")
    #expect(explanation.baseline == "both" && explanation.levers.count == 1)
    #expect(plan.points.map(\.scenario) == ["both", "fewer"])
    let other = try composed(scenario: "fewer") { $0.baseline = "as-is" }
    #expect(other.explanation.baseline == "as-is" && other.explanation.levers.count == 3)
  }

  @Test("levers of the file are taken together, settings of a policy are")
  func groups() throws {
    let text =
      Self.source + """

        levers:
          - name: staff
            paths: [resources.servers, durations.service.exponential.mean]
        """
    let (_, explanation, plan) = try composed(text)
    #expect(explanation.levers.map(\.name) == ["arrivals.customers.poisson.rate", "staff"])
    #expect(
      plan.points.map(\.scenario) == ["as-is", "arrivals.customers.poisson.rate", "staff", "both"])
    let county =
      "model: \(DocumentationTests.root)/Models/small-county\n" + """
        policy-start: 2019-01-01
        run: {start: 2018-01-01, warm-up: 365 d, length: 396 d}
        scenarios:
          - name: none
          - name: pay
            set:
              policies.drg.in-force: yes
              policies.drg.start: 2019-02-01
              policies.dip.in-force: yes
        """
    let levers = try composed(county, scenario: "pay").explanation.levers
    #expect(levers.map(\.name) == ["drg", "dip"])
    #expect(levers[0].paths == ["policies.drg.in-force", "policies.drg.start"])
  }

  @Test("beyond six levers, or where asked for, orders are drawn")
  func orders() throws {
    let (_, explanation, plan) = try composed { $0.orders = 4 }
    #expect(explanation.orders == 4 && explanation.drawnOrders?.count == 4)
    #expect(plan.explanation?.subsets == explanation.subsets)
    #expect(plan.points.count == explanation.subsets.count && plan.points.count <= 8)
  }

  @Test("what cannot be taken apart is refused in a line")
  func refusals() throws {
    #expect(
      try refusal(scenario: "bohth")
        == "--scenario: there is no scenario “bohth”; did you mean both?")
    #expect(
      try refusal { $0.baseline = "nothing" }.hasPrefix(
        "--baseline: there is no scenario “nothing”"))
    #expect(try refusal(scenario: "as-is").contains("is the baseline itself"))
    #expect(try refusal(Self.head + "scenarios: [{name: a}]").contains("has one scenario"))
    let same = Self.source.replacing("resources.servers.capacity: 4", with: "run.seed: 3")
    #expect(try refusal(same) != "none")
    let factors =
      Self.source + """

        factors: [{name: x, path: resources.servers.capacity, levels: [3, 4]}]
        design: {method: grid}
        """
    #expect(try refusal(factors) != "none")
    let stray = Self.source + "\nlevers: [{name: a, paths: [resources.severs]}]\n"
    #expect(try refusal(stray).contains("is set by no scenario"))
    // A section that names sets of levers which are not there.
    let folder = try file(
      Self.source + """

        explain: {scenario: both, baseline: as-is, levers: [{name: a, paths: [b]}, {name: c, paths: [d]}]}
        """)
    #expect(throws: ModelFaults.self) { try ExperimentPlan(path: folder.folder + "/e.yaml") }
  }

  @Test("two levers that set the same are refused")
  func overlap() throws {
    let text =
      Self.source + """

        levers:
        - {name: crew, paths: [resources.servers]}
        - {name: desks, paths: [resources.servers.capacity]}

        """
    let words = try refusal(text)
    #expect(words.contains("set the same; leave it to one lever"), "\(words)")
  }
}
