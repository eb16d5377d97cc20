// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The folder beside a results file in which its shards are run by a cluster.
///
/// - `design.sqlite`: a results file without replications. The tasks read model and experiment from
///   the texts in it, so that files changed while jobs wait change nothing.
/// - `shard-K-of-N.sqlite`: a whole shard; `shard-K-of-N.part-…`: one on its way.
/// - `shard.sh`, `merge.sh`, `log/`: the job scripts and what they say.
/// - `jobs.json`: what was submitted.
public struct ClusterFolder: Sendable {
  /// The results file that the shards will be merged into.
  public let output: String
  public let path: String
  public let shards: Int
  public let header: ResultsHeader
  private(set) var jobs: Jobs

  /// What was submitted.
  struct Jobs: Codable, Sendable {
    struct Array: Codable, Sendable {
      var job: Int
      var shards: [Int]
    }
    var shards: Int
    var arrays: [Array] = []
    var merge: Int?

    var all: Set<Int> { Set(arrays.map(\.job) + (merge.map { [$0] } ?? [])) }
  }

  /// The folder of a results file: its name with `.shards` in place of `.sqlite`.
  public static func path(beside output: String) -> String {
    (output.hasSuffix(".sqlite") ? String(output.dropLast(".sqlite".count)) : output) + ".shards"
  }

  // MARK: Making and opening

  /// A folder that is there.
  ///
  /// - Throws: ``RunnerFault`` when it is not, or is none that yilian made.
  public init(beside output: String) throws {
    self.output = output
    path = Self.path(beside: output)
    guard FileManager.default.fileExists(atPath: path) else {
      throw RunnerFault.invalid("\(path): there is no such folder: nothing was submitted yet")
    }
    guard let data = FileManager.default.contents(atPath: path + "/jobs.json"),
      let jobs = try? JSONDecoder().decode(Jobs.self, from: data), jobs.shards >= 1
    else {
      throw RunnerFault.invalid(
        "\(path): has no jobs.json that can be read: it is not a folder of shards")
    }
    self.jobs = jobs
    shards = jobs.shards
    header = try ResultsFile.open(path + "/design.sqlite").header
  }

  /// A new folder for a design, or the one that is there if it is of the same design, in as many
  /// shards.
  ///
  /// - Parameters:
  ///   - program: The path of `yilian` on the nodes.
  ///   - command: The command line, kept for the reader of the results.
  /// - Throws: ``RunnerFault`` with what differs.
  public init(
    beside output: String, for design: ExperimentDesign, shards: Int, resources: Slurm.Resources,
    program: String, command: String
  ) throws {
    let path = Self.path(beside: output)
    let header = ResultsHeader(design, command: command)
    try Self.check(shards, header, path)
    if !FileManager.default.fileExists(atPath: path + "/jobs.json") {
      try ResultsFile.checkFolder(of: output)
      try Self.make(path, header, Jobs(shards: shards))
    }
    try self.init(beside: output)
    try check(header, shards)
    let scripts = ClusterScripts(
      name: design.name, program: program, shards: shards,
      output: URL(fileURLWithPath: output).lastPathComponent, resources: resources)
    try Self.write(scripts.shard, to: path + "/shard.sh")
    try Self.write(scripts.merge, to: path + "/merge.sh")
  }

  private static func check(_ shards: Int, _ header: ResultsHeader, _ path: String)
    throws(RunnerFault)
  {
    let pairs = header.pairs.count
    guard shards <= pairs else {
      throw .invalid(
        "--shards is \(shards), but there are \(pairs) replications in all; write \(pairs) or less")
    }
  }

  private func check(_ wanted: ResultsHeader, _ count: Int) throws(RunnerFault) {
    var lines = header.differences(
      from: wanted, ignoring: ["command"], here: "the folder", there: "this design")
    if count != shards {
      lines.append("shards: the folder has \(shards), this command has \(count)")
    }
    guard lines.isEmpty else {
      throw RunnerFault(
        .invalidInput,
        lines.map { "\(path): holds shards of another design: \($0)" }
          + ["\(path): name other results with --out, or remove the folder"])
    }
  }

