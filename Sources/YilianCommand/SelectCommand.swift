// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Reporting

struct SelectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "select",
    abstract: "Chooses the best scenario of an experiment, and says how sure the choice is.",
    discussion: """
      kn++ replicates all scenarios side by side and drops those that fall behind; the best is chosen \
      with the probability asked for if it leads by --difference. ocba shares --budget replications \
      out so that the best is found most often; it needs independent random numbers.
      """)

  @Argument(help: "An experiment file with several scenarios.")
  var path: String

  @Option(
    help: ArgumentHelp("What is compared: wait, or wait by resource=doctor.", valueName: "measure"),
    transform: { text in
      guard let series = MeasureSeries(text) else {
        throw ValidationError("write a measure, such as wait, or 'wait by resource=doctor'")
      }
      return series
    })
  var measure: MeasureSeries

  @Option(help: "Which mean is the best: highest or lowest.")
  var best: BestMean

  @Option(help: "kn++ or ocba.")
  var method = SelectionRule.Method.kimNelson

  @Option(help: "The smallest difference that matters, in the measure's unit (kn++).")
  var difference: Double?

  @Option(help: "The probability that kn++ guarantees. (default: 0.95)")
  var confidence: Double?

  @Option(help: "Replications of all scenarios together; of kn++ the most there may be.")
  var budget: Int?

  @Option(help: "Replications of each scenario before any is judged.")
  var firstStage = 10

  @OptionGroup var store: StoreOptions
  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let difference, !(difference > 0 && difference.isFinite) {
      throw ValidationError("--difference is \(difference); write a number above 0")
    }
    if method == .kimNelson, difference == nil {
      throw ValidationError(
        "kn++ needs --difference, the smallest one that matters, in the measure's unit")
    }
    if method == .budget, difference != nil {
      throw ValidationError("ocba takes no --difference; it needs --budget alone")
    }
    if method == .budget, budget == nil {
      throw ValidationError("ocba needs --budget, the replications of all scenarios together")
    }
    if method == .budget, confidence != nil {
      throw ValidationError("ocba takes no --confidence; it makes the best of --budget")
    }
    if let confidence, !(confidence > 0.5 && confidence < 1) {
      throw ValidationError("--confidence is \(confidence); write a share above 0.5 and below 1")
    }
    if !(5...1_000_000).contains(firstStage) {
      throw ValidationError("--first-stage is \(firstStage); write a number from 5 to 1000000")
    }
  }

  func run() throws {
    let signals = StopSignals()
    let (loaded, warnings) = try LoadedExperiment.read(
      path, overrides: settings.all, seed: store.seed)
    let faults = FaultCollector()
    MeasureCatalogue.check(
      measure, loaded.plan, SourcePlace(file: "--measure"), faults)
    try faults.throwIfAny()
    var design = loaded.design
    let rule = SelectionRule(
      series: measure, best: best, method: method, difference: difference,
      confidence: confidence ?? 0.95, budget: budget, firstStage: firstStage)
    design.stopping = .selection(rule)
    design.replications = firstStage
    try rule.check(design)
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }

    let results = try store.simulate(
      loaded, design, suffix: "-select", isQuiet: common.quiet, signals)
    let table = try SelectionTable(results)
    if common.json {
      try Console.print(table.json.indented)
    } else {
      try Console.print(table.text(language.resolved, width: Console.width))
      if !common.quiet { try Console.print("\nresults: \(results.path)") }
    }
    withExtendedLifetime(signals) {}
  }
}

extension BestMean: ExpressibleByArgument {}
extension SelectionRule.Method: ExpressibleByArgument {}
