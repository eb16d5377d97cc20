// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Finds for each point of an experiment the run that it may leave, and when.
///
/// A point may share the time before it differs with the design's baseline, or with the baseline
/// scenario of its own block: under the same form of money, at the same values of the factors. The
/// longer time is taken.
struct SharedRuns {
  let start: CalendarDate?
  let end: SimulationTime
  /// Index of the baseline among the scenarios, and so among the points.
  let baseline: Int
  /// How many points make a block.
  let scenarios: Int

  /// The time that a scenario shares with that of its block hangs on these alone.
  private struct Block: Hashable {
    var scenario: Int
    var policies: [ExperimentPlan.Setting]
  }

  func find(in points: inout [ExperimentPlan.Point]) {
    let whole = points[baseline].document
    var known: [Block: SimulationTime?] = [:]
    for first in stride(from: 0, to: points.count, by: scenarios) {
      let own = first + baseline
      var ownDocument: ModelDocument?
      for index in first..<min(points.count, first + scenarios) {
        points[index].trunk = baseline
        if mayShare(points[index], with: whole) {
          points[index].sharesUntil = instant(points[baseline], whole, points[index])
        }
        guard first > 0, index != own else { continue }
        let block = Block(
          scenario: index - first, policies: points[own].settings.filter(Self.isOfPolicy))
        let shared: SimulationTime?
        if let found = known[block] {
          shared = found
        } else {
          let document = ownDocument ?? points[own].document
          ownDocument = document
          shared = instant(points[own], document, points[index])
          known[block] = .some(shared)
        }
        if let shared, shared > points[index].sharesUntil ?? .zero {
          (points[index].trunk, points[index].sharesUntil) = (own, shared)
        }
      }
    }
  }

  private func instant(
    _ baseline: ExperimentPlan.Point, _ document: ModelDocument, _ other: ExperimentPlan.Point
  ) -> SimulationTime? {
    SharedTime(
      start: start, end: end, baseline: baseline, document, other: other, other.document
    ).instant
  }

  private static func isOfPolicy(_ setting: ExperimentPlan.Setting) -> Bool {
    let path = setting.path.hasPrefix("range.") ? setting.path.dropFirst(6) : setting.path[...]
    return path.hasPrefix("policies.") || path.hasPrefix("adopt.")
  }

  /// Whether what a point sets outside of policies is what the design's baseline has: most points of a
  /// large design are told apart by this, without their documents.
  private func mayShare(_ point: ExperimentPlan.Point, with document: ModelDocument) -> Bool {
    var values: [String: String] = [:]
    for setting in point.settings where !Self.isOfPolicy(setting) {
      values[setting.path] = setting.value.trimmed
    }
    return values.allSatisfy { path, value in
      value.hasPrefix("[") || value.hasPrefix("{") || path.hasPrefix("run.")
        || document.value(at: path) == value
    }
  }
}
