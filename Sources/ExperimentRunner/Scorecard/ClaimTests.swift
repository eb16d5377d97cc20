// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// The claims that results are held beside, by the experiment that predicts them.
public struct ClaimTests: Sendable {
  /// The tests of one experiment.
  public struct OfExperiment: Sendable {
    /// The name by which claims call it.
    public var name: String
    public var path: String
    public var plan: ExperimentPlan
    public var tests: [ClaimTest]
  }

  /// By the experiment's first claim.
  public let experiments: [OfExperiment]

  /// Finds the experiment, scenario and measure of each claim, before anything is run.
  ///
  /// - Parameter chosen: Of the table, those that are looked at.
  public init(_ table: ClaimsTable, _ chosen: [Claim], _ faults: FaultCollector) {
    let asked = chosen.filter { $0.use.isPredicted && $0.question != nil }
    var names: [String] = []
    for claim in asked where !names.contains(claim.question!.experiment) {
      names.append(claim.question!.experiment)
    }
    experiments = names.compactMap { name in
      let own = asked.filter { $0.question!.experiment == name }
      let path = table.experiment(name)
      guard FileManager.default.fileExists(atPath: path) else {
        let known = table.experimentNames
        for claim in own {
          faults.record(
            claim.written.appending("experiment"), "there is no \(path)",
            ModelFiles.remedy(for: name, among: known, kind: "experiment"))
        }
        return nil
      }
      let plan = FaultCollector()
      guard let read = ExperimentPlan(path: path, plan), plan.isEmpty else {
        for fault in plan.sorted { faults.record(fault) }
        return nil
      }
      return OfExperiment(
        name: name, path: path, plan: read, tests: own.compactMap { ClaimTest($0, read, faults) })
    }
  }
}

extension ClaimsTable {
  /// The folder of experiments, beside that of the models.
  public var experiments: String { beside("Experiments") }

  /// The file of an experiment.
  public func experiment(_ name: String) -> String { "\(experiments)/\(name).yaml" }

  var experimentNames: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: experiments)) ?? [])
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }
}