  private static func make(_ path: String, _ header: ResultsHeader, _ jobs: Jobs) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path + "/log", withIntermediateDirectories: true)
    } catch {
      throw RunnerFault.fileInTheWay(of: path) ?? .machine("\(path): the folder cannot be made")
    }
    let design = path + "/design.sqlite"
    let partial = design + ".partial"
    for file in [partial, partial + "-journal"] {
      try? FileManager.default.removeItem(atPath: file)
    }
    _ = try ResultsFile.prepare(at: partial, for: header, resume: false)
    guard rename(partial, design) == 0 else {
      throw RunnerFault.machine("\(design): cannot be written: \(String(cString: strerror(errno)))")
    }
    try write(jobs, in: path)
  }

  // MARK: Records

  private static func write(_ jobs: Jobs, in path: String) throws(RunnerFault) {
    guard let data = try? JSONEncoder().encode(jobs) else {
      preconditionFailure("numbers can be written as JSON")
    }
    try write(String(decoding: data, as: UTF8.self) + "\n", to: path + "/jobs.json")
  }

  private static func write(_ text: String, to file: String) throws(RunnerFault) {
    do { try text.write(toFile: file, atomically: true, encoding: .utf8) } catch {
      throw .machine("\(file): cannot be written; is the disk full?")
    }
  }

  mutating func record(_ change: (inout Jobs) -> Void) throws(RunnerFault) {
    change(&jobs)
    try Self.write(jobs, in: path)
  }

  // MARK: Shards

  func file(of shard: Int) -> String { "\(path)/\(name(of: shard)).sqlite" }

  private func name(of shard: Int) -> String { "shard-\(shard)-of-\(shards)" }

  /// Whether the shard's file is there and holds all of it.
  ///
  /// - Throws: ``RunnerFault`` when the file is of another design.
  func isWhole(_ shard: Int) throws -> Bool {
    let path = file(of: shard)
    guard FileManager.default.fileExists(atPath: path) else { return false }
    return try isWhole(path, Shard(number: shard, of: shards))
  }

  /// Whether the results file is there.
  ///
  /// - Throws: ``RunnerFault`` when the file in its place is of another design, or not whole.
  func isMerged() throws -> Bool {
    guard FileManager.default.fileExists(atPath: output) else { return false }
    guard try isWhole(output, .whole) else {
      throw RunnerFault.invalid(
        "\(output): does not hold all of the design: it was not merged from \(path); move it away")
    }
    return true
  }

  private func isWhole(_ path: String, _ shard: Shard) throws -> Bool {
    let file = try ResultsFile.open(path)
    var wanted = header
    wanted.provenance["shard"] = shard.description
    let lines = file.header.differences(
      from: wanted, ignoring: ["command"], here: "it", there: "the design")
    guard lines.isEmpty else {
      throw RunnerFault(.invalidInput, lines.map { "\(path): is of another design: \($0)" })
    }
    let stored = try file.storedReplications()
    return header.pairs(of: shard).allSatisfy(stored.contains)
  }

  /// Replications in the shard's file that is on its way; of several attempts, in the best.
  func progress(of shard: Int) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let prefixes = [".part-", ".stopped"].map { name(of: shard) + $0 }
    return
      names.filter { file in
        !file.hasSuffix("-journal") && prefixes.contains { file.hasPrefix($0) }
      }
      .map { ResultsFile.countOfReplications(path + "/" + $0) }.max() ?? 0
  }

  /// The last line that the latest attempt at a shard left in its log.
  func lastWord(of shard: Int) -> String? {
    for array in jobs.arrays.reversed() where array.shards.contains(shard) {
      return lastLine(of: "\(path)/log/\(array.job)_\(shard).log")
    }
    return nil
  }

  private func lastLine(of file: String) -> String? {
    guard let handle = FileHandle(forReadingAtPath: file) else { return nil }
    defer { try? handle.close() }
    let size = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: size > 4096 ? size - 4096 : 0)
    let text = String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").last.map { String($0.prefix(200)) }
  }
}

extension ResultsHeader {
  /// The pairs of a shard; see ``Shard/pairs(of:)``.
  func pairs(of shard: Shard) -> [ReplicationKey] {
    let pairs = pairs
    return stride(from: shard.number - 1, to: pairs.count, by: shard.count).map { pairs[$0] }
  }
}
