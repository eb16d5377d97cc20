// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The experiment that runs every set of levers which an explanation needs, each as a scenario.
public struct ExplanationText: Sendable {
  /// An experiment file.
  public var path: String
  /// What is taken apart.
  public var scenario: String
  /// What it is compared with; `nil`: the scenario that it names, else the experiment's baseline.
  public var baseline: String?
  /// An even number; `nil`: every combination to six levers, and 32 orders beyond.
  public var orders: Int?
  public var seed: UInt64 = 1

  public init(path: String, scenario: String) {
    self.path = path
    self.scenario = scenario
  }

  /// The text, and the path at which it would stand as a file: beside the experiment.
  ///
  /// - Parameter overrides: Settings of the command line.
  /// - Throws: What keeps the experiment from being read or taken apart.
  public func experiment(
    overrides: [ExperimentPlan.Setting] = []
  ) throws(ModelFaults) -> (path: String, text: String, explanation: Explanation) {
    let plan = try ExperimentPlan(path: path, overrides: overrides)
    let faults = FaultCollector()
    let made = compose(plan, faults)
    try faults.throwIfAny()
    guard let (text, explanation) = made else {
      preconditionFailure("what cannot be taken apart has recorded a fault")
    }
    return ((path as NSString).deletingPathExtension + "-explain.yaml", text, explanation)
  }

  private func compose(
    _ plan: ExperimentPlan, _ faults: FaultCollector
  ) -> (text: String, Explanation)? {
    func fail(_ place: String, _ problem: String, _ remedy: String) -> (String, Explanation)? {
      faults.record(SourcePlace(file: place), problem, remedy)
      return nil
    }
    guard let source = plan.experimentText?.text, plan.scenarios.count > 1 else {
      return fail(path, "has one scenario", "name an experiment with two or more")
    }
    guard plan.pointDesign == nil else {
      return fail(
        path, "has factors", "levers are pulled in the model as it is; leave factors and design out"
      )
    }
    let names = plan.scenarios.map(\.name)
    func place(_ name: String, _ option: String) -> Int? {
      if let place = names.firstIndex(of: name) { return place }
      faults.record(
        SourcePlace(file: option), "there is no scenario \(name.quotedBriefly)",
        remedy(for: name, among: names, kind: "scenario"))
      return nil
    }
    let named = place(scenario, "--scenario")
    let against = named.flatMap { plan.scenarios[$0].against }
    let other = place(baseline ?? against ?? names[plan.baseline], "--baseline")
    guard let named, let other else { return nil }
    guard named != other else {
      return fail(
        "--scenario", "\(scenario.quotedBriefly) is the baseline itself",
        "name another, or another --baseline")
    }
    let pair = ScenarioPair(plan, baseline: other, scenario: named)
    let levers = pair.levers
    guard !levers.isEmpty else {
      return fail(
        "--scenario", "\(scenario.quotedBriefly) sets nothing but what \(names[other]) has",
        "name scenarios that differ")
    }
    guard levers.count <= Explanation.mostLevers else {
      return fail(
        "--scenario", "\(scenario.quotedBriefly) differs in \(levers.count) levers",
        "\(Explanation.mostLevers) are the most; put some together under levers:")
    }
    let drawn =
      orders ?? (levers.count > Explanation.mostExact ? Explanation.defaultOrders : nil)
    let explanation = Explanation(
      scenario: scenario, baseline: names[other], levers: levers, orders: drawn, seed: seed)
    guard let kept = Self.withoutSections(source) else {
      return fail(path, "is written in braces", "write its keys on lines of their own")
    }
    let head = "name: \(SweepText.scalar(plan.name + "-explain"))\n"
    return (
      kept + head + Self.section(explanation) + pair.scenarios(explanation), explanation
    )
  }

  /// The keys of an experiment that are written anew.
  private static let replaced = ["name", "scenarios", "baseline", "levers", "explain"]

  /// The lines of all other keys; `nil` of a text that is not set in lines.
  private static func withoutSections(_ text: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.first { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix("---") }
    if first?.hasPrefix("{") == true { return nil }
    var isKept = true
    var kept: [Substring] = []
    for line in lines {
      // A key begins a line; a list under it, and what closes brackets, may do so too.
      if let first = line.first, first.isLetter || first == "\"" || first == "'" {
        let key = line.prefix { $0 != ":" }.trimmingCharacters(in: ["\"", "'", " "])
        isKept = !replaced.contains(key)
      }
      if isKept { kept.append(line) }
    }
    let joined = kept.joined(separator: "\n")
    return joined.hasSuffix("\n") ? joined : joined + "\n"
  }

  private static func section(_ explanation: Explanation) -> String {
    var lines = ["baseline: \(SweepText.scalar(explanation.baseline))", "explain:"]
    lines += [
      "  scenario: \(SweepText.scalar(explanation.scenario))",
      "  baseline: \(SweepText.scalar(explanation.baseline))",
    ]
    if let orders = explanation.orders { lines.append("  orders: \(orders)") }
    if explanation.seed != 1 { lines.append("  seed: \(explanation.seed)") }
    lines.append("  levers:")
    for lever in explanation.levers {
      lines += ["    - name: \(SweepText.scalar(lever.name))", "      paths:"]
      lines += lever.paths.map { "        - \(SweepText.scalar($0))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Two scenarios, and what tells them apart.
private struct ScenarioPair {
  /// Paths that either sets, in the order in which they are set.
  let paths: [String]
  /// The baseline's own settings.
  let baseline: [String: String]
  /// What the scenario has at paths at which the two differ.
  let changes: [String: String]
  let levers: [Explanation.Lever]

  init(_ plan: ExperimentPlan, baseline: Int, scenario: Int) {
    let (base, changed) = (plan.points[baseline].document, plan.points[scenario].document)
    let both = [baseline, scenario].flatMap { plan.scenarios[$0].settings.map(\.setting) }
    var (paths, levers) = ([String](), [Explanation.Lever]())
    var changes: [String: String] = [:]
    for path in both.map(\.path) where !paths.contains(path) {
      paths.append(path)
      guard let value = changed.value(at: path), value != base.value(at: path),
        let parsed = ModelPath(path)
      else { continue }
      changes[path] = value
      let name = plan.leverGroups.lever(of: parsed)
      if let place = levers.firstIndex(where: { $0.name == name }) {
        levers[place].paths.append(path)
      } else {
        levers.append(Explanation.Lever(name: name, paths: [path]))
      }
    }
    self.paths = paths
    self.changes = changes
    self.levers = levers
    self.baseline = Dictionary(
      plan.scenarios[baseline].settings.map { ($0.setting.path, $0.setting.value) },
      uniquingKeysWith: { _, last in last })
  }

  /// The section `scenarios`.
  func scenarios(_ explanation: Explanation) -> String {
    var lines = ["scenarios:"]
    for subset in explanation.subsets {
      lines.append("  - name: \(SweepText.scalar(explanation.name(of: subset)))")
      let pulled = levers.indices.filter { subset >> UInt64($0) & 1 == 1 }.flatMap {
        levers[$0].paths
      }
      let settings = paths.compactMap { path in
        (pulled.contains(path) ? changes[path] : baseline[path]).map { (path, $0) }
      }
      if !settings.isEmpty { lines.append("    set:") }
      lines += settings.map { "      \(SweepText.scalar($0)): \(Self.value($1))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A value that is quoted already stays as it is.
  private static func value(_ text: String) -> String {
    text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"") ? text : SweepText.scalar(text)
  }
}
