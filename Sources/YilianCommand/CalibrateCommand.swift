// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Calibration
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fits values that an experiment names to what is known of its outputs.",
    discussion: """
      fitted: in the experiment names paths with the ranges thought possible; targets: there, or the \
      model's own, say what is known. nelder-mead finds the best point, abc and smc all that the targets \
      allow, history-matching the same by emulators, with fewer runs. Targets held out are compared with \
      in the end and never fitted to. What the targets cannot tell apart is named.
      """)

  @Argument(help: "An experiment file with fitted:.")
  var path: String

  @Option(help: "nelder-mead, abc, smc or history-matching.")
  var method = CalibrationMethod.historyMatching

  @Option(help: ArgumentHelp("Points simulated at most (default: by method).", valueName: "N"))
  var runs: Int?

  @Option(help: "Replications of each point, two at least.")
  var replications: Int?

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64?

  @OptionGroup var threads: ThreadsOption

  @Option(
    help: ArgumentHelp(
      "The file of evaluations, beside which values and draws are written (default: under Results/).",
      valueName: "file.sqlite"))
  var out: String?

  @Flag(help: "Go on with an existing file of evaluations, or start it.")
  var resume = false

  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let replications, replications < 2 {
      throw ValidationError(
        "--replications is \(replications); write 2 or more, for one does not tell run noise")
    }
  }

  func run() throws {
    let signals = StopSignals()
    try checkIsExperiment()
    let (loaded, warnings) = try LoadedExperiment.read(
      path, overrides: settings.all, replications: replications, seed: seed)
    let calibration = try ExperimentCalibration(loaded, path: path)
    let points = runs ?? calibration.usualPoints(method)
    try calibration.check(method, points: points)
    try PointEvaluator.check(loaded)
    var named = loaded.design
    named.name += "-calibration"
    let file = try out ?? ResultsFolder.path(of: named)
    let evaluator = try PointEvaluator(
      loaded, keeping: EvaluationStore(file, resume: resume), threads: threads.count,
      stop: signals.flag)
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }

    let printer = ProgressBox(isQuiet: common.quiet)
    let result: CalibrationResult
    do {
      result = try calibration.fit(
        method, points: points, by: evaluator, progress: { printer.show($0) })
    } catch is PointEvaluator.Stopped {
      printer.end()
      Console.complain(["stopped: what was simulated is in \(file); --resume goes on"])
      throw ExitStatus.stopped
    }
    printer.end()

    let stem = (file as NSString).deletingPathExtension
    let report = CalibrationReport(
      calibration, result, evaluations: file, draws: stem + "-draws.csv",
      values: stem + "-values.yaml")
    try Self.write(report.csv, to: stem + "-draws.csv")
    try Self.write(report.yaml, to: stem + "-values.yaml")
    if common.json {
      try Console.print(report.json.indented)
    } else {
      try Console.print(report.text(language.resolved, width: Console.width))
    }
    withExtendedLifetime(signals) {}
  }

  /// Refuses a file of evaluations, and an experiment of another analysis, whose own faults would mislead.
  private func checkIsExperiment() throws {
    if StoredExperiment.isDatabase(path) {
      throw RunnerFault.invalid(
        "\(path): is a database; name the experiment, and the file of evaluations with --resume --out"
      )
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
    let keys = text.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    if keys.contains("factors"), !keys.contains("fitted") {
      throw RunnerFault.invalid(
        "\(path): names nothing to be fitted; add fitted: - {name: …, path: …, range: low .. high}")
    }
  }

  private static func write(_ text: String, to file: String) throws {
    do {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    } catch {
      throw RunnerFault.machine("\(file): cannot be written: \(error.localizedDescription)")
    }
  }
}

extension CalibrationMethod: ExpressibleByArgument {}

/// A progress printer that a closure may keep.
private final class ProgressBox {
  private var printer: ProgressPrinter

  init(isQuiet: Bool) { printer = ProgressPrinter(isQuiet: isQuiet) }

  func show(_ progress: RunProgress) { printer.show(progress) }

  func end() { printer.end() }
}
