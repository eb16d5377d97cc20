// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Describes a model: every number with its unit, source and strength of evidence.")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case parameters
  }

  @Argument(help: "A folder with a model.yaml, or an experiment file.")
  var path: String

  @Option(help: "What to describe.")
  var format = Format.parameters

  @OptionGroup var settings: SettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let plan = try ExperimentPlan(path: path, overrides: settings.set)
    let parameters = ParameterTable(plan.points[plan.baseline].document.leaves())
    if common.json {
      try Console.print(parameters.json.indented)
    } else {
      try Console.print(parameters.text(language.resolved))
    }
  }
}
