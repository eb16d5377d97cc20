// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Reporting

struct WarmUpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warm-up",
    abstract: "Tells how long a warm-up a model needs before statistics may begin.",
    discussion: """
      Of a network: MSER-5 on each series over replications from the empty start, and Welch's curve \
      of the one that decides. Of a region: its slow states at the end of each year of a longer \
      warm-up, and whether they still change from the last year but one to the last.
      """)

  @Argument(help: "A folder with a model.yaml, or an experiment file.")
  var path: String

  @Option(help: "Which scenario (default: the baseline).")
  var scenario: String?

  @Option(help: "Replications (default: those of the model or experiment).")
  var replications: Int?

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64?

  @OptionGroup var threads: ThreadsOption

  @Option(
    help: ArgumentHelp(
      "Networks: how long to run from the empty start, such as \"5000 min\" (default: warm-up and length of the run).",
      valueName: "time"))
  var length: String?

  @Option(help: "Networks: into how many intervals to cut the run.")
  var intervals = WarmUpStudy.intervals

  @Option(
    name: .customLong("measure"),
    help: ArgumentHelp(
      "Networks: look at this measure alone, such as \"wait by class\"; may be repeated.",
      valueName: "measure"))
  var measures: [String] = []

  @Option(help: ArgumentHelp("Networks: write the curves there, too.", valueName: "file.csv"))
  var csv: String?

  @Option(
    help:
      "Regions: years of warm-up, up to the day on which that of the model ends. (default: 3)")
  var years: Int?

  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let replications, replications < 2 {
      throw ValidationError("--replications is \(replications); write 2 or more")
    }
    if let years, !(2...50).contains(years) {
      throw ValidationError("--years is \(years); write 2 to 50")
    }
    guard (100...100_000).contains(intervals) else {
      throw ValidationError("--intervals is \(intervals); write 100 to 100000")
    }
  }

  func run() throws {
    let signals = StopSignals()
    let plan = try ExperimentPlan(path: path, overrides: settings.all)
    switch plan.kind {
    case .network: try studyNetwork(signals)
    case .region: try studyRegion(signals)
    }
    withExtendedLifetime(signals) {}
  }

  private func studyNetwork(_ signals: StopSignals) throws {
    if years != nil {
      throw RunnerFault.invalid(
        "\(path): is a network; --years goes with regions, --length with networks")
    }
    // Read as an experiment would say them, and found fault with as there.
    let asked =
      measures.isEmpty
      ? [] : [ExperimentPlan.Setting("run.measures", "[\(measures.joined(separator: ", "))]")]
    let loaded = try LoadedExperiment(
      path: path, overrides: settings.all + asked, replications: replications, seed: seed)
    // That there is no warm-up yet is what is asked about.
    var study = try WarmUpStudy(
      loaded, scenario: scenario, length: length, intervals: intervals,
      measures: measures.isEmpty ? nil : loaded.plan.measures)
    let output = try csv.map { try TextOutput($0) }
    var progress = ProgressPrinter(isQuiet: common.quiet)
    let outcome = try study.run(
      threads: threads.count, stop: signals.flag, progress: { progress.show($0) })
    progress.end()
    if outcome == .stopped { throw ExitStatus.stopped }
    let table = WarmUpTable(study)
    if let output {
      try output.write(table.csv)
      try output.close()
    }
    try show(table.json) { table.text(language.resolved, width: Console.width) }
  }

  private func studyRegion(_ signals: StopSignals) throws {
    if length != nil || csv != nil || !measures.isEmpty {
      throw RunnerFault.invalid(
        "\(path): is a region; --length, --measure and --csv go with networks, --years with regions"
      )
    }
    let study = try RegionWarmUpStudy(
      path: path, overrides: settings.all, scenario: scenario,
      years: years ?? RegionWarmUpStudy.years,
      replications: replications, seed: seed)
    var progress = ProgressPrinter(isQuiet: common.quiet)
    let states = try study.run(
      threads: threads.count, stop: signals.flag, progress: { progress.show($0) })
    progress.end()
    guard let states else { throw ExitStatus.stopped }
    let table = SlowStateTable(states)
    let head: [(String, JSONValue)] = [
      ("kind", .text("region")), ("scenario", .text(study.scenario)),
      ("replications", .integer(study.replications)), ("seed", .text("\(study.seed)")),
      ("stated_years", .integer(study.statedYears)), ("warm_up", table.json),
    ]
    try show(.object(head)) {
      "\(study.scenario), n = \(study.replications)\n\n"
        + table.lines(language.resolved, width: Console.width, point: 1).joined(separator: "\n")
        + "\n"
    }
  }

  private func show(_ json: JSONValue, _ text: () -> String) throws {
    if common.json {
      try Console.print(json.indented)
    } else {
      try Console.print(text())
    }
  }
}
