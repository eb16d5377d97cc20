// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Randomness
import SimulationKernel

/// A model whose replications have the values that a test plants.
private struct PlantedModel: RunnableModel {
  var values: @Sendable (Int) -> [Observation]
  func begin(_ root: RandomRoot) -> any ModelRun { PlantedRun(values, root) }
}

private final class PlantedRun: ModelRun {
  private let values: @Sendable (Int) -> [Observation]
  private let root: RandomRoot
  let eventCount: UInt64 = 1

  init(_ values: @escaping @Sendable (Int) -> [Observation], _ root: RandomRoot) {
    (self.values, self.root) = (values, root)
  }

  func advance(until: SimulationTime) {}
  func fork(under model: any RunnableModel) -> any ModelRun {
    PlantedRun((model as? PlantedModel)?.values ?? values, root)
  }
  func finish() -> [ReplicationResult] {
    [
      ReplicationResult(
        events: 1, checksum: 0, observations: values(Int(root.replication)))
    ]
  }
}

/// Results files with planted values, which last as long as this value.
final class PlantedResults {
  struct Point {
    var scenario: String
    var settings: [String: String] = [:]
    /// Index of the point that it is compared with.
    var baseline = 0
    /// Of a replication, from 1.
    var values: @Sendable (Int) -> [Observation]
  }

  let file: ResultsFile
  private let path = NSTemporaryDirectory() + "planted-" + UUID().uuidString + ".sqlite"

  init(
    _ points: [Point], replications: Int, kind: String = "network",
    provenance: [String: String] = [:]
  ) throws {
    var all = ["kind": kind, "time-unit": "minutes", "measures": "", "model-digest": "planted"]
    all.merge(provenance) { $1 }
    let design = ExperimentDesign(
      name: "planted",
      points: points.map {
        DesignPoint(
          scenario: $0.scenario, settings: $0.settings, model: PlantedModel(values: $0.values),
          end: .zero, baseline: $0.baseline)
      }, replications: replications, seed: 1, provenance: all)
    file = try ResultsFile.prepare(
      at: path, for: ResultsHeader(design, command: "yilian run planted.yaml"), resume: false)
    _ = try ExperimentRun(design, threads: 1).run(into: file)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
