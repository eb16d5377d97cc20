// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

/// A network as its author described it, before compiling: for loads, diagrams and prose.
public struct NetworkDescription: Sendable {
  public var classes: [String] = []
  public var resources: [ResourceDescription] = []
  public var pathways: [(name: String, steps: [StepDescription])] = []
  public var sources: [ArrivalSource] = []
  /// Mean of each duration rule, in the network's time unit.
  public var meanDurations: [String: Double] = [:]
  var usedRules = Set<String>()

  public init() {}
}
