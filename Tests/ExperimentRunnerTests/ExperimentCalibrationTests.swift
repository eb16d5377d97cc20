// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Testing

@Suite("what an experiment says of its calibration")
struct ExperimentCalibrationTests {
  private static let fitted =
    "fitted: [{name: rate, path: arrivals.customers.poisson.rate, range: 0.4 .. 0.9 /min}]\n"

  private func load(_ text: String, overrides: [ExperimentPlan.Setting] = []) throws
    -> ExperimentCalibration
  {
    let head = "model: \(LoadedExperimentTests.mm1)\nreplications: 2\n"
    return try ExperimentCalibration(
      LoadedExperiment(path: "fit.yaml", text: head + text, overrides: overrides),
      path: "fit.yaml")
  }

  private func complaint(_ text: String) -> String {
    do {
      _ = try load(text)
      return ""
    } catch let faults as ModelFaults {
      return faults.list.map(\.description).joined(separator: "\n")
    } catch { return "\(error)" }
  }

  @Test("paths, ranges and targets are read")
  func read() throws {
    let calibration = try load(
      Self.fitted + """
        targets:
          - {measure: wait, value: 4, low: 3, high: 5}
          - {measure: utilisation, dimension: resource, member: server, value: 80 %, deviation: 0.02,
             weight: 0.5, use: checked, name: load}
        """)
    #expect(calibration.inputs.map(\.name) == ["rate"])
    #expect(calibration.inputs[0].low == 0.4 && calibration.inputs[0].high == 0.9)
    #expect(calibration.targets.map(\.target.name) == ["wait", "load"])
    #expect(abs(calibration.targets[0].target.standardDeviation - 2 / 3.92) < 0.001)
    #expect(calibration.targets[1].target.value == 0.8)
    #expect(calibration.targets.map(\.target.isFitted) == [true, false])
    #expect(calibration.settings(at: [0]).map(\.value) == ["0.4 /min"])
  }

  @Test("a region's own targets stand where the experiment has none, those held out apart")
  func ofModel() throws {
    let text = """
      model: \(LoadedExperimentTests.top)/Models/lanshan
      fitted:
        - {name: other, path: "needs[other-outpatient].rate_per_year", range: 0.5 .. 5}
      """
    let calibration = try ExperimentCalibration(
      LoadedExperiment(path: "fit.yaml", text: text, replications: 2), path: "fit.yaml")
    let share = try #require(
      calibration.targets.first { $0.target.name == "visit-share by tier=village" })
    #expect(share.target.isFitted && share.target.value == 0.28)
    #expect(calibration.targets.contains { !$0.target.isFitted })
  }

  @Test(
    "what cannot be is told",
    arguments: [
      ("targets: [{measure: wait, value: 4, deviation: 1}]", "add fitted"),
      (ExperimentCalibrationTests.fitted, "nothing to fit to"),
      (
        ExperimentCalibrationTests.fitted + "targets: [{measure: wait, value: 4}]",
        "how far it may be off"
      ),
      (
        ExperimentCalibrationTests.fitted + "targets: [{measure: wayt, value: 4, deviation: 1}]",
        "did you mean wait"
      ),
      (
        ExperimentCalibrationTests.fitted
          + "targets: [{measure: wait, value: 4, deviation: 1, use: checked}]", "hold all out"
      ),
      (
        ExperimentCalibrationTests.fitted + "targets: [{measure: wait, value: 4, low: 5, high: 6}]",
        "do not hold the value"
      ),
      (
        "fitted: [{name: rate, path: arrivals.nobody.poisson.rate, range: 0.4 .. 0.9 /min}]",
        "is not in the model; arrivals has customers"
      ),
      (
        "fitted: [{name: rate, path: arrivals.customers.poisson.rate, range: 0.4 .. 0.9 /min, step: 0.1}]",
        "steps, levels or days"
      ),
      (
        "fitted: [{name: rate, path: arrivals.customers.poisson.rate, levels: [0.4 /min, 0.5 /min]}]",
        "steps, levels or days"
      ),
    ])
  func refusals(text: String, words: String) {
    #expect(complaint(text).contains(words), "\(complaint(text))")
  }
}
