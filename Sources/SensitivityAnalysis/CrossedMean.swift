// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// The mean of a table whose rows and columns are both samples: of points or trajectories, and of
/// replications that all rows share.
///
/// A cell is m + aᵢ + bⱼ + eᵢⱼ. Under common random numbers the luck of a replication, bⱼ, is in every row,
/// so that rows are not independent of each other and a bootstrap over rows alone would miss it. With
/// mean squares of rows, columns and the rest, (MS_row + MS_column − MS_rest) / (rows · columns) is an
/// unbiased estimate of the variance of the grand mean; the degrees of freedom are Satterthwaite's.
/// Where columns vary no more than the rest does, the variance is taken as MS_row / (rows · columns).
///
/// Sources: Searle, Casella and McCulloch, *Variance Components*, 1992, sections 4.7 and 4.8 (two-way
/// crossed random effects); Satterthwaite, *Biometrics Bulletin* 2 (1946) 110–114.
public struct CrossedMean: Hashable, Sendable, BitwiseCopyable {
  public var mean: Double
  /// Student's interval; `nil` of a single cell. Of a single column it is the plain one over rows.
  public var interval: ConfidenceInterval?
  /// Variance of aᵢ between rows, without that of the rest; may be below zero by chance. With a single
  /// column the rest is in it. `nil` of a single row.
  public var rowVariance: Double?
  /// Variance of the rest, eᵢⱼ; `nil` of a single row or column.
  public var restVariance: Double?

  /// - Parameter table: Rows of equal length, one value a column; not empty.
  public init(_ table: [[Double]], level: Double = 0.95) {
    let (rows, columns) = (table.count, table.first?.count ?? 0)
    precondition(
      rows >= 1 && columns >= 1 && table.allSatisfy { $0.count == columns },
      "a table has rows of one length")
    let rowMeans = table.map { $0.reduce(0, +) / Double(columns) }
    let columnMeans = (0..<columns).map { column in
      table.reduce(0) { $0 + $1[column] } / Double(rows)
    }
    // Moments of the means are found in two passes: equal values have a variance of exactly zero.
    guard let ofRows = SampleMoments(rowMeans), let ofColumns = SampleMoments(columnMeans) else {
      preconditionFailure("a table has cells")
    }
    mean = ofRows.mean
    guard rows > 1, columns > 1 else {
      interval = ConfidenceInterval(of: rows > 1 ? rowMeans : columnMeans, level: level)
      if rows > 1 { rowVariance = ofRows.variance }
      return
    }
    var rest = 0.0
    for (row, rowMean) in zip(table, rowMeans) {
      for (value, columnMean) in zip(row, columnMeans) {
        let deviation = value - rowMean - columnMean + mean
        rest += deviation * deviation
      }
    }
    let restFreedom = Double((rows - 1) * (columns - 1))
    rest /= restFreedom
    restVariance = rest
    rowVariance = ofRows.variance - rest / Double(columns)
    let cells = Double(rows * columns)
    // Of the grand mean: what rows bring, and what columns bring beyond the rest.
    let byRows = ofRows.variance / Double(rows)
    let byColumns = ofColumns.variance / Double(columns)
    var variance = byRows
    var spread = byRows * byRows / Double(rows - 1)
    if byColumns > rest / cells {
      variance += byColumns - rest / cells
      spread += byColumns * byColumns / Double(columns - 1)
      spread += rest * rest / (cells * cells) / restFreedom
    }
    let freedom = spread > 0 ? variance * variance / spread : Double(rows - 1)
    let halfWidth =
      studentQuantile(degreesOfFreedom: max(1, Int(freedom)), level: level)
      * variance.squareRoot()
    interval = ConfidenceInterval(
      estimate: mean, low: mean - halfWidth, high: mean + halfWidth, n: rows, level: level)
  }
}
