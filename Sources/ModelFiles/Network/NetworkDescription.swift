// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
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
  var usedRules = Set<String>()

  public init() {}
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
