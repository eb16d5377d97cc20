// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

/// How a design is run and where its results go: the options of every command that runs one.
struct RunOptions: ParsableArguments {
  @Option(help: "Replications of each scenario.")
  var replications: Int?

  @OptionGroup var precision: PrecisionOption

  @OptionGroup var store: StoreOptions

  @OptionGroup var sharing: ShardOption
  @OptionGroup var settings: RunSettingOptions

  @Option(
    help: ArgumentHelp(
      """
      Write the results as CSV into a folder, too; with -, one tidy table on standard output in \
      place of the report.
      """, valueName: "folder"))
  var csv: String?

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  private var shard: Shard { sharing.shard }
  private var isTidy: Bool { csv == "-" }
  private var csvFolder: String? { isTidy ? nil : csv }

  func validate() throws {
    if let replications, !(1...1_000_000).contains(replications) {
      throw ValidationError(
        "--replications is \(replications); write "
          + (replications < 1 ? "1 or more" : "1000000 or fewer"))
    }
    if isTidy, common.json {
      throw ValidationError("--csv - and --json both write to standard output; keep one")
    }
  }

  /// What is set on the command line, in the order in which it holds.
  func allSettings() throws -> [ExperimentPlan.Setting] {
    var all = settings.all + (try precision.settings(replications: replications))
    if let replications { all.append(.init("run.replications", "\(replications)")) }
    if let seed = store.seed { all.append(.init("run.seed", "\(seed)")) }
    return all
  }

  /// Reads an experiment, runs it, stores its results and reports them.
  ///
  /// - Parameters:
  ///   - path: A folder with a `model.yaml`, or an experiment file.
  ///   - text: The experiment's text, in place of that of a file at `path`.
  ///   - suffix: What the results file's name ends in, unless the experiment's does.
  ///   - answer: What is said of the results in place of the report, once they are whole.
  func execute(
    path: String, text: String? = nil, suffix: String = "",
    answer: ((ResultsFile) throws -> Void)? = nil
  ) throws {
    let signals = StopSignals()
    let (loaded, warnings) = try LoadedExperiment.read(
      path, text: text,
      overrides: settings.all + precision.settings(replications: replications),
      replications: replications, seed: store.seed)
    let design = try precision.limited(loaded.design)
    try shard.check(design)
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }
    if let csvFolder { try CSVExport.makeFolder(csvFolder) }
    let results = try store.simulate(
      loaded, design, shard: shard, suffix: suffix, isQuiet: common.quiet, signals)
    if let csvFolder {
      try CSVExport.write(results, measures: results.header.measureCatalogue, to: csvFolder)
    }
    if isTidy {
      try TidyCSV.print(results)
    } else if let answer, shard.isWhole {
      try answer(results)
      if !common.quiet, !common.json { try Console.print("\nresults: \(results.path)") }
    } else {
      try report(results)
    }
    withExtendedLifetime(signals) {}
  }

  private func report(_ results: ResultsFile) throws {
    let report = try ResultsReport(results)
    if common.json {
      try Console.print(report.json.indented)
    } else if !common.quiet {
      if shard.isWhole {
        try Console.print(report.text(language.resolved, width: Console.width))
      }
      try Console.print("\(shard.isWhole ? "\n" : "")results: \(results.path)")
    }
  }
}
