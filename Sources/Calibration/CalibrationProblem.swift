// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number of the model that is not known, with the range thought possible.
///
/// Before any target is looked at, each value of the range is as likely as any other, or each of its
/// logarithm: the prior. Methods work with a coordinate from 0 to 1 of it.
public struct FittedInput: Hashable, Sendable {
  public var name: String
  public var low: Double
  public var high: Double
  public var isLogarithmic: Bool

  public init(name: String, low: Double, high: Double, isLogarithmic: Bool = false) {
    precondition(low < high && (!isLogarithmic || low > 0), "a range rises, a logarithm's above 0")
    self.name = name
    self.low = low
    self.high = high
    self.isLogarithmic = isLogarithmic
  }

  public func value(at coordinate: Double) -> Double {
    isLogarithmic ? low * pow(high / low, coordinate) : low + coordinate * (high - low)
  }

  public func coordinate(of value: Double) -> Double {
    isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
  }
}

/// What is known of an output.
public struct CalibrationTarget: Hashable, Sendable {
  public var name: String
  public var value: Double
  /// How far the value may be off, and the model from the truth even with the right inputs.
  public var standardDeviation: Double
  /// The power to which the target's likelihood is taken: 1 for a target that says something of its
  /// own, a half each for two that say the same.
  public var weight: Double
  /// Whether inputs are fitted to it; a target that is held out is only compared with in the end.
  public var isFitted: Bool

  public init(
    name: String, value: Double, standardDeviation: Double, weight: Double = 1,
    isFitted: Bool = true
  ) {
    precondition(
      standardDeviation > 0 && weight > 0, "a target has a deviation and a weight above 0")
    self.name = name
    self.value = value
    self.standardDeviation = standardDeviation
    self.weight = weight
    self.isFitted = isFitted
  }
}

/// What the model showed at one point.
public struct SimulatedPoint: Sendable {
  /// From 0 to 1 along each input.
  public let coordinates: [Double]
  /// For each target, the values of the replications; not a number where there was none.
  public let replications: [[Double]]
  public let means: [Double]
  /// Of the means, by run noise.
  public let variances: [Double]

  public init(coordinates: [Double], replications: [[Double]]) {
    self.coordinates = coordinates
    self.replications = replications
    means = replications.map { $0.reduce(0, +) / Double($0.count) }
    variances = zip(replications, means).map { values, mean in
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        / Double(max(1, values.count - 1) * values.count)
    }
  }
}

/// Inputs to be fitted to targets by running a model, which is a closure here.
public struct CalibrationProblem {
  public let inputs: [FittedInput]
  public let targets: [CalibrationTarget]
  /// Replications of each point; at least two, or run noise could not be told.
  public let replications: Int
  public let seed: UInt64
  /// Runs the model at points, so many replications each: for each point, for each target, a value a
  /// replication. The same replication has the same random numbers at all points.
  let run: (_ coordinates: [[Double]], _ replications: Int) throws -> [[[Double]]]

  public init(
    inputs: [FittedInput], targets: [CalibrationTarget], replications: Int, seed: UInt64,
    run: @escaping (_ coordinates: [[Double]], _ replications: Int) throws -> [[[Double]]]
  ) {
    precondition(replications >= 2, "run noise is told by two replications at least")
    precondition(!inputs.isEmpty, "something is fitted")
    precondition(targets.contains(where: \.isFitted), "something is fitted to")
    self.inputs = inputs
    self.targets = targets
    self.replications = replications
    self.seed = seed
    self.run = run
  }

  func simulate(_ coordinates: [[Double]], replications: Int? = nil) throws -> [SimulatedPoint] {
    zip(coordinates, try run(coordinates, replications ?? self.replications)).map {
      SimulatedPoint(coordinates: $0, replications: $1)
    }
  }

  /// The logarithm of the likelihood of the fitted targets, but for a constant: each is normal about
  /// the model's mean with its own variance and that of the run noise, or of an emulator.
  ///
  /// - Returns: −∞ where the model gives no value.
  func logLikelihood(_ means: [Double], _ variances: [Double]) -> Double {
    var sum = 0.0
    for (k, target) in targets.enumerated() where target.isFitted {
      let own = target.standardDeviation * target.standardDeviation
      let total = own + variances[k]
      let miss = means[k] - target.value
      sum -= 0.5 * target.weight * (miss * miss / total + log(total / own))
    }
    return sum.isFinite ? sum : -.infinity
  }

  func logLikelihood(_ point: SimulatedPoint) -> Double {
    logLikelihood(point.means, point.variances)
  }

  /// Weighted squared misses of fitted targets in units of their own deviation and the run noise: about
  /// the number of targets where all is well.
  public func misfit(_ means: [Double], _ variances: [Double]) -> Double {
    var sum = 0.0
    for (k, target) in targets.enumerated() where target.isFitted {
      let miss = means[k] - target.value
      sum +=
        target.weight * miss * miss
        / (target.standardDeviation * target.standardDeviation + variances[k])
    }
    return sum.isFinite ? sum : .infinity
  }

  public func misfit(_ point: SimulatedPoint) -> Double { misfit(point.means, point.variances) }
}
