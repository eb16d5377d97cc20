// SPDX-License-Identifier: GPL-3.0-or-later

extension Distribution {
  /// Geometric: the number of trials up to the first success, that one included; whole numbers
  /// from 1, of mean 1/`probability`.
  ///
  /// - Parameter probability: From 10⁻⁶ to 1.
  public static func geometric(probability: Double) throws(DistributionError) -> Self {
    try Self(.checkedGeometric(probability: probability))
  }

  /// Binomial: the number of successes among `trials`.
  ///
  /// - Parameters:
  ///   - trials: From 1 to 10⁵.
  ///   - probability: From 0 to 1.
  public static func binomial(
    trials: Int, probability: Double
  ) throws(DistributionError) -> Self {
    try Self(.checkedBinomial(trials: Double(trials), probability: probability))
  }

  /// Negative binomial: the number of failures before so many successes; whole numbers from 0, of
  /// mean `successes` · (1 − `probability`) / `probability`.
  ///
  /// - Parameters:
  ///   - successes: Above 0 and at most 10⁴; need not be whole: a Poisson variable whose mean is
  ///     gamma distributed with this shape.
  ///   - probability: From 0.001 to 1.
  public static func negativeBinomial(
    successes: Double, probability: Double
  ) throws(DistributionError) -> Self {
    try Self(.checkedNegativeBinomial(successes: successes, probability: probability))
  }

  /// One of the whole numbers from `low` to `high`, both included, each as likely.
  public static func uniformInteger(low: Int, high: Int) throws(DistributionError) -> Self {
    try Self(.checkedUniformInteger(low: Double(low), high: Double(high)))
  }
}

extension Distribution.Form {
  static func checkedGeometric(probability: Double) throws(DistributionError) -> Self {
    try ParameterCheck("geometric").that(
      1e-6...1 ~= probability, probability, "probability", "from 1e-6 to 1")
    return .geometric(probability: probability)
  }

  static func checkedBinomial(
    trials: Double, probability: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("binomial")
    try check.that(1...1e5 ~= trials, trials, "trials", "from 1 to 1e5")
    try check.that(trials == trials.rounded(), trials, "trials", "a whole number")
    try check.that(0...1 ~= probability, probability, "probability", "from 0 to 1")
    return .binomial(trials: Int(trials), probability: probability)
  }

  static func checkedNegativeBinomial(
    successes: Double, probability: Double
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("negative-binomial")
    try check.positive(successes, "successes")
    try check.that(successes <= 1e4, successes, "successes", "at most 1e4")
    try check.that(0.001...1 ~= probability, probability, "probability", "from 0.001 to 1")
    return .negativeBinomial(successes: successes, probability: probability)
  }

  static func checkedUniformInteger(low: Double, high: Double) throws(DistributionError) -> Self {
    let check = ParameterCheck("uniform-integer")
    for (value, name) in [(low, "low"), (high, "high")] {
      try check.that(-1e9...1e9 ~= value, value, name, "from -1e9 to 1e9")
      try check.that(value == value.rounded(), value, name, "a whole number")
    }
    try check.that(high >= low, high, "high", "at least low, \(low)")
    return .uniformInteger(low: Int(low), high: Int(high))
  }

  /// Whether all samples are whole numbers, and so many that they are not listed.
  var isWholeNumbers: Bool {
    switch self {
    case .poisson, .geometric, .binomial, .negativeBinomial, .uniformInteger: true
    default: false
    }
  }
}
