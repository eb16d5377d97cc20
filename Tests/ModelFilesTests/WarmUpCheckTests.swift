// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import SimulationKernel
import Testing

@Suite("what is said of a warm-up before a run")
struct WarmUpCheckTests {
  private func model(_ kind: String, _ run: String) throws -> TemporaryModel {
    try TemporaryModel([
      "model.yaml": "kind: \(kind)\nname: somewhere\nevidence: assumed\nrun: {\(run)}\n"
    ])
  }

  private func warnings(_ kind: String, _ run: String, _ settings: [String] = []) throws -> [String]
  {
    let model = try model(kind, run)
    let plan = try ExperimentPlan(
      path: model.folder, overrides: settings.compactMap { ExperimentPlan.Setting($0) })
    return plan.warnings.map { "\($0.place.line) \($0.place.path): \($0.problem)" }
  }

  @Test(
    "nobody begins in an empty system without having said so", arguments: ["network", "region"])
  func silence(kind: String) throws {
    let start = "start: 2020-01-01"
    #expect(
      try warnings(kind, "\(start), length: 30 d")
        == ["4 run.warm-up: is not given, so statistics begin in an empty system"])
    #expect(try warnings(kind, "\(start), length: 30 d, warm-up: 0 d").isEmpty)
    #expect(try warnings(kind, "\(start), length: 30 d, warm-up: 365 d").isEmpty)
    #expect(try warnings(kind, "\(start), length: 30 d", ["run.warm-up=0 d"]).isEmpty)
    // Without a run nothing is to be said of its start.
    let model = try TemporaryModel([
      "model.yaml": "kind: \(kind)\nname: somewhere\nevidence: assumed\n"
    ])
    let faults = FaultCollector()
    _ = ExperimentPlan(path: model.folder, requiresRun: false, faults)
    #expect(faults.sortedWarnings.isEmpty && faults.isEmpty)
  }

  // 2020 has 366 days.
  @Test(
    "a region warms up for whole years",
    arguments: [
      ("2018-07-23", "365 d", ""), ("2018-07-23", "730 d", ""), ("2018-07-23", "731 d", ""),
      ("2018-07-23", "2 year", ""), ("2020-01-01", "366 d", ""), ("2019-01-01", "0 d", ""),
      (
        "2018-07-23", "366 d",
        "is 366 d, and a region warms up for whole years; write 365 d or 731 d"
      ),
      ("2018-07-23", "14 d", "is 14 d, and a region warms up for whole years; write 0 d or 365 d"),
      (
        "2018-07-23", "8772 h",
        "is 365.5 d, and a region warms up for whole years; write 365 d or 731 d"
      ),
      (
        "2020-02-29", "700 d",
        "is 700 d, and a region warms up for whole years; write 365 d or 730 d"
      ),
    ])
  func wholeYears(start: String, warmUp: String, fault: String) throws {
    let model = try model("region", "start: \(start), warm-up: \(warmUp), length: 30 d")
    let faults = FaultCollector()
    _ = ExperimentPlan(path: model.folder, faults)
    let found = faults.sorted.map { "\($0.place.path): \($0.problem); \($0.remedy)" }
    #expect(found == (fault.isEmpty ? [] : ["run.warm-up: \(fault)"]))
    // A network may warm up as long as it likes.
    let network = try self.model("network", "start: \(start), warm-up: \(warmUp), length: 30 d")
    let others = FaultCollector()
    _ = ExperimentPlan(path: network.folder, others)
    #expect(others.isEmpty)
  }
}
