// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Fits a region to what is known of its use of care as it is, and nothing else.",
    discussion: """
      Known are the rows of targets.csv marked fitted: visits a head, admissions per 100, shares by tier. \
      Fitted are the tiers' constants, the rates of the two residual needs, and the reference logsums. \
      Each round simulates a year without shocks; every round is kept, so a stopped fit goes on.
      """)

  @Argument(help: "The folder of a region.")
  var folder: String

  @Option(help: "Rounds at most; 0 simulates the values as they are.")
  var rounds = 10

  @Option(help: "Replications of each round.")
  var replications = 2

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64?

  @Flag(help: "Write fitted.yaml and constants.csv of the region anew.")
  var write = false

  @OptionGroup var threads: ThreadsOption
  @OptionGroup var settings: SettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if rounds < 0 { throw ValidationError("--rounds is \(rounds); write 0 or more") }
    if replications < 1 {
      throw ValidationError("--replications is \(replications); write 1 or more")
    }
  }

  func run() throws {
    let signals = StopSignals()
    var fit = try BaselineFit(
      folder, overrides: settings.set, replications: replications, seed: seed)
    let name = ((folder as NSString).standardizingPath as NSString).lastPathComponent
    let file = try ResultsFolder.path(named: "\(name)-baseline")
    let evaluator = try fit.evaluator(
      keeping: EvaluationStore(file, resume: true), threads: threads.count, stop: signals.flag)
    var reached: [BaselineFit.Reached] = []
    do {
      for round in 0...rounds {
        var printer = ProgressPrinter(isQuiet: common.quiet)
        reached = try fit.simulate(by: evaluator) { printer.show($0) }
        printer.end()
        let missed = reached.filter { !$0.isMet }.count
        if !common.quiet {
          Console.complain([
            "round \(round): \(reached.count - missed) of \(reached.count) targets met"
          ])
        }
        if missed == 0 || round == rounds { break }
        fit.move(after: reached)
      }
    } catch is PointEvaluator.Stopped {
      Console.complain(["stopped: what was simulated is in \(file); the same command goes on"])
      throw ExitStatus.stopped
    }
    if write { try FittedPart(fit, in: folder).write() }
    let table = BaselineFitTable(reached, fit)
    if common.json {
      try Console.print(table.json.indented)
    } else {
      try Console.print(table.text(language.resolved, width: Console.width))
    }
    withExtendedLifetime(signals) {}
  }
}
