// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The value of an assumption, in its own unit, at which an answer would turn: in a straight line, all other
/// assumptions in the middle of their ranges.
public struct TurningPoint: Hashable, Sendable {
  public var text: String
  /// As stated; of a column that of its first row.
  public var stated: String
  /// How many numbers are moved together.
  public var count: Int

  package init(text: String, stated: String, count: Int) {
    self.text = text
    self.stated = stated
    self.count = count
  }
}

/// Finds turning points in the model that a results file carries.
public struct TurningPoints {
  private let document: ModelDocument?
  private let assumptions: [String: Assumption]

  /// None are found where this version cannot read the stored model.
  public init(_ results: ResultsFile) {
    let plan = try? results.storedPlan()
    document = plan.map { $0.points[$0.baseline].document }
    assumptions = Dictionary(
      (plan?.assumptions ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameters:
  ///   - mean: What is told with all assumptions in the middle.
  ///   - threshold: What it has to reach.
  /// - Returns: `nil` where that lies beyond the range of the assumption.
  public func point(
    of mover: UncertaintyAnalysis.Mover, from mean: Double, to threshold: Double
  ) -> TurningPoint? {
    guard mover.slope.value != 0, let assumption = assumptions[mover.path] else { return nil }
    let place = 0.5 + (threshold - mean) / mover.slope.value
    guard (0...1).contains(place),
      let text = document?.valueInRange(of: mover.path, at: place)
    else { return nil }
    return TurningPoint(text: text, stated: assumption.text, count: assumption.count)
  }
}
