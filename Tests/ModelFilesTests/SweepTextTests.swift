// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

@Suite struct SweepTextTests {
  static let mmc =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/Models/mmc"

  @Test("values of the command line")
  func values() throws {
    #expect(try VariedPath("a.b=1:2").values == .range(low: "1", high: "2", step: nil))
    #expect(
      try VariedPath("a.b = 1 : 2 : 0.5 h").values == .range(low: "1", high: "2", step: "0.5 h"))
    #expect(try VariedPath("a.b=x|y z").values == .levels(["x", "y z"]))
    #expect(try VariedPath("a.b,t[r,s].c=1|2").paths == ["a.b", "t[r,s].c"])
    // What is no range may be a level: times of day.
    #expect(try VariedPath("a.b=08:00|09:30").values == .levels(["08:00", "09:30"]))
    for wrong in ["a.b", "=1:2", "a.b=1", "a.b=1:", "a.b=1||2", "a..b=1:2", "a.b=1:2:3:4"] {
      #expect(throws: ModelFault.self, "\(wrong)") { try VariedPath(wrong) }
    }
  }

  @Test("the text of a sweep, word for word")
  func text() throws {
    var sweep = SweepText(
      path: Self.mmc,
      varied: [
        try VariedPath("arrivals.customers.poisson.rate=1:2 /min:log"),
        try VariedPath("durations.service.exponential.mean,pathways.service=1:2:0.5 min"),
        try VariedPath("resources.servers.capacity=2|3"),
        try VariedPath("a.value=yes|[x, y]|it's: so"),
      ])
    sweep.method = .fractional
    sweep.points = 8
    sweep.seed = 4
    sweep.generators = ["D=ABC"]
    sweep.constraints = ["rate < 3 /min"]
    sweep.hasBasePoint = false
    let experiment = try sweep.experiment()
    #expect(experiment.path == "mmc-sweep.yaml")
    let expected = """
      model: "PATH"
      name: mmc-sweep
      factors:
        - name: rate
          path: arrivals.customers.poisson.rate
          range: 1 .. 2 /min
          scale: log
        - name: mean
          paths:
            - durations.service.exponential.mean
            - pathways.service
          range: 1 .. 2 min
          step: 0.5 min
        - name: capacity
          path: resources.servers.capacity
          levels:
            - 2
            - 3
        - name: a-value
          path: a.value
          levels:
            - yes
            - [x, y]
            - "it's: so"
      design:
        method: fractional
        points: 8
        seed: 4
        generators:
          - "D=ABC"
        constraints:
          - "rate < 3 /min"
        base-point: no

      """
    let model = experiment.text.split(separator: "\n")[0]
    #expect(model == "model: \(Self.mmc)" || model == "model: \"\(Self.mmc)\"")
    let rest = { (text: String) in text.split(separator: "\n").dropFirst().joined(separator: "\n") }
    #expect(rest(experiment.text) == rest(expected))
  }

  @Test("an experiment is swept with all that it says, unless it has factors already")
  func experiment() throws {
    let text = "model: \(Self.mmc)\nname: servers\nscenarios: [{name: a}, {name: b}]\n"
    let folder = try TemporaryModel([
      "e.yaml": text, "f.yaml": text + "factors: []\ndesign: {method: grid}\n",
    ])
    let varied = [try VariedPath("resources.servers.capacity=2|3")]
    let sweep = try SweepText(path: folder.folder + "/e.yaml", varied: varied).experiment()
    #expect(sweep.path == folder.folder + "/e-sweep.yaml" && sweep.text.hasPrefix(text))
    let plan = try ExperimentPlan(path: sweep.path, text: sweep.text)
    #expect(plan.name == "servers" && plan.points.count == 6)
    #expect(plan.experimentText?.file == "e-sweep.yaml")
    #expect(throws: ModelFaults.self) {
      try SweepText(path: folder.folder + "/f.yaml", varied: varied).experiment()
    }
    #expect(throws: ModelFaults.self) {
      try SweepText(path: folder.folder + "/none.yaml", varied: varied).experiment()
    }
  }
}
