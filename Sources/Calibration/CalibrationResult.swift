// SPDX-License-Identifier: GPL-3.0-or-later

import Metamodels

/// How inputs are fitted.
public enum CalibrationMethod: String, CaseIterable, Sendable {
  case nelderMead = "nelder-mead"
  case rejection = "abc"
  case sequential = "smc"
  case historyMatching = "history-matching"
}

/// What targets leave of the ranges of inputs.
public struct CalibrationResult: Sendable {
  /// One set of inputs that the targets allow, as likely as its weight.
  public struct Draw: Sendable {
    /// From 0 to 1 along each input.
    public var coordinates: [Double]
    /// All weights add up to 1.
    public var weight: Double
    /// For each target, held out or not, the model's mean as the method knows it.
    public var outputs: [Double]
    /// The variance of each output's error: run noise, or an emulator's.
    public var variances: [Double]
  }

  /// What a stage of a method did.
  public struct Stage: Hashable, Sendable {
    /// Points simulated in it.
    public var points: Int
    /// Replications of each.
    public var replications: Int
    /// Of Nelder–Mead the least misfit; of `smc` the tolerance; of history matching the share of the
    /// prior that is left.
    public var figure: Double
  }

  /// What the reader must know besides.
  public enum Caution: Hashable, Sendable {
    /// Draws are those of targets whose deviations are so many times larger than stated.
    case tolerance(Double)
    /// So few draws carry the weight that intervals are rough.
    case fewDraws(Double)
    /// Run noise of this target is above its own deviation: more replications would narrow the fit.
    case noise(target: String)
    /// No point in the ranges comes near all targets; this one is the farthest off at the best point, by
    /// so many standard deviations.
    case noMatch(target: String, deviations: Double)
    /// The best value of this input is at an end of its range.
    case border(input: String)
  }

  public let method: CalibrationMethod
  public let inputs: [FittedInput]
  public let targets: [CalibrationTarget]
  /// The point of the greatest likelihood found.
  public let best: Draw
  public let draws: [Draw]
  public let stages: [Stage]
  /// Every point simulated, in order.
  public let simulated: [SimulatedPoint]
  public let cautions: [Caution]
  /// The least misfit seen in each tenth of each input's range, whatever the others were; `nil` where
  /// nothing was simulated.
  public let profiles: [[Double?]]
  /// Of history matching, for each target: how well the last wave's metamodel tells points left out; `nil`
  /// where it had none. Draws are no better than these.
  public internal(set) var metamodels: [LeaveOneOutSummary?] = []

  init(
    _ problem: CalibrationProblem, method: CalibrationMethod, best: Draw, draws: [Draw],
    stages: [Stage], simulated: [SimulatedPoint], tolerance: Double = 1
  ) {
    self.method = method
    inputs = problem.inputs
    targets = problem.targets
    self.best = best
    self.draws = draws
    self.stages = stages
    self.simulated = simulated
    profiles = problem.inputs.indices.map { input in
      var least = [Double?](repeating: nil, count: 10)
      for point in simulated {
        let bin = max(0, min(9, Int(point.coordinates[input] * 10)))
        let misfit = problem.misfit(point)
        if misfit < least[bin] ?? .infinity { least[bin] = misfit }
      }
      return least
    }
    var cautions: [Caution] = []
    if tolerance > 1 { cautions.append(.tolerance(tolerance)) }
    let effective = Self.effectiveCount(draws.map(\.weight))
    if effective < 40 { cautions.append(.fewDraws(effective)) }
    var worst: (target: String, deviations: Double)?
    for (k, target) in problem.targets.enumerated() where target.isFitted {
      let own = target.standardDeviation * target.standardDeviation
      if best.variances[k] > own { cautions.append(.noise(target: target.name)) }
      let miss = abs(best.outputs[k] - target.value) / (own + best.variances[k]).squareRoot()
      if miss > worst?.deviations ?? 3 { worst = (target.name, miss) }
    }
    if let worst {
      cautions.append(.noMatch(target: worst.target, deviations: worst.deviations))
    }
    for (input, place) in zip(problem.inputs, best.coordinates) where place < 0.01 || place > 0.99 {
      cautions.append(.border(input: input.name))
    }
    self.cautions = cautions
  }

  /// Whether some point comes near all targets; where none does, draws say nothing of the inputs.
  public var isNearTargets: Bool {
    !cautions.contains {
      if case .noMatch = $0 { true } else { false }
    }
  }

  /// How many draws of equal weight are worth as much.
  ///
  /// Source: Kong, Liu and Wong, *J. Am. Stat. Assoc.* 89 (1994) 278–288.
  public var effectiveDraws: Double { Self.effectiveCount(draws.map(\.weight)) }

  static func effectiveCount(_ weights: [Double]) -> Double {
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? sum * sum / squares : 0
  }

  /// An input's value below which the given share of the draws' weight lies.
  public func quantile(_ share: Double, ofInput input: Int) -> Double {
    let sorted = draws.map { ($0.coordinates[input], $0.weight) }.sorted { $0.0 < $1.0 }
    var sum = 0.0
    for (place, weight) in sorted {
      sum += weight
      if sum >= share { return inputs[input].value(at: place) }
    }
    return inputs[input].value(at: sorted.last?.0 ?? 0.5)
  }

  /// The interval of an input that holds the given share of the draws, as much beyond either end.
  public func interval(ofInput input: Int, level: Double = 0.95) -> ClosedRange<Double> {
    let low = quantile((1 - level) / 2, ofInput: input)
    return low...max(low, quantile((1 + level) / 2, ofInput: input))
  }

  /// What the draws say of a target: mean, and standard deviation over the draws and of each one's error.
  public func predicted(target: Int) -> (mean: Double, standardDeviation: Double) {
    let mean = draws.reduce(0) { $0 + $1.weight * $1.outputs[target] }
    let variance = draws.reduce(0) {
      let miss = $1.outputs[target] - mean
      return $0 + $1.weight * (miss * miss + $1.variances[target])
    }
    return (mean, variance.squareRoot())
  }

  /// How far a target is from what the draws say, in standard deviations of both together.
  public func miss(target: Int) -> Double {
    let (mean, deviation) = predicted(target: target)
    let own = targets[target].standardDeviation
    return (mean - targets[target].value) / (own * own + deviation * deviation).squareRoot()
  }
}
