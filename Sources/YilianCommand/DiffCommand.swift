// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Lists what differs between two models, two experiments or two results files.",
    discussion: """
      By key, old and new value and unit; items of lists and rows of tables by name. Values count as \
      they are meant: 30 min is no other than 0.5 h. Of results files also where they come from, \
      which replications and which means differ. Status 0: no difference; 1: there is one.
      """)

  @Argument(
    help: ArgumentHelp(
      "A folder with a model.yaml, an experiment file or a results file.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("Another one of that kind.", valueName: "new"))
  var new: String

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let comparison = try FileComparison(old, new)
    let table = DifferenceTable(comparison, old: old, new: new)
    if common.json {
      try Console.print(table.json.indented)
    } else if !common.quiet {
      try Console.print(table.text(language.resolved, width: Console.width))
    }
    if !comparison.isEqual { throw ExitStatus.answeredNo }
  }
}
