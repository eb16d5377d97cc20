// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import ModelFiles
import OutputAnalysis
import SimulationKernel

/// A model or experiment read from its files, every scenario compiled; the points of a design over
/// factors are compiled when they are run, after each value of each factor was tried by itself; see
/// ``checkPoints(shard:threads:stop:progress:)``.
public struct LoadedExperiment: Sendable {
  public let plan: ExperimentPlan
  public internal(set) var design: ExperimentDesign
  /// The compiled networks of the scenarios, in design order; empty for a region.
  public let networks: [NetworkReader.Network]
  /// What an author should know, though it stops nothing.
  public let warnings: [ModelFault]

  /// Reads and compiles.
  ///
  /// - Parameters:
  ///   - path: A folder with a `model.yaml`, or an experiment file.
  ///   - text: An experiment's text, in place of that of a file at `path`.
  ///   - overrides: Settings of the command line, in order.
  ///   - replications: In place of the file's.
  ///   - seed: In place of the file's.
  /// - Throws: Every fault of every file at once.
  public init(
    path: String, text: String? = nil, overrides: [ExperimentPlan.Setting] = [],
    replications: Int? = nil, seed: UInt64? = nil
  ) throws(ModelFaults) {
    try self.init(
      path: path, text: text, overrides: overrides, replications: replications, seed: seed,
      modelFolder: nil)
  }

  /// - Parameter modelFolder: Where an experiment's model stands now, in place of where the file or
  ///   the command line says; it leaves no trace in the results.
  init(
    path: String, text: String? = nil, overrides: [ExperimentPlan.Setting], replications: Int?,
    seed: UInt64?, modelFolder: String?
  ) throws(ModelFaults) {
    let faults = FaultCollector()
    let moved = modelFolder.map { [ExperimentPlan.Setting("experiment.model", $0)] } ?? []
    let plan = ExperimentPlan(
      path: path, text: text, overrides: overrides + moved, replications: replications, seed: seed,
      faults)
    var models: [any RunnableModel] = []
    var networks: [NetworkReader.Network] = []
    if let plan {
      MeasureCatalogue.check(plan, path: path, faults)
      switch plan.kind {
      case .network:
        networks = plan.probes.compactMap { NetworkReader.network($0.document, faults) }
        models = networks.map {
          RunnableNetwork(model: $0.model, window: plan.window, requests: plan.measures)
        }
        for (point, network) in zip(plan.probes.prefix(plan.scenarioCount), networks)
        where networks.count == plan.probes.count {
          ModelCheck.warn(of: network.loads, in: point, faults)
        }
      case .region:
        models = plan.probes.compactMap { plan.runnable($0.document, faults) }
      }
    }
    try faults.throwIfAny()
    guard let plan, models.count == plan.probes.count else {
      preconditionFailure("a plan that failed has recorded no fault")
    }
    self.plan = plan
    self.networks = Array(networks.prefix(plan.scenarioCount))
    warnings = faults.sortedWarnings
    if plan.pointDesign != nil {
      let shelf = ModelShelf(plan)
      models = plan.points.indices.map { ShelvedModel(shelf: shelf, index: $0) }
    }
    design = ExperimentDesign(
      name: plan.name,
      points: zip(plan.points, models).map { point, model in
        DesignPoint(
          scenario: point.scenario,
          settings: Dictionary(
            Self.withoutCounts(point.settings).map { ($0.path, $0.value) },
            uniquingKeysWith: { _, last in last }),
          model: model, end: plan.window.end, sharesBaselineUntil: point.sharesUntil ?? .zero,
          trunk: point.trunk, baseline: point.baseline,
          place: plan.pointDesign == nil ? "" : plan.place(of: point))
      },
      baseline: plan.baseline, replications: plan.replications, seed: plan.seed,
      randomNumbers: plan.hasCommonRandomNumbers ? .common : .independent,
      isBatched: plan.run.batches != nil, isPointMajor: plan.pointDesign != nil,
      stopping: plan.run.precision.map { .precision($0) },
      provenance: Self.provenance(of: plan, overrides, networks.first))
  }

  /// The network of a point, from 0.
  ///
  /// - Throws: ``RunnerFault`` when values of factors that are right by themselves are not together.
  func network(at place: Int) throws(RunnerFault) -> NetworkReader.Network {
    if plan.pointDesign == nil { return networks[place] }
    let faults = FaultCollector()
    guard let network = NetworkReader.network(plan.points[place].document, faults) else {
      throw RunnerFault(.invalidInput, faults.sorted.map(\.description))
    }
    return network
  }

