// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// The mean of a table whose rows and columns are both samples: of points or trajectories, and of
/// replications that all rows share.
///
/// What ``CrossedComponents`` says of it, and of tables too small for components: of a single row or column
/// the plain mean of the other.
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
    if rows > 1, columns > 1 {
      let components = CrossedComponents(table)
      mean = components.mean
      restVariance = components.ownNoiseVariance
      rowVariance = components.parameterVariance(isBounded: false)
      let ends = components.meanInterval(level: level)
      interval = ConfidenceInterval(
        estimate: mean, low: ends.low, high: ends.high, n: rows, level: level)
      return
    }
    let cells = rows > 1 ? table.map { $0[0] } : table[0]
    guard let moments = SampleMoments(cells) else { preconditionFailure("a table has cells") }
    mean = moments.mean
    interval = ConfidenceInterval(moments, level: level)
    if rows > 1 { rowVariance = moments.variance }
  }
}
