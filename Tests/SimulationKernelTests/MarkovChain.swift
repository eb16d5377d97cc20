// SPDX-License-Identifier: GPL-3.0-or-later

/// A Markov chain in continuous time with few states, solved exactly: what simulation is held
/// against where no formula is known.
struct MarkovChain<State: Hashable> {
  private(set) var states: [State] = []
  private(set) var probabilities: [Double] = []

  /// The steady state of all that can be reached from a state, by the rates at which each is left.
  ///
  /// Elimination without subtractions, so that no digit is lost. O(states³).
  ///
  /// Source: W. K. Grassmann, M. I. Taksar, D. P. Heyman, Operations Research 33 (1985) 1107–1116.
  init(from start: State, rates: (State) -> [(to: State, rate: Double)]) {
    var numbers = [start: 0]
    var exits: [[(to: Int, rate: Double)]] = []
    states = [start]
    while exits.count < states.count {
      exits.append(
        rates(states[exits.count]).map { exit in
          if numbers[exit.to] == nil {
            numbers[exit.to] = states.count
            states.append(exit.to)
          }
          return (numbers[exit.to]!, exit.rate)
        })
    }
    let count = states.count
    var flow = [Double](repeating: 0, count: count * count)
    for (state, exits) in exits.enumerated() {
      for exit in exits where exit.to != state { flow[state * count + exit.to] += exit.rate }
    }
    for last in stride(from: count - 1, to: 0, by: -1) {
      let leaving = (0..<last).reduce(0) { $0 + flow[last * count + $1] }
      for from in 0..<last where flow[from * count + last] > 0 {
        flow[from * count + last] /= leaving
        for to in 0..<last {
          flow[from * count + to] += flow[from * count + last] * flow[last * count + to]
        }
      }
    }
    probabilities = [1]
    for state in 1..<count {
      probabilities.append(
        (0..<state).reduce(0) { $0 + probabilities[$1] * flow[$1 * count + state] })
    }
    let total = probabilities.reduce(0, +)
    probabilities = probabilities.map { $0 / total }
  }

  func probability(where holds: (State) -> Bool) -> Double { mean { holds($0) ? 1 : 0 } }

  func mean(_ value: (State) -> Double) -> Double {
    zip(states, probabilities).reduce(0) { $0 + value($1.0) * $1.1 }
  }
}
