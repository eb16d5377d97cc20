// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis

/// Runs an experiment's scenarios under settings that are found on the way, and never the same twice.
///
/// What a search asks for next hangs on what it was told, so there is no design to store. Each
/// replication is kept as soon as it ends, in a file under its model, run settings, settings, seed and
/// number. A search that is stopped, or killed, begins anew: it asks the same questions, and the answers
/// it had are read.
///
/// Replications of one number share their random numbers in all configurations.
public final class PointEvaluator {
  public typealias Configuration = ExperimentPlan.Configuration

  /// Thrown when a stop was asked for; what had finished is kept.
  public struct Stopped: Error {}

  /// The replications simulated by this evaluator; those read are not among them.
  public private(set) var simulated = 0
  /// Configurations asked for, each once.
  public var configurations: Int { asked.count }

  private let loaded: LoadedExperiment
  private let store: EvaluationStore
  private let threads: Int
  private let stop: StopFlag
  private let context: Int64
  private var asked: Set<Configuration> = []

  /// - Parameter store: May be shared by evaluators of other models, too.
  /// - Throws: ``RunnerFault``; see ``check(_:)``.
  public init(
    _ loaded: LoadedExperiment, keeping store: EvaluationStore, threads: Int, stop: StopFlag
  ) throws {
    try Self.check(loaded)
    self.loaded = loaded
    self.store = store
    self.threads = threads
    self.stop = stop
    context = try store.context(Self.context(of: loaded))
  }

  /// Refuses an experiment with batches, a precision, independent random numbers, factors, or two forms of money.
  public static func check(_ loaded: LoadedExperiment) throws(RunnerFault) {
    var lines: [String] = []
    if loaded.design.isBatched {
      lines.append("batches of one run are not run one by one; write replications in their place")
    }
    if loaded.design.stopping != nil {
      lines.append(
        "every point has the same replications here: leave precision out, and write replications")
    }
    if loaded.design.randomNumbers == .independent {
      lines.append(
        "a search compares what has common random numbers, and the experiment has independent ones; "
          + "add --set experiment.random-numbers=common")
    }
    if loaded.plan.pointDesign != nil {
      lines.append("a search sets what factors vary; leave factors and design out")
    }
    if Set(loaded.plan.scenarioNames).count < loaded.plan.scenarioNames.count {
      lines.append("a search is made under one form of money: write money-forms: cost, or share")
    }
    if !lines.isEmpty { throw RunnerFault(.invalidInput, lines) }
  }

  /// What each configuration shows, replications 1 to the given number, in the order asked for.
  ///
  /// Simulates what is not kept yet, on all threads.
  ///
  /// - Returns: For each configuration, for each series, a value a replication.
  /// - Throws: ``Stopped``; ``RunnerFault`` for settings that lead nowhere, or make no model.
  public func evaluate(
    _ wanted: [Configuration], replications: Int, series: [MeasureSeries],
    progress: (RunProgress) -> Void = { _ in }
  ) throws -> [[[Double?]]] {
    precondition(replications >= 1, "an evaluation has a replication")
    var order: [Configuration: Int] = [:]
    for configuration in wanted where order[configuration] == nil {
      order[configuration] = order.count
    }
    let distinct = order.sorted { $0.value < $1.value }.map(\.key)
    asked.formUnion(distinct)
    let plan = try plan(distinct)
    let keys = plan.points.dropFirst().map {
      EvaluationStore.Key(
        context: context, settings: JSONValue.texts(Self.settings($0)).description,
        seed: loaded.design.seed)
    }
    // Scenarios that set the same are one simulation, read for both.
    var seen: Set<EvaluationStore.Key> = []
    var pairs: [ReplicationKey] = []
    for (place, key) in keys.enumerated() where seen.insert(key).inserted {
      let kept = try store.replications(of: key)
      pairs += (1...replications).filter { !kept.contains($0) }.map {
        ReplicationKey(point: place + 2, replication: $0)
      }
    }
    if !pairs.isEmpty {
      try simulate(
        pairs, of: plan, keys, replications, outOf: seen.count * replications, progress)
    }
    let found = try keys.map { try store.values(of: $0, replications: replications, series) }
    return wanted.map { found[order[$0]!] }
  }

  private func plan(_ configurations: [Configuration]) throws -> ExperimentPlan {
    do { return try loaded.plan.evaluating(configurations) } catch {
      throw RunnerFault(.invalidInput, error.list.map(\.description))
    }
  }

  private func simulate(
    _ pairs: [ReplicationKey], of plan: ExperimentPlan, _ keys: [EvaluationStore.Key],
    _ replications: Int, outOf total: Int, _ progress: (RunProgress) -> Void
  ) throws {
    let shelf = ModelShelf(plan)
    let design = ExperimentDesign(
      name: plan.name,
      points: plan.points.indices.map { index in
        DesignPoint(
          scenario: plan.points[index].scenario, settings: Self.settings(plan.points[index]),
          model: ShelvedModel(shelf: shelf, index: index), end: plan.window.end,
          sharesBaselineUntil: plan.points[index].sharesUntil ?? .zero, baseline: 0,
          place: Self.settings(plan.points[index]).sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }.joined(separator: " "))
      },
      baseline: 0, replications: replications, seed: loaded.design.seed, isPointMajor: true)
    let outcome: ExperimentRun.Outcome
    do {
      // A fault stops this run, not the search.
      outcome = try ExperimentRun(design, threads: threads).run(
        pairs, alreadyDone: total - pairs.count, stop: StopFlag(following: stop),
        progress: progress,
        store: { finished in
          try store.write(finished.map { (keys[$0.key.point - 2], $0.key.replication, $0.result) })
          simulated += finished.count
        })
    } catch let fault as RunnerFault where fault.cause == .invalidInput {
      throw RunnerFault(.invalidInput, fault.lines.map { Self.named($0, plan) })
    }
    if case .stopped = outcome { throw Stopped() }
  }

  private static func settings(_ point: ExperimentPlan.Point) -> [String: String] {
    Dictionary(
      LoadedExperiment.withoutCounts(point.settings).map { ($0.path, $0.value) },
      uniquingKeysWith: { _, last in last })
  }

  /// A fault's line with what was set, in the place of the number of a point that nobody knows.
  private static func named(_ line: String, _ plan: ExperimentPlan) -> String {
    for point in plan.points.reversed() where line.hasPrefix("point \(point.id): ") {
      let settings = settings(point).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return ([point.scenario] + settings).joined(separator: " ")
        + line.dropFirst("point \(point.id)".count)
    }
    return line
  }

  /// All on which a replication hangs besides its settings, seed and number.
  private static func context(of loaded: LoadedExperiment) -> String {
    let keys = [
      "kind", "model-digest", "time-unit", "start", "warm-up", "length", "until-completed",
      "policy-start", ResultsHeader.sampleKey, "window-start", "window-end", "measures",
    ]
    var texts = loaded.design.provenance.filter { keys.contains($0.key) }
    texts["version"] = YilianVersion.current
    texts["probe-digest"] = ResultsHeader.probeDigest
    return JSONValue.texts(texts).description
  }
}
