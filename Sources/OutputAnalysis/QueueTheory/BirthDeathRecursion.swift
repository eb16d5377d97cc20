// SPDX-License-Identifier: GPL-3.0-or-later

/// Long-run means over a birth–death chain, grown state by state from the empty system.
///
/// With `p` the probability of the topmost of the states 0 … n − 1, adding state n at birth to
/// death ratio r makes it `r p / (1 + r p)` and shrinks every other by the same factor. All
/// quantities stay within [0, 1] or are means, so thousands of states neither overflow nor
/// underflow, at any load.
struct BirthDeathRecursion {
  /// The state added last.
  private(set) var state = 0
  /// Probability of that state in the chain that ends there.
  private(set) var topProbability = 1.0

  /// Adds the next state.
  ///
  /// - Parameter ratio: Birth rate in the state before over death rate in the new one.
  /// - Returns: The factor by which all earlier probabilities, and means over them, shrink.
  mutating func extend(ratio: Double) -> Double {
    state += 1
    let odds = ratio * topProbability
    topProbability = odds / (1 + odds)
    return 1 / (1 + odds)
  }
}
