// SPDX-License-Identifier: GPL-3.0-or-later

extension ConfidenceInterval {
  /// Wilson's interval of a proportion: within [0, 1], and sound for shares near 0 or 1.
  ///
  /// - Returns: `nil` when there is no trial.
  ///
  /// Source: Wilson, *J. Am. Stat. Assoc.* 22 (1927) 209–212.
  public init?(proportionOf successes: Int, in trials: Int, level: Double = 0.95) {
    precondition(successes >= 0 && successes <= trials, "successes lie between 0 and the trials")
    guard trials > 0 else { return nil }
    let n = Double(trials)
    let share = Double(successes) / n
    let z = Quantiles.normal(tail: (1 - level) / 2)
    let shrink = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / shrink
    let reach = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / shrink
    self.init(
      estimate: share,
      low: successes == 0 ? 0 : max(0, centre - reach),
      high: successes == trials ? 1 : min(1, centre + reach),
      n: trials, level: level)
  }

  /// The exact interval of a proportion, from quantiles of F: never covers less than `level`.
  ///
  /// - Returns: `nil` when there is no trial.
  ///
  /// Source: Clopper and Pearson, *Biometrika* 26 (1934) 404–413.
  public init?(exactProportionOf successes: Int, in trials: Int, level: Double = 0.95) {
    precondition(successes >= 0 && successes <= trials, "successes lie between 0 and the trials")
    guard trials > 0 else { return nil }
    let tail = (1 - level) / 2
    let hits = Double(successes)
    let misses = Double(trials - successes)
    var low = 0.0
    var high = 1.0
    if successes > 0 {
      let f = Quantiles.f(tail: tail, degreesOfFreedom: (2 * (misses + 1), 2 * hits))
      low = hits / (hits + (misses + 1) * f)
    }
    if successes < trials {
      let f = Quantiles.f(tail: tail, degreesOfFreedom: (2 * (hits + 1), 2 * misses))
      high = (hits + 1) * f / ((hits + 1) * f + misses)
    }
    self.init(
      estimate: hits / Double(trials), low: low, high: high, n: trials, level: level)
  }

  /// The exact interval of the mean of a Poisson count: for rare outcomes, zero included.
  ///
  /// For a count of zero the upper end at 95 % is 3.69 (both tails share the risk; the one-sided
  /// "rule of three" is the upper end at level 0.90). `n` is the count.
  ///
  /// Source: Garwood, *Biometrika* 28 (1936) 437–442.
  public init(poissonCount count: Int, level: Double = 0.95) {
    precondition(count >= 0, "a count is not negative")
    let tail = (1 - level) / 2
    let twice = 2 * Double(count)
    let low = count == 0 ? 0 : Quantiles.chiSquare(lower: tail, degreesOfFreedom: twice) / 2
    let high = Quantiles.chiSquare(tail: tail, degreesOfFreedom: twice + 2) / 2
    self.init(estimate: Double(count), low: low, high: high, n: count, level: level)
  }
}
