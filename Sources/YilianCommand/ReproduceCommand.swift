// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation

struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: """
      Runs stored replications again, from the texts in the file, and compares them bit for bit.
      """)

  @Argument(help: ArgumentHelp("A results file.", valueName: "file.sqlite"))
  var file: String

  @Option(help: ArgumentHelp("Only this replication, of every scenario.", valueName: "K"))
  var replication: Int?

  @OptionGroup var threads: ThreadsOption
  @OptionGroup var common: CommonOptions

  func run() throws {
    let signals = StopSignals()
    let results = try ResultsFile.open(file)
    let experiment = try StoredExperiment(results)
    Console.complain(experiment.cautions.map { "\(file): \($0)" })
    var progress = ProgressPrinter(isQuiet: common.quiet)
    let reproduction = try Reproduction(
      of: results, with: experiment.design, replication: replication, threads: threads.count,
      stop: signals.flag, progress: { progress.show($0) })
    progress.end()
    if reproduction.outcome == .stopped { throw ExitStatus.stopped }
    try answer(reproduction, cautions: experiment.cautions)
    withExtendedLifetime(signals) {}
    if !reproduction.isIdentical { throw ExitStatus.answeredNo }
  }

  private func answer(_ reproduction: Reproduction, cautions: [String]) throws {
    if common.json {
      try Console.print(
        JSONValue.object([
          ("identical", .flag(reproduction.isIdentical)),
          ("compared", .integer(reproduction.compared)),
          ("different", .integer(reproduction.different)),
          ("differences", .list(reproduction.differences.map { .text($0) })),
          ("cautions", .list(cautions.map { .text($0) })),
        ]).indented)
    } else if !reproduction.isIdentical {
      Console.complain(reproduction.differences.map { "\(file): \($0)" })
      Console.complain([
        "\(file): \(reproduction.different) of \(reproduction.compared) replications differ"
      ])
    } else if !common.quiet {
      try Console.print("\(file): \(reproduction.compared) replications are the same bit for bit")
    }
  }
}
