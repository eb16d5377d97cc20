// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Brings the shards of one design together in one file.
public struct ResultsMerge {
  /// Pairs of the design that no file held.
  public var missing: [ReplicationKey]
  /// Pairs that the new file holds.
  public var stored: Int

  /// Merges files of one design.
  ///
  /// - Parameters:
  ///   - allowMissing: Whether pairs of the design may be in none of the files.
  ///   - command: The command line, kept for the reader of the file.
  /// - Throws: ``RunnerFault`` when `output` exists, when the files are of different designs or
  ///   machines, when they hold different values for the same pair, or when pairs are missing.
  public init(
    of inputs: [String], into output: String, allowMissing: Bool = false, command: String
  ) throws {
    guard !FileManager.default.fileExists(atPath: output) else {
      throw RunnerFault.invalid("\(output): the file exists; name another with --out")
    }
    try ResultsFile.checkFolder(of: output)
    let files = try inputs.map(ResultsFile.open)
    guard let first = files.first else { throw RunnerFault.invalid("there is no file to merge") }
    let faults = files.dropFirst().flatMap { file in
      file.header.differences(
        from: first.header, ignoring: ["command", "shard"], here: "it", there: first.path
      ).map { "\(file.path): is of another design: \($0)" }
    }
    guard faults.isEmpty else { throw RunnerFault(.invalidInput, faults) }

    var held: Set<ReplicationKey> = []
    for file in files { held.formUnion(try file.storedReplications()) }
    missing = first.header.pairs.filter { !held.contains($0) }
    stored = held.count
    if !missing.isEmpty, !allowMissing {
      throw RunnerFault.invalid(Self.description(ofMissing: missing, in: files))
    }

    var header = first.header
    header.provenance["command"] = command
    header.provenance["shard"] = Shard.whole.description
    try Self.write(files, header, to: output)
  }

  /// Writes beside the output and moves it there when it is whole.
  private static func write(_ files: [ResultsFile], _ header: ResultsHeader, to output: String)
    throws
  {
    let partial = output + ".partial"
    try? FileManager.default.removeItem(atPath: partial)
    defer { try? FileManager.default.removeItem(atPath: partial) }
    do {
      let merged = try ResultsFile.prepare(at: partial, for: header, resume: false)
      var known: Set<ReplicationKey> = []
      for file in files {
        try file.forEachReplication { stored in
          if known.insert(stored.key).inserted {
            try merged.write([stored.finished])
          } else if try merged.replication(stored.key) != stored {
            throw RunnerFault.invalid(
              "\(file.path): replication \(stored.key.replication) of point \(stored.key.point) "
                + "has other values than in the files before it")
          }
        }
      }
    }
    guard rename(partial, output) == 0 else {
      throw RunnerFault.machine("\(output): cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  private static func description(ofMissing missing: [ReplicationKey], in files: [ResultsFile])
    -> String
  {
    let header = files[0].header
    let count = files.map(\.header.shard.count).max() ?? 1
    let pairs = header.pairs
    let position = Dictionary(uniqueKeysWithValues: zip(pairs, pairs.indices))
    let shards = Set(missing.map { position[$0]! % count + 1 }).sorted()
    let names = shards.map { "\($0)/\(count)" }.joined(separator: ", ")
    return "\(missing.count) of \(pairs.count) replications are in none of the files"
      + (count > 1 ? ": they belong to shard \(names)" : "")
      + "; --allow-missing merges what there is"
  }
}

extension StoredReplication {
  var finished: FinishedReplication {
    FinishedReplication(
      key: key,
      result: ReplicationResult(events: events, checksum: checksum, observations: observations))
  }
}
