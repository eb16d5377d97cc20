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

  @OptionGroup var settings: SettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let overrides = settings.set
    let check = ModelCheck(path: path, overrides: overrides)
    let others = FaultCollector()
    let plan = ExperimentPlan(
      path: path, overrides: overrides, requiresRun: false, FaultCollector())
    if let plan { MeasureCatalogue.check(plan, path: path, others) }
    let faults = (check.faults?.list ?? []) + others.sorted
    let loads = check.loads.map(LoadTable.init)

    if common.json {
      try Console.print(
        Self.json(faults: faults, warnings: check.warnings, loads: loads).indented)
    } else if !common.quiet {
      Console.complain(check.warnings.map { "warning: \($0)" })
    }
    guard faults.isEmpty else {
      Console.complain(faults.map(\.description))
      throw check.faults?.isMachineFailure == true
        ? ExitStatus.machineFailed : ExitStatus.invalidInput
    }
    if !common.json, !common.quiet { try report(plan, loads) }
  }

  private func report(_ plan: ExperimentPlan?, _ loads: [LoadTable]) throws {
    let count = plan?.points.count ?? 1
    let what = plan?.pointDesign == nil ? "scenarios" : "points"
    try Console.print("\(path): no fault\(count > 1 ? ", \(count) \(what)" : "")")
    guard let plan, loads.indices.contains(plan.baseline) else { return }
    try Console.print("\n" + loads[plan.baseline].text(language.resolved, width: Console.width))
  }

  private static func json(faults: [ModelFault], warnings: [ModelFault], loads: [LoadTable])
    -> JSONValue
  {
    .object([
      ("faults", .list(faults.map(json))), ("warnings", .list(warnings.map(json))),
      ("loads", .list(loads.map(\.json))),
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
