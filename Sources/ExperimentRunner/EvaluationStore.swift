// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import GRDB
import OutputAnalysis

/// A file of replications, each under what it was run with: the memory of a ``PointEvaluator``.
///
/// An SQLite database, whole at every instant: replications enter in transactions under a rollback
/// journal. Its tables are `context` (model and run settings), `evaluation` (settings, seed and number of
/// a replication), `series` and `value`.
public final class EvaluationStore {
  struct Key: Hashable {
    var context: Int64
    /// JSON of every overridden path.
    var settings: String
    var seed: UInt64
  }

  public let path: String
  private let database: DatabaseQueue
  private let lock: FileLock
  private var seriesIdentifiers: [MeasureSeries: Int64] = [:]

  /// "YiEv".
  static let applicationID: Int32 = 0x5969_4576
  private static let tables = """
    CREATE TABLE context (context_id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE evaluation (
      evaluation_id INTEGER PRIMARY KEY, context_id INTEGER NOT NULL REFERENCES context,
      settings TEXT NOT NULL, seed TEXT NOT NULL, replication INTEGER NOT NULL,
      events INTEGER NOT NULL, checksum TEXT NOT NULL,
      UNIQUE (context_id, settings, seed, replication));
    CREATE TABLE series (
      series_id INTEGER PRIMARY KEY, measure TEXT NOT NULL, dimension TEXT NOT NULL,
      member TEXT NOT NULL, UNIQUE (measure, dimension, member));
    CREATE TABLE value (
      evaluation_id INTEGER NOT NULL REFERENCES evaluation, series_id INTEGER NOT NULL
      REFERENCES series, value REAL, PRIMARY KEY (evaluation_id, series_id)) WITHOUT ROWID;
    """

  /// - Parameter resume: Whether the file may exist; it is then added to.
  public init(_ path: String, resume: Bool) throws {
    try ResultsFile.checkFolder(of: path)
    let exists = FileManager.default.fileExists(atPath: path)
    guard !exists || resume else {
      throw RunnerFault.invalid(
        "\(path): the file exists; go on with it by --resume or name another with --out")
    }
    if !exists, !FileManager.default.createFile(atPath: path, contents: nil) {
      throw RunnerFault.unwritable(path, errno)
    }
    self.path = path
    lock = try FileLock(path)
    let queue = try ResultsFile.openDatabase(path, readOnly: false)
    database = queue
    let isBlank = try queue.isBlank(path)
    try faults(at: path) {
      guard !isBlank else {
        try queue.writeWithoutTransaction { try ResultsFile.setWriting($0) }
        try queue.write { db in
          try db.execute(sql: Self.tables)
          try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        }
        return
      }
      let identifier = try queue.read { try Int32.fetchOne($0, sql: "PRAGMA application_id") }
      guard identifier == Self.applicationID else {
        throw RunnerFault.invalid(
          "\(path): is another database than one of evaluations; name another file with --out")
      }
      try queue.writeWithoutTransaction { try ResultsFile.setWriting($0) }
    }
  }

  func context(_ text: String) throws -> Int64 {
    try faults(at: path) {
      try database.write { db in
        try db.execute(
          sql: "INSERT INTO context (text) VALUES (?) ON CONFLICT DO NOTHING", arguments: [text])
        return try Int64.fetchOne(
          db, sql: "SELECT context_id FROM context WHERE text = ?", arguments: [text])!
      }
    }
  }

  /// The numbers of the replications there are.
  func replications(of key: Key) throws -> Set<Int> {
    try faults(at: path) {
      try database.read { db in
        try Set(
          Int.fetchAll(
            db,
            sql: """
              SELECT replication FROM evaluation WHERE context_id = ? AND settings = ? AND seed = ?
              """, arguments: [key.context, key.settings, "\(key.seed)"]))
      }
    }
  }

  func write(_ finished: [(key: Key, replication: Int, result: ReplicationResult)]) throws {
    guard !finished.isEmpty else { return }
    try faults(at: path) {
      try database.write { db in
        for (key, replication, result) in finished {
          try db.execute(
            sql: """
              INSERT INTO evaluation (context_id, settings, seed, replication, events, checksum)
              VALUES (?, ?, ?, ?, ?, ?)
              """,
            arguments: [
              key.context, key.settings, "\(key.seed)", replication, Int64(result.events),
              hexadecimal(result.checksum),
            ])
          let evaluation = db.lastInsertedRowID
          for observation in result.observations {
            try db.execute(
              sql: "INSERT INTO value VALUES (?, ?, ?)",
              arguments: [evaluation, try series(observation, db), observation.value])
          }
        }
      }
    }
  }

  private func series(_ observation: Observation, _ db: Database) throws -> Int64 {
    let series = MeasureSeries(
      measure: MeasureRequest(measure: observation.measure, dimension: observation.dimension),
      member: observation.member)
    if let known = seriesIdentifiers[series] { return known }
    let arguments: StatementArguments = [
      observation.measure, observation.dimension, observation.member,
    ]
    try db.execute(
      sql: """
        INSERT INTO series (measure, dimension, member) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
        """, arguments: arguments)
    let identifier = try Int64.fetchOne(
      db,
      sql: "SELECT series_id FROM series WHERE measure = ? AND dimension = ? AND member = ?",
      arguments: arguments)!
    seriesIdentifiers[series] = identifier
    return identifier
  }

  /// For each series a value a replication, from the first.
  ///
  /// - Throws: ``RunnerFault`` for a series that replications do not have, such as a member that is
  ///   none.
  func values(of key: Key, replications: Int, _ series: [MeasureSeries]) throws -> [[Double?]] {
    try faults(at: path) {
      try database.read { db in
        try series.map { one in
          let rows = try Row.fetchAll(
            db,
            sql: """
              SELECT replication, value FROM evaluation JOIN value USING (evaluation_id)
              JOIN series USING (series_id)
              WHERE context_id = ? AND settings = ? AND seed = ? AND replication <= ?
              AND measure = ? AND dimension = ? AND member = ? ORDER BY replication
              """,
            arguments: [
              key.context, key.settings, "\(key.seed)", replications, one.measure.measure,
              one.measure.dimension, one.member,
            ])
          guard rows.count == replications else {
            throw RunnerFault.invalid("\(one): replications have no such value")
          }
          return rows.map { $0["value"] }
        }
      }
    }
  }
}
