// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis
import SimulationKernel

/// Whether the slow states of a region settle in a warm-up of so many years, which ends on the day on
/// which that of the experiment ends.
public struct RegionWarmUpStudy: Sendable {
  /// Years of warm-up, unless asked otherwise: the first is that of the empty start, and two more
  /// tell whether anything still moves.
  public static let years = 3

  public let scenario: String
  public let replications: Int
  public let seed: UInt64
  /// Whole years of warm-up that the model or experiment itself has.
  public let statedYears: Int
  private let design: ExperimentDesign

  /// Reads an experiment with a longer warm-up.
  ///
  /// - Parameter years: of warm-up, at least 2; each before the day on which that of the experiment
  ///   ends.
  /// - Throws: `ModelFaults`, as reading it does; ``RunnerFault`` when there is no such scenario.
  public init(
    path: String, overrides: [ExperimentPlan.Setting] = [], scenario: String? = nil,
    years: Int = RegionWarmUpStudy.years, replications: Int? = nil, seed: UInt64? = nil
  ) throws {
    precondition(years >= 2, "a change from year to year takes two")
    let plan = try ExperimentPlan(path: path, overrides: overrides)
    let loaded = try LoadedExperiment(
      path: path, overrides: overrides + Self.settings(of: plan.run, years: years),
      replications: replications, seed: seed)
    let place = try loaded.index(ofScenario: scenario)
    var point = loaded.design.points[place]
    // The warm-up ends a moment after the last year, when statistics begin.
    point.end = loaded.plan.window.warmUpEnd + .minutes(1)
    point.baseline = nil
    self.scenario = point.scenario
    self.replications = loaded.design.replications
    self.seed = loaded.design.seed
    statedYears = Int(plan.run.warmUp.inDays / 365)
    design = ExperimentDesign(
      name: loaded.plan.name, points: [point], replications: loaded.design.replications,
      seed: loaded.design.seed)
  }

  /// The start so many years before the end of the warm-up, and a warm-up from there.
  private static func settings(of run: RunSettings, years: Int) -> [ExperimentPlan.Setting] {
    guard let start = run.start else { return [] }
    let end = start.advanced(byDays: Int(run.warmUp.inDays))
    let (year, month, day) = end.parts
    // A 29 February has no like in most years.
    let first =
      CalendarDate(year: year - years, month: month, day: day)
      ?? CalendarDate(year: year - years, month: month, day: 28)
    guard let first else { return [] }
    return [
      ExperimentPlan.Setting("run.start", first.description),
      ExperimentPlan.Setting("run.warm-up", "\(end.dayNumber - first.dayNumber) d"),
    ]
  }

  /// Runs the replications.
  ///
  /// - Returns: `nil` when it was stopped.
  public func run(
    threads: Int, stop: StopFlag = StopFlag(), progress: (RunProgress) -> Void = { _ in }
  ) throws -> WarmUpStates? {
    var collector = WarmUpStates.Collector()
    let outcome = try ExperimentRun(design, threads: threads).run(
      design.pairs, alreadyDone: 0, stop: stop, progress: progress,
      store: { finished in
        for one in finished {
          for row in one.result.observations {
            collector.add(row, point: 1, replication: one.key.replication)
          }
        }
      })
    return outcome == .complete ? collector.states(scenarios: [1: scenario]) : nil
  }
}
