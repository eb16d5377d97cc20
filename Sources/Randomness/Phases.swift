// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The phases of a phase-type distribution: the time until a Markov chain that begins in one of them
/// leaves them all.
public struct Phases: Hashable, Sendable {
  /// The probability of beginning in each phase; they sum to 1.
  public let initial: [Double]
  /// The rates from each phase (row) to each other; 0 on the diagonal.
  public let rates: [[Double]]
  /// The rate from each phase out.
  public let exits: [Double]

  var count: Int { initial.count }

  /// The rate at which a phase is left, for another or for good.
  func leaving(_ phase: Int) -> Double { rates[phase].reduce(exits[phase], +) }

  /// The phases that do not lead out, however far one follows the rates.
  var endless: [Int] {
    var leadsOut = exits.map { $0 > 0 }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for phase in 0..<count where !leadsOut[phase] {
        if (0..<count).contains(where: { rates[phase][$0] > 0 && leadsOut[$0] }) {
          leadsOut[phase] = true
          hasChanged = true
        }
      }
    }
    return (0..<count).filter { !leadsOut[$0] }
  }

  /// The expectation of the time and of its square.
  ///
  /// With T the rates and, on the diagonal, what leaves: −T m = 1 gives the mean from each phase,
  /// and −T s = 2 m the mean square (Neuts, *Matrix-Geometric Solutions in Stochastic Models*,
  /// 1981, §2.2). Infinite when the rates are too far apart for the equations to be solved.
  var moments: (first: Double, second: Double) {
    let size = count
    let matrix = gsl_matrix_alloc(size, size)
    let permutation = gsl_permutation_alloc(size)
    let right = gsl_vector_alloc(size)
    let means = gsl_vector_alloc(size)
    let squares = gsl_vector_alloc(size)
    defer {
      gsl_matrix_free(matrix)
      gsl_permutation_free(permutation)
      gsl_vector_free(right)
      gsl_vector_free(means)
      gsl_vector_free(squares)
    }
    for row in 0..<size {
      for column in 0..<size {
        gsl_matrix_set(matrix, row, column, row == column ? leaving(row) : -rates[row][column])
      }
    }
    var sign: Int32 = 0
    gsl_vector_set_all(right, 1)
    guard gsl_linalg_LU_decomp(matrix, permutation, &sign) == 0,
      gsl_linalg_LU_solve(matrix, permutation, right, means) == 0
    else { return (.infinity, .infinity) }
    gsl_vector_memcpy(right, means)
    gsl_vector_scale(right, 2)
    guard gsl_linalg_LU_solve(matrix, permutation, right, squares) == 0 else {
      return (.infinity, .infinity)
    }
    return (0..<size).reduce((0, 0)) { sum, phase in
      (
        sum.0 + initial[phase] * gsl_vector_get(means, phase),
        sum.1 + initial[phase] * gsl_vector_get(squares, phase)
      )
    }
  }

  /// The probability of having left after the time `x`, by uniformisation: jumps at the greatest
  /// rate, of which some lead back to the same phase.
  ///
  /// Only sums of products of probabilities are taken, so that small values are as exact as great
  /// ones. Where the expected number of jumps is great, the probabilities over a short time are
  /// squared again and again instead.
  func cumulative(_ x: Double) -> Double {
    let size = count + 1  // the last state is: out
    let fastest = (0..<count).map(leaving).max() ?? 0
    let jumps = fastest * x
    guard jumps > 0 else { return 0 }
    guard jumps < 1e15 else { return 1 }
    var chain = [Double](repeating: 0, count: size * size)
    for row in 0..<count {
      for column in 0..<count where column != row {
        chain[row * size + column] = rates[row][column] / fastest
      }
      chain[row * size + row] = max(0, 1 - leaving(row) / fastest)
      chain[row * size + count] = exits[row] / fastest
    }
    chain[size * size - 1] = 1
    let terms = Int(jumps + 12 * jumps.squareRoot()) + 40 + 2 * count
    let halvings = max(0, jumps.exponent + 1)
    if jumps < 700, terms < (halvings + 25) * size {
      return leftByJumps(chain, size, jumps, terms)
    }
    return leftBySquaring(chain, size, jumps, halvings)
  }

  private func leftByJumps(
    _ chain: [Double], _ size: Int, _ jumps: Double, _ terms: Int
  ) -> Double {
    var state = initial + [0]
    var next = state
    var weight = exp(-jumps)
    var all = weight
    var left = 0.0
    for term in 1...terms {
      for column in 0..<size {
        var sum = 0.0
        for row in 0..<size { sum += state[row] * chain[row * size + column] }
        next[column] = sum
      }
      swap(&state, &next)
      weight *= jumps / Double(term)
      all += weight
      left += weight * state[size - 1]
      // All that follows is less than three times this weight.
      if Double(term) > 1.5 * jumps + 2, weight < 1e-18 * left { break }
    }
    return min(1, left / all)
  }

  private func leftBySquaring(
    _ chain: [Double], _ size: Int, _ jumps: Double, _ halvings: Int
  ) -> Double {
    func product(_ a: [Double], _ b: [Double]) -> [Double] {
      var result = [Double](repeating: 0, count: size * size)
      for row in 0..<size {
        for middle in 0..<size where a[row * size + middle] > 0 {
          let factor = a[row * size + middle]
          for column in 0..<size {
            result[row * size + column] += factor * b[middle * size + column]
          }
        }
      }
      return result
    }
    let step = jumps * Double(sign: .plus, exponent: -halvings, significand: 1)
    var power = chain
    var weight = exp(-step)
    var total = chain.map { _ in 0.0 }
    for row in 0..<size { total[row * size + row] = weight }
    for term in 1...25 {
      weight *= step / Double(term)
      for place in total.indices { total[place] += weight * power[place] }
      power = product(power, chain)
    }
    for _ in 0..<halvings {
      total = product(total, total)
      // Rows are probabilities: rounding must not add up over the squarings.
      for row in 0..<size {
        let sum = total[row * size..<(row + 1) * size].reduce(0, +)
        for column in 0..<size { total[row * size + column] /= sum }
      }
    }
    return min(1, (0..<count).reduce(0) { $0 + initial[$1] * total[$1 * size + size - 1] })
  }
}
