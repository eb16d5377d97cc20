// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Reporting

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares scenarios with the baseline, paired by replication, with 95 % intervals.")

  @Argument(help: ArgumentHelp("A results file.", valueName: "file.sqlite"))
  var file: String

  @Option(help: "The scenario to compare with (default: the experiment's baseline).")
  var baseline: String?

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let report = try ResultsReport(ResultsFile.open(file), baseline: baseline)
    try Console.print(
      common.json
        ? report.json.indented : report.text(language.resolved, width: Console.width))
  }
}
