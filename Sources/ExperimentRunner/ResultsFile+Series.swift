// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import OutputAnalysis

extension ResultsFile {
  /// One series at every point and replication where it is defined; empty when there is no such series.
  func values(of series: MeasureSeries) throws -> [ReplicationKey: Double] {
    try faults(at: path) {
      try database.read { db in
        var result: [ReplicationKey: Double] = [:]
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT o.point_id, o.replication, o.value
            FROM series s JOIN observed_value o ON o.series_id = s.series_id
            WHERE s.measure = ? AND s.dimension = ? AND s.member = ? AND o.value IS NOT NULL
            """,
          arguments: [series.measure.measure, series.measure.dimension, series.member])
        while let row = try rows.next() {
          result[ReplicationKey(point: row[0], replication: row[1])] = row[2]
        }
        return result
      }
    }
  }

  /// The series of all members of a measure and a dimension, each at every point and replication where
  /// it is defined; empty when there are none.
  package func values(of request: MeasureRequest) throws -> [String: [ReplicationKey: Double]] {
    try faults(at: path) {
      try database.read { db in
        var result: [String: [ReplicationKey: Double]] = [:]
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT s.member, o.point_id, o.replication, o.value
            FROM series s JOIN observed_value o ON o.series_id = s.series_id
            WHERE s.measure = ? AND s.dimension = ? AND o.value IS NOT NULL
            """, arguments: [request.measure, request.dimension])
        while let row = try rows.next() {
          result[row[0], default: [:]][ReplicationKey(point: row[1], replication: row[2])] = row[3]
        }
        return result
      }
    }
  }
}
