// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Names every fault of a model or an experiment at once.")

  @Argument(help: "A folder with a model.yaml, or an experiment file.")
  var path: String

  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let overrides = settings.all
    let check = ModelCheck(path: path, overrides: overrides)
    let signals = StopSignals()
    let others = FaultCollector()
    let plan = ExperimentPlan(
      path: path, overrides: overrides, requiresRun: false, FaultCollector())
    if let plan { MeasureCatalogue.check(plan, path: path, others) }
    var faults = ((check.faults?.list ?? []) + others.sorted).map { Found(fault: $0) }
    var points: PointCheck?
    if let plan, plan.pointDesign != nil, faults.isEmpty {
      points = try compilePoints(plan, signals)
      faults = points?.findings.map { Found(fault: $0.fault, points: $0.points) } ?? []
    }
    let loads = check.loads.map(LoadTable.init)

    let warnings =
      check.warnings.map { Found(fault: $0) }
      + (points?.warnings ?? []).map { Found(fault: $0.fault, points: $0.points) }
    if common.json {
      try Console.print(
        Self.json(faults: faults, warnings: warnings, loads: loads, points).indented)
    } else if !common.quiet {
      let lines = check.warnings.map(\.description) + (points?.warnings ?? []).map(\.line)
      Console.complain(lines.map { "warning: \($0)" })
    }
    guard faults.isEmpty else {
      Console.complain(points?.lines ?? faults.map(\.fault.description))
      throw check.faults?.isMachineFailure == true
        ? ExitStatus.machineFailed : ExitStatus.invalidInput
    }
    if !common.json, !common.quiet { try report(plan, points, loads) }
    withExtendedLifetime(signals) {}
  }

  /// A fault, and the points of a design over factors at which alone it is met.
  private struct Found {
    var fault: ModelFault
    var points: [Int] = []
  }

  /// Each value by itself is right: whether they are together is seen at each point.
  private func compilePoints(_ plan: ExperimentPlan, _ signals: StopSignals) throws -> PointCheck {
    var progress = PointProgress(total: plan.points.count, isQuiet: common.quiet)
    defer { progress.end() }
    let check = PointCheck(plan, stop: signals.flag) { progress.show($0) }
    if check.wasStopped { throw ExitStatus.stopped }
    return check
  }

  private func report(_ plan: ExperimentPlan?, _ points: PointCheck?, _ loads: [LoadTable]) throws {
    let count = plan?.points.count ?? 1
    var line = "\(path): no fault"
    if let points {
      line += ", all \(count) points compiled in \(String(format: "%.1f", points.seconds)) s"
    } else if count > 1 {
      line += ", \(count) scenarios"
    }
    try Console.print(line)
    guard let plan, loads.indices.contains(plan.baseline) else { return }
    try Console.print("\n" + loads[plan.baseline].text(language.resolved, width: Console.width))
  }

  private static func json(
    faults: [Found], warnings: [Found], loads: [LoadTable], _ points: PointCheck?
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("faults", .list(faults.map(json))), ("warnings", .list(warnings.map(json))),
      ("loads", .list(loads.map(\.json))),
    ]
    if let points {
      members.append(("points_compiled", .integer(points.compiled)))
      members.append(("seconds", .number(points.seconds)))
    }
    return .object(members)
  }

  private static func json(_ found: Found) -> JSONValue {
    let fault = found.fault
    let points = ("points", JSONValue.list(found.points.map { .integer($0) }))
    return .object(
      [
        ("file", .text(fault.place.file)), ("line", .integer(fault.place.line)),
        ("path", .text(fault.place.path)), ("problem", .text(fault.problem)),
        ("remedy", .text(fault.remedy)),
      ] + (found.points.isEmpty ? [] : [points]))
  }
}
