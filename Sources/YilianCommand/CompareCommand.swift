// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import OutputAnalysis
import Reporting

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares scenarios with the baseline, paired by replication, with 95 % intervals.")

  @Argument(help: ArgumentHelp("A results file.", valueName: "file.sqlite"))
  var file: String

  @Option(
    help: """
      The scenario to compare with (default: the one that each scenario's against names, else the \
      experiment's baseline).
      """)
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Compare month by month, with bands: visits, or visits by month.", valueName: "measure"))
  var throughTime: String?

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let results = try ResultsFile.open(file)
    if let throughTime {
      let words = throughTime.split(separator: " ").map(String.init)
      guard words.count == 1 || words.count == 3 && words[1] == "by" else {
        throw RunnerFault.invalid(
          "--through-time \(throughTime): write a measure, or a measure by month")
      }
      let request = MeasureRequest(
        measure: words[0], dimension: words.count == 3 ? words[2] : "")
      let table = ThroughTimeTable(
        results, try ThroughTime(results, request, baseline: baseline))
      try Console.print(
        common.json
          ? table.json.indented : table.text(language.resolved, width: Console.width))
      return
    }
    let report = try ResultsReport(results, baseline: baseline)
    try Console.print(
      common.json
        ? report.json.indented : report.text(language.resolved, width: Console.width))
  }
}
