// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct TwinsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "twins",
    abstract: "Tells who gains and who loses: the same residents under two policies.",
    discussion: """
      Random numbers are shared, so each resident is compared with himself. Runs an experiment of a \
      region and prints shares, means and quantiles of changes by groups, how equally care is shared \
      out, and access before and after; of a results file it prints them again. --resident tells the \
      two stories of one person; --residents writes everybody of one replication as CSV.
      """)

  enum Group: String, CaseIterable, ExpressibleByArgument {
    case town, tier, scheme, income, distance, age
  }

  @Argument(help: "An experiment file with scenarios of a region, or a results file of twins.")
  var path: String

  @Option(help: "The scenario (default: the only one beside the baseline).")
  var scenario: String?

  @Option(help: "The scenario to compare with (default: the experiment's baseline).")
  var baseline: String?

  @Option(help: "Tell residents apart by this; may be repeated (default: town).")
  var by: [Group] = []

  @Option(
    help: ArgumentHelp(
      "Income a head and year, by which spending is called catastrophic.", valueName: "CNY"))
  var income: Double?

  @Option(
    help: ArgumentHelp(
      "Travel within which people come, for access (default: 30).", valueName: "minutes"))
  var catchment: Double?

  @Option(
    help: ArgumentHelp("Tell the two stories of one resident.", valueName: "town-number"))
  var resident: String?

  @Option(
    help: ArgumentHelp("Write all residents of one replication there.", valueName: "file.csv"))
  var residents: String?

  @Option(help: ArgumentHelp("Which one, of --resident and --residents.", valueName: "K"))
  var replication: Int?

  @Option(help: "Replications.")
  var replications: Int?

  @OptionGroup var store: StoreOptions
  @OptionGroup var sharing: ShardOption
  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let replications, replications < 1 {
      throw ValidationError("--replications is \(replications); write 1 or more")
    }
    if let replication, !(1...Int(UInt32.max)).contains(replication) {
      throw ValidationError("--replication is \(replication); write 1 or more")
    }
    if let income, !(income > 0 && income.isFinite) {
      throw ValidationError("--income is \(income); write CNY a head and year, above 0")
    }
    if let catchment, !(catchment > 0 && catchment.isFinite) {
      throw ValidationError("--catchment is \(catchment); write minutes above 0")
    }
    if resident != nil, residents != nil {
      throw ValidationError("--resident is one person, --residents everybody; keep one")
    }
    if replication != nil, resident == nil, residents == nil {
      throw ValidationError("--replication goes with --resident or --residents")
    }
  }

  func run() throws {
    let signals = StopSignals()
    defer { withExtendedLifetime(signals) {} }
    if StoredExperiment.isDatabase(path), resident == nil, residents == nil {
      return try report(try stored())
    }
    let (loaded, warnings) = try LoadedExperiment.read(
      path, overrides: settings.all, replications: replications, seed: store.seed)
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }
    var asked: TwinSettings
    if StoredExperiment.isDatabase(path), let twins = try ResultsFile.open(path).header.twins,
      scenario == nil, baseline == nil
    {
      asked = twins
    } else {
      asked = try loaded.twinSettings(scenario: scenario, baseline: baseline)
    }
    if StoredExperiment.isDatabase(path), let replication {
      let most = try ResultsFile.open(path).header.replications
      guard replication <= most else {
        throw RunnerFault.invalid(
          "--replication is \(replication); \(path) has \(most), write a number from 1 to \(most)")
      }
    }
    if let catchment { asked.catchment = catchment }
    if let income { asked.income = income }
    if let resident {
      try tell(resident, loaded, asked, signals)
    } else if let residents {
      try writeAll(to: residents, loaded, asked, signals)
    } else {
      try simulate(loaded, asked, signals)
    }
  }

  /// What is asked of a file that is there must be in it.
  private func stored() throws -> ResultsFile {
    var given: [String] = []
    if scenario != nil { given.append("--scenario") }
    if baseline != nil { given.append("--baseline") }
    if income != nil { given.append("--income") }
    if catchment != nil { given.append("--catchment") }
    if replications != nil { given.append("--replications") }
    if store.seed != nil { given.append("--seed") }
    if store.out != nil { given.append("--out") }
    if store.resume { given.append("--resume") }
    if sharing.part != nil { given.append("--shard") }
    given += settings.given
    guard given.isEmpty else {
      throw RunnerFault.invalid(
        "\(path): is a results file, which is printed as it is; give \(given.joined(separator: ", ")) "
          + "with the experiment")
    }
    return try ResultsFile.open(path)
  }

  private func simulate(
    _ loaded: LoadedExperiment, _ asked: TwinSettings, _ signals: StopSignals
  ) throws {
    let design = try loaded.twinDesign(asked)
    let shard = sharing.shard
    try shard.check(design)
    let results = try store.simulate(
      loaded, design, shard: shard, suffix: "-twins", isQuiet: common.quiet, signals)
    if shard.isWhole { try report(results) }
    if !common.json, !common.quiet { try Console.print("\nresults: \(results.path)") }
  }

  private func report(_ results: ResultsFile) throws {
    let table = TwinTable(
      try TwinFindings(results), by: by.isEmpty ? ["town"] : by.map(\.rawValue))
    try Console.print(
      common.json ? table.json.indented : table.text(language.resolved, width: Console.width))
  }

  private func tell(
    _ resident: String, _ loaded: LoadedExperiment, _ asked: TwinSettings, _ signals: StopSignals
  ) throws {
    var story = try TwinStory(
      loaded, asked, replication: replication ?? 1, resident: resident)
    guard try story.run(stop: signals.flag) else { throw ExitStatus.stopped }
    let told = TwinStoryText(story, language.resolved)
    try Console.print(common.json ? told.json.indented : told.text)
  }

  private func writeAll(
    to file: String, _ loaded: LoadedExperiment, _ asked: TwinSettings, _ signals: StopSignals
  ) throws {
    let table = try TwinResidents(loaded, asked, replication: replication ?? 1)
    let output = try TextOutput(file == "-" ? nil : file)
    guard try table.run(stop: signals.flag, { try output.write($0) }) else {
      throw ExitStatus.stopped
    }
    try output.close()
    if file != "-", !common.quiet { Console.complain(["residents: \(file)"]) }
  }
}
