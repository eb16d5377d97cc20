// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import GRDB
import OutputAnalysis

/// The results of an experiment: one SQLite database, whole at every instant.
///
/// Replications enter in transactions of whole replications under a rollback journal, so that a
/// process killed at any moment leaves a file that holds all that was finished before.
public final class ResultsFile {
  public let path: String
  public private(set) var header: ResultsHeader
  let database: DatabaseQueue
  private let lock: FileLock?
  private var seriesIdentifiers: [SeriesName: Int64] = [:]
  /// Identifiers of the series of each point, ascending: each of its replications has the same.
  private var shapes: [Int: [Int64]] = [:]

  struct SeriesName: Hashable {
    var measure: String
    var dimension: String
    var member: String
  }

  // MARK: Opening

  /// A new file for a design, or an existing one to be continued.
  ///
  /// - Parameters:
  ///   - resume: Whether the file may exist. It is then continued if it is of the same design;
  ///     more replications extend it. A file that does not exist is started.
  /// - Throws: ``RunnerFault``; a file that is refused is left as it was.
  public static func prepare(at path: String, for header: ResultsHeader, resume: Bool) throws
    -> ResultsFile
  {
    try checkFolder(of: path)
    if FileManager.default.fileExists(atPath: path) {
      guard resume else {
        throw RunnerFault.invalid(
          "\(path): the file exists; continue it with --resume or name another with --out")
      }
      try checkSignature(of: path)
      let lock = try FileLock(path)
      let database = try openDatabase(path, readOnly: false)
      if try database.isBlank(path) {
        return try ResultsFile(path, database, creating: header, lock: lock)
      }
      let file = try ResultsFile(path, database, lock: lock)
      try file.adopt(header)
      return file
    }
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
      throw RunnerFault.unwritable(path, errno)
    }
    let lock = try FileLock(path)
    return try ResultsFile(
      path, openDatabase(path, readOnly: false), creating: header, lock: lock)
  }

  /// A finished or unfinished file, to be read only.
  public static func open(_ path: String) throws -> ResultsFile {
    guard FileManager.default.fileExists(atPath: path) else {
      throw RunnerFault.invalid("\(path): there is no such file")
    }
    try checkFolder(of: path)
    try checkSignature(of: path)
    if FileManager.default.fileExists(atPath: path + "-journal") {
      // A killed run left a transaction half done; only a writer may take it back.
      _ = try? openDatabase(path, readOnly: false).isBlank(path)
    }
    let database = try openDatabase(path, readOnly: true)
    guard try !database.isBlank(path) else {
      throw RunnerFault.invalid("\(path): the file is empty: its run was stopped before it began")
    }
    return try ResultsFile(path, database, lock: nil)
  }

  private init(
    _ path: String, _ database: DatabaseQueue, creating header: ResultsHeader, lock: FileLock
  ) throws {
    self.path = path
    self.database = database
    self.header = header
    self.lock = lock
    try faults(at: path) {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA page_size = 8192")
        try Self.setWriting(db)
      }
      try database.write { db in
        try db.execute(sql: ResultsSchema.tables)
        for view in ResultsSchema.views { try db.execute(sql: view) }
        if header.isBatched { try db.execute(sql: ResultsSchema.batchCorrelation) }
        try db.execute(sql: "PRAGMA application_id = \(ResultsSchema.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(ResultsSchema.version)")
        for (key, value) in header.provenance.sorted(by: { $0.key < $1.key }) {
          try db.execute(sql: "INSERT INTO provenance VALUES (?, ?)", arguments: [key, value])
        }
        for point in header.points {
          try db.execute(
            sql: "INSERT INTO point VALUES (?, ?, ?)",
            arguments: [point.id, point.scenario, point.settings])
        }
        for (point, baseline) in header.baselines.sorted(by: { $0.key < $1.key }) {
          try db.execute(
            sql: "INSERT INTO baseline_pair VALUES (?, ?)", arguments: [point, baseline])
        }
        try Self.storeQuantiles(db, replications: header.replications)
      }
    }
  }

  private init(_ path: String, _ database: DatabaseQueue, lock: FileLock?) throws {
    self.path = path
    self.database = database
    self.lock = lock
    header = try faults(at: path) { try database.read { try Self.readHeader($0, path) } }
    guard lock != nil else { return }
    try faults(at: path) {
      try database.read { db in
        for row in try Row.fetchAll(db, sql: "SELECT * FROM series") {
          let name = SeriesName(
            measure: row["measure"], dimension: row["dimension"], member: row["member"])
          seriesIdentifiers[name] = row["series_id"]
        }
        let keys = "SELECT point_id, MIN(replication) AS first FROM replication GROUP BY point_id"
        for row in try Row.fetchAll(db, sql: keys) {
          let point: Int = row["point_id"]
          shapes[point] = try Int64.fetchAll(
            db,
            sql: """
              SELECT series_id FROM observed_value WHERE point_id = ? AND replication = ?
              ORDER BY series_id
              """, arguments: [point, row["first"] as Int])
        }
      }
    }
  }

  /// Checks that the file is of the design, and makes room for its replications.
  private func adopt(_ wanted: ResultsHeader) throws {
    var lines = header.differences(
      from: wanted, ignoring: ["command", "replications", ResultsHeader.mostKey],
      here: "the file", there: "this run")
    // A rule asks again for what it asked for before.
    if wanted.replications < header.replications, wanted.stopping == nil {
      lines.append(
        "replications: the file has \(header.replications), this run has \(wanted.replications)")
    }
    guard lines.isEmpty else {
      throw RunnerFault(
        .invalidInput, lines.map { "\(path): cannot be continued by this run: \($0)" })
    }
    try faults(at: path) { try database.writeWithoutTransaction(Self.setWriting) }
    try keepLimit(of: wanted)
    try reserve(replications: wanted.replications)
  }

  /// Keeps the most replications that the run which goes on may make.
  private func keepLimit(of wanted: ResultsHeader) throws {
    let limit = wanted.provenance[ResultsHeader.mostKey]
    guard limit != header.provenance[ResultsHeader.mostKey] else { return }
    header.provenance[ResultsHeader.mostKey] = limit
    try faults(at: path) {
      try database.write { db in
        try db.execute(
          sql: "DELETE FROM provenance WHERE key = ?", arguments: [ResultsHeader.mostKey])
        guard let limit else { return }
        try db.execute(
          sql: "INSERT INTO provenance VALUES (?, ?)", arguments: [ResultsHeader.mostKey, limit])
      }
    }
  }

  /// Makes room for so many replications of each point; more than there were.
  func reserve(replications: Int) throws {
    guard replications > header.replications else { return }
    header.provenance["replications"] = "\(replications)"
    try faults(at: path) {
      try database.write { db in
        try db.execute(
          sql: "UPDATE provenance SET value = ? WHERE key = 'replications'",
          arguments: ["\(replications)"])
        try Self.storeQuantiles(db, replications: replications)
      }
    }
  }

  private static func storeQuantiles(_ db: Database, replications: Int) throws {
    let stored = try Int.fetchOne(db, sql: "SELECT MAX(n) FROM student") ?? 1
    guard stored < replications else { return }
    for n in (stored + 1)...replications {
      let quantile = studentQuantile(degreesOfFreedom: n - 1)
      try db.execute(
        sql: "INSERT INTO student VALUES (?, ?, ?)",
        arguments: [n, quantile, quantile / Double(n).squareRoot()])
    }
  }

  // MARK: Writing

  /// The pairs whose replication is stored.
  public func storedReplications() throws -> Set<ReplicationKey> {
    try faults(at: path) {
      try database.read { db in
        var keys: Set<ReplicationKey> = []
        let rows = try Row.fetchCursor(db, sql: "SELECT point_id, replication FROM replication")
        while let row = try rows.next() {
          keys.insert(ReplicationKey(point: row[0], replication: row[1]))
        }
        return keys
      }
    }
  }

  /// Stores whole replications in one transaction.
  func write(_ finished: [FinishedReplication]) throws {
    guard !finished.isEmpty else { return }
    try faults(at: path) {
      try database.write { db in
        for replication in finished { try insert(replication, db) }
      }
    }
  }

  private func insert(_ finished: FinishedReplication, _ db: Database) throws {
    let (key, result) = (finished.key, finished.result)
    try db.cachedStatement(sql: "INSERT INTO replication VALUES (?, ?, ?, ?)").execute(
      arguments: [
        key.point, key.replication, Int64(result.events), hexadecimal(result.checksum),
      ])
    var rows: [(series: Int64, value: Double?)] = []
    rows.reserveCapacity(result.observations.count)
    for observation in result.observations {
      // SQLite would forget the sign of a zero, and keeps no NaN: neither enters.
      let value = observation.value.flatMap { $0.isNaN ? nil : $0 + 0 }
      rows.append((try seriesIdentifier(of: observation, db), value))
    }
    rows.sort { $0.series < $1.series }
    checkShape(rows.map(\.series), key)
    let insertion = try db.cachedStatement(sql: "INSERT INTO observed_value VALUES (?, ?, ?, ?)")
    for row in rows {
      try insertion.execute(arguments: [key.point, key.replication, row.series, row.value])
    }
  }

  private func checkShape(_ series: [Int64], _ key: ReplicationKey) {
    precondition(
      zip(series, series.dropFirst()).allSatisfy { $0 != $1 },
      "a run observed the same measure, dimension and member twice")
    if let shape = shapes[key.point] {
      precondition(
        shape == series,
        "replication \(key.replication) of point \(key.point) has other rows than those before it")
    }
    shapes[key.point] = series
  }

  private func seriesIdentifier(of observation: Observation, _ db: Database) throws -> Int64 {
    let name = SeriesName(
      measure: observation.measure, dimension: observation.dimension, member: observation.member)
    if let known = seriesIdentifiers[name] { return known }
    try db.execute(
      sql: "INSERT INTO series (measure, dimension, member) VALUES (?, ?, ?)",
      arguments: [name.measure, name.dimension, name.member])
    seriesIdentifiers[name] = db.lastInsertedRowID
    return db.lastInsertedRowID
  }
}