  /// The region of a point, from 0; see ``network(at:)``.
  func region(at place: Int) throws(RunnerFault) -> RunnableRegion {
    let model = design.points[place].model.resolved
    if let faulty = model as? FaultyModel { throw faulty.fault }
    guard let region = model as? RunnableRegion else {
      preconditionFailure("a region's plan has a region's models")
    }
    return region
  }

  /// The settings but for the seed and the replications, which have keys of their own and, in the
  /// case of replications, may grow.
  static func withoutCounts(
    _ settings: [ExperimentPlan.Setting]
  ) -> [ExperimentPlan.Setting] {
    settings.filter {
      $0.path != "run.seed" && $0.path != "run.replications"
        && !$0.path.hasPrefix("run.replications.")
    }
  }

  private static func provenance(
    of plan: ExperimentPlan, _ overrides: [ExperimentPlan.Setting],
    _ network: NetworkReader.Network?
  ) -> [String: String] {
    var result: [String: String] = [:]
    result["kind"] = plan.kind.rawValue
    result["time-unit"] = network.map { timeUnitName($0.timeUnit) }
    result["start"] = plan.run.start?.description ?? "a Monday, 00:00"
    result["warm-up"] = text(of: plan.run.warmUp, network)
    result["length"] = text(of: plan.run.length, network)
    result["batches"] = plan.run.batches.map { "\($0)" }
    if plan.run.sample < 1 { result[ResultsHeader.sampleKey] = "\(plan.run.sample)" }
    result["until-completed"] = plan.run.untilCompleted.map { "\($0)" }
    result["policy-start"] = plan.policyStart?.description
    result["window-start"] = text(
      of: plan.window.policyStart ?? plan.window.warmUpEnd, plan.run.start, network)
    result["window-end"] = text(of: plan.window.end, plan.run.start, network)
    result["measures"] = plan.measures.map(\.description).joined(separator: ", ")
    if !plan.matters.isEmpty { result["matters"] = StoredMatters.text(plan.matters) }
    result["overrides"] =
      JSONValue.list(
        withoutCounts(overrides).map { .list([.text($0.path), .text($0.value)]) }
      ).description
    if plan.kind == .region {
      let targets = RegionReader.targets(plan.points[plan.baseline].document)
      if !targets.isEmpty { result["baseline-targets"] = StoredTargets.text(targets) }
    }
    result["model-digest"] = plan.modelDigest.text
    for (file, text) in plan.modelTexts {
      result[ResultsHeader.modelTextPrefix + file] = text
    }
    if let (file, text) = plan.experimentText {
      result["experiment-digest"] = plan.experimentDigest?.text
      result[ResultsHeader.experimentTextPrefix + file] = text
    }
    result[ResultsHeader.explanationKey] = plan.explanation.map { ResultsHeader.text(of: $0) }
    if let design = plan.pointDesign {
      result["factors"] = StoredFactor.text(design)
      result["design"] = StoredDesign(plan).json.description
      if let (file, text) = design.imported {
        result[ResultsHeader.importedTextPrefix + file] = text
      }
    }
    return result
  }

  /// A day where the run has a calendar, else the span since time 0.
  private static func text(
    of instant: SimulationTime, _ start: CalendarDate?, _ network: NetworkReader.Network?
  ) -> String {
    let span = instant - SimulationTime.zero
    guard let start, span.inDays == span.inDays.rounded() else { return text(of: span, network) }
    return CalendarDate(at: instant, from: start).description
  }

  /// A span in the network's unit of time, or in days.
  private static func text(of span: TimeSpan, _ network: NetworkReader.Network?) -> String {
    let value = span / (network?.model.timeUnit ?? .days(1))
    let digits = value == value.rounded() ? "\(Int64(value))" : "\(value)"
    return "\(digits) \(network?.timeUnit ?? "d")"
  }

  /// The plural by which tables name a unit of time.
  static func timeUnitName(_ unit: String) -> String {
    switch unit {
    case "s": "seconds"
    case "min": "minutes"
    case "h": "hours"
    case "d": "days"
    case "week": "weeks"
    default: unit
    }
  }
}
