// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import OutputAnalysis

/// How closely an output rises or falls with each factor over a sample of points: Spearman's rank
/// correlation, and the partial one, in which the other factors' linear part in ranks is taken out of
/// both sides.
///
/// Run noise in the output can only bring a correlation nearer to zero, on average: it is never counted as
/// an effect of a factor. Intervals are Fisher's, with the variance (1 + ρ²/2) / (n − 3) of ranks, n less the
/// number of other factors for the partial ones.
///
/// Sources: Bonett and Wright, *Psychometrika* 65 (2000) 23–28; partial: Helton and Davis, *Reliab. Eng.
/// Syst. Saf.* 81 (2003) 23–69, section 6.5.
public struct RankCorrelation: Hashable, Sendable {
  /// Of one factor.
  public struct Coefficient: Hashable, Sendable, BitwiseCopyable {
    public var interval: ConfidenceInterval
    /// Chance of a coefficient so far from zero if there were none (Student's t); see
    /// ``OutputAnalysis/holmAdjusted(_:)`` for several factors.
    public var pValue: Double
  }

  /// By factor; `nil` of one that does not vary, or where the output does not.
  public var plain: [Coefficient?]
  /// By factor; `nil` of all where points are too few, factors are not independent, or one does not
  /// vary.
  public var partial: [Coefficient]?
  public var points: Int

  /// Points that leave ten degrees of freedom to partial correlations.
  public static func leastForPartial(factors: Int) -> Int { factors + 12 }
  /// Fewest points of which correlations are told.
  public static let leastPoints = 8

  /// - Parameters:
  ///   - points: Of each point, one number a factor: any that rises with it.
  ///   - values: The output at each point; ``leastPoints`` at least.
  public init(points: [[Double]], values: [Double], level: Double = 0.95) {
    precondition(
      points.count == values.count && values.count >= Self.leastPoints,
      "correlations need points, each with a value")
    self.points = points.count
    let factors = points[0].count
    let columns = (0..<factors).map { factor in Self.ranks(points.map { $0[factor] }) }
    let output = Self.ranks(values)
    let count = points.count
    plain = columns.map { column in
      guard Self.varies(column), Self.varies(output) else { return nil }
      return Self.coefficient(
        gsl_stats_correlation(column, 1, output, 1, count), count: count, others: 0, level: level)
    }
    guard count >= Self.leastForPartial(factors: factors), plain.allSatisfy({ $0 != nil }) else {
      return
    }
    partial = Self.partial(columns + [output])?.map {
      Self.coefficient($0, count: count, others: factors - 1, level: level)
    }
  }

  private static func varies(_ column: [Double]) -> Bool { column.contains { $0 != column[0] } }

  private static func coefficient(
    _ correlation: Double, count: Int, others: Int, level: Double
  ) -> Coefficient {
    // Rounding may leave a perfect correlation a little beyond 1.
    let rho = min(1, max(-1, correlation))
    let size = Double(count - others)
    let error = ((1 + rho * rho / 2) / (size - 3)).squareRoot()
    let reach = gsl_cdf_ugaussian_Pinv((1 + level) / 2) * error
    let freedom = size - 2
    let student = abs(rho) * (freedom / max(1e-300, 1 - rho * rho)).squareRoot()
    return Coefficient(
      interval: ConfidenceInterval(
        estimate: rho, low: tanh(atanh(rho) - reach), high: tanh(atanh(rho) + reach), n: count,
        level: level),
      pValue: min(1, 2 * gsl_cdf_tdist_Q(student, freedom)))
  }

  /// Ranks from 1, those of equal values their mean.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for place in first...last { ranks[order[place]] = Double(first + last) / 2 + 1 }
      first = last + 1
    }
    return ranks
  }

  /// Correlations of the last column with each other, given the rest: from the inverse of the matrix
  /// of correlations. `nil` when it has none.
  private static func partial(_ columns: [[Double]]) -> [Double]? {
    let size = columns.count
    guard let matrix = gsl_matrix_alloc(size, size) else { preconditionFailure("out of memory") }
    defer { gsl_matrix_free(matrix) }
    for row in 0..<size {
      for column in 0...row {
        let value =
          row == column
          ? 1 : gsl_stats_correlation(columns[row], 1, columns[column], 1, columns[row].count)
        gsl_matrix_set(matrix, row, column, value)
        gsl_matrix_set(matrix, column, row, value)
      }
    }
    _ = gsl_set_error_handler_off()
    guard gsl_linalg_cholesky_decomp1(matrix) == Int32(GSL_SUCCESS),
      // Columns that are sums of others leave nothing but rounding.
      (0..<size).allSatisfy({ gsl_matrix_get(matrix, $0, $0) > 1e-6 }),
      gsl_linalg_cholesky_invert(matrix) == Int32(GSL_SUCCESS)
    else { return nil }
    let last = gsl_matrix_get(matrix, size - 1, size - 1)
    return (0..<(size - 1)).map { factor in
      -gsl_matrix_get(matrix, factor, size - 1)
        / (gsl_matrix_get(matrix, factor, factor) * last).squareRoot()
    }
  }
}
