// SPDX-License-Identifier: GPL-3.0-or-later

extension Distribution {
  /// Phase-type: the time until a Markov chain leaves its phases.
  ///
  /// - Parameters:
  ///   - initial: The probability of beginning in each phase, from 1 to 100 of them; they sum to 1
  ///     within 10⁻⁶.
  ///   - rates: For each phase, the rates to all phases; what stands on the diagonal must be 0.
  ///   - exits: For each phase, the rate of leaving for good. Each phase must lead out in the end.
  public static func phaseType(
    initial: [Double], rates: [[Double]], exits: [Double]
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("phase-type")
    let count = initial.count
    try check.that(1...100 ~= count, Double(count), "number of phases", "from 1 to 100")
    for (phase, share) in initial.enumerated() {
      try check.that(0...1 ~= share, share, "initial[\(phase)]", "from 0 to 1")
    }
    let sum = initial.reduce(0, +)
    try check.that(abs(sum - 1) <= 1e-6, sum, "sum of initial", "1")
    try check.that(
      rates.count == count, Double(rates.count), "number of rows of rates",
      "\(count), one for each phase")
    try check.that(
      exits.count == count, Double(exits.count), "number of exits", "\(count), one for each phase")
    for (phase, row) in rates.enumerated() {
      try check.that(
        row.count == count, Double(row.count), "number of rates[\(phase)]",
        "\(count), one for each phase")
      for (other, rate) in row.enumerated() {
        try check.rate(rate, "rates[\(phase)][\(other)]")
      }
      try check.that(row[phase] == 0, row[phase], "rates[\(phase)][\(phase)]", "0")
      try check.rate(exits[phase], "exits[\(phase)]")
    }
    let phases = Phases(initial: initial.map { $0 / sum }, rates: rates, exits: exits)
    let endless = phases.endless
    try check.that(
      endless.isEmpty, Double(endless.count), "number of phases without a way out", "0")
    return try Self(.phaseType(phases))
  }

  /// Phase-type by its sub-generator: rates between phases and, on the diagonal, minus the rate at
  /// which a phase is left. What a row lacks to a sum of 0 is the rate of leaving for good.
  ///
  /// - Parameters:
  ///   - initial: As in ``phaseType(initial:rates:exits:)``.
  ///   - subgenerator: A row for each phase. A sum that rounding leaves within 10⁻⁹ of the diagonal
  ///     counts as 0.
  public static func phaseType(
    initial: [Double], subgenerator: [[Double]]
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("phase-type")
    var rates = subgenerator
    var exits: [Double] = []
    for (phase, row) in subgenerator.enumerated() {
      try check.that(
        row.count == subgenerator.count, Double(row.count), "number of generator[\(phase)]",
        "\(subgenerator.count), one for each phase")
      let diagonal = row[phase]
      try check.that(
        diagonal.isFinite && diagonal < 0, diagonal, "generator[\(phase)][\(phase)]",
        "a finite number less than 0")
      rates[phase][phase] = 0
      let exit = -diagonal - rates[phase].reduce(0, +)
      let isRounding = abs(exit) <= -1e-9 * diagonal
      try check.that(
        isRounding || exit >= 0, -exit, "sum of generator[\(phase)]", "at most 0")
      exits.append(isRounding ? 0 : exit)
    }
    return try phaseType(initial: initial, rates: rates, exits: exits)
  }

  /// Hypoexponential: the sum of independent exponential times of these means, from 1 to 100 of
  /// them; as phases one after the other.
  public static func hypoexponential(means: [Double]) throws(DistributionError) -> Self {
    try series(means, goingOn: means.dropLast().map { _ in 1 }, "hypoexponential")
  }

  /// Coxian: exponential stages one after the other, from each of which but the last the chain goes
  /// on with a probability, or else ends.
  ///
  /// - Parameters:
  ///   - means: The mean of each stage, from 1 to 100 of them.
  ///   - goingOn: For each stage but the last, the probability of going on to the next.
  public static func coxian(
    means: [Double], goingOn: [Double]
  ) throws(DistributionError) -> Self {
    try series(means, goingOn: goingOn, "coxian")
  }

  /// Hyperexponential: one of several exponential times, chosen in proportion to the weights; a
  /// mixture.
  public static func hyperexponential(
    means: [Double], weights: [Double]? = nil
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck("hyperexponential")
    try check.count(means.count, "number of means")
    var parts: [Distribution] = []
    for (index, mean) in means.enumerated() {
      try check.positive(mean, "means[\(index)]")
      parts.append(try exponential(mean: mean))
    }
    return try mixture(parts, weights: weights)
  }

  private static func series(
    _ means: [Double], goingOn: [Double], _ name: String
  ) throws(DistributionError) -> Self {
    let check = ParameterCheck(name)
    let count = means.count
    try check.that(1...100 ~= count, Double(count), "number of means", "from 1 to 100")
    try check.that(
      goingOn.count == count - 1, Double(goingOn.count), "number of probabilities of going on",
      "\(count - 1), one for each stage but the last")
    var rates = means.map { _ in means.map { _ in 0.0 } }
    var exits = means
    for (stage, mean) in means.enumerated() {
      try check.that(
        mean > 0 && (1 / mean).isFinite && mean.isFinite, mean, "means[\(stage)]",
        "a finite number greater than 0")
      let on = stage < count - 1 ? goingOn[stage] : 0
      try check.that(0...1 ~= on, on, "goingOn[\(stage)]", "from 0 to 1")
      if stage < count - 1 { rates[stage][stage + 1] = on / mean }
      exits[stage] = (1 - on) / mean
    }
    return try phaseType(
      initial: means.indices.map { $0 == 0 ? 1 : 0 }, rates: rates, exits: exits)
  }
}

extension ParameterCheck {
  fileprivate func rate(_ rate: Double, _ parameter: String) throws(DistributionError) {
    try that(rate.isFinite && rate >= 0, rate, parameter, "a finite number of at least 0")
  }
}
