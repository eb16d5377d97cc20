// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import GRDB
import OutputAnalysis

/// The observations of a results file as one tidy table: a row a point, replication and measure, the
/// values of the factors first.
///
/// The columns: each factor by its name (numbers in the factor's unit; the model's own value where a
/// point does not set it), `scenario`, `point_id`, `replication`, `measure`, `dimension`, `member`,
/// `value`. What is undefined is empty.
public enum TidyCSV {
  static let columns = [
    "scenario", "point_id", "replication", "measure", "dimension", "member", "value",
  ]

  /// Writes the table to standard output.
  ///
  /// - Throws: ``RunnerFault`` when it cannot be written.
  public static func print(_ results: ResultsFile) throws {
    let output = CSVFile(standardOutput: "standard output")
    let header = results.header
    let factors = header.factors
    try output.write(row: (factors.map(\.name) + columns).map { .text($0) })
    for point in header.points {
      let settings = point.settingValues
      var cells = factors.map { factor -> CSVFile.Cell in
        factor.value(in: settings).map { .text(factor.number($0)) } ?? .empty
      }
      cells.append(.text(point.scenario))
      try faults(at: results.path) {
        try results.database.read { db in
          let statement = try db.cachedStatement(
            sql: """
              SELECT o.point_id, o.replication, s.measure, s.dimension, s.member, o.value
              FROM observed_value o JOIN series s ON s.series_id = o.series_id
              WHERE o.point_id = ? ORDER BY 2, 3, 4, 5
              """)
          let rows = try Row.fetchCursor(statement, arguments: [point.id])
          while let row = try rows.next() {
            try output.write(row: cells + (0..<6).map { CSVFile.Cell(row[$0]) })
          }
        }
      }
    }
    try output.close()
  }
}
