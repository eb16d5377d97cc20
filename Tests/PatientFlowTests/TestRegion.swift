// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// A region compiled from files, with what a run of it needs.
struct TestRegion {
  var model: RegionModel
  var window: RunWindow

  /// Names of the five policies of the hamlet.
  static let policies = ["experts", "referral", "rates", "deductible", "step-down"]
  /// The day on which they begin.
  static let policyDay = 90

  /// The folder in which a region stands: of the tests, or of the project.
  static func folder(_ name: String) -> String {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let own = tests.appendingPathComponent("Regions/\(name)").path
    if FileManager.default.fileExists(atPath: own) { return own }
    return tests.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Models/\(name)").path
  }

  /// Reads and compiles a region.
  ///
  /// - Parameters:
  ///   - settings: `path=value`, applied in order; a warm-up of the hamlet is of 60 days unless they
  ///     say otherwise, which an author could not write.
  ///   - folder: where the files are; the hamlet's unless given.
  static func read(_ settings: [String] = [], folder: String = folder("hamlet")) throws
    -> TestRegion
  {
    let faults = FaultCollector()
    let document = ModelDocument(folder: folder, faults)
    try faults.throwIfAny()
    var changed = try #require(document)
    let isHamlet = changed.root["name"]?.text == "hamlet"
    for setting in (isHamlet ? ["run.warm-up=60 d"] : []) + settings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      _ = changed.set(parts[0], to: parts[1], at: SourcePlace(file: "test"), faults)
    }
    let model = RegionReader.region(changed, faults)
    try faults.throwIfAny()
    let run = changed.section(faults).section("run")
    let warmUpEnd = SimulationTime.zero + .days(run.number("warm-up", .days))
    let end = warmUpEnd + .days(run.number("length", .days))
    let policyStart = midnight(policyDay)
    return TestRegion(
      model: try #require(model),
      window: RunWindow(
        warmUpEnd: warmUpEnd,
        policyStart: policyStart > warmUpEnd && policyStart < end ? policyStart : nil, end: end))
  }

  /// Settings that bring policies of the hamlet into force.
  static func inForce(_ names: [String]) -> [String] {
    names.map { "policies.\($0).in-force=yes" }
  }

  func begin(seed: UInt64 = 20_190_304, replication: UInt32 = 1) -> RegionRun {
    RegionRun(
      model: model, window: window, root: RandomRoot(seed: seed, replication: replication))
  }

  /// A run at its end; what must be conserved has been checked.
  func runWhole(seed: UInt64 = 20_190_304, replication: UInt32 = 1) -> RegionRun {
    let run = begin(seed: seed, replication: replication)
    run.advance(until: window.end)
    run.checkConservation()
    return run
  }
}

/// The start of a day of the run.
func midnight(_ day: Int) -> SimulationTime { .zero + .days(Double(day)) }

extension RegionRun {
  /// Everything the run has to say.
  var allObservations: [Observation] {
    var requests: [MeasureRequest] = []
    for measure in RegionMeasures.catalogue {
      for dimension in measure.dimensions {
        requests.append(MeasureRequest(measure: measure.name, dimension: dimension))
      }
    }
    return observations(requested: requests)
  }

  /// One value; an issue is recorded if there is no such row.
  func value(
    _ measure: String, _ dimension: String = "", _ member: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Double {
    let rows = allObservations.filter {
      $0.measure == measure && $0.dimension == dimension && $0.member == member
    }
    let row = try #require(rows.first, sourceLocation: sourceLocation)
    #expect(rows.count == 1, "\(measure) by \(dimension)", sourceLocation: sourceLocation)
    return try #require(row.value, "\(measure) has no value", sourceLocation: sourceLocation)
  }

  /// Row of an institution by name.
  func site(_ name: String) -> Int { model.institutions.firstIndex { $0.name == name }! }

  var policyPeriod: NeedCell { simulation.model.domain.tally.needs[Period.after.rawValue] }

  /// What became of needs over the whole run.
  func needs(_ field: KeyPath<NeedCell, Int64>) -> Int64 {
    simulation.model.domain.tally.needs.reduce(0) { $0 + $1[keyPath: field] }
  }

  /// What was counted over the whole run, at all places.
  func counted(_ field: KeyPath<FlowCell, Int64>) -> Int64 {
    simulation.model.domain.tally.sites.reduce(0) { $0 + $1[keyPath: field] }
  }
}
