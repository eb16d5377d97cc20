// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import PatientFlow
import SimulationKernel

/// One resident under two policies, day by day.
public struct TwinStory {
  /// What happened on one day, in order; the same under both up to where they part.
  public struct Day: Sendable {
    /// From 0.
    public var number: Int64
    public var baseline: [ResidentEvent]
    public var scenario: [ResidentEvent]

    public var isSame: Bool { baseline == scenario }
  }

  public let settings: TwinSettings
  /// What people call the scenarios.
  public let titles: ExperimentTitles?
  public let replication: Int
  public let resident: String
  public let baseline: ResidentTrace
  public let scenario: ResidentTrace
  /// The first day of the window of measures.
  public let windowDay: Int64
  public private(set) var days: [Day] = []
  /// What the resident had of the window of measures: outcome, under the baseline and under the scenario.
  public private(set) var totals: [(outcome: TwinOutcome, baseline: Double, scenario: Double)] = []

  /// - Parameter resident: a town and a number there, such as `riverside-17`.
  /// - Throws: ``RunnerFault`` when there is no such resident.
  public init(
    _ loaded: LoadedExperiment, _ settings: TwinSettings, replication: Int, resident: String
  ) throws(RunnerFault) {
    self.settings = settings
    titles = loaded.plan.titles
    self.replication = replication
    self.resident = resident
    let window = loaded.plan.window
    windowDay =
      ((window.policyStart ?? window.warmUpEnd) - SimulationTime.zero).microseconds / 86_400_000_000
    baseline = try ResidentTrace(
      loaded, scenario: settings.baseline, replication: replication, resident: resident)
    scenario = try ResidentTrace(
      loaded, scenario: settings.scenario, replication: replication, resident: resident)
  }

  /// Runs both.
  ///
  /// - Returns: Whether it was run to the end, not stopped.
  public mutating func run(stop: StopFlag = StopFlag()) throws -> Bool {
    guard let (before, had) = try Self.events(of: baseline, stop),
      let (after, has) = try Self.events(of: scenario, stop)
    else { return false }
    days = Set(before.keys).union(after.keys).sorted().map {
      Day(number: $0, baseline: before[$0] ?? [], scenario: after[$0] ?? [])
    }
    totals = TwinOutcome.allCases.map {
      ($0, $0.scale * Double($0.amount(had)), $0.scale * Double($0.amount(has)))
    }
    return true
  }

  /// The first day on which they differ; `nil` if they never do.
  public var parting: Int64? { days.first { !$0.isSame }?.number }

  private static func events(
    of trace: ResidentTrace, _ stop: StopFlag
  ) throws -> ([Int64: [ResidentEvent]], ResidentRecord)? {
    var days: [Int64: [ResidentEvent]] = [:]
    var record: ResidentRecord?
    let checksum = try trace.run(
      stop: stop, { days[$0.microseconds / 86_400_000_000, default: []].append($0) },
      atEnd: { record = $0 })
    guard checksum != nil, let record else { return nil }
    return (days, record)
  }
}
