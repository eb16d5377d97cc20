// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Joins the shards of one design in one results file.")

  @Argument(help: ArgumentHelp("Results files of one design.", valueName: "file.sqlite"))
  var files: [String]

  @Option(help: ArgumentHelp("The file to write.", valueName: "file.sqlite"))
  var out: String

  @Flag(help: "Merge even if replications are in none of the files.")
  var allowMissing = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    let merge = try ResultsMerge(
      of: files, into: out, allowMissing: allowMissing,
      command: CommandLine.arguments.joined(separator: " "))
    if common.json {
      try Console.print(
        JSONValue.object([
          ("results", .text(out)), ("stored", .integer(merge.stored)),
          ("missing", .integer(merge.missing.count)),
        ]).indented)
    } else if !common.quiet {
      let missing = merge.missing.isEmpty ? "" : ", \(merge.missing.count) missing"
      try Console.print("\(out): \(merge.stored) replications\(missing)")
    }
  }
}
