// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Reporting

struct UncertaintyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uncertainty",
    abstract: "How surely each scenario works, given what the model assumes, and on what it hangs.",
    discussion: """
      Every scenario is run at draws of all assumptions (numbers of grade B and C, over their ranges) \
      and at the stated values, each with the same replications; printed are each effect with its \
      interval, what scenario, assumptions and run noise have of the variance, the assumptions that \
      move the effect most, and a verdict. What is run is an experiment file, which --print shows; of a \
      results file the same is printed again.
      """)

  @Argument(help: "An experiment file with two or more scenarios, or a results file.")
  var path: String

  @Option(help: "Draws of the assumptions (default: 64).")
  var draws: Int?

  @Option(help: "How they are drawn: lhs, or sobol to 40 assumptions (default: lhs).")
  var design: DesignSettings.Method?

  @Option(help: ArgumentHelp("Seed of the draws (default: 1).", valueName: "S"))
  var designSeed: UInt64?

  @Option(
    help: ArgumentHelp("Leave an assumption as it is stated.", valueName: "assumption"))
  var hold: [String] = []

  @OptionGroup var measures: MeasuresOption

  @Option(
    help: ArgumentHelp(
      "The smallest effect that matters, in the measure's unit.", valueName: "measure=size"),
    transform: { text in
      guard let effect = SmallestEffect(text) else {
        throw ValidationError(
          "write a measure and a size above 0, such as visits=5000 or 'primary-visit-share=1 %'")
      }
      return effect
    })
  var matters: [SmallestEffect] = []

  @Flag(name: .customLong("print"), help: "Print the experiment in place of running it.")
  var isPrinted = false

  @OptionGroup var options: RunOptions

  private static let replications = 4
  /// What of its options only a run can make use of.
  private static let ofRuns: Set = ["--draws", "--design", "--design-seed", "--hold", "--print"]

  func validate() throws {
    if let draws, !(UncertaintyAnalysis.fewestDraws...100_000).contains(draws) {
      throw ValidationError(
        "--draws is \(draws); write a number from \(UncertaintyAnalysis.fewestDraws) to 100000")
    }
    if let design, ![.lhs, .sobol].contains(design) {
      throw ValidationError("--design is \(design.rawValue); write lhs or sobol")
    }
    if let replications = options.replications, replications < 2 {
      throw ValidationError(
        "--replications is \(replications); run noise is seen from 2 on, better 4")
    }
    if !options.precision.precision.isEmpty || options.precision.maxReplications != nil {
      throw ValidationError(
        "--precision belongs to run: draws have the same replications each; write --replications")
    }
  }

  func run() throws {
    if StoredExperiment.isDatabase(path) {
      return try tell(StoredAnswer.open(path, refusing: Self.ofRuns))
    }
    var run = options
    run.replications = options.replications ?? Self.replications
    let plan = try checkedPlan(replications: run.replications!)
    let experiment = try UncertaintyExperiment(
      path: path, plan, draws: draws ?? 64, method: design ?? .lhs, seed: designSeed, holding: hold,
      threads: options.store.threads.count)
    let survey = experiment.survey
    if isPrinted {
      try Console.print(experiment.text)
      return
    }
    if !options.common.quiet, !survey.held.isEmpty {
      Console.complain([
        "note: \(survey.held.count) of \(survey.assumptions.count) assumptions are held; yilian "
          + "describe --format assumptions says why"
      ])
    }
    try run.execute(
      path: experiment.path, text: experiment.text, suffix: "-uncertainty", answer: tell)
  }

  /// The experiment as it is, if effects can be drawn from it.
  private func checkedPlan(replications: Int) throws -> ExperimentPlan {
    let plan = try ExperimentPlan(
      path: path, overrides: options.settings.all, replications: replications,
      seed: options.store.seed)
    try UncertaintyExperiment.check(plan, path: path)
    let faults = FaultCollector()
    measures.check(plan, faults)
    for effect in matters {
      MeasureCatalogue.check(effect.series, plan, SourcePlace(file: "--matters"), faults)
    }
    try faults.throwIfAny()
    return plan
  }

  private func tell(_ results: ResultsFile) throws {
    let table = UncertaintyTable(
      results,
      try UncertaintyAnalysis(
        results, series: measures.series.isEmpty ? nil : measures.series, matters: matters,
        threads: options.store.threads.count))
    try Console.print(
      options.common.json
        ? table.json.indented
        : Colour.paint(
          table.text(options.language.resolved, width: Console.width),
          UncertaintyTable.verdicts(options.language.resolved)))
  }
}
