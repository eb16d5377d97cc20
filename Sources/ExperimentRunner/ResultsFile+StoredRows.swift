// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import OutputAnalysis

/// One replication as a results file holds it.
struct StoredReplication: Hashable {
  var key: ReplicationKey
  var events: UInt64
  var checksum: UInt64
  /// In the order of the view `observation`.
  var observations: [Observation]
}

extension ResultsFile {
  /// The stored replications in key order, one at a time, because a file may be larger than memory.
  func forEachReplication(_ body: (StoredReplication) throws -> Void) throws {
    for key in try storedReplications().sorted() {
      try body(try replication(key))
    }
  }

  func replication(_ key: ReplicationKey) throws -> StoredReplication {
    try faults(at: path) {
      try database.read { db in
        let head = try Row.fetchOne(
          db,
          sql: "SELECT events, checksum FROM replication WHERE point_id = ? AND replication = ?",
          arguments: [key.point, key.replication])
        guard let head, let checksum = UInt64(head["checksum"] as String, radix: 16) else {
          throw RunnerFault.invalid("\(path): replication \(key.replication) cannot be read")
        }
        let statement = try db.cachedStatement(
          sql: """
            SELECT s.measure, s.dimension, s.member, o.value
            FROM observed_value o JOIN series s ON s.series_id = o.series_id
            WHERE o.point_id = ? AND o.replication = ?
            ORDER BY s.measure, s.dimension, s.member
            """)
        let rows = try Row.fetchCursor(statement, arguments: [key.point, key.replication])
        var observations: [Observation] = []
        while let row = try rows.next() {
          observations.append(
            Observation(measure: row[0], dimension: row[1], member: row[2], value: row[3]))
        }
        return StoredReplication(
          key: key, events: UInt64(head["events"] as Int64), checksum: checksum,
          observations: observations)
      }
    }
  }
}
