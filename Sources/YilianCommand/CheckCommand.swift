// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Names every fault of a model or an experiment at once.")

  @Argument(help: "A folder with a model.yaml, or an experiment file.")
  var path: String

  @Option(help: ArgumentHelp("Set a value of the model.", valueName: "path=value"))
  var set: [SettingArgument] = []

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    do {
      try report(LoadedExperiment(path: path, overrides: set.map(\.setting)))
    } catch let faults as ModelFaults {
      if common.json {
        try Console.print(Self.json(faults: faults.list, warnings: [], loads: .null).indented)
      }
      throw faults
    }
  }

  private func report(_ loaded: LoadedExperiment) throws {
    let loads = loaded.networks.isEmpty ? nil : LoadTable(loaded.networks[loaded.plan.baseline])
    let warnings = loaded.warnings + overloads(loaded)
    if common.json {
      try Console.print(
        Self.json(faults: [], warnings: warnings, loads: loads?.json ?? .null).indented)
      return
    }
    guard !common.quiet else { return }
    Console.complain(warnings.map { "warning: \($0)" })
    let scenarios = loaded.design.points.count
    try Console.print(
      "\(path): no fault; \(scenarios) scenario\(scenarios == 1 ? "" : "s"), "
        + "\(loaded.design.replications) replications each")
    if let loads {
      try Console.print("\n" + loads.text(language.resolved, width: Console.width))
    }
  }

  /// Resources without a steady state, in any scenario.
  private func overloads(_ loaded: LoadedExperiment) -> [ModelFault] {
    zip(loaded.plan.points, loaded.networks).flatMap { point, network in
      (LoadTable(network)?.overloaded ?? []).map { load in
        let scenario = loaded.plan.points.count > 1 ? "in scenario \(point.scenario): " : ""
        return ModelFault(
          SourcePlace(file: path, path: "resources.\(load.resource)"),
          scenario + LoadTable.warning(load))
      }
    }
  }

  private static func json(faults: [ModelFault], warnings: [ModelFault], loads: JSONValue)
    -> JSONValue
  {
    .object([
      ("faults", .list(faults.map(json))), ("warnings", .list(warnings.map(json))),
      ("loads", loads),
    ])
  }

  private static func json(_ fault: ModelFault) -> JSONValue {
    .object([
      ("file", .text(fault.place.file)), ("line", .integer(fault.place.line)),
      ("path", .text(fault.place.path)), ("problem", .text(fault.problem)),
      ("remedy", .text(fault.remedy)),
    ])
  }
}
