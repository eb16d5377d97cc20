// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// A distribution whose parameters, or some of them, are known only when a sample is drawn: because
/// they hang on the entity, the clock or the state of the run.
public struct ComputedDistribution: Hashable, Sendable {
  public enum Parameter: Hashable, Sendable {
    case number(Double)
    /// An expression, in units of time of expressions where the parameter is one of time.
    case expression(String)
  }

  public var family: DistributionFamily
  /// As many as the family has, in its order.
  public var parameters: [Parameter]
  /// What the author calls the parameters, for the words of a fault.
  public var names: [String]
  /// What samples count; parameters that count something else than what they should are refused.
  public var samples: ExpressionMeaning

  public init(
    _ family: DistributionFamily, _ parameters: [Parameter], names: [String]? = nil,
    samples: ExpressionMeaning = .time
  ) {
    precondition(
      parameters.count == family.slots.count, "a computed distribution has all its parameters")
    self.family = family
    self.parameters = parameters
    self.names = names ?? family.slots.map(\.name)
    self.samples = samples
  }

  /// The parameters that are expressions, and what each must count.
  var expressions: [(text: String, meaning: ExpressionMeaning)] {
    zip(parameters, family.slots).compactMap { parameter, slot in
      guard case .expression(let text) = parameter else { return nil }
      return (text, meaning(of: slot.measure))
    }
  }

  private func meaning(of measure: DistributionFamily.Measure) -> ExpressionMeaning {
    switch (measure, samples) {
    case (.plain, _), (.logarithm, _): .plain
    case (.samples, _): samples
    case (.perSample, .time): .rate
    case (.perSample, _): samples
    }
  }
}
