// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ModelFiles
import Reporting

struct LeversCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "levers",
    abstract: "Lists every lever with how it acts, its keys and the claims it serves.")

  @Argument(help: "Levers to list (default: all).")
  var names: [String] = []

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    let known = LeverDescription.all.map(\.name)
    for name in names where !known.contains(name) {
      let hint = nearestName(to: name, among: known).map { "did you mean \($0)? " } ?? ""
      throw ValidationError(
        "there is no lever \(name); \(hint)the levers are \(known.joined(separator: ", "))")
    }
  }

  func run() throws {
    let levers = LeverDescription.all.filter { names.isEmpty || names.contains($0.name) }
    try Console.print(
      common.json
        ? LeverTable.json(levers).indented
        : LeverTable.text(levers, language.resolved, width: Console.width))
  }
}
