// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import ModelFiles
import OutputAnalysis

/// A model with what its source published of it, compiled, with one design point for each way in
/// which the rows change the model.
public struct Study: Sendable {
  public let name: String
  public let title: String
  public let path: String
  public let published: PublishedValues
  /// The unit of each row, as measures name it; empty for a quotient.
  let units: [String]
  /// The point of each row, from 1.
  let points: [Int]
  public let design: ExperimentDesign

  /// Reads and compiles a study.
  ///
  /// - Parameter path: A folder with a `model.yaml` and a `published.csv`.
  /// - Throws: Every fault of every file at once.
  public init(path: String) throws(ModelFaults) {
    self.path = path
    let base = try LoadedExperiment(path: path)
    let faults = FaultCollector()
    guard let network = base.networks.first else {
      faults.record(
        SourcePlace(file: path), "is a model of a \(base.plan.kind.rawValue)",
        "a study is of a network")
      try faults.throwIfAny()
      preconditionFailure("a fault was recorded")
    }
    let document = base.plan.points[0].document
    let read = PublishedValues(beside: document, network, faults)
    if base.plan.replications < 2 {
      faults.record(
        SourcePlace(file: path, path: "run.replications"), "is \(base.plan.replications)",
        "an answer with its error needs 2 or more")
    }
    try faults.throwIfAny()
    guard let read else { preconditionFailure("a file that failed has recorded a fault") }
    published = read
    name = base.plan.name
    title = document.value(at: "title") ?? base.plan.name

    var changes: [[ExperimentPlan.Setting]] = []
    points = read.rows.map { row in
      if let index = changes.firstIndex(of: row.settings) { return index + 1 }
      changes.append(row.settings)
      return changes.count
    }
    let requests = Self.requests(of: read.rows)
    var designPoints: [DesignPoint] = []
    for settings in changes {
      let loaded = try LoadedExperiment(path: path, overrides: settings)
      let window = loaded.plan.window
      designPoints.append(
        DesignPoint(
          scenario: settings.map { "\($0.path)=\($0.value)" }.joined(separator: "; "),
          model: RunnableNetwork(
            model: loaded.networks[0].model, window: window,
            requests: loaded.plan.measures + requests),
          end: window.end))
    }
    design = ExperimentDesign(
      name: base.plan.name, points: designPoints, replications: base.plan.replications,
      seed: base.plan.seed, isBatched: base.plan.run.batches != nil)
    let catalogue = MeasureCatalogue.measures(
      of: .network, timeUnit: base.design.provenance["time-unit"] ?? "time units")
    units = read.rows.map { row in
      guard row.divisor == nil else { return "" }
      return catalogue.first { $0.observes(row.measure) }?.unit(of: row.measure) ?? ""
    }
  }

  /// All that the rows name: some measures are kept only when they are asked for.
  private static func requests(of rows: [PublishedValue]) -> [MeasureRequest] {
    var result: [MeasureRequest] = []
    func add(_ measure: String, _ dimension: String) {
      let request = MeasureRequest(measure: measure, dimension: dimension)
      if !result.contains(request) { result.append(request) }
    }
    for row in rows {
      add(row.measure, row.dimension)
      if let divisor = row.divisor { add(divisor.measure, divisor.dimension) }
    }
    return result
  }
}
