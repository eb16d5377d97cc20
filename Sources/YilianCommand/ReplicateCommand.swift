// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

struct ReplicateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replicate",
    abstract: """
      Runs a published study's model and sets what was published beside what is obtained.
      """)

  @Argument(
    help: ArgumentHelp(
      "Names under \(StudyFolder.home), or folders with a model.yaml and a published.csv.",
      valueName: "study"))
  var studies: [String] = []

  @Flag(help: "All studies of \(StudyFolder.home).")
  var all = false

  @OptionGroup var threads: ThreadsOption
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if studies.isEmpty != all { throw ValidationError("name a study, or write --all") }
  }

  func run() throws {
    let signals = StopSignals()
    // All are read before the first is run: a fault in the last costs no minutes.
    let read = try paths().map { path in try Study(path: path) }
    var answers: [StudyTable] = []
    var agree = true
    for (index, study) in read.enumerated() {
      var progress = ProgressPrinter(isQuiet: common.quiet)
      let replication = try StudyReplication(
        of: study, threads: threads.count, stop: signals.flag, progress: { progress.show($0) })
      progress.end()
      if replication.outcome == .stopped { throw ExitStatus.stopped }
      agree = agree && replication.agrees
      answers.append(StudyTable(replication))
      if !common.json, !common.quiet {
        let text = answers[index].text(language.resolved, width: Console.width)
        try Console.print((index > 0 ? "\n" : "") + text)
      }
    }
    if common.json { try Console.print(JSONValue.list(answers.map(\.json)).indented) }
    withExtendedLifetime(signals) {}
    if !agree { throw ExitStatus.answeredNo }
  }

  private func paths() throws(ModelFaults) -> [String] {
    if all {
      let names = StudyFolder.names()
      if names.isEmpty { _ = try StudyFolder.path(of: StudyFolder.home) }
      return names.map { StudyFolder.home + "/" + $0 }
    }
    return try studies.map { (study) throws(ModelFaults) in try StudyFolder.path(of: study) }
  }
}
