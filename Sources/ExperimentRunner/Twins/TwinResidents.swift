// SPDX-License-Identifier: GPL-3.0-or-later

import PatientFlow
import SimulationKernel

/// Every resident of one replication with what both policies brought, as CSV.
public struct TwinResidents {
  private let pair: RunnableTwins
  private let design: ExperimentDesign
  private let replication: Int

  /// - Throws: ``RunnerFault`` when the experiment cannot be asked for twins.
  public init(
    _ loaded: LoadedExperiment, _ settings: TwinSettings, replication: Int
  ) throws(RunnerFault) {
    pair = try loaded.twins(settings)
    design = try loaded.twinDesign(settings)
    self.replication = replication
  }

  /// Runs the replication, and hands over the lines of the table, its head first.
  ///
  /// - Returns: Whether it was run to the end, not stopped.
  public func run(stop: StopFlag = StopFlag(), _ write: (String) throws -> Void) throws -> Bool {
    let run = TwinRun(
      pair, design.root(of: ReplicationKey(point: 1, replication: replication)))
    let end = design.points[0].end
    for instant in stride(from: 0, to: end.microseconds, by: Int(TimeSpan.days(7).microseconds)) {
      if stop.isRaised { return false }
      run.advance(until: SimulationTime(microseconds: instant))
      if let fault = run.fault(at: "replication \(replication)") { throw fault }
    }
    run.advance(until: end)
    let comparison = run.comparison()
    let outcomes = TwinOutcome.allCases
    let head =
      ["resident"] + comparison.groups.all.map(\.dimension) + ["county_minutes"]
      + outcomes.flatMap { outcome in
        let name = outcome.rawValue.replacing("-", with: "_")
        return ["baseline_\(name)", "scenario_\(name)"]
      }
    try write(head.joined(separator: ",") + "\n")
    let residents = comparison.population.residents
    for row in residents.indices {
      if row & 0xFFF == 0, stop.isRaised { return false }
      let resident = residents[row]
      var cells = ["\(comparison.model.towns[Int(resident.town)].name)-\(resident.member + 1)"]
      for grouping in comparison.groups.all {
        cells.append(grouping.members[Int(grouping.places[row])])
      }
      cells.append("\(comparison.groups.minutes[row])")
      for outcome in outcomes {
        for record in [comparison.records.baseline[row], comparison.records.scenario[row]] {
          cells.append("\(outcome.scale * Double(outcome.amount(record)))")
        }
      }
      try write(cells.map(CSVFile.quoted).joined(separator: ",") + "\n")
    }
    return true
  }
}
