// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// Weighted least squares with a lack of fit; see ``QuadraticSurface``.
struct WeightedFit: Sendable {
  /// The variance of what the terms do not follow.
  let lackOfFit: Double
  private let rows: [[Double]]
  private let values: [Double]
  /// Of each value, run noise and lack of fit.
  private let spread: [Double]
  private let coefficients: [Double]
  /// Of the coefficients, row by row.
  private let covariance: [Double]
  private let degrees: Double

  /// - Returns: `nil` when the rows do not determine every coefficient.
  init?(rows: [[Double]], values: [Double], variances: [Double]?) {
    let noise = variances ?? Array(repeating: 0, count: values.count)
    let degrees = Double(values.count - rows[0].count)
    func fit(_ lack: Double) -> Solved? { Solved(rows, values, noise.map { $0 + lack }) }
    // With equal noise the fit is that of plain least squares, whatever the lack of fit.
    guard let plain = Solved(rows, values, values.map { _ in 1 }) else { return nil }
    let residual = plain.weightedSquares / degrees
    var lack = 0.0
    if noise.allSatisfy({ $0 == noise[0] }) {
      lack = max(0, residual - noise[0])
    } else if noise.contains(0) || fit(0).map({ $0.weightedSquares > degrees }) ?? true {
      var (low, high) = (0.0, max(residual, .leastNormalMagnitude))
      while let solved = fit(high), solved.weightedSquares > degrees { high *= 2 }
      for _ in 0..<50 {
        let middle = (low + high) / 2
        guard middle > low, middle < high, let solved = fit(middle) else { break }
        if solved.weightedSquares > degrees { low = middle } else { high = middle }
      }
      lack = high
    }
    let least = 1e-20 * max(residual, values.reduce(0) { max($0, $1 * $1) }, 1e-280)
    let spread = noise.map { max($0 + lack, least) }
    guard let solved = Solved(rows, values, spread) else { return nil }
    self.rows = rows
    self.values = values
    self.spread = spread
    self.degrees = degrees
    lackOfFit = lack
    coefficients = solved.coefficients
    covariance = solved.covariance
  }

  /// Of the terms' values at a point.
  func prediction(_ row: [Double]) -> Prediction {
    Prediction(
      value: KrigingEquations.dot(row, coefficients),
      standardError: (variance(row) + lackOfFit).squareRoot(), degreesOfFreedom: degrees)
  }

  var leftOut: [LeftOut] {
    rows.indices.map { i in
      let residual = values[i] - KrigingEquations.dot(rows[i], coefficients)
      // A point that alone decides on a coefficient is not told by the others.
      let rest = max(1e-9, 1 - variance(rows[i]) / spread[i])
      return LeftOut(
        observed: values[i],
        prediction: Prediction(
          value: values[i] - residual / rest, standardError: (spread[i] / rest).squareRoot(),
          degreesOfFreedom: max(1, degrees - 1)))
    }
  }

  private func variance(_ row: [Double]) -> Double {
    let p = row.count
    var sum = 0.0
    for a in 0..<p {
      for b in 0..<p { sum += row[a] * covariance[a * p + b] * row[b] }
    }
    return max(0, sum)
  }

  /// One fit by GSL's singular value decomposition.
  private struct Solved {
    var coefficients: [Double]
    var covariance: [Double]
    var weightedSquares: Double

    init?(_ rows: [[Double]], _ values: [Double], _ spread: [Double]) {
      gsl_set_error_handler_off()
      let (n, p) = (rows.count, rows[0].count)
      guard spread.allSatisfy({ $0 > 0 && $0.isFinite }), values.allSatisfy(\.isFinite) else {
        return nil
      }
      guard let work = gsl_multifit_linear_alloc(n, p), let x = gsl_matrix_alloc(n, p),
        let w = gsl_vector_alloc(n), let y = gsl_vector_alloc(n), let c = gsl_vector_alloc(p),
        let v = gsl_matrix_alloc(p, p)
      else { preconditionFailure("no memory for \(n) points and \(p) terms") }
      defer {
        gsl_multifit_linear_free(work)
        for matrix in [x, v] { gsl_matrix_free(matrix) }
        for vector in [w, y, c] { gsl_vector_free(vector) }
      }
      for i in 0..<n {
        for k in 0..<p { gsl_matrix_set(x, i, k, rows[i][k]) }
        gsl_vector_set(w, i, 1 / spread[i])
        gsl_vector_set(y, i, values[i])
      }
      var squares = 0.0
      var rank = 0
      let status = gsl_multifit_wlinear_tsvd(x, w, y, 1e-10, c, v, &squares, &rank, work)
      guard status == 0, rank == p else { return nil }
      coefficients = (0..<p).map { gsl_vector_get(c, $0) }
      covariance = (0..<p * p).map { gsl_matrix_get(v, $0 / p, $0 % p) }
      weightedSquares = squares
    }
  }
}
