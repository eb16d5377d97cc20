// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

struct SensitivityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Says which factors of a design move the measures, run noise taken out.",
    discussion: """
      The analysis is the one that the design is made for: elementary effects from Morris trajectories, \
      shares of variance from Saltelli's samples, rank correlations from a Latin hypercube, Sobol points \
      and any other sample, and a tornado from factors changed one at a time. An experiment is run first, \
      as yilian run would; yilian sweep makes one from a shell. With several scenarios, what each makes \
      of its baseline is analysed, too.
      """)

  @Argument(help: "A results file, or an experiment file with factors.")
  var path: String

  @OptionGroup var measures: MeasuresOption
  @OptionGroup var options: RunOptions

  func run() throws {
    if StoredExperiment.isDatabase(path) { return try answer(StoredAnswer.open(path)) }
    // What cannot be analysed is refused before it is run.
    let faults = FaultCollector()
    let plan = ExperimentPlan(path: path, overrides: options.settings.all, faults)
    if let plan {
      measures.check(plan, faults)
      if let design = plan.pointDesign {
        _ = try SensitivityStudy.method(design, path: path)
      } else {
        faults.record(
          SourcePlace(file: path), "has no factors",
          "add factors and a design, or run yilian sweep --design morris and name its results")
      }
    }
    try faults.throwIfAny()
    try options.execute(path: path, answer: answer)
  }

  private func answer(_ results: ResultsFile) throws {
    let table = try SensitivityTable(results, measures: measures.series)
    try Console.print(
      options.common.json
        ? table.json.indented : table.text(options.language.resolved, width: Console.width))
  }
}
