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
    guard let first = inputs.first else { throw RunnerFault.invalid("there is no file to merge") }
    // One file is open at a time: there may be more of them than a process may open.
    var header = try ResultsFile.open(first).header
    var faults: [String] = []
    var held: Set<ReplicationKey> = []
    var shards = 1
    for path in inputs {
      let file = try ResultsFile.open(path)
      if file.header.provenance[ResultsHeader.stoppingKey] != nil {
        faults.append(
          "\(path): its replications were decided one after the other: it has no shards")
      }
      faults += file.header.differences(
        from: header, ignoring: ["command", "shard"], here: "it", there: first
      ).map { "\(path): is of another design: \($0)" }
      shards = max(shards, file.header.shard.count)
      held.formUnion(try file.storedReplications())
    }
    guard faults.isEmpty else { throw RunnerFault(.invalidInput, faults) }

    missing = header.pairs.filter { !held.contains($0) }
    stored = held.count
    if !missing.isEmpty, !allowMissing {
      throw RunnerFault.invalid(Self.description(ofMissing: missing, header, shards: shards))
    }
    header.provenance["command"] = command
    header.provenance["shard"] = Shard.whole.description
    try Self.write(inputs, header, to: output)
  }

  /// Replications that enter in one transaction.
  private static let batch = 256

  /// Writes beside the output, under a name that no other merge has, and moves it there when it is
  /// whole; what is there by then stays.
  private static func write(_ inputs: [String], _ header: ResultsHeader, to output: String) throws {
    let partial = "\(output).partial-\(UUID().uuidString.prefix(8))"
    defer {
      for file in [partial, partial + "-journal"] {
        try? FileManager.default.removeItem(atPath: file)
      }
    }
    do {
      let merged = try ResultsFile.prepare(at: partial, for: header, resume: false)
      var known: Set<ReplicationKey> = []
      for path in inputs {
        let file = try ResultsFile.open(path)
        var waiting: [FinishedReplication] = []
        try file.forEachReplication { stored in
          if known.insert(stored.key).inserted {
            waiting.append(stored.finished)
          } else if try merged.replication(stored.key) != stored {
            throw RunnerFault.invalid(
              "\(path): replication \(stored.key.replication) of point \(stored.key.point) has "
                + "other values than in the files before it")
          }
          if waiting.count == batch {
            try merged.write(waiting)
            waiting = []
          }
        }
        try merged.write(waiting)
      }
    }
    try move(partial, to: output)
  }

  /// Gives a file its name, unless another has been given it meanwhile.
  private static func move(_ partial: String, to output: String) throws(RunnerFault) {
    if link(partial, output) == 0 {
      unlink(partial)
      return
    }
    var reason = errno
    // Some file systems have no second name for a file.
    if [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(reason) {
      reason = FileManager.default.fileExists(atPath: output) ? EEXIST : 0
      if reason == 0, rename(partial, output) != 0 { reason = errno }
    }
    switch reason {
    case 0: return
    case EEXIST: throw .invalid("\(output): the file exists; name another with --out")
    default: throw .machine("\(output): cannot be written: \(String(cString: strerror(reason)))")
    }
  }

  private static func description(
    ofMissing missing: [ReplicationKey], _ header: ResultsHeader, shards count: Int
  ) -> String {
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
