// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Arithmetic of weights and covariances that the methods share.
enum WeightedDraws {
  /// Weights that add up to 1, of logarithms that may all be very small.
  static func normalized(_ logarithms: [Double]) -> [Double] {
    let greatest = logarithms.max() ?? 0
    guard greatest.isFinite else { return logarithms.map { _ in 1 / Double(logarithms.count) } }
    let weights = logarithms.map { exp($0 - greatest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  static func mean(_ rows: [[Double]], _ weights: [Double]) -> [Double] {
    (0..<(rows.first?.count ?? 0)).map { k in
      zip(rows, weights).reduce(0) { $0 + $1.1 * $1.0[k] }
    }
  }

  /// A row of the covariance matrix after the other; weights add up to 1.
  static func covariance(_ rows: [[Double]], _ weights: [Double]) -> [[Double]] {
    let center = mean(rows, weights)
    return center.indices.map { a in
      center.indices.map { b in
        zip(rows, weights).reduce(0) {
          $0 + $1.1 * ($1.0[a] - center[a]) * ($1.0[b] - center[b])
        }
      }
    }
  }

  /// The number by which deviations must be multiplied, from 1 up, so that the weights of draws are worth
  /// as many equal draws as wanted, or half of those that have a weight at all.
  ///
  /// - Parameters:
  ///   - before: The tolerance by which the draws are weighted already; infinite: by none.
  /// - Returns: ``mostTolerance`` where no draw has a weight.
  static func tolerance(
    _ logarithms: [Double], wanted: Double, from before: Double = .infinity
  ) -> Double {
    let told = logarithms.filter(\.isFinite)
    let enough = min(wanted, Double(told.count) / 2)
    guard !told.isEmpty else { return min(before, mostTolerance) }
    func effective(_ tolerance: Double) -> Double {
      let power = 1 / (tolerance * tolerance) - (before.isFinite ? 1 / (before * before) : 0)
      return CalibrationResult.effectiveCount(normalized(told.map { $0 * power }))
    }
    if effective(1) >= enough { return 1 }
    var (low, high) = (1.0, min(before, mostTolerance))
    for _ in 0..<60 {
      let middle = (low * high).squareRoot()
      if effective(middle) < enough { low = middle } else { high = middle }
    }
    return high
  }

  /// Beyond this targets say nothing.
  static let mostTolerance = 1e6

  /// Systematic resampling: each index as often as its weight asks, but for less than one.
  ///
  /// Source: Kitagawa, *J. Comput. Graph. Stat.* 5 (1996) 1–25.
  static func resample(_ weights: [Double], _ count: Int, _ stream: inout RandomStream) -> [Int] {
    let first = stream.uniform()
    var sum = weights[0]
    var index = 0
    return (0..<count).map { place in
      let level = (Double(place) + first) / Double(count)
      while sum < level, index < weights.count - 1 {
        index += 1
        sum += weights[index]
      }
      return index
    }
  }

  /// Eigenvalues, the largest first, and a unit eigenvector each, of a symmetric matrix without negative
  /// eigenvalues: its singular value decomposition, by GSL (one-sided Jacobi).
  static func eigen(_ matrix: [[Double]]) -> [(value: Double, vector: [Double])] {
    let n = matrix.count
    gsl_set_error_handler_off()
    guard let a = gsl_matrix_alloc(n, n), let v = gsl_matrix_alloc(n, n),
      let s = gsl_vector_alloc(n)
    else { preconditionFailure("no memory for \(n) rows") }
    defer {
      gsl_matrix_free(a)
      gsl_matrix_free(v)
      gsl_vector_free(s)
    }
    for i in 0..<n {
      for j in 0..<n { gsl_matrix_set(a, i, j, matrix[i][j]) }
    }
    _ = gsl_linalg_SV_decomp_jacobi(a, v, s)
    return (0..<n).map { k in
      (gsl_vector_get(s, k), (0..<n).map { gsl_matrix_get(v, $0, k) })
    }
  }

  /// The square root of a covariance matrix, and with it a step of that covariance from standard normals.
  static func step(_ covariance: [[Double]], _ normals: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: covariance.count)
    for (place, part) in eigen(covariance).enumerated() {
      let length = max(0, part.value).squareRoot() * normals[place]
      for k in result.indices { result[k] += length * part.vector[k] }
    }
    return result
  }

  /// A coordinate folded back into 0 … 1, so that steps there and back are as likely.
  static func reflected(_ x: Double) -> Double {
    let folded = abs(x).truncatingRemainder(dividingBy: 2)
    return folded > 1 ? 2 - folded : folded
  }
}

extension CalibrationProblem {
  func stream(_ purpose: String, _ owner: Int = 0, _ episode: Int = 0) -> RandomStream {
    RandomStream(
      RandomRoot(seed: seed, replication: 0), Purpose("calibration", purpose),
      owner: UInt64(owner), episode: UInt64(episode))
  }

  func draw(_ point: SimulatedPoint, weight: Double) -> CalibrationResult.Draw {
    CalibrationResult.Draw(
      coordinates: point.coordinates, weight: weight, outputs: point.means,
      variances: point.variances)
  }

  /// The point of the greatest likelihood.
  func best(_ points: [SimulatedPoint]) -> CalibrationResult.Draw {
    let likelihoods = points.map(logLikelihood)
    let place = likelihoods.indices.max { likelihoods[$0] < likelihoods[$1] } ?? 0
    return draw(points[place], weight: 1)
  }
}
