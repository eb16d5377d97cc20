// SPDX-License-Identifier: GPL-3.0-or-later

import Calibration
import ModelFiles
import OutputAnalysis

/// The calibration that an experiment asks for: its fitted paths, its targets, and the runs that tell how
/// the one makes the other.
public struct ExperimentCalibration {
  /// A target, and the series of a scenario that it is told of.
  public struct Target: Sendable {
    public var target: CalibrationTarget
    public var series: MeasureSeries
    public var scenario: String
    /// The scenario from which the difference is taken; `nil`: the target is of the scenario itself.
    public var baseline: String?
    /// Whether a difference is a share of the baseline's value.
    public var isRelative = false
  }

  public let loaded: LoadedExperiment
  public let factors: [Factor]
  public let inputs: [FittedInput]
  public let targets: [Target]
  public let replications: Int

  /// - Throws: ``RunnerFault`` when nothing is fitted, nothing is known to fit it to, or a single
  ///   replication tells nothing of run noise; ``ModelFaults`` for measures that are not written.
  public init(_ loaded: LoadedExperiment, path: String) throws {
    self.loaded = loaded
    replications = loaded.design.replications
    guard let settings = loaded.plan.calibration else {
      throw RunnerFault.invalid(
        "\(path): names nothing to be fitted; add fitted: - {name: …, path: …, range: low .. high}")
    }
    factors = settings.fitted
    inputs = factors.map { factor in
      guard case .range(let low, let high, _, let isLogarithmic) = factor.values else {
        preconditionFailure("what is fitted has a range")
      }
      return FittedInput(name: factor.name, low: low, high: high, isLogarithmic: isLogarithmic)
    }
    let faults = FaultCollector()
    let baseline = loaded.plan.points[loaded.plan.baseline]
    if settings.targets.isEmpty {
      let known =
        loaded.plan.kind == .region ? RegionReader.targets(baseline.document) : []
      targets = known.filter { $0.high > $0.low }.map { target in
        let series = MeasureSeries(
          measure: MeasureRequest(measure: target.measure, dimension: target.dimension),
          member: target.member)
        return Target(
          target: CalibrationTarget(
            name: series.description, value: target.value,
            standardDeviation: CalibrationSettings.deviationOf95(
              low: target.low, high: target.high), isFitted: target.use == .fitted),
          series: series, scenario: baseline.scenario)
      }
    } else {
      targets = settings.targets.map { target in
        let scenario = target.scenario ?? baseline.scenario
        let isLevel = target.comparison == .level
        let other = isLevel ? nil : loaded.plan.baseline(of: scenario)
        if !isLevel, other == nil {
          faults.record(
            target.place, "is a difference, and \(scenario) is the baseline",
            "write scenario: with another, or as: level")
        }
        return Target(
          target: CalibrationTarget(
            name: target.name, value: target.value, standardDeviation: target.standardDeviation,
            weight: target.weight, isFitted: target.isFitted),
          series: target.series, scenario: scenario, baseline: other,
          isRelative: target.comparison == .relativeChange)
      }
      for target in settings.targets {
        MeasureCatalogue.check(target, loaded.plan, faults)
      }
    }
    try faults.throwIfAny()
    var lines: [String] = []
    if !targets.contains(where: \.target.isFitted) {
      lines.append(
        "\(path): there is nothing to fit to; add targets: - {measure: …, value: …, deviation: …}")
    }
    if replications < 2 {
      lines.append(
        "one replication does not tell run noise; write --replications 2, or more")
    }
    if !lines.isEmpty { throw RunnerFault(.invalidInput, lines) }
  }

  /// So many points as a method usually needs.
  public func usualPoints(_ method: CalibrationMethod) -> Int {
    switch method {
    case .nelderMead: 50 * inputs.count + 50
    case .rejection, .sequential: 600
    case .historyMatching: min(30 * inputs.count + 20, problem { _, _ in [] }.mostPoints(method))
    }
  }

  /// - Throws: ``RunnerFault`` when a method cannot do with so few points, or makes no use of so many.
  public func check(_ method: CalibrationMethod, points: Int) throws(RunnerFault) {
    let problem = problem { _, _ in [] }
    let (least, most) = (problem.leastPoints(method), problem.mostPoints(method))
    if points < least {
      throw .invalid(
        "--runs is \(points); \(method.rawValue) needs \(least) for \(inputs.count) fitted values")
    }
    if points > most {
      throw .invalid(
        "--runs is \(points); \(method.rawValue) makes use of \(most) at most, write --runs \(most)"
          + (method == .historyMatching ? ", or --method smc" : ""))
    }
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - points: How many are simulated at most.
  ///   - progress: Told of replications of the whole calibration, as far as can be told beforehand.
  public func fit(
    _ method: CalibrationMethod, points: Int, by evaluator: PointEvaluator,
    progress: @escaping (RunProgress) -> Void
  ) throws -> CalibrationResult {
    let started = ContinuousClock.now
    let total = points * replications
    var done = 0
    var events: UInt64 = 0
    let problem = problem { coordinates, replications in
      let before = evaluator.simulated
      var last: UInt64 = 0
      let found = try self.simulate(coordinates, replications, evaluator) { part in
        let elapsed = started.duration(to: .now).components
        let now = done + part.done
        last = part.events
        progress(
          RunProgress(
            done: now, total: max(total, now), finishedNow: before + part.finishedNow,
            share: min(1, Double(now) / Double(total)),
            elapsedSeconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18,
            events: events + part.events))
      }
      done += coordinates.count * replications
      events += last
      return found
    }
    return try problem.fitted(by: method, points: points)
  }

  private func problem(
    _ run: @escaping ([[Double]], Int) throws -> [[[Double]]]
  ) -> CalibrationProblem {
    CalibrationProblem(
      inputs: inputs, targets: targets.map(\.target), replications: max(2, replications),
      seed: loaded.design.seed, run: run)
  }

  /// The settings at a point of the ranges.
  public func settings(at coordinates: [Double]) -> [ExperimentPlan.Setting] {
    zip(factors, coordinates).flatMap { $0.settings(at: $1) }
  }

  private func simulate(
    _ points: [[Double]], _ replications: Int, _ evaluator: PointEvaluator,
    progress: (RunProgress) -> Void
  ) throws -> [[[Double]]] {
    var scenarios: [String] = []
    for name in targets.flatMap({ [$0.scenario, $0.baseline].compactMap(\.self) })
    where !scenarios.contains(name) {
      scenarios.append(name)
    }
    var found = points.map { _ in targets.map { _ in [Double]() } }
    let configurations = scenarios.flatMap { scenario in
      points.map { PointEvaluator.Configuration(scenario: scenario, settings: settings(at: $0)) }
    }
    let series = targets.map(\.series)
    let distinct = series.indices.filter { !series[..<$0].contains(series[$0]) }.map { series[$0] }
    let values = try evaluator.evaluate(
      configurations, replications: replications, series: distinct, progress: progress)
    for (k, target) in targets.enumerated() {
      let scenario = scenarios.firstIndex(of: target.scenario)!
      let baseline = target.baseline.flatMap { scenarios.firstIndex(of: $0) }
      let column = distinct.firstIndex(of: target.series)!
      for point in points.indices {
        func row(_ scenario: Int) -> [Double] {
          values[scenario * points.count + point][column].map { $0 ?? .nan }
        }
        let own = row(scenario)
        found[point][k] =
          baseline.map {
            target.isRelative ? relativeChanges(own, row($0)) : zip(own, row($0)).map(-)
          }
          ?? own
      }
    }
    return found
  }
}
