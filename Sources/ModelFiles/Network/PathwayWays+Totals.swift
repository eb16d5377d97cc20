// SPDX-License-Identifier: GPL-3.0-or-later

extension PathwayWays {
  /// What an entity that begins in each state brings together on its way, in all, when every visit to
  /// a state brings what is given: at the least or at the most over the alternatives.
  ///
  /// Sweeps from zero up to the fixed point. What still grows then is taken to have no end: at the
  /// most it is infinite, and at the least as much as has been found.
  func totals(_ rewards: [Double], most: Bool) -> [Double] {
    var values = [Double](repeating: 0, count: states.count)
    var growing: [Bool] = []
    let sweeps = max(200, 2_000_000 / max(1, states.count))
    for _ in 0..<sweeps {
      growing = [Bool](repeating: false, count: states.count)
      for state in states.indices.reversed() {
        let value = rewards[state] + best(state, values, most)
        let change = value.isFinite ? value - values[state] : value == values[state] ? 0 : 1
        growing[state] = change > 1e-14 * value || !change.isFinite
        values[state] = value
      }
      if !growing.contains(true) { return values }
    }
    guard most else { return values }
    return zip(values, growing).map { $1 ? .infinity : $0 }
  }

  private func best(_ state: Int, _ values: [Double], _ most: Bool) -> Double {
    var best: Double?
    for exits in alternatives[state] {
      var sum = 0.0
      for exit in exits where values[exit.to] > 0 { sum += exit.weight * values[exit.to] }
      if let found = best, most ? sum <= found : sum >= found { continue }
      best = sum
    }
    return best ?? 0
  }
}
