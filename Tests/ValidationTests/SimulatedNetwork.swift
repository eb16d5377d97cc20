// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

/// A network read from files and run, of which replication means are compared with theory.
struct SimulatedNetwork {
  /// Whether the costly tests are wanted (`./Tests/run --long`).
  static let isLong = ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"
  static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models").path

  let name: String
  /// Entities that entered within the windows of all replications.
  private(set) var customers = 0.0
  private var values: [Key: [Double]] = [:]

  private struct Key: Hashable {
    var measure: String
    var dimension: String
    var member: String
  }

  /// Runs a worked example under other values.
  ///
  /// - Parameters:
  ///   - model: a folder in Models/.
  ///   - settings: `path=value`, as for `--set`.
  init(model: String, _ settings: [String], replications: Int, seed: UInt64) throws {
    try self.init(
      path: Self.models + "/" + model, name: model, settings, replications: replications,
      seed: seed)
  }

  /// Runs a network given as the text of its model.yaml, without evidence: theory needs none.
  ///
  /// - Parameters:
  ///   - length: simulated time after a warm-up of a twentieth of it.
  ///   - measures: those on request, as a YAML list.
  init(
    _ name: String, _ text: String, length: String, warmUp: String, replications: Int, seed: UInt64,
    measures: String = "[]"
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("yilian-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let preamble = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      run: {warm-up: \(warmUp), length: \(length), measures: \(measures)}

      """
    try (preamble + text).write(
      toFile: folder + "/model.yaml", atomically: false, encoding: .utf8)
    try self.init(path: folder, name: name, [], replications: replications, seed: seed)
  }

  private init(
    path: String, name: String, _ settings: [String], replications: Int, seed: UInt64
  ) throws {
    self.name = name
    let plan = try ExperimentPlan(
      path: path, overrides: settings.compactMap { ExperimentPlan.Setting($0) })
    let faults = FaultCollector()
    let network = NetworkReader.network(plan.points[0].document, faults)
    try faults.throwIfAny()
    let model = try #require(network).model
    for replication in 1...replications {
      let run = NetworkRun(
        model: model, window: plan.window,
        root: RandomRoot(seed: seed, replication: UInt32(replication)),
        requested: plan.measures)
      run.advance(until: plan.window.end)
      for row in run.observations() {
        let key = Key(measure: row.measure, dimension: row.dimension, member: row.member)
        if let value = row.value { values[key, default: []].append(value) }
      }
    }
    customers = means("arrivals").reduce(0, +)
  }

  /// One value a replication.
  func means(_ measure: String, _ dimension: String = "", _ member: String = "") -> [Double] {
    values[Key(measure: measure, dimension: dimension, member: member)] ?? []
  }

  /// The share of arrivals that a count makes up, one value a replication.
  func share(_ measure: String, _ dimension: String = "", _ member: String = "") -> [Double] {
    zip(means(measure, dimension, member), means("arrivals")).map(/)
  }

  /// The chance that one check of a simulator without bias fails.
  static let falsePositiveRate = 1e-6

  /// Expects the mean that theory gives.
  ///
  /// A two-sided Student test over replications, which an unbiased simulator fails with a chance of
  /// 1e-6. The smallest bias that it finds with a chance of 0.9, at the standard error seen, must not
  /// be above `tolerance`: it says how much the run is worth, and fails only where that is too short.
  /// Both together rule out a bias of the tolerance.
  ///
  /// - Parameter tolerance: as a share of `theory`.
  func expect(
    _ what: String, _ means: [Double], equals theory: Double, tolerance: Double = 0.02,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let moments = SampleMoments(means), moments.count >= 2, theory != 0 else {
      Issue.record("\(name): \(what) has no values", sourceLocation: sourceLocation)
      return
    }
    func quantile(_ level: Double) -> Double {
      studentQuantile(degreesOfFreedom: moments.count - 1, level: level)
    }
    let critical = quantile(1 - Self.falsePositiveRate)
    // Where every replication gives the same, only rounding is left.
    let error = max(moments.standardError, 1e-9 * abs(theory) / critical)
    let bias = moments.mean - theory
    let smallest = (critical + quantile(0.8)) * error / abs(theory)
    let design =
      "\(name), \(what): \(Int(customers)) customers, \(moments.count) replications; mean "
      + "\(moments.mean) against \(theory), bias \(bias), standard error \(error), smallest bias "
      + "found \(100 * smallest) %"
    #expect(abs(bias) <= critical * error, "\(design)", sourceLocation: sourceLocation)
    #expect(smallest <= tolerance, "\(design)", sourceLocation: sourceLocation)
    if ProcessInfo.processInfo.environment["YILIAN_SHOW"] == "1" { print(design) }
  }
}
