// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// The lower triangle L of a positive definite matrix L·Lᵀ, by GSL.
struct CholeskyFactor: Sendable {
  let size: Int
  private let factor: [Double]

  /// - Parameter matrix: Row by row; only its lower triangle is read.
  /// - Returns: `nil` when it is not positive definite.
  init?(_ matrix: [Double], size: Int) {
    precondition(matrix.count == size * size && size > 0, "a matrix is square")
    guard matrix.allSatisfy(\.isFinite) else { return nil }
    gsl_set_error_handler_off()
    var factor = matrix
    let status = factor.withUnsafeMutableBufferPointer { numbers in
      var view = gsl_matrix_view_array(numbers.baseAddress, size, size)
      return gsl_linalg_cholesky_decomp1(&view.matrix)
    }
    guard status == 0, (0..<size).allSatisfy({ factor[$0 * size + $0] > 0 }) else { return nil }
    self.size = size
    self.factor = factor
  }

  /// The logarithm of the matrix's determinant.
  var logDeterminant: Double {
    2 * (0..<size).reduce(0) { $0 + gsl_sf_log(factor[$1 * size + $1]) }
  }

  /// x of A·x = b.
  func solve(_ right: [Double]) -> [Double] {
    var result = right
    factor.withUnsafeBufferPointer { numbers in
      var matrix = gsl_matrix_const_view_array(numbers.baseAddress, size, size)
      result.withUnsafeMutableBufferPointer { values in
        var vector = gsl_vector_view_array(values.baseAddress, size)
        _ = gsl_linalg_cholesky_svx(&matrix.matrix, &vector.vector)
      }
    }
    return result
  }

  /// The inverse of the matrix, row by row.
  var inverse: [Double] {
    var result = factor
    result.withUnsafeMutableBufferPointer { numbers in
      var view = gsl_matrix_view_array(numbers.baseAddress, size, size)
      _ = gsl_linalg_cholesky_invert(&view.matrix)
    }
    return result
  }
}
