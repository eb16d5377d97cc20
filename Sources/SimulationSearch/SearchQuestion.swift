// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// What is looked for among candidates: the best mean of one output, where others meet requirements.
public struct SearchQuestion: Hashable, Sendable {
  /// What a candidate must reach.
  public struct Requirement: Hashable, Sendable {
    public enum Side: String, Hashable, Sendable { case atLeast, atMost }

    /// Index of the output.
    public var output: Int
    public var side: Side
    /// In the unit of the output.
    public var bound: Double
    /// Whether it is on the change against the first candidate, in place of the value.
    public var isChange: Bool
    /// The miss that does not matter, in the same unit.
    public var tolerance: Double

    public init(
      output: Int, _ side: Side, _ bound: Double, isChange: Bool = false, tolerance: Double
    ) {
      precondition(tolerance > 0, "a tolerance is positive")
      self.output = output
      self.side = side
      self.bound = bound
      self.isChange = isChange
      self.tolerance = tolerance
    }

    /// By how much a value, or change, lies on the right side of the bound.
    public func slack(_ value: Double) -> Double {
      side == .atLeast ? value - bound : bound - value
    }
  }

  /// Index of the output whose mean is to be the best.
  public var objective: Int
  public var best: BestMean
  /// The smallest difference of the objective that matters.
  public var difference: Double
  public var requirements: [Requirement]
  /// The probability with which the last choice, among the candidates left, is right.
  public var confidence: Double

  public init(
    objective: Int, best: BestMean, difference: Double, requirements: [Requirement],
    confidence: Double = 0.95
  ) {
    precondition(difference > 0, "a difference that matters is positive")
    precondition(confidence > 0 && confidence < 1, "a probability lies between 0 and 1")
    self.objective = objective
    self.best = best
    self.difference = difference
    self.requirements = requirements
    self.confidence = confidence
  }

  /// Slack of each requirement in one replication.
  func slacks(_ outputs: [Double], base: [Double]) -> [Double] {
    requirements.map { requirement in
      let value = outputs[requirement.output]
      return requirement.slack(requirement.isChange ? value - base[requirement.output] : value)
    }
  }
}
