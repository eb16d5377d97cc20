// SPDX-License-Identifier: GPL-3.0-or-later
import ExperimentDesigns
import Foundation
import ModelFiles
import SimulationKernel
import Testing

@Suite struct PointDesignTests {
  static let model = """
    kind: region
    name: somewhere
    evidence: assumed
    range-factor: [0.5, 2]
    money-form: cost
    care: {rate: 3 /d, hold: 2 h, beds: 4}
    ward: {rate: 3 /d}
    policies:
      early: {lever: a, in-force: no, start: 2020-01-11, size: 1}
      late: {lever: b, in-force: no, start: 2020-02-10, size: 1}
    run: {start: 2020-01-01, warm-up: 0 d, length: 50 d, replications: 4, seed: 9}
    """

  /// A folder with the model in it and an experiment beside.
  private func plan(
    _ experiment: String, files: [String: String] = [:], overrides: [String] = []
  ) throws -> ExperimentPlan {
    let all = ["model.yaml": Self.model, "experiment.yaml": "model: .\n" + experiment]
    let model = try TemporaryModel(all.merging(files) { _, new in new })
    return try ExperimentPlan(
      path: model.folder + "/experiment.yaml",
      overrides: overrides.compactMap { ExperimentPlan.Setting($0) })
  }

  func faults(_ experiment: String, files: [String: String] = [:]) -> [String] {
    do throws(any Error) { _ = try plan(experiment, files: files) } catch {
      return (error as? ModelFaults)?.list.map(\.description) ?? ["\(error)"]
    }
    return []
  }

  /// What each point sets beyond the command line, as `path=value`.
  private func settings(_ plan: ExperimentPlan) -> [String] {
    plan.points.map { point in
      point.settings.map { "\($0.path)=\($0.value)" }.joined(separator: " ")
    }
  }

  static let three = """
    factors:
      - {name: rate, path: care.rate, range: 1 .. 4 /d}
      - {name: beds, path: care.beds, range: 2 .. 5, integer: yes}
      - {name: form, path: money-form, levels: [cost, share]}

    """

  @Test("a grid begins with the model as it is, and the last factor changes fastest")
  func grid() throws {
    let text = Self.three + "design: {method: grid, levels: 3}"
    let plan = try plan(text)
    #expect(plan.points.count == 1 + 3 * 4 * 2)
    #expect(plan.scenarioCount == 1)
    let all = settings(plan)
    #expect(all[0] == "")
    #expect(all[1] == "care.rate=1 /d care.beds=2 money-form=cost")
    #expect(all[2] == "care.rate=1 /d care.beds=2 money-form=share")
    #expect(all[9] == "care.rate=2.5 /d care.beds=2 money-form=cost")
    #expect(plan.points.allSatisfy { $0.baseline == 0 })
    #expect(plan.points[9].document.value(at: "care.rate") == "2.5 /d")
    #expect(plan.points[0].document.value(at: "care.rate") == "3 /d")
    let without = try self.plan(text.replacing("levels: 3", with: "levels: 3, base-point: no"))
    #expect(settings(without) == Array(all.dropFirst()))
    // All levels, but of a range its ends: what is compiled before anything is run.
    #expect(plan.probes.count == 1 + 2 + 2 + 2)
  }

