// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

@Suite("A phase-type distribution")
struct PhaseTypeTests {
  @Test("of equal phases in a row is the Erlang distribution, far out and near 0 too")
  func erlang() throws {
    for stages in [1, 2, 7, 40] {
      let phases = try Distribution.hypoexponential(
        means: Array(repeating: 12 / Double(stages), count: stages))
      let erlang = try Distribution.erlang(stages: stages, mean: 12)
      #expect(abs(phases.mean - 12) <= 1e-11)
      #expect(abs(phases.variance / erlang.variance - 1) <= 1e-9)
      for x in [0.01, 0.3, 2, 9, 12, 30, 100, 500] {
        let expected = erlang.cumulative(x)
        #expect(abs(phases.cumulative(x) - expected) <= 1e-11 * expected, "\(stages) at \(x)")
      }
    }
  }

  @Test("of two phases in a row has the distribution function of the textbook")
  func hypoexponential() throws {
    // Rates 1 and 1/3: F(x) = 1 - (a exp(-bx) - b exp(-ax)) / (a - b).
    let phases = try Distribution.hypoexponential(means: [1, 3])
    #expect(abs(phases.mean - 4) <= 1e-14 && abs(phases.variance - 10) <= 1e-12)
    for x in [0.1, 1.0, 4, 20, 60] {
      let expected = 1 - (gsl_sf_exp(-x / 3) - gsl_sf_exp(-x) / 3) / (1 - 1.0 / 3)
      #expect(abs(phases.cumulative(x) - expected) <= 1e-14)
    }
  }

  @Test("agrees with GSL's matrix exponential, with few and with many jumps")
  func matrixExponential() throws {
    let generators: [[[Double]]] = [
      [[-3, 2, 0.5], [1, -2, 1], [0, 0.25, -1.25]],
      [[-302, 300], [0.2, -0.25]],
      [[-1, 0.5, 0, 0], [0, -2, 2, 0], [0.1, 0, -5, 4.9], [0, 0, 0, -0.3]],
    ]
    for generator in generators {
      let size = generator.count
      let share = 1 / Double(size)
      let phases = try Distribution.phaseType(
        initial: Array(repeating: share, count: size), subgenerator: generator)
      let scaled = gsl_matrix_alloc(size, size)
      let result = gsl_matrix_alloc(size, size)
      defer {
        gsl_matrix_free(scaled)
        gsl_matrix_free(result)
      }
      for x in [0.001, 0.1, 1, 3, 10, 40] {
        for row in 0..<size {
          for column in 0..<size {
            gsl_matrix_set(scaled, row, column, x * generator[row][column])
          }
        }
        #expect(gsl_linalg_exponential_ss(scaled, result, 0) == 0)
        var staying = 0.0
        for row in 0..<size {
          for column in 0..<size { staying += share * gsl_matrix_get(result, row, column) }
        }
        #expect(abs(1 - phases.cumulative(x) - staying) <= 1e-10, "at \(x)")
      }
    }
  }

  @Test("has the moments of its stages")
  func moments() throws {
    // A stage of mean 1, then with 0.6 one of mean 4: E = 3.4, E of the square by conditioning.
    let coxian = try Distribution.coxian(means: [1, 4], goingOn: [0.6])
    #expect(abs(coxian.mean - 3.4) <= 1e-14)
    #expect(abs(coxian.variance - (2 + 0.6 * (2 * 1 * 4 + 32) - 3.4 * 3.4)) <= 1e-12)
    let hyper = try Distribution.hyperexponential(means: [1, 12], weights: [9, 1])
    let same = try Distribution.phaseType(
      initial: [0.9, 0.1], rates: [[0, 0], [0, 0]], exits: [1, 1.0 / 12])
    #expect(abs(hyper.mean - same.mean) <= 1e-14)
    #expect(abs(hyper.variance / same.variance - 1) <= 1e-13)
    for x in [0.2, 3, 30] { #expect(abs(hyper.cumulative(x) - same.cumulative(x)) <= 1e-14) }
  }

  @Test("is the same by rates and by sub-generator")
  func generator() throws {
    let byRates = try Distribution.phaseType(
      initial: [1, 0], rates: [[0, 2], [0.5, 0]], exits: [1, 0])
    let byGenerator = try Distribution.phaseType(
      initial: [1, 0], subgenerator: [[-3, 2], [0.5, -0.5]])
    #expect(byRates == byGenerator)
  }
}
