// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

/// Visits of four months, of which the last two feel the lever.
private struct MonthlyModel: RunnableModel {
  var lever = 0.0

  func begin(_ root: RandomRoot) -> any ModelRun { MonthlyRun(lever, root) }
}

private final class MonthlyRun: ModelRun {
  private let lever: Double
  private let root: RandomRoot
  let eventCount: UInt64 = 1

  init(_ lever: Double, _ root: RandomRoot) {
    self.lever = lever
    self.root = root
  }

  func advance(until: SimulationTime) {}

  func fork(under model: any RunnableModel) -> any ModelRun {
    MonthlyRun((model as! MonthlyModel).lever, root)
  }

  func finish() -> [ReplicationResult] {
    var stream = RandomStream(root, Purpose("monthly"), owner: 0)
    let months = ["2020-11", "2020-12", "2021-01", "2021-02"]
    var observations = months.enumerated().map { index, month in
      let common = stream.normal()
      let felt = index < 2 ? 0 : lever * (1 + 0.1 * stream.normal())
      return Observation(
        measure: "visits", dimension: "month", member: month, value: 100 + common + felt)
    }
    observations.append(Observation(measure: "visits", value: 400))
    return [ReplicationResult(events: 1, checksum: 0, observations: observations)]
  }
}

@Suite("a measure through time")
struct ThroughTimeTests {
  let folder: TemporaryFolder
  let results: ResultsFile

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.file("monthly.sqlite")
    try run(
      ExperimentDesign(
        name: "monthly",
        points: [
          DesignPoint(scenario: "before", model: MonthlyModel(), end: .zero),
          DesignPoint(scenario: "after", model: MonthlyModel(lever: 5), end: .zero),
        ], replications: 8, seed: 2, provenance: ["policy-start": "2021-01-01"]), into: path)
    results = try ResultsFile.open(path)
  }

  @Test(
    "months come in order, known ones without width, the others with a band beyond the interval")
  func months() throws {
    let curve = try ThroughTime(results, MeasureRequest(measure: "visits"))
    #expect(curve.members == ["2020-11", "2020-12", "2021-01", "2021-02"])
    let contrast = try #require(curve.contrasts.first)
    #expect(curve.contrasts.count == 1)
    #expect(contrast.scenario == "after" && contrast.baseline == "before")
    #expect(contrast.bands.compared == 2)
    for instant in contrast.bands.instants[..<2] {
      #expect(instant.difference?.mean == 0 && instant.bandLow == 0 && instant.bandHigh == 0)
      #expect(instant.difference?.n == 8)
    }
    for instant in contrast.bands.instants[2...] {
      let difference = try #require(instant.difference)
      #expect(abs(difference.mean - 5) < 1)
      #expect(try #require(instant.bandLow) < difference.low)
      #expect(try #require(instant.bandHigh) > difference.high)
    }
    let turned = try ThroughTime(
      results, MeasureRequest(measure: "visits", dimension: "month"), baseline: "after")
    #expect(turned.contrasts.first?.scenario == "before")
  }

  @Test("what is not there, or is no time, is refused")
  func refusals() {
    for (measure, dimension) in [("waits", "month"), ("visits", "tier"), ("visits", "period")] {
      #expect(throws: RunnerFault.self) {
        try ThroughTime(results, MeasureRequest(measure: measure, dimension: dimension))
      }
    }
  }
}
