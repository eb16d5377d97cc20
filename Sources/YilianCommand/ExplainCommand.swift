// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says how much of a scenario's effect each of its levers brings.",
    discussion: """
      The levers are what the scenario sets otherwise than its baseline: settings of one policy are one \
      lever, every other path is one by itself, unless the experiment puts some together under levers. \
      To six levers every combination is run, beyond that those along orders drawn at random. What is run \
      is an experiment file, which --print shows; a results file of it is read again without running.
      """)

  @Argument(
    help: "An experiment file with several scenarios, or the results file of an explanation.")
  var path: String

  @Option(help: ArgumentHelp("The scenario that is taken apart.", valueName: "name"))
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "What it is compared with (default: the one that it names, else the experiment's baseline).",
      valueName: "name"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Orders of the levers to draw, an even number (default: beyond six levers 32).",
      valueName: "N"))
  var orders: Int?

  @Option(help: ArgumentHelp("Seed of the orders (default: 1).", valueName: "S"))
  var orderSeed: UInt64?

  @Flag(name: .customLong("print"), help: "Print the experiment in place of running it.")
  var isPrinted = false

  @OptionGroup var measures: MeasuresOption
  @OptionGroup var options: RunOptions

  func validate() throws {
    if let orders, !orders.isMultiple(of: 2) || !(16...10_000).contains(orders) {
      // Of a few orders nobody knows how far apart others would be.
      throw ValidationError("--orders is \(orders); write an even number from 16 to 10000")
    }
    if let orderSeed, orderSeed > UInt64(Int.max) {
      throw ValidationError("--order-seed is \(orderSeed); write a number to \(Int.max)")
    }
  }

  func run() throws {
    if StoredExperiment.isDatabase(path) {
      let ofRuns: Set = ["--scenario", "--baseline", "--orders", "--order-seed", "--print"]
      return try answer(StoredAnswer.open(path, refusing: ofRuns))
    }
    guard let scenario else {
      throw ValidationError("name the scenario that is taken apart: --scenario NAME")
    }
    var text = ExplanationText(path: path, scenario: scenario)
    text.baseline = baseline
    text.orders = orders
    text.seed = orderSeed ?? 1
    let experiment = try text.experiment(overrides: options.settings.all)
    if isPrinted { return try Console.print(experiment.text) }
    let faults = FaultCollector()
    if !measures.series.isEmpty,
      let plan = ExperimentPlan(
        path: experiment.path, text: experiment.text, overrides: options.settings.all, faults)
    {
      measures.check(plan, faults)
    }
    try faults.throwIfAny()
    try options.execute(path: experiment.path, text: experiment.text, answer: answer)
  }

  private func answer(_ results: ResultsFile) throws {
    let table = try ExplanationTable(results, measures: measures.series)
    try Console.print(
      options.common.json
        ? table.json.indented : table.text(options.language.resolved, width: Console.width))
  }
}
