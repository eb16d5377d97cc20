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

  /// The exact interval of a proportion: its ends are the shares at which a count so high, or so
  /// low, has half the risk. Never covers less than `level`.
  ///
  /// - Returns: `nil` when there is no trial.
  ///
  /// Source: Clopper and Pearson, *Biometrika* 26 (1934) 404–413.
  public init?(exactProportionOf successes: Int, in trials: Int, level: Double = 0.95) {
    precondition(successes >= 0 && successes <= trials, "successes lie between 0 and the trials")
    guard trials > 0 else { return nil }
    let tail = (1 - level) / 2
    var low = 0.0
    var high = 1.0
    if successes > 0 {
      low = Quantiles.parameter(
        in: 0...1,
        where: {
          Quantiles.binomial(atMost: successes - 1, trials: trials, probability: $0)
        }, fallsTo: 1 - tail)
    }
    if successes < trials {
      high = Quantiles.parameter(
        in: 0...1,
        where: { Quantiles.binomial(atMost: successes, trials: trials, probability: $0) },
        fallsTo: tail)
    }
    self.init(
      estimate: Double(successes) / Double(trials), low: low, high: high, n: trials, level: level)
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
    let reach = Quantiles.normal(tail: tail) + 3
    let most = Double(count) + reach * (reach + Double(count).squareRoot())
    var low = 0.0
    if count > 0 {
      low = Quantiles.parameter(
        in: 0...Double(count),
        where: { Quantiles.poisson(atMost: count - 1, mean: $0) }, fallsTo: 1 - tail)
    }
    let high = Quantiles.parameter(
      in: 0...most, where: { Quantiles.poisson(atMost: count, mean: $0) }, fallsTo: tail)
    self.init(estimate: Double(count), low: low, high: high, n: count, level: level)
  }
}
