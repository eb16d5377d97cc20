// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import OutputAnalysis

/// What a point's batch means of one measure say of their independence.
public struct BatchCorrelationRow: Hashable, Sendable {
  public var point: Int
  public var scenario: String
  public var measure: String
  public var correlation: BatchCorrelation
}

extension ResultsFile {
  /// Of the whole, without dimensions: the view `batch_correlation` has all.
  static let mainMeasures = [
    "wait", "time-in-system", "queue-length", "occupancy", "utilisation", "throughput",
  ]

  /// The chance that independent batches of a point are called too short in any measure.
  public static let batchAlpha = 0.05

  /// The same shared out over the measures.
  public static var batchAlphaOfEach: Double { batchAlpha / Double(mainMeasures.count) }

  /// The lag-1 autocorrelation of batch means; empty where the file holds replications, or where
  /// there are too few batches to tell.
  public func batchCorrelations() throws -> [BatchCorrelationRow] {
    guard header.isBatched else { return [] }
    return try faults(at: path) {
      try database.read { db in
        try header.points.flatMap { point in
          try Self.mainMeasures.compactMap { measure in
            let values = try Double?.fetchAll(
              db,
              sql: """
                SELECT o.value FROM observed_value o JOIN series s ON s.series_id = o.series_id
                WHERE o.point_id = ? AND s.measure = ? AND s.dimension = ''
                ORDER BY o.replication
                """, arguments: [point.id, measure])
            guard values.allSatisfy({ $0 != nil }),
              let correlation = BatchCorrelation(of: values.compactMap(\.self))
            else { return nil }
            return BatchCorrelationRow(
              point: point.id, scenario: point.scenario, measure: measure,
              correlation: correlation)
          }
        }
      }
    }
  }
}
