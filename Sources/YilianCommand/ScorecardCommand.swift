// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct ScorecardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecard",
    abstract: "Every claim of the source documents: observed, predicted, verdict.",
    discussion: """
      Reads the claims.csv of every model, runs the experiments by which outcomes are predicted at draws of \
      all assumptions (what is kept and still of the same texts is read), and prints for each claim what \
      is predicted, with run noise and over the assumptions, whether it was fitted or is out of sample, and \
      the verdict; of inputs, levers and rules where in which model they live. No verdict is an error: the \
      status is 0. A run that was stopped goes on when the command is given again.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case table, csv, json, markdown }

  @Argument(help: ArgumentHelp("A folder of models, or one of them.", valueName: "folder"))
  var models = "Models"

  @Option(
    help: ArgumentHelp(
      "Only claims of this identifier, place, model or experiment; may be repeated.",
      valueName: "name"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp("Where results are kept, a file an experiment.", valueName: "folder"))
  var results = "Results/scorecard"

  @Flag(help: "Run nothing: say which results are missing.")
  var reuseOnly = false

  @Option(help: "Draws of the assumptions (default: 20, or those of the results that are kept).")
  var draws: Int?

  @Option(help: "Replications of each draw (default: 2, or those that are kept).")
  var replications: Int?

  @OptionGroup var threads: ThreadsOption

  @Option(help: "How it is written: table, csv, json or markdown.")
  var format: Format?

  @Option(help: ArgumentHelp("Write it into a file.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Draw it, too: a file that ends in .svg, .png, .pdf, or .json for the specification.",
      valueName: "file"))
  var chart: String?

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  private static let usualDraws = 20
  private static let usualReplications = 2

  private enum Picture {
    case data
    case picture(ChartRenderer.Format)
  }

  func validate() throws {
    let fewest = UncertaintyAnalysis.fewestDraws
    if let draws, !(fewest...100_000).contains(draws) {
      throw ValidationError(
        "--draws is \(draws); a verdict needs \(fewest) at least: write a number from \(fewest) to 100000"
      )
    }
    if let replications, !(2...1_000_000).contains(replications) {
      throw ValidationError(
        "--replications is \(replications); run noise is seen from 2 on, better 4")
    }
    if common.json, let format, format != .json {
      throw ValidationError(
        "--json and --format \(format.rawValue) contradict each other; keep one")
    }
    _ = try picture
  }

  private var picture: Picture? {
    get throws {
      guard let chart else { return nil }
      let ending = chart.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if ending == "json" { return .data }
      guard let format = ChartRenderer.Format(rawValue: ending) else {
        throw ValidationError(
          "--chart \(chart): write a file that ends in .svg, .png, .pdf or .json")
      }
      return .picture(format)
    }
  }

  func run() throws {
    let signals = StopSignals()
    let faults = FaultCollector()
    let table = ClaimsTable(models, faults)
    let chosen = try chosen(table)
    let tests = ClaimTests(table, chosen, faults)
    table.checkPlaces(faults)
    try faults.throwIfAny()
    for experiment in tests.experiments {
      try UncertaintyExperiment.check(experiment.plan, path: experiment.path)
    }
    var card = Scorecard(chosen)
    let kept = try tests.experiments.map { try found($0) }
    for (experiment, stored) in zip(tests.experiments, kept) {
      try card.hold(
        try stored ?? simulated(experiment, signals), beside: experiment.tests)
    }
    try draw(card)
    try write(card)
    withExtendedLifetime(signals) {}
  }

  /// The claims asked for.
  private func chosen(_ table: ClaimsTable) throws -> [Claim] {
    guard !only.isEmpty else { return table.claims }
    func names(_ claim: Claim) -> [String] {
      [
        claim.id, claim.place, claim.placeChinese, table.owners[claim.id] ?? "",
        claim.question?.experiment ?? "",
      ].map { $0.lowercased() }
    }
    let known = Set(table.claims.flatMap(names)).subtracting([""]).sorted()
    for name in only where !known.contains(name.lowercased()) && !table.claims.isEmpty {
      let hint = nearestName(to: name, among: known).map { "did you mean \($0)?" }
      throw RunnerFault.invalid(
        "--only \(name): is no claim, place, model or experiment of \(models)"
          + (hint.map { "; \($0)" } ?? ""))
    }
    let wanted = Set(only.map { $0.lowercased() })
    return table.claims.filter { !wanted.isDisjoint(with: names($0)) }
  }

  private func file(_ experiment: ClaimTests.OfExperiment) -> String {
    "\(results)/\(experiment.name).sqlite"
  }

  private func kept(_ experiment: ClaimTests.OfExperiment) throws -> ClaimResults {
    try ClaimResults(
      at: file(experiment), for: experiment.plan, draws: draws, replications: replications)
  }

  /// Results that stand; `nil`: they are still to be simulated.
  private func found(_ experiment: ClaimTests.OfExperiment) throws -> ResultsFile? {
    switch try kept(experiment) {
    case .usable(let results): return results
    // What is there of an unfinished run is told, and what it lacks with it.
    case .unfinished(let results) where reuseOnly: return results
    case .absent where reuseOnly:
      throw RunnerFault.invalid(
        "\(file(experiment)): there is no such file; leave out --reuse-only, and \(experiment.path) is run"
      )
    case .other(let why) where reuseOnly:
      throw RunnerFault.invalid("\(why); leave out --reuse-only, and it is run again")
    case .absent, .unfinished, .other: return nil
    }
  }

  private func simulated(
    _ experiment: ClaimTests.OfExperiment, _ signals: StopSignals
  ) throws -> ResultsFile {
    let path = file(experiment)
    try makeFolder()
    var (draws, replications) = (
      draws ?? Self.usualDraws, replications ?? Self.usualReplications
    )
    switch try kept(experiment) {
    case .unfinished(let results):
      draws = ClaimResults.draws(of: results.header)
      replications = max(replications, results.header.replications)
      say("\(experiment.name): goes on with \(path)")
    case .other(let why):
      let old = "\(results)/\(experiment.name)-old.sqlite"
      try Self.move(path, to: old)
      say("\(why); run again, what was there is \(old)")
    case .absent, .usable: say("\(experiment.name): \(draws) draws, \(replications) replications")
    }
    let text = try UncertaintyExperiment(
      path: experiment.path, experiment.plan, draws: draws, threads: threads.count)
    let (loaded, warnings) = try LoadedExperiment.read(
      text.path, text: text.text, overrides: [], replications: replications)
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }
    try PointProgress.check(
      loaded, threads: threads.count, isQuiet: common.quiet, signals.flag)
    return try Simulation(
      file: path, resume: true, threads: threads.count, isQuiet: common.quiet,
      goesOn: "the same command goes on"
    ).run(loaded.design, signals)
  }

  private func say(_ line: String) {
    if !common.quiet { Console.complain([line]) }
  }

  private func makeFolder() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: results, withIntermediateDirectories: true)
    } catch {
      throw RunnerFault.machine(
        "\(results): the folder cannot be made; name another with --results")
    }
  }

  private static func move(_ path: String, to old: String) throws {
    do {
      try? FileManager.default.removeItem(atPath: old)
      try FileManager.default.moveItem(atPath: path, toPath: old)
    } catch {
      throw RunnerFault.machine("\(path): cannot be moved to \(old)")
    }
  }

  // MARK: What is written

  private func draw(_ card: Scorecard) throws {
    guard let chart, let picture = try picture else { return }
    let drawn = try ScorecardChart(card, ChartContext(language.resolved)).chart
    switch picture {
    case .data: try OutputFile.write(Data((drawn.spec.indented + "\n").utf8), to: chart)
    case .picture(let format):
      try OutputFile.write(ChartRenderer().pictures([drawn], as: format)[0], to: chart)
    }
  }

  private func write(_ card: Scorecard) throws {
    let language = language.resolved
    let table = ScorecardTable(card, language)
    let text =
      switch format ?? (common.json ? .json : .table) {
      case .table: table.text(width: Console.width)
      case .csv: table.csv
      case .json: table.json.indented + "\n"
      case .markdown: table.markdown
      }
    if let out { return try OutputFile.write(Data(text.utf8), to: out) }
    try Console.print(
      format ?? .table == .table && !common.json
        ? Colour.paint(text, ScorecardTable.verdicts(language)) : text)
  }
}
