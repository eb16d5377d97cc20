// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct BillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bill",
    abstract: "Divides the bills of an episode of care, line by line.",
    discussion: """
      An episode is a list of items apart by semicolons: a kind (visit, refill, stay, transfer-up, \
      transfer-down), a place (an institution or a tier) and an amount in yuan; then, as needed, \
      drugs N, exams N, fee N, outside-catalogue N, months N, referred, outside-group, listed. \
      date 2020-08-01, new-month and new-year turn the calendar. For example:

        --episode "visit township 120; stay county 6000 drugs 1800 referred"
      """)

  @Argument(help: "A folder with the model.yaml of a region.")
  var model: String

  @Option(
    help: ArgumentHelp(
      "The items, or a YAML file with episode, scheme, conditions and date.",
      valueName: "items|file.yaml"))
  var episode: String

  @Option(help: "The insurance scheme (default: the model's first).")
  var scheme: String?

  @Option(
    help: ArgumentHelp(
      "Long-term conditions under treatment, apart by commas.", valueName: "names"))
  var conditions: String?

  @Option(
    help: ArgumentHelp(
      "The day of the first bill (default: the model's first); policies begin on their days.",
      valueName: "year-month-day"))
  var date: String?

  @OptionGroup var settings: SettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let plan = try ExperimentPlan(path: model, overrides: settings.set)
    var person = BillEpisode.Person()
    person.scheme = scheme
    person.conditions =
      conditions.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
      ?? []
    person.date = date
    let faults = FaultCollector()
    let read = BillEpisode(
      plan.points[plan.baseline].document, text: episode, person: person, faults)
    try faults.throwIfAny()
    guard let read else { preconditionFailure("an episode that failed has recorded no fault") }
    let table = BillTable(read)
    try Console.print(
      common.json
        ? table.json.indented : table.text(language.resolved, width: Console.width))
  }
}
