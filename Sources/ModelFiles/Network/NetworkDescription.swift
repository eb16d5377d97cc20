// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// A network as its author described it, before compiling: for loads, diagrams and prose.
public struct NetworkDescription: Sendable {
  public var classes: [String] = []
  public var attributes: [String] = []
  public var resources: [ResourceDescription] = []
  public var pathways: [(name: String, steps: [StepDescription])] = []
  /// For each step of a pathway its number, from 1, among those its author wrote.
  public var stepNumbers: [String: [Int]] = [:]
  public var sources: [ArrivalSource] = []
  /// Mean of each duration rule, in the network's time unit; not a number where it is computed in
  /// the run.
  public var meanDurations: [String: Double] = [:]
  /// The duration rules that are computed in the run.
  var computedDurations: [String: ComputedDuration] = [:]
  var usedRules = Set<String>()

  enum ComputedDuration: Sendable {
    case expression(String)
    case distribution(ComputedDistribution)
  }

  public init() {}
}

extension NetworkDescription {
  /// The mean of a duration rule for a class, in the network's time unit; not a number where it hangs
  /// on more than the class.
  func meanDuration(_ rule: String, of entityClass: String, secondsPerUnit: Double) -> Double {
    func value(_ text: String) -> Double? {
      ExpressionLanguage.value(
        of: text, entityClass: entityClass, secondsPerUnit: secondsPerUnit)
    }
    switch computedDurations[rule] {
    case nil: return meanDurations[rule] ?? 0
    case .expression(let text): return value(text) ?? .nan
    case .distribution(let distribution):
      var parameters = DistributionFamily.Parameters(repeating: 0)
      for (place, parameter) in distribution.parameters.enumerated() {
        switch parameter {
        case .number(let number): parameters[place] = number
        case .expression(let text):
          guard let known = value(text) else { return .nan }
          parameters[place] = known
        }
      }
      return (try? distribution.family.distribution(parameters).mean) ?? .nan
    }
  }
}

extension NetworkReader.Network {
  /// Reads a time such as `8 h`, or a number in the network's time unit; `nil` when it is neither.
  public func time(_ text: String) -> TimeSpan? {
    guard let quantity = Quantity(text) else { return nil }
    let seconds: Double
    if quantity.unitText.isEmpty {
      seconds = quantity.value * ModelUnit(timeUnit).factor
    } else {
      guard quantity.dimension == ModelUnit.seconds.dimension else { return nil }
      seconds = quantity.value(in: .seconds)
    }
    return abs(seconds) < 1e12 ? .seconds(seconds) : nil
  }
}
