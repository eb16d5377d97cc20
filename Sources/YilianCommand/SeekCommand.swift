// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Reporting

struct SeekCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seek",
    abstract: "Finds what it takes to reach targets at least cost, among the settings of factors.",
    discussion: """
      The settings are the points of a grid over the experiment's factors, or over --vary. A few are run, \
      metamodels say which to run next, and those that may be the best are replicated side by side \
      until one is chosen. What is sought stands under seek: in the experiment, or here:

        --least 'fund-spend-per-head ± 2' --target 'primary-visit-share >= 65 % ± 0.5 %'

      What follows ± (or +-) is the difference that does not matter.
      """)

  @Argument(help: "An experiment file with factors, or with --vary also a model's folder.")
  var path: String

  @Option(
    help: ArgumentHelp(
      "A range, path=lo:hi:step, or values, path=v1|v2; for several paths join them by commas.",
      valueName: "path=values"),
    transform: { text in
      do throws(ModelFault) { return try VariedPath(text) } catch {
        throw ValidationError(error.description)
      }
    })
  var vary: [VariedPath] = []

  @Option(help: "Levels of a range without a step.")
  var levels: Int?

  @Option(help: ArgumentHelp("What is to be the least.", valueName: "measure ± x"))
  var least: String?

  @Option(help: ArgumentHelp("What is to be the most.", valueName: "measure ± x"))
  var most: String?

  @Option(
    help: ArgumentHelp(
      "What must be reached, in place of the experiment's own targets: 'measure >= x ± y', or 'change of "
        + "measure >= x ± y'; may be repeated.",
      valueName: "target"))
  var target: [String] = []

  @Option(help: "The most replications of all settings together.")
  var runs = SearchRule.defaultBudget

  @Option(help: "Replications of a setting when it is first run.")
  var first = SearchRule.defaultReplications

  @Option(help: "The probability with which the choice among those compared is right.")
  var confidence = 0.95

  @OptionGroup var store: StoreOptions
  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  /// Beyond so many runs the metamodels, made anew as settings are added, take longer than a sweep.
  private static let mostRuns = 20_000

  func validate() throws {
    if least != nil, most != nil { throw ValidationError("--least and --most: keep one") }
    if !(3...1000).contains(first) {
      throw ValidationError("--first is \(first); write a number from 3 to 1000")
    }
    if !(1...Self.mostRuns).contains(runs) {
      throw ValidationError(
        "--runs is \(runs); write a number from 1 to \(Self.mostRuns): beyond that, run all settings with "
          + "yilian sweep")
    }
    if !(confidence > 0.5 && confidence < 1) {
      throw ValidationError("--confidence is \(confidence); write a share above 0.5 and below 1")
    }
    if let text = least ?? most, SearchAim(text) == nil {
      throw ValidationError(
        "--\(least == nil ? "most" : "least") \(text): \(SearchSettings.aimForm)")
    }
    for text in target where SearchTarget(text) == nil {
      throw ValidationError("--target \(text): \(SearchSettings.targetForm)")
    }
  }

  func run() throws {
    let signals = StopSignals()
    if StoredExperiment.isDatabase(path) {
      return try tell(StoredAnswer.open(path, refusing: Self.ofRuns))
    }
    let (loaded, warnings) = try experiment()
    let rule = try rule(loaded.plan)
    let faults = FaultCollector()
    MeasureCatalogue.check(
      rule.aim, rule.targets, loaded.plan, SourcePlace(file: "seek"), faults)
    try faults.throwIfAny()
    var design = loaded.design
    design.stopping = .search(try rule.over(loaded))
    design.replications = first
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }

    let results = try store.simulate(
      loaded, design, suffix: "-seek", isQuiet: common.quiet, signals)
    try tell(results)
    withExtendedLifetime(signals) {}
  }

  /// What of its options only a run can make use of.
  private static let ofRuns: Set = [
    "--vary", "--levels", "--least", "--most", "--target", "--runs", "--first", "--confidence",
  ]

  private func tell(_ results: ResultsFile) throws {
    let table = try SearchTable(results)
    if common.json {
      try Console.print(table.json.indented)
    } else {
      try Console.print(table.text(language.resolved, width: Console.width))
      if !common.quiet { try Console.print("\nresults: \(results.path)") }
    }
  }

  private func experiment() throws -> (LoadedExperiment, [String]) {
    if !vary.isEmpty {
      var sweep = SweepText(path: path, varied: vary)
      sweep.levels = levels
      let (path, text) = try sweep.experiment()
      return try LoadedExperiment.read(path, text: text, overrides: settings.all, seed: store.seed)
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw RunnerFault.invalid(
        "\(path) is a model: nothing is varied; add --vary path=v1|v2, or name an experiment with factors"
      )
    }
    return try LoadedExperiment.read(
      path, text: try SweepText.withGrid(path), overrides: settings.all,
      seed: store.seed
    )
  }

  private func rule(_ plan: ExperimentPlan) throws -> SearchRule {
    let told = (least ?? most).flatMap { SearchAim($0) }
    guard let aim = told ?? plan.search?.aim else {
      throw RunnerFault.invalid(
        "nothing says what is sought; write seek: into the experiment, or --least 'measure ± x'")
    }
    let best: BestMean? = told == nil ? plan.search?.best : most == nil ? .lowest : .highest
    let targets = target.compactMap { SearchTarget($0) }
    return SearchRule(
      aim: aim, best: best ?? .lowest,
      targets: targets.isEmpty ? plan.search?.targets ?? [] : targets, replications: first,
      budget: runs, confidence: confidence)
  }
}
