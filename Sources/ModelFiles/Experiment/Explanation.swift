// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns

/// The section `explain` of an experiment: which of its scenarios is taken apart into levers, against
/// which other. `yilian explain` writes it.
///
/// Each set of levers is a scenario of its own, named for the levers pulled; none is the baseline, all the
/// scenario that is explained.
public struct Explanation: Hashable, Codable, Sendable {
  /// Settings that are pulled together.
  public struct Lever: Hashable, Codable, Sendable {
    public var name: String
    /// What it sets.
    public var paths: [String]
  }

  public var scenario: String
  public var baseline: String
  /// At most 63.
  public var levers: [Lever]
  /// How many orders are drawn; `nil`: every combination is run.
  public var orders: Int?
  /// Of the orders.
  public var seed: UInt64

  /// Levers to which every combination is run unless orders are asked for.
  public static let mostExact = 6
  /// Orders that are drawn beyond.
  public static let defaultOrders = 32
  /// Most levers of which every combination can be run.
  static let mostCombined = 12
  static let mostLevers = 63
  static let mostOrders = 10_000

  public var drawnOrders: [[Int]]? {
    orders.map { LeverOrders.drawn($0, levers: levers.count, seed: seed) }
  }

  /// The sets of levers that are run, bit 0 being the first lever, in the order of their scenarios.
  public var subsets: [UInt64] {
    LeverOrders.subsets(levers: levers.count, orders: drawnOrders)
  }

  /// The scenario that a set of levers is.
  public func name(of subset: UInt64) -> String {
    let pulled = levers.indices.filter { subset >> UInt64($0) & 1 == 1 }
    if pulled.isEmpty { return baseline }
    if pulled.count == levers.count { return scenario }
    return pulled.map { levers[$0].name }.joined(separator: " + ")
  }

  init(
    scenario: String, baseline: String, levers: [Lever], orders: Int?, seed: UInt64
  ) {
    self.scenario = scenario
    self.baseline = baseline
    self.levers = levers
    self.orders = orders
    self.seed = seed
  }

  /// Reads the section.
  ///
  /// - Returns: `nil` when it is not there, or after a fault.
  init?(_ experiment: ModelSection, scenarios: [String], _ faults: FaultCollector) {
    guard let section = experiment.sectionIfPresent("explain") else { return nil }
    let before = faults.count
    scenario = section.text("scenario", oneOf: scenarios)
    baseline = section.text("baseline", oneOf: scenarios)
    orders = section.integerIfPresent("orders", in: 2...Self.mostOrders)
    seed = UInt64(section.integerIfPresent("seed", in: 0...Int.max) ?? 1)
    levers = section.sections("levers").map { name, lever in
      Lever(name: name, paths: lever.texts("paths"))
    }
    if let orders, !orders.isMultiple(of: 2) {
      section.fault("orders", "is \(orders)", "write an even number: each order has its reverse")
    }
    let most = orders == nil ? Self.mostCombined : Self.mostLevers
    if levers.isEmpty || levers.count > most {
      section.fault("levers", "are \(levers.count)", "write from 1 to \(most)")
    }
    guard faults.count == before else { return nil }
    for subset in subsets where !scenarios.contains(name(of: subset)) {
      section.fault("has no scenario \(name(of: subset).quotedBriefly)", "add it to scenarios")
    }
    if faults.count != before { return nil }
  }
}

/// The section `levers` of an experiment: settings that an explanation is to take together.
struct LeverGroups: Sendable {
  let groups: [(name: String, paths: [ModelPath])]

  /// - Parameter scenarios: Those of the experiment, to find paths that none of them sets.
  init(
    _ experiment: ModelSection?, scenarios: [ExperimentLoader.Scenario], _ faults: FaultCollector
  ) {
    let set = scenarios.flatMap(\.settings).reduce(into: [ModelPath]()) { paths, placed in
      if let path = ModelPath(placed.setting.path), !paths.contains(path) { paths.append(path) }
    }
    var taken: [(name: String, path: ModelPath)] = []
    groups = (experiment?.sectionsIfPresent("levers") ?? []).map { name, section in
      if name.contains(" + ") {
        section.fault("has “ + ” in its name", "sets of levers are named so; write another")
      }
      let paths = section.texts("paths").compactMap { text -> ModelPath? in
        guard let path = ModelPath(text) else {
          section.fault("paths", "\(text.quotedBriefly) is not a path", "join keys by dots")
          return nil
        }
        if !set.contains(where: { $0.isInside(path) || path.isInside($0) }) {
          section.fault(
            "paths", "\(text.quotedBriefly) is set by no scenario",
            remedy(for: text, among: set.map(\.description), kind: "path set"))
        }
        if let other = taken.first(where: {
          $0.name != name && ($0.path.isInside(path) || path.isInside($0.path))
        }) {
          section.fault(
            "paths",
            "\(text.quotedBriefly) and \(other.path.description.quotedBriefly) of "
              + "\(other.name.quotedBriefly) set the same", "leave it to one lever")
        }
        taken.append((name, path))
        return path
      }
      return (name, paths)
    }
  }

  /// The lever that a path belongs to.
  func lever(of path: ModelPath) -> String {
    let group = groups.first { group in
      group.paths.contains { path.isInside($0) || $0.isInside(path) }
    }
    if let group { return group.name }
    if path.parts.count > 1, case .key(let section) = path.parts[0],
      case .key(let name) = path.parts[1], section == "policies" || section == "adopt"
    {
      return name
    }
    return path.description
  }
}
