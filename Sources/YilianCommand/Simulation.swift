// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// Simulates what a results file lacks of a design, and says how far it is.
struct Simulation {
  var file: String
  /// Whether the file may exist.
  var resume: Bool
  var threads: Int
  var isQuiet: Bool
  /// What goes on with a run that was stopped.
  var goesOn: String

  /// - Returns: The file, to be read.
  /// - Throws: ``ExitStatus/stopped`` after a signal; what was finished is then kept.
  func run(
    _ design: ExperimentDesign, shard: Shard = .whole, _ signals: StopSignals
  ) throws -> ResultsFile {
    let header = ResultsHeader(
      design, shard: shard, command: CommandLine.arguments.joined(separator: " "))
    let results = try ResultsFile.prepare(at: file, for: header, resume: resume)
    var progress = ProgressPrinter(isQuiet: isQuiet)
    let outcome = try ExperimentRun(design, shard: shard, threads: threads).run(
      into: results, stop: signals.flag, progress: { progress.show($0) })
    progress.end()
    if outcome == .stopped {
      let stored = try results.storedReplications().count
      let all = design.stopping == nil ? " of \(shard.pairs(of: design).count)" : ""
      Console.complain([
        "stopped: \(stored)\(all) replications are in \(file); \(goesOn)"
      ])
      throw ExitStatus.stopped
    }
    return try ResultsFile.open(file)
  }
}
