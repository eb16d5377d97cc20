// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles
import OutputAnalysis

/// Fits a region, as it is without new policies, to what is known of its use of care, and nothing else.
///
/// What is known are the rows of the model's `targets` marked `fitted`: visits a head, admissions per 100,
/// and shares of visits and of discharges by tier. Fitted are as many numbers: the tiers' constants, the
/// rates of the two residual needs, and the reference logsums. Each round simulates a year, in which every
/// month's shock is 1, and then moves each constant by the log of target over result (the contraction of
/// Berry, Levinsohn and Pakes, Econometrica 1995), each rate in proportion, each logsum to the mean seen.
public struct BaselineFit {
  /// The needs that stand for what no named need makes.
  public static let outpatientResidual = "other-outpatient"
  public static let admissionResidual = "other-admission"

  /// A target, and what the last round made of it.
  public struct Reached: Sendable {
    public var target: BaselineTarget
    public var result: Double

    /// Within 1 % of the target, or within a fifth of a percentage point of a share.
    public var isMet: Bool {
      let off = abs(result - target.value)
      return off <= 0.01 * abs(target.value) || !target.dimension.isEmpty && off <= 0.002
    }
  }

  public let targets: [BaselineTarget]
  /// What is fitted, by path, in the order of the model.
  public private(set) var values: [(path: String, value: Double)]
  /// The mean logsums of the last round, by path.
  public private(set) var logsums: [(path: String, value: Double)] = []
  public private(set) var rounds = 0

  private let loaded: LoadedExperiment
  private let series: [MeasureSeries]
  private let replications: Int
  /// The primary tier whose constant stays.
  private let reference: String

  /// The longest steps of a constant in one round.
  private static let longestStep = 2.0
  private static let logsum = MeasureRequest(measure: "logsum", dimension: "care")
  private static let cares = [
    "refill", "outpatient-mild", "outpatient-moderate", "outpatient-severe", "admission-mild",
    "admission-moderate", "admission-severe",
  ]

  /// - Throws: ``RunnerFault``, ``ModelFaults``: no region, nothing that is fitted, or a target that these
  ///   numbers cannot be fitted to.
  public init(
    _ folder: String, overrides: [ExperimentPlan.Setting] = [], replications: Int, seed: UInt64?
  ) throws {
    let first = try LoadedExperiment.read(
      folder, overrides: overrides, replications: replications, seed: seed
    ).experiment
    guard first.plan.kind == .region, first.plan.experimentText == nil else {
      throw RunnerFault.invalid("\(folder): is no region; name the folder of one")
    }
    let document = first.plan.points[first.plan.baseline].document
    targets = RegionReader.targets(document).filter { $0.use == .fitted }
    guard !targets.isEmpty else {
      throw RunnerFault.invalid(
        "\(folder): targets.csv has no row marked fitted, so there is nothing to fit to")
    }
    let leaves = document.leaves()
    func number(_ path: String) -> Double? { leaves.first { $0.path == path }?.number }

    var values: [(path: String, value: Double)] = leaves.compactMap { leaf in
      guard leaf.path.hasPrefix("constants["), let value = leaf.number else { return nil }
      return (leaf.path, value)
    }
    var lines: [String] = []
    for need in [Self.outpatientResidual, Self.admissionResidual] {
      let path = "needs[\(need)].rate_per_year"
      if let rate = number(path) {
        values.append((path, rate))
      } else {
        lines.append(
          "\(folder): has no need \(need), which makes up what no other need does; add it")
      }
    }
    let primary = targets.filter {
      $0.measure == "visit-share" && ["village", "township", "community"].contains($0.member)
    }
    // The fullest primary tier but the village's: it treats and admits.
    let reference =
      primary.filter { $0.member != "village" }.max { $0.value < $1.value }?.member ?? "township"
    for need in ["visits-per-head", "admissions-per-100"]
    where !targets.contains(where: { $0.measure == need && $0.dimension.isEmpty }) {
      lines.append("\(folder): targets.csv has no fitted row of \(need); add it")
    }
    for measure in ["visit-share", "admission-share"] {
      let shares = targets.filter { $0.measure == measure && $0.dimension == "tier" }
      let sum = shares.reduce(0) { $0 + $1.value }
      if abs(sum - 1) > 0.001 {
        lines.append(
          "\(folder): the fitted rows of \(measure) sum to \(Self.digits(sum)); "
            + "let those of all tiers that have any sum to 1")
      } else if !shares.contains(where: { $0.member == reference }) {
        lines.append(
          "\(folder): targets.csv has no fitted row of \(measure) of \(reference); add it")
      }
    }
    let fittable = ["visits-per-head", "admissions-per-100", "visit-share", "admission-share"]
    for target in targets where !fittable.contains(target.measure) {
      lines.append(
        "\(folder): \(target.measure) is marked fitted, and no fitted number moves it; "
          + "mark it checked")
    }
    guard lines.isEmpty else { throw RunnerFault(.invalidInput, lines) }

    let calm = leaves.filter { $0.path.hasPrefix("shocks[") && $0.path.hasSuffix("].factor") }
    series =
      targets.map {
        MeasureSeries(
          measure: MeasureRequest(measure: $0.measure, dimension: $0.dimension), member: $0.member)
      } + Self.cares.map { MeasureSeries(measure: Self.logsum, member: $0) }
    let requests = Set(series.map(\.measure.description)).sorted()
    loaded = try LoadedExperiment.read(
      folder,
      overrides: calm.map { .init($0.path, "1") }
        + [
          .init("run.length", "365 d"),
          .init("run.measures", "[\(requests.joined(separator: ", "))]"),
        ] + overrides,
      replications: replications, seed: seed
    ).experiment
    self.replications = replications
    self.values = values
    self.reference = reference
  }

