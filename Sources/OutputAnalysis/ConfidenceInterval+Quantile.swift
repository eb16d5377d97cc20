// SPDX-License-Identifier: GPL-3.0-or-later

extension ConfidenceInterval {
  /// A quantile of independent observations and its interval between two order statistics.
  ///
  /// Free of any assumption on the distribution: the number of observations below the true
  /// quantile is binomial, so the chance that it lies between two of the ordered observations is
  /// a binomial sum. The two are the closest with at most half the risk on each side; the true
  /// coverage is therefore `level` or a little more. The estimate is the smallest observation
  /// that at least the share `probability` of them does not exceed.
  ///
  /// - Parameters:
  ///   - probability: Which quantile, in (0, 1); 0.95 for the ninety-fifth percentile.
  ///   - sample: Independent observations in any order. Waits of successive patients of one run
  ///     are not independent: give one value per replication.
  ///   - level: The least coverage.
  /// - Returns: `nil` when the sample is too small to bound the quantile on both sides at this
  ///   level; a median at 95 % needs 6 observations, a 95th percentile 72.
  /// - Complexity: O(*n* log *n*).
  ///
  /// Source: David and Nagaraja, *Order Statistics*, 3rd ed., 2003, §7.1.
  public init?(ofQuantile probability: Double, of sample: [Double], level: Double = 0.95) {
    precondition(probability > 0 && probability < 1, "a quantile lies strictly between 0 and 1")
    let n = sample.count
    guard n >= 2, n <= Int(UInt32.max) else { return nil }
    let risk = (1 - level) / 2
    // The true quantile lies below the r-th smallest observation when fewer than r observations
    // fall short of it.
    let below = Self.smallestCount(trials: n, probability: probability) { $0 > risk }
    let above = Self.smallestCount(trials: n, probability: probability) { $0 >= 1 - risk }
    guard below >= 1, above < n else { return nil }
    let sorted = sample.sorted()
    let rank = Int((probability * Double(n)).rounded(.up))
    self.init(
      estimate: sorted[max(rank, 1) - 1], low: sorted[below - 1], high: sorted[above], n: n,
      level: level)
  }

  /// The smallest k for which P(at most k successes) is accepted, by bisection.
  private static func smallestCount(
    trials: Int, probability: Double, accept: (Double) -> Bool
  ) -> Int {
    var low = 0
    var high = trials
    while low < high {
      let middle = (low + high) / 2
      if accept(Quantiles.binomial(atMost: middle, trials: trials, probability: probability)) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}
