// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Runs the shards of an experiment on a cluster, and merges them.",
    discussion: """
      Submits a job array, a task for each shard, and a job that merges them into the results file. \
      Given again, it submits only what is missing. What the tasks run is kept in a folder beside the \
      results, so that files may change while jobs wait.
      """)

  enum Engine: String, CaseIterable, ExpressibleByArgument {
    case slurm
  }

  @Argument(help: "A folder with a model.yaml, an experiment file, or a results file.")
  var path: String

  @Option(help: ArgumentHelp("In how many parts.", valueName: "N"))
  var shards: Int?

  @Option(help: "The scheduler.")
  var engine = Engine.slurm

  @Option(help: ArgumentHelp("Longest time of a shard, as Slurm takes it.", valueName: "limit"))
  var time: String?

  @Option(help: ArgumentHelp("Memory of a shard, such as 2G.", valueName: "size"))
  var mem: String?

  @Option(help: ArgumentHelp("The partition.", valueName: "name"))
  var partition: String?

  @Option(help: ArgumentHelp("The account charged.", valueName: "name"))
  var account: String?

  @Option(help: ArgumentHelp("Processors, and threads, of a shard.", valueName: "C"))
  var cpus = 1

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A further option of sbatch, such as --qos=long.", valueName: "option"))
  var sbatch: [String] = []

  @Option(help: "Replications of each scenario.")
  var replications: Int?

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "The results file (default: under Results/, named for the experiment).",
      valueName: "file.sqlite"))
  var out: String?

  @Flag(help: "Only tell how far everything is.")
  var status = false

  @Flag(help: "Only write the job scripts, and tell how to submit them.")
  var noSubmit = false

  @Flag(help: "Stay until the results are merged, and submit again what fails.")
  var wait = false

  @Option(help: ArgumentHelp("With --wait: how often a shard is submitted again.", valueName: "R"))
  var retries = 2

  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let shards, shards < 1 { throw ValidationError("--shards is \(shards); write 1 or more") }
    if let replications, replications < 1 {
      throw ValidationError("--replications is \(replications); write 1 or more")
    }
    if cpus < 1 { throw ValidationError("--cpus is \(cpus); write 1 or more") }
    if retries < 0 { throw ValidationError("--retries is \(retries); write 0 or more") }
    if [status, noSubmit, wait].filter(\.self).count > 1 {
      throw ValidationError("--status, --no-submit and --wait exclude each other")
    }
    for text in [time, mem, partition, account].compactMap(\.self) + sbatch
    where text.isEmpty || text.contains(where: \.isNewline) {
      throw ValidationError("an option of sbatch is empty or has a line break")
    }
  }

  func run() throws {
    if status {
      let output = try out ?? ResultsFolder.path(of: loaded().design)
      var run = ClusterRun(try ClusterFolder(beside: output))
      return try answer(run.folder, try run.status(), nil)
    }
    let signals = StopSignals()
    var run = ClusterRun(try folder(signals))
    if noSubmit { return try tellHow(&run) }
    let command = CommandLine.arguments.joined(separator: " ")
    let submission = try run.submit(command: command)
    if !common.quiet { tell(submission, run.folder) }
    if wait {
      var watch = ClusterWatch(retries: retries, isQuiet: common.quiet, language.resolved)
      try watch.follow(&run, command: command, signals.flag)
    }
    try answer(run.folder, try run.status(), submission)
    withExtendedLifetime(signals) {}
  }

  private func loaded() throws -> LoadedExperiment {
    let (loaded, warnings) = try LoadedExperiment.read(
      path, overrides: settings.all, replications: replications, seed: seed)
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }
    return loaded
  }

  private func folder(_ signals: StopSignals) throws -> ClusterFolder {
    let loaded = try loaded()
    let design = loaded.design
    let output = try out ?? ResultsFolder.path(of: design)
    let isNew = !FileManager.default.fileExists(atPath: ClusterFolder.path(beside: output))
    if isNew, FileManager.default.fileExists(atPath: output) {
      throw RunnerFault.invalid("\(output): the file exists; name another with --out")
    }
    let known = isNew ? nil : try ClusterFolder(beside: output).shards
    guard let count = shards ?? known else {
      throw ValidationError("--shards is missing: say in how many parts the experiment is to run")
    }
    // Not even one part can be handed over where more may follow.
    guard design.stopping == nil else {
      throw RunnerFault.invalid(
        "--shards \(count): how many replications there are hangs on what all of them show; run it "
          + "with yilian run, or give their number with --replications")
    }
    try Shard(number: 1, of: count).check(design, asked: "--shards \(count)")
    if isNew {
      try PointProgress.check(
        loaded, threads: ProcessInfo.processInfo.activeProcessorCount, isQuiet: common.quiet,
        signals.flag)
    }
    var resources = Slurm.Resources()
    resources.time = time
    resources.memory = mem
    resources.partition = partition
    resources.account = account
    resources.processors = cpus
    resources.options = sbatch
    return try ClusterFolder(
      beside: output, for: design, shards: count, resources: resources,
      program: Bundle.main.executablePath ?? CommandLine.arguments[0],
      command: CommandLine.arguments.joined(separator: " "))
  }

  /// The commands by which what is missing is submitted; none where all is merged.
  private func tellHow(_ run: inout ClusterRun) throws {
    let status = try run.status(asksQueue: false)
    var lines: [String] = []
    if !status.isMerged {
      lines.append("cd \(run.folder.path)")
      let missing = status.shards.filter { $0.state != .done }.map(\.number)
      if missing.isEmpty {
        lines.append("sbatch merge.sh")
      } else {
        lines.append("array=$(sbatch --parsable --array=\(ClusterRun.ranges(missing)) shard.sh)")
        lines.append("sbatch --dependency=afterok:$array --kill-on-invalid-dep=yes merge.sh")
      }
    }
    if common.json {
      try Console.print(
        JSONValue.object([
          ("folder", .text(run.folder.path)), ("merged", .flag(status.isMerged)),
          ("commands", .list(lines.map { .text($0) })),
        ]).indented)
    } else if status.isMerged {
      Console.complain(["\(run.folder.output): is there and whole: nothing is to be submitted"])
    } else {
      try Console.print(lines.joined(separator: "\n"))
    }
  }

  private func tell(_ submission: ClusterRun.Submission, _ folder: ClusterFolder) {
    var lines: [String] = []
    if let array = submission.array {
      let count = submission.shards.count
      lines.append("submitted \(count) shard\(count == 1 ? "" : "s") as job array \(array)")
    }
    if let merge = submission.merge { lines.append("submitted the merge as job \(merge)") }
    if submission.merge != nil, !wait {
      lines.append("yilian cluster … --status tells how far it is")
    }
    Console.complain(lines)
  }

  private func answer(
    _ folder: ClusterFolder, _ status: ClusterStatus, _ submission: ClusterRun.Submission?
  ) throws {
    let table = ClusterTable(folder, status)
    if common.json {
      var members = table.members
      if let submission {
        members.append(("array", submission.array.map { .integer($0) } ?? .null))
        members.append(("merge", submission.merge.map { .integer($0) } ?? .null))
        members.append(("submitted", .list(submission.shards.map { .integer($0) })))
      }
      try Console.print(JSONValue.object(members).indented)
    } else if !common.quiet || self.status {
      try Console.print(table.text(language.resolved))
    }
  }
}
