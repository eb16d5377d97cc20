// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The experiment that an analysis of uncertainty is: every scenario at draws of all assumptions.
public struct UncertaintyText: Sendable {
  /// An experiment file.
  public var path: String
  public var assumptions: [Assumption]
  public var draws: Int
  public var method = DesignSettings.Method.lhs
  public var seed: UInt64?
  /// Whether the form in which money enters choices is drawn too.
  public var drawsMoneyForm = false

  public init(path: String, assumptions: [Assumption], draws: Int) {
    self.path = path
    self.assumptions = assumptions
    self.draws = draws
  }

  /// The factor that stands for the form of money.
  public static let moneyForm = "money-form"

  /// The text, and the path at which it would stand as a file, beside the experiment.
  ///
  /// - Throws: What keeps the experiment from being read.
  public func experiment() throws(ModelFaults) -> (path: String, text: String) {
    let faults = FaultCollector()
    let read = FileText.read(path, shown: path, faults)
    try faults.throwIfAny()
    guard let read else { preconditionFailure("a file that failed has recorded a fault") }
    var lines = read.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    // Both forms are levels of a factor here.
    if drawsMoneyForm { lines.removeAll { $0.hasPrefix("money-forms:") } }
    lines.append("factors:")
    for assumption in assumptions {
      let name = "\"\(assumption.path)\""
      lines.append("  - {name: \(name), path: \"range.\(assumption.path)\", range: 0 .. 1}")
    }
    if drawsMoneyForm {
      lines.append("  - {name: \(Self.moneyForm), path: money-form, levels: [cost, share]}")
    }
    lines.append("design:")
    lines.append("  method: \(method.rawValue)")
    lines.append("  points: \(draws)")
    if let seed { lines.append("  seed: \(seed)") }
    let stem = (path as NSString).deletingPathExtension
    return (stem + "-uncertainty.yaml", lines.joined(separator: "\n") + "\n")
  }
}
