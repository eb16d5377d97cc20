// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation

/// The seed of a run, its threads and the file that its results go into: the options of every command
/// that simulates into a results file.
struct StoreOptions: ParsableArguments {
  @Option(help: "Seed of the random numbers.")
  var seed: UInt64?

  @OptionGroup var threads: ThreadsOption

  @Option(
    help: ArgumentHelp(
      "The results file (default: under Results/, named for the experiment).",
      valueName: "file.sqlite"))
  var out: String?

  @Flag(help: "Go on with an existing results file, or start it.")
  var resume = false

  /// Runs what the results file still lacks of a design; that of a sweep is looked over first.
  ///
  /// - Parameters:
  ///   - design: That of `loaded`, perhaps with another rule of stopping.
  ///   - suffix: What the file's name ends in, unless the experiment's does; of no effect on `--out`.
  /// - Returns: The file, to be read.
  /// - Throws: ``ExitStatus/stopped`` after a signal; what was finished is then kept.
  func simulate(
    _ loaded: LoadedExperiment, _ design: ExperimentDesign, shard: Shard = .whole,
    suffix: String = "", isQuiet: Bool, _ signals: StopSignals
  ) throws -> ResultsFile {
    try PointProgress.check(
      loaded, shard: shard, threads: threads.count, isQuiet: isQuiet, signals.flag)
    var named = design
    if !named.name.hasSuffix(suffix) { named.name += suffix }
    let file = try out ?? ResultsFolder.path(of: named, shard)
    return try Simulation(
      file: file, resume: resume, threads: threads.count, isQuiet: isQuiet,
      goesOn: "--resume goes on"
    ).run(design, shard: shard, signals)
  }
}
