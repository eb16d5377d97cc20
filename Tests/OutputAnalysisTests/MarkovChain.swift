// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The long-run probabilities of a birth–death chain, as normalised products of rate ratios.
///
/// The independent route to the formulas of one station: products are summed as logarithms, with
/// none of the recursions of the code under test.
func birthDeathProbabilities(
  states: Int, birthRate: Double, deathRate: (Int) -> Double
) -> [Double] {
  var logarithms = [0.0]
  for state in 1..<states {
    logarithms.append(
      logarithms[state - 1] + log(birthRate) - log(deathRate(state)))
  }
  let largest = logarithms.max()!
  let weights = logarithms.map { exp($0 - largest) }
  let total = weights.reduce(0, +)
  return weights.map { $0 / total }
}

/// The mean of a function of the state.
func mean(_ probabilities: [Double], _ value: (Int) -> Double) -> Double {
  probabilities.enumerated().reduce(0) { $0 + $1.element * value($1.offset) }
}

/// A Markov chain in continuous time over any states, solved by Gauss–Seidel sweeps: the
/// independent route to priorities and networks.
struct MarkovChain<State: Hashable> {
  private(set) var states: [State] = []
  private var rows: [State: Int] = [:]
  private var inflows: [[(from: Int, rate: Double)]] = []
  private var outflow: [Double] = []

  /// Explores from a start, following transitions; what `transitions` leaves out is the cut.
  init(start: State, transitions: (State) -> [(State, Double)]) {
    states = [start]
    rows[start] = 0
    inflows = [[]]
    outflow = [0]
    var next = 0
    while next < states.count {
      for (target, rate) in transitions(states[next]) where rate > 0 {
        if rows[target] == nil {
          rows[target] = states.count
          states.append(target)
          inflows.append([])
          outflow.append(0)
        }
        inflows[rows[target]!].append((next, rate))
        outflow[next] += rate
      }
      next += 1
    }
  }

  /// Long-run probabilities, to about 1e-12 of the largest.
  func probabilities() -> [Double] {
    var probabilities = Array(repeating: 1 / Double(states.count), count: states.count)
    for _ in 0..<100_000 {
      var change = 0.0
      for state in states.indices {
        var flow = 0.0
        for (from, rate) in inflows[state] { flow += probabilities[from] * rate }
        let value = flow / outflow[state]
        change += abs(value - probabilities[state])
        probabilities[state] = value
      }
      let total = probabilities.reduce(0, +)
      for state in states.indices { probabilities[state] /= total }
      if change / total < 1e-13 { break }
    }
    return probabilities
  }

  /// The long-run mean of a function of the state.
  func mean(_ value: (State) -> Double) -> Double {
    zip(states, probabilities()).reduce(0) { $0 + $1.1 * value($1.0) }
  }

  /// The long-run means of several functions of the state, for one solution.
  func means(_ values: [(State) -> Double]) -> [Double] {
    let probabilities = self.probabilities()
    return values.map { value in
      zip(states, probabilities).reduce(0) { $0 + $1.1 * value($1.0) }
    }
  }
}

/// Whether two values agree to a share of the second.
func agree(_ value: Double, _ other: Double, within tolerance: Double = 1e-9) -> Bool {
  abs(value - other) <= tolerance * max(abs(other), 1e-300)
}
