// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

/// The command and its subcommands.
struct Yilian: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yilian",
    abstract: "Simulates how patients flow through the hospitals of a region, event by event.",
    discussion: """
      PATH is a folder with a model.yaml, or an experiment file. Exit status: 0 done; 1 reproduce, \
      replicate or diff answers no; 2 bad usage or invalid input; 3 the machine failed; 130 stopped by a \
      signal, what was finished is kept.
      """,
    version: "yilian \(YilianVersion.current)",
    subcommands: [
      CheckCommand.self, WarmUpCommand.self, RunCommand.self, SweepCommand.self,
      CompareCommand.self, ChartCommand.self, ReportCommand.self, SelectCommand.self,
      UncertaintyCommand.self, ScorecardCommand.self, SensitivityCommand.self, ExplainCommand.self,
      SeekCommand.self,
      CalibrateCommand.self, TwinsCommand.self, EconomicsCommand.self, MergeCommand.self,
      ReproduceCommand.self, ReplicateCommand.self, TraceCommand.self, DescribeCommand.self,
      SchemaCommand.self, LeversCommand.self, BillCommand.self, ClusterCommand.self,
      DiffCommand.self, FitCommand.self, BaselineCommand.self, NewCommand.self,
    ])

  /// Names the commands there are when the first word is none of them.
  static func checkCommandName(_ arguments: [String]) throws {
    // help takes the name of a command in its turn.
    let words = arguments.filter { !$0.hasPrefix("-") }
    guard let word = words.first == "help" ? words.dropFirst().first : words.first else { return }
    let names = configuration.subcommands.map { $0._commandName }
    guard !names.contains(word), word != "help" else { return }
    let hint = nearestName(to: word, among: names).map { "did you mean \($0)? " } ?? ""
    throw ValidationError(
      "there is no command \(word); \(hint)the commands are \(names.joined(separator: ", "))")
  }
}
