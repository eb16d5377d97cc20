// SPDX-License-Identifier: GPL-3.0-or-later

extension Difference {
  /// What another experiment says otherwise, by paths that begin with `experiment.`.
  ///
  /// The short forms `replications`, `seed` and `measures` are taken as what they are, keys of `run`.
  /// Where the model lies is left out: whether it is another one, its own differences tell.
  ///
  /// - Parameters:
  ///   - old: the text of an experiment that has been read without fault.
  ///   - new: the text of another one.
  public static func between(experiment old: String, and new: String) -> [Difference] {
    let faults = FaultCollector()
    guard let first = YAMLReading.node(of: old, file: "", faults),
      let second = YAMLReading.node(of: new, file: "", faults)
    else { return [] }
    var tree = TreeDifference()
    tree.compare(withoutShortForms(first), withoutShortForms(second), "experiment")
    return tree.list
  }

  private static func withoutShortForms(_ root: ModelNode) -> ModelNode {
    let short = ["replications", "seed", "measures"]
    var run = root["run"] ?? ModelNode(.mapping([]), file: root.file, line: root.line)
    run.content = .mapping(run.entries + root.entries.filter { short.contains($0.key) })
    var root = root
    root.content = .mapping(
      root.entries.filter { !short.contains($0.key) && $0.key != "run" && $0.key != "model" }
        + [ModelNode.Entry(key: "run", line: run.line, node: run)])
    return root
  }
}
