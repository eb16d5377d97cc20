// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Runs one replication again and writes what happens in it.",
    discussion: """
      The log has a line for each event: who, when, what, at which step and resource. With --entity \
      and no format it is the story of one entity. Tracing changes no number of the run. Of a region, \
      --entity with a town and a number tells the story of one resident, and --format ledger gives the \
      yearly statements of global budgets, to the fen.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, xes, ledger
  }

  @Argument(
    help: "A folder with a model.yaml, an experiment file, or a results file, whose texts are run.")
  var path: String

  @Option(help: ArgumentHelp("Which replication.", valueName: "K"))
  var replication = 1

  @Option(help: "Which scenario (default: the baseline).")
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "Which point of a design over factors, by its number in the results (default: the first).",
      valueName: "N"))
  var point: Int?

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64?

  @Option(help: ArgumentHelp("Stop there, such as 8 h (default: the end).", valueName: "time"))
  var until: String?

  @Option(help: "The form of the log (default: csv).")
  var format: Format?

  @Option(
    help: ArgumentHelp(
      "Only this entity: its source or town and its number there, such as walk-ins-17.",
      valueName: "id"))
  var entity: String?

  @Option(help: ArgumentHelp("The file to write (default: standard output).", valueName: "file"))
  var out: String?

  @OptionGroup var settings: RunSettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...Int(UInt32.max)).contains(replication) else {
      throw ValidationError("--replication is \(replication); write 1 or more")
    }
    if format == .ledger, entity != nil || until != nil {
      throw ValidationError("--format ledger is of whole years; leave --entity and --until out")
    }
    if common.json, format != nil, format != .ledger {
      throw ValidationError("--json and --format are two forms; keep one")
    }
  }

  func run() throws {
    let signals = StopSignals()
    let (loaded, warnings) = try LoadedExperiment.read(path, overrides: settings.all, seed: seed)
    if !common.quiet { Console.complain(warnings.map { "warning: \($0)" }) }
    if format == .ledger { return try writeLedger(loaded) }
    if loaded.plan.kind == .region, let entity { return try tell(entity, loaded, signals) }
    let trace = try NetworkTrace(
      loaded, scenario: scenario, point: point, replication: replication, until: until,
      entity: entity)
    let output = try TextOutput(out)
    var log = self.log(of: trace)
    try output.write(log.begin())
    let outcome = try trace.run(stop: signals.flag) { try output.write(log.add($0)) }
    try output.write(log.end())
    try output.close()
    withExtendedLifetime(signals) {}
    if outcome.wasStopped { throw ExitStatus.stopped }
    if let deadlock = outcome.deadlock { throw deadlock }
  }

  private func writeLedger(_ loaded: LoadedExperiment) throws {
    let ledger = try BudgetLedger(
      loaded, scenario: scenario, point: point, replication: replication)
    let output = try TextOutput(out)
    let table = BudgetLedgerTable(ledger, language.resolved)
    try output.write(
      common.json ? ledger.json.indented + "\n" : table.text(width: Console.width))
    try output.close()
  }

  /// The story of one resident of a region.
  private func tell(_ resident: String, _ loaded: LoadedExperiment, _ signals: StopSignals) throws {
    if format != nil || until != nil {
      throw RunnerFault.invalid(
        "\(resident): of a resident there is the whole story, or --json; leave --format and --until out"
      )
    }
    let trace = try ResidentTrace(
      loaded, scenario: scenario, point: point, replication: replication, resident: resident)
    let output = try TextOutput(out)
    var story = ResidentStory(trace, language.resolved)
    var isFirst = true
    try output.write(common.json ? "[" : story.begin())
    let checksum = try trace.run(stop: signals.flag) { event in
      let text = common.json ? JSONValue.object(event.members).description : story.add(event)
      try output.write(common.json ? (isFirst ? "\n  " : ",\n  ") + text : text)
      isFirst = false
    }
    try output.write(common.json ? "\n]\n" : "")
    try output.close()
    withExtendedLifetime(signals) {}
    if checksum == nil { throw ExitStatus.stopped }
  }

  private func log(of trace: NetworkTrace) -> any EventLog {
    if common.json { return JSONEventLog(trace) }
    switch format {
    case .xes: return XESEventLog(trace)
    case nil where entity != nil: return EntityStory(trace, language.resolved)
    default: return CSVEventLog(trace)
    }
  }
}

/// A file, or standard output.
final class TextOutput {
  private let path: String?
  private let handle: FileHandle
  private var buffer = ""

  init(_ path: String?) throws {
    self.path = path
    guard let path else {
      handle = .standardOutput
      return
    }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw RunnerFault.unwritable(path, errno)
    }
    self.handle = handle
  }

  func write(_ text: String) throws {
    buffer += text
    if buffer.utf8.count > 1 << 16 { try flush() }
  }

  /// Ends the writing.
  func close() throws {
    try flush()
    if path != nil { try? handle.close() }
  }

  private func flush() throws {
    defer { buffer = "" }
    do { try handle.write(contentsOf: Data(buffer.utf8)) } catch {
      throw RunnerFault.machine(
        path.map { "\($0): cannot be written; is the disk full?" }
          ?? "standard output cannot be written")
    }
  }
}