  /// The store's questions are asked of this.
  public func evaluator(
    keeping store: EvaluationStore, threads: Int, stop: StopFlag
  ) throws -> PointEvaluator {
    try PointEvaluator(loaded, keeping: store, threads: threads, stop: stop)
  }

  /// Simulates the values as they are.
  ///
  /// - Throws: ``PointEvaluator/Stopped``; ``RunnerFault``.
  public mutating func simulate(
    by evaluator: PointEvaluator, progress: (RunProgress) -> Void = { _ in }
  ) throws -> [Reached] {
    let settings = (values + logsums).map { ExperimentPlan.Setting($0.path, Self.digits($0.value)) }
    let scenario = loaded.plan.points[loaded.plan.baseline].scenario
    let found = try evaluator.evaluate(
      [.init(scenario: scenario, settings: settings)], replications: replications, series: series,
      progress: progress)[0]
    let means = found.map { values -> Double in
      let known = values.compactMap(\.self)
      return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    }
    logsums = zip(Self.cares, means.dropFirst(targets.count)).map { care, mean in
      ("seek.reference-logsum." + care.replacing("-", with: ".", maxReplacements: 1), mean)
    }
    return zip(targets, means).map { Reached(target: $0, result: $1) }
  }

  /// Moves what is fitted towards the targets.
  public mutating func move(after reached: [Reached]) {
    rounds += 1
    func ratio(_ measure: String, _ member: String) -> Double {
      let rows = reached.filter { $0.target.measure == measure && $0.target.member == member }
      guard let row = rows.first else { return 1 }
      return max(row.target.value, 1e-4) / max(row.result, 1e-4)
    }
    for index in values.indices {
      let path = values[index].path
      if path.hasPrefix("needs[") {
        let (measure, power) =
          path.contains(Self.outpatientResidual)
          ? ("visits-per-head", 1.3) : ("admissions-per-100", 1.1)
        values[index].value *= pow(ratio(measure, ""), power)
        continue
      }
      let tier = String(path.dropFirst("constants[".count).prefix { $0 != "]" })
      let measure = path.hasSuffix(".admission") ? "admission-share" : "visit-share"
      guard reached.contains(where: { $0.target.measure == measure && $0.target.member == tier })
      else { continue }
      let step = log(ratio(measure, tier)) - log(ratio(measure, reference))
      values[index].value += max(-Self.longestStep, min(Self.longestStep, step))
    }
  }

  /// Six significant digits, as files and settings have them.
  static func digits(_ value: Double) -> String { String(format: "%.6g", value) }
}