  @Test("every scenario is run at every point, and compared at equal values")
  func scenarios() throws {
    let text = """
      baseline: b
      scenarios:
        - name: a
        - name: b
        - {name: c, against: a, set: {policies.early.in-force: yes}}
      factors:
        - {name: beds, path: care.beds, levels: [2, 6]}
      design: {method: grid}
      """
    let plan = try plan(text, overrides: ["care.hold=3 h"])
    #expect(plan.points.map(\.scenario) == ["a", "b", "c", "a", "b", "c", "a", "b", "c"])
    #expect(plan.points.map(\.baseline) == [1, 1, 0, 4, 4, 3, 7, 7, 6])
    #expect(plan.baseline == 1 && plan.scenarioCount == 3)
    #expect(
      settings(plan)[8] == "care.hold=3 h care.beds=6 policies.early.in-force=yes")
    // Time is shared where only policies differ from the baseline at the same values of the factors.
    #expect(plan.points[2].sharesUntil == .zero + .days(10) && plan.points[2].trunk == 1)
    #expect(plan.points[5].sharesUntil == .zero + .days(10) && plan.points[5].trunk == 4)
    #expect(plan.points[4].sharesUntil == nil)
    #expect(plan.probes.map(\.scenario) == ["a", "b", "c", "b", "b"])
  }

  @Test("factors may be linked, logarithmic, days, policies, or sets of values")
  func kinds() throws {
    let plan = try plan(
      """
      factors:
        - {name: rate, paths: [care.rate, ward.rate], range: "1 .. 100 /d", scale: log}
        - {name: begins, path: policies.early.start, range: 2020-01-11 .. 2020-02-10, step: 10 d}
        - {name: early, policy: early}
        - name: both
          levels:
            - name: none
            - {name: late, set: {policies.late.in-force: yes, policies.late.size: 2}}
      design: {method: grid, levels: 3}
      """)
    #expect(plan.points.count == 1 + 3 * 4 * 2 * 2)
    let all = settings(plan)
    #expect(
      all[1]
        == "care.rate=1 /d ward.rate=1 /d policies.early.start=2020-01-11 "
        + "policies.early.in-force=no")
    #expect(
      all[2].hasSuffix(
        "policies.early.in-force=no policies.late.in-force=yes policies.late.size=2"))
    #expect(all[17].hasPrefix("care.rate=10 /d ward.rate=10 /d"))
    #expect(all[13].contains("policies.early.start=2020-02-10"))
    #expect(
      plan.points[48].row?.levels.map { $0?.name } == ["100 /d", "2020-02-10", "yes", "late"])
  }

  @Test("units of a range: the last holds for both ends and the step")
  func units() throws {
    func values(_ range: String) throws -> [String] {
      let plan = try plan(
        """
        factors:
          - {name: hold, path: care.hold, \(range)}
        design: {method: grid, levels: 2, base-point: no}
        """)
      return plan.points.map { $0.settings[0].value }
    }
    #expect(try values("range: 1 .. 3 h, step: 1") == ["1 h", "2 h", "3 h"])
    #expect(try values("range: 30 min .. 2 h, step: 30 min") == ["0.5 h", "1 h", "1.5 h", "2 h"])
    #expect(try values("range: [1 h, 2 h]") == ["1 h", "2 h"])
    // What a sum of steps gathers is left out.
    #expect(try values("range: 0.1 .. 0.4 h, step: 0.1") == ["0.1 h", "0.2 h", "0.3 h", "0.4 h"])
  }

  @Test("one at a time leaves the others as the model has them")
  func oneAtATime() throws {
    let plan = try plan(Self.three + "design: {method: one-at-a-time}")
    #expect(
      settings(plan) == [
        "", "care.rate=1 /d", "care.rate=4 /d", "care.beds=2", "care.beds=3", "care.beds=4",
        "care.beds=5", "money-form=cost", "money-form=share",
      ])
  }

  @Test(
    "the same text gives the same sample, another seed another one", arguments: ["lhs", "sobol"])
  func samples(method: String) throws {
    func values(_ seed: Int) throws -> [String] {
      settings(try plan(Self.three + "design: {method: \(method), points: 16, seed: \(seed)}"))
    }
    let all = try values(1)
    let (same, other) = (try values(1), try values(2))
    #expect(all.count == 17 && all == same && all != other)
    // Whole numbers and words have equal shares of 16 balanced points.
    for value in ["beds=2", "beds=3", "beds=4", "beds=5"] {
      #expect(all.count { $0.contains(value) } == 4)
    }
    #expect(all.count { $0.contains("form=share") } == 8)
  }

  @Test("beyond 40 columns a Latin hypercube stands in for Sobol points")
  func manyColumns() throws {
    let names = (1...41).map { "x\($0)" }
    let model =
      Self.model + "\nmany: {" + names.map { "\($0): 1" }.joined(separator: ", ") + "}\n"
    let factors = names.map { "  - {name: \($0), path: many.\($0), range: 0 .. 1}\n" }.joined()
    let plan = try plan(
      "factors:\n\(factors)design: {method: sobol, points: 8}", files: ["model.yaml": model])
    #expect(plan.pointDesign?.isSobolReplaced == true && plan.points.count == 9)
  }

  @Test("constraints compare by units, days and words, and what they leave out is counted")
  func constraints() throws {
    func kept(_ constraint: String, _ rest: String = "method: grid, levels: 4") throws
      -> PointDesign
    {
      try #require(
        try plan(
          """
          factors:
            - {name: rate, path: care.rate, range: 1 .. 4 /d}
            - {name: hold, path: care.hold, range: 2 .. 8 h}
            - {name: form, path: money-form, levels: [cost, share]}
          design: {\(rest), base-point: no, constraints: ["\(constraint)"]}
          """
        ).pointDesign)
    }
    // rate × hold is a load: 1 to 4 a day times 2, 4, 6 or 8 h; 8 of 16 pairs are below 0.4 (9.6 h a
    // day), and all pairs stand with both words.
    let load = try kept("rate * hold < 0.4")
    #expect(load.rows.count == 16 && load.leftOut == 16)
    #expect(try kept("hold > 5 h and form == cost").rows.count == 8)
    #expect(try kept("form != share or rate >= 4 /d").rows.count == 20)
    // Units cancel, nothing is less than 0, and yes and no may be written out.
    for same in [
      "rate / 1 /d * hold / 1 d < 0.4", "rate * hold - 40 % < 0",
      "not (rate * hold >= 0.4) and yes",
    ] { #expect(try kept(same).rows.map(\.levels) == load.rows.map(\.levels), "\(same)") }
    let sobol = try kept("rate * hold < 0.4", "method: sobol, points: 20")
    #expect(sobol.rows.count == 20 && sobol.leftOut > 0)
    let trajectories = try kept("rate < 2.5 /d or hold < 5 h", "method: morris, trajectories: 6")
    #expect(trajectories.rows.count == 24 && trajectories.leftOut > 0)
    for (index, row) in trajectories.rows.enumerated() {
      guard case .morris(let number, _) = row.origin else { continue }
      #expect(number == index / 4)
    }
  }

  @Test("a point knows its place in a Morris or Saltelli design")
  func origins() throws {
    let morris = try #require(
      try plan(Self.three + "design: {method: morris, trajectories: 5}").pointDesign)
    #expect(morris.rows.count == 1 + 5 * 4 && morris.rows[0].origin == .base)
    for index in 2...20 {
      let (before, after) = (morris.rows[index - 1], morris.rows[index])
      guard case .morris(let trajectory, let step) = after.origin else {
        Issue.record("row \(index) is of no trajectory")
        continue
      }
      #expect(trajectory == (index - 1) / 4)
      guard let step else { continue }
      let changed = (0..<3).filter { before.levels[$0] != after.levels[$0] }
      #expect(changed == [step.factor])
    }
    #expect(Set(morris.rows.compactMap { $0.levels[1]?.name }) == ["2", "3", "4", "5"])
    let saltelli = try #require(
      try plan(Self.three + "design: {method: saltelli, points: 8, base-point: no}").pointDesign)
    #expect(saltelli.rows.count == 8 * 5)
    #expect(saltelli.rows[8].origin == .saltelli(row: 1, matrix: .ab(1)))
    let (a, b, mixed) = (saltelli.rows[5], saltelli.rows[6], saltelli.rows[8])
    #expect(mixed.levels[0] == a.levels[0] && mixed.levels[1] == b.levels[1])
    #expect(mixed.levels[2] == a.levels[2])
  }

  @Test(
    "generators by name and by letter are the same fraction; a number of points has them chosen")
  func fractions() throws {
    let factors =
      "factors:\n"
      + ["care.beds", "policies.early.size", "policies.late.size", "care.hold"].enumerated()
      .map { "  - {name: f\($0), path: \($1), levels: [1, 2]}\n" }.joined()
    func design(_ rest: String) throws -> PointDesign {
      try #require(try plan(factors + "design: {method: fractional, \(rest)}").pointDesign)
    }
    let named = try design("generators: [f3 = f0 * f1 * f2]")
    let lettered = try design("generators: [D=ABC]")
    let chosen = try design("points: 8")
    for other in [lettered, chosen] {
      #expect(other.rows.map(\.levels) == named.rows.map(\.levels))
      #expect(other.resolution == 4 && other.generators == ["f3 = f0 * f1 * f2"])
    }
    #expect(try design("generators: [D=-ABC]").generators == ["f3 = -f0 * f1 * f2"])
    #expect(
      faults(factors + "design: {method: fractional, generators: [f3 = f0 * f9]}").contains {
        $0.contains("names “f9”")
      })
    #expect(
      faults(factors + "design: {method: fractional, generators: [D=A]}").contains {
        $0.contains("make f3 the same as f0")
      })
  }

  @Test("a design is imported from CSV, beside the experiment, and digested with it")
  func imported() throws {
    let text = """
      factors:
        - {name: rate, path: care.rate, range: 1 .. 4 /d}
        - {name: hold, path: care.hold}
        - {name: form, path: money-form, levels: [cost, share]}
      design: {file: designs/mine.csv, base-point: no}
      """
    let csv = "hold,form,rate\n1 h,share,2\n2 h,cost,3 /d\n"
    let plan = try plan(text, csv: csv)
    #expect(
      settings(plan) == [
        "care.rate=2 /d care.hold=1 h money-form=share",
        "care.rate=3 /d care.hold=2 h money-form=cost",
      ])
    #expect(plan.pointDesign?.imported?.file == "designs/mine.csv")
    #expect(plan.pointDesign?.imported?.text == csv)
    let other = try self.plan(text, csv: csv + "3 h,cost,1\n")
    #expect(other.experimentDigest != plan.experimentDigest)
    let lines = faults(
      text.replacing("designs/mine.csv", with: "mine.csv"),
      files: ["mine.csv": "hold,form,rat\n1 h,share,2\n"])
    #expect(lines.count == 2)
    #expect(lines[0].contains("mine.csv:1: has no column rate"))
    #expect(lines[1].contains("“rat”, which is no factor; did you mean rate?"))
    #expect(
      faults(
        text.replacing("designs/mine.csv", with: "mine.csv"),
        files: ["mine.csv": "hold,form,rate\n1 h,shares,2\n"]
      ).contains { $0.contains("mine.csv:2: form: is “shares”; did you mean share?") })
    #expect(
      faults(text.replacing("designs/", with: "../")).contains { $0.contains("lies beside") })
  }

  /// With a file `designs/mine.csv` beside the experiment.
  private func plan(_ experiment: String, csv: String) throws -> ExperimentPlan {
    let model = try TemporaryModel([
      "model.yaml": Self.model, "experiment.yaml": "model: .\n" + experiment,
    ])
    try FileManager.default.createDirectory(
      atPath: model.folder + "/designs", withIntermediateDirectories: true)
    try csv.write(
      toFile: model.folder + "/designs/mine.csv", atomically: true, encoding: .utf8)
    return try ExperimentPlan(path: model.folder + "/experiment.yaml")
  }

  @Test("on Morris trajectories values that can be counted are levels of their own")
  func ownLevels() throws {
    let design = try #require(
      try plan(
        """
        factors:
          - {name: ten, path: care.beds, range: 1 .. 10, integer: yes}
          - {name: days, path: policies.early.start, range: 2020-01-05 .. 2020-01-15, step: 5 d}
          - {name: rate, path: care.rate, range: 1 .. 4 /d}
        design: {method: morris, trajectories: 200, base-point: no}
        """
      ).pointDesign)
    var values = [[String: Int]](repeating: [:], count: 3)
    for (before, after) in zip(design.rows, design.rows.dropFirst()) {
      guard case .morris(_, let step?) = after.origin else { continue }
      let factor = step.factor
      let names = [before, after].map { $0.levels[factor]?.name ?? "" }
      values[factor][names[0], default: 0] += 1
      values[factor][names[1], default: 0] += 1
      guard factor == 0 else { continue }
      let change = try #require(Int(names[1])) - (try #require(Int(names[0])))
      #expect(change == (step.isUp ? 5 : -5) && step.length == 5 / 9.0)
    }
    // Of 400 places, 40 for each of ten values: a step binds two of them, so 200 coins of 1/5 each.
    #expect(values[0].count == 10 && values[0].values.allSatisfy { (12...70).contains($0) })
    // Of three days the middle one stands on one side of every step.
    #expect(values[1]["2020-01-10"] == 200 && values[1].count == 3)
    #expect(values[2].keys.sorted() == ["1 /d", "2 /d", "3 /d", "4 /d"])
    let lines = faults(
      "factors: [{name: a, path: care.beds, levels: [4]}]\ndesign: {method: morris}")
    #expect(lines.count == 1 && lines[0].contains("has one value, and a trajectory"), "\(lines)")
  }
}
