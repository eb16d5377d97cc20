// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import SimulationKernel
import Testing

/// Points of a design over factors: compiled when they are run, stored as any others are.
@Suite struct SweepRunTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.file("model")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try """
    kind: network
    name: fork
    time-unit: min
    evidence: assumed
    range-factor: [0.5, 2]
    arrivals: {door: {pathway: visit, poisson: {rate: 0.5 /min}}}
    resources: {server: {capacity: 1}}
    durations: {service: {exponential: 1 min}}
    pathways:
      visit:
        - branch: {left: 0.3, right: 0.3, otherwise: home}
        - {name: left, seize: server}
        - delay: service
        - {release: server, next: home}
        - {name: right, delay: service}
        - {name: home, leave: home}
    run: {length: 60 min, replications: 2, seed: 5}
    """.write(toFile: path + "/model.yaml", atomically: true, encoding: .utf8)
    let circle = folder.file("circle")
    try FileManager.default.createDirectory(atPath: circle, withIntermediateDirectories: true)
    // With few units each way holds what the other waits for.
    try """
    kind: network
    time-unit: min
    evidence: assumed
    range-factor: [0.5, 2]
    arrivals:
      out: {pathway: out, poisson: {rate: 1 /min}}
      back: {pathway: back, poisson: {rate: 1 /min}}
    resources: {one: {capacity: 90}, two: {capacity: 90}}
    durations: {pause: {constant: 2 min}}
    pathways:
      out: [seize: one, delay: pause, seize: two, release: one, release: two, leave: home]
      back: [seize: two, delay: pause, seize: one, release: one, release: two, leave: home]
    run: {length: 600 min, replications: 2, seed: 5}
    """.write(toFile: circle + "/model.yaml", atomically: true, encoding: .utf8)
  }

  private func load(_ text: String) throws -> LoadedExperiment {
    try LoadedExperiment(path: folder.file("sweep.yaml"), text: "model: model\n" + text)
  }

  private static let rates = """
    factors: [{name: rate, path: arrivals.door.poisson.rate, range: 0.1 .. 0.9 /min}]
    design: {method: sobol, points: 50}
    """

  @Test("more points than are held at a time give what each gives alone, on any threads")
  func lazily() throws {
    let loaded = try load(Self.rates)
    #expect(loaded.design.points.count == 51 && loaded.design.isPointMajor)
    for threads in [1, 3] {
      try run(loaded.design, into: folder.file("\(threads).sqlite"), threads: threads)
    }
    let whole = try resultRows(folder.file("1.sqlite"))
    let parallel = try resultRows(folder.file("3.sqlite"))
    #expect(whole == parallel)
    for place in [0, 1, 37, 50] {
      let alone = try LoadedExperiment(
        path: folder.file("model"), overrides: loaded.plan.points[place].settings)
      let file = folder.file("alone-\(place).sqlite")
      try run(alone.design, into: file)
      let values = try rows(file, "observation").map { $0.replacing("point_id:1 ", with: "") }
      let mine = try rows(folder.file("1.sqlite"), "observation").filter {
        $0.contains("point_id:\(place + 1) ")
      }.map { $0.replacing("point_id:\(place + 1) ", with: "") }
      #expect(!values.isEmpty && values == mine)
    }
  }

  @Test("a region's scenarios leave their own baseline's run at each point, and end as whole runs")
  func ownBaselines() throws {
    let starts =
      "policies.gatekeeping.start: 2018-02-01, policies.two-way-referral.start: 2018-02-10"
    let loaded = try LoadedExperiment(
      path: folder.file("region.yaml"),
      text: """
        model: \(LoadedExperimentTests.top)/Models/small-county
        run: {start: 2018-01-01, warm-up: 0 d, length: 50 d}
        policy-start: 2018-02-01
        replications: 1
        scenarios:
          - {name: none, set: {\(starts)}}
          - {name: strict, set: {policies.gatekeeping.in-force: yes, \(starts)}}
          - {name: two-way, set: {policies.two-way-referral.in-force: yes, \(starts)}}
        factors:
          - {name: travel, path: range.travel, range: 0 .. 1}
          - {name: observed, path: range.policies.gatekeeping.observed-share, range: 0 .. 1}
        design: {method: lhs, points: 2}
        """)
    #expect(loaded.plan.points.map(\.trunk) == [0, 0, 0, 0, 3, 3, 0, 6, 6])
    #expect(
      loaded.plan.points.map { $0.sharesUntil.map { ($0 - .zero).inDays } } == [
        50, 31, 40, nil, 31, 40, nil, 31, 40,
      ])
    var apart = loaded.design
    for index in apart.points.indices { apart.points[index].sharesBaselineUntil = .zero }
    let (shared, alone) = (folder.file("shared.sqlite"), folder.file("alone.sqlite"))
    try run(loaded.design, into: shared, threads: 2)
    try run(apart, into: alone, threads: 2)
    let (rows, whole) = (try resultRows(shared), try resultRows(alone))
    #expect(rows.count > 1000 && rows == whole)
  }

  private static let shares = """
    factors:
      - {name: left, path: "pathways.visit[1].branch.left", levels: [0.2, 0.6]}
      - {name: right, path: "pathways.visit[1].branch.right", levels: [0.2, 0.6]}
    design: {method: grid}
    """

  @Test("values that are right alone and wrong together are found before a run, at every point")
  func compiledBefore() throws {
    let stop = StopFlag()
    let loaded = try load(Self.shares)
    for threads in [1, 3] {
      let check = PointCheck(loaded.plan, threads: threads)
      #expect(check.compiled == 5 && check.findings.count == 1 && !check.wasStopped)
      #expect(check.findings[0].points == [5])
      #expect(check.lines == [check.findings[0].line])
      #expect(check.lines[0].hasSuffix("(at point 5: left = 0.6, right = 0.6)"), "\(check.lines)")
      #expect(throws: RunnerFault.self) {
        try loaded.checkPoints(threads: threads, stop: stop)
      }
    }
    // A part of the design needs its own points alone.
    let part = try #require(Shard("1/10"))
    #expect(try loaded.checkPoints(shard: part, threads: 1, stop: stop) == [])
    #expect(throws: RunnerFault.self) {
      try loaded.checkPoints(shard: try #require(Shard("9/10")), threads: 1, stop: stop)
    }
    let two = try load(
      Self.shares.replacing("[0.2, 0.6]", with: "[0.2, 0.6, 0.7]")
        + "\nscenarios: [{name: a}, {name: b}]")
    let lines = PointCheck(two.plan, threads: 2).lines
    #expect(lines.count <= 4 && lines.allSatisfy { $0.contains(", the first is point ") })
    #expect(lines.allSatisfy { $0.hasSuffix(", scenario a)") }, "\(lines)")
    stop.raise()
    #expect(try load(Self.rates).checkPoints(threads: 2, stop: stop) == nil)
  }

  @Test("points that ask for more than there is are named, once for each resource")
  func overloaded() throws {
    // 0.3 of the arrivals are served: at 4 /min and one server the load is 1.2.
    let loaded = try load(
      """
      factors:
        - {name: rate, path: arrivals.door.poisson.rate, levels: [1 /min, 4 /min, 5 /min]}
        - {name: servers, path: resources.server.capacity, levels: [1, 2]}
      design: {method: grid}
      """)
    let check = PointCheck(loaded.plan, threads: 2)
    #expect(check.findings.isEmpty && check.warnings.map(\.points) == [[4, 6]])
    let line = check.warnings.first?.line ?? ""
    #expect(line.contains("is asked for 1.2 units at a time and has 1: no steady state"), "\(line)")
    #expect(line.hasSuffix("(at 2 points, the first is point 4: rate = 4 /min, servers = 1)"))
    #expect(loaded.warnings.allSatisfy { !$0.problem.contains("steady state") })
    let alone = try LoadedExperiment(
      path: folder.file("model"),
      overrides: [ExperimentPlan.Setting("arrivals.door.poisson.rate", "4 /min")])
    #expect(alone.warnings.contains { $0.problem.contains("no steady state") })
  }

  @Test("values that are right alone and wrong together stop the run with the point's name")
  func together() throws {
    let loaded = try load(Self.shares)
    let file = folder.file("together.sqlite")
    let fault = #expect(throws: RunnerFault.self) { try run(loaded.design, into: file) }
    #expect(fault?.cause == .invalidInput)
    #expect(fault?.description.contains("point 5: ") == true, "\(fault?.description ?? "")")
  }

  @Test("a value that is wrong alone is told before anything is run, once")
  func alone() throws {
    let faults = #expect(throws: ModelFaults.self) {
      try load(
        """
        factors:
          - {name: rate, path: arrivals.door.poisson.rate, range: -0.4 .. 0.4 /min}
          - {name: servers, path: resources.server.capacity, levels: [1, none, 2]}
        design: {method: lhs, points: 20}
        """)
    }
    let lines = faults?.list.map(\.description) ?? []
    #expect(lines.count == 2, "\(lines)")
    #expect(lines.contains { $0.contains("sweep.yaml:3: arrivals.door.poisson.rate: is -0.") })
    #expect(lines.contains { $0.contains("sweep.yaml:4: resources.server.capacity: is “none”") })
  }

  @Test("a results file is enough to make the points and their places again")
  func again() throws {
    let csv = folder.file("designs.csv")
    try "rate\n0.2\n0.3\n".write(toFile: csv, atomically: true, encoding: .utf8)
    let factor = "{name: rate, path: arrivals.door.poisson.rate, range: 0.1 .. 0.9 /min}"
    for (name, design) in [
      ("morris", "{method: morris, trajectories: 3}"), ("file", "{file: designs.csv}"),
    ] {
      let loaded = try load("factors: [\(factor)]\ndesign: \(design)")
      let path = folder.file(name + ".sqlite")
      try run(loaded.design, into: path)
      let results = try ResultsFile.open(path)
      let stored = try StoredExperiment(results).loaded.plan
      let origins = { (plan: ExperimentPlan) in plan.points.map { $0.row?.origin } }
      #expect(origins(stored) == origins(loaded.plan))
      let levels = { (plan: ExperimentPlan) in plan.points.map { $0.row?.levels } }
      #expect(levels(stored) == levels(loaded.plan))
      let factor = try #require(results.header.factors.first)
      let values = results.header.points.map { factor.value(in: $0.settingValues) ?? "" }
      #expect(values[0] == "0.5 /min" && factor.number(values[0]) == "0.5")
      #expect(results.header.storedDesign?.points == values.count)
    }
  }

  @Test("what --set gives a varied path is told in the factor's unit")
  func overridden() throws {
    let loaded = try LoadedExperiment(
      path: folder.file("sweep.yaml"), text: "model: model\n" + Self.rates,
      overrides: [ExperimentPlan.Setting("arrivals.door.poisson.rate", "45 /h")])
    let factor = try #require(loaded.plan.pointDesign?.factors.first)
    #expect(factor.base == "0.75 /min")
    let header = ResultsHeader(loaded.design, command: "")
    let stored = try #require(header.factors.first)
    let value = try #require(stored.value(in: header.points[0].settingValues))
    #expect(value == "0.75 /min" && stored.number(value) == "0.75")
  }

  @Test(
    "values written in several units are told in the last one's",
    arguments: [
      "{name: hold, path: durations.service.exponential, levels: [30 s, 1 min, 0.05 h]}",
      "{name: hold, path: durations.service.exponential}",
    ])
  func severalUnits(factor: String) throws {
    try "hold\n30 s\n1 min\n0.05 h\n".write(
      toFile: folder.file("hold.csv"), atomically: true, encoding: .utf8)
    let design = factor.contains("levels") ? "{method: grid}" : "{file: hold.csv}"
    let loaded = try load("factors: [\(factor)]\ndesign: \(design)")
    let header = ResultsHeader(loaded.design, command: "")
    let stored = try #require(header.factors.first)
    #expect(stored.unit == "h" && stored.base == "0.0166666667 h")
    let numbers = header.points.map { stored.value(in: $0.settingValues).map(stored.number) }
    #expect(numbers == ["0.0166666667", "0.00833333333", "0.0166666667", "0.05"])
    // What is set stays as it was written.
    #expect(
      loaded.plan.points.map { $0.settings.first?.value } == [nil, "30 s", "1 min", "0.05 h"])
  }

  @Test("a deadlock names the point and its values")
  func deadlock() throws {
    let loaded = try LoadedExperiment(
      path: folder.file("sweep.yaml"),
      text: """
        model: circle
        factors: [{name: units, paths: [resources.one.capacity, resources.two.capacity], levels: [90, 1]}]
        design: {method: grid}
        """)
    let fault = #expect(throws: RunnerFault.self) {
      try run(loaded.design, into: folder.file("circle.sqlite"))
    }
    let line = fault?.description ?? ""
    #expect(line.contains("scenario base, point 3 (units = 1), replication 1: deadlock"), "\(line)")
  }

  @Test("contrasts with another scenario are at equal values")
  func otherBaseline() throws {
    let loaded = try load(
      """
      replications: 2
      scenarios: [{name: a}, {name: b}, {name: c, set: {durations.service.exponential: 2 min}}]
      factors: [{name: rate, path: arrivals.door.poisson.rate, levels: [0.2 /min, 0.8 /min]}]
      design: {method: grid}
      """)
    let path = folder.file("contrasts.sqlite")
    try run(loaded.design, into: path)
    let results = try ResultsFile.open(path)
    #expect(results.header.scenarioNames == ["a", "b", "c"])
    let own = try results.contrasts()
    let other = try results.contrasts(baseline: "b")
    #expect(Set(own.map(\.point)) == [2, 3, 5, 6, 8, 9])
    #expect(Set(other.map(\.point)) == [1, 3, 4, 6, 7, 9])
    // a and b are the same: so are the differences of c from them, point by point.
    let differences = { (rows: [ContrastRow]) in
      rows.filter { $0.scenario == "c" }.map(\.meanDifference)
    }
    #expect(!differences(own).isEmpty && differences(own) == differences(other))
    #expect(own.filter { $0.scenario == "b" }.allSatisfy { $0.meanDifference == 0 })
  }
}
