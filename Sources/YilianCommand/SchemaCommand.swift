// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Reporting

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Lists every measure, and every key of a network's files, with units.")

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    if common.json {
      try Console.print(MeasureTable.json.indented)
    } else {
      try Console.print(MeasureTable.text(language.resolved, width: Console.width))
      try Console.print(LanguageText.text(width: Console.width))
    }
  }
}
