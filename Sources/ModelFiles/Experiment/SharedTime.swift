// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Until when a run under one scenario is the same as under the baseline.
///
/// Scenarios that set nothing differently share everything. Those that differ only under `policies.`
/// and `adopt.` share the time before the earliest start, in either scenario, of the policies
/// concerned; any other difference may act from time 0.
struct SharedTime {
  let start: CalendarDate?
  let end: SimulationTime
  let baseline: ExperimentPlan.Point
  let baselineDocument: ModelDocument
  let other: ExperimentPlan.Point
  let otherDocument: ModelDocument

  init(
    start: CalendarDate?, end: SimulationTime, baseline: ExperimentPlan.Point,
    _ baselineDocument: ModelDocument, other: ExperimentPlan.Point, _ otherDocument: ModelDocument
  ) {
    self.start = start
    self.end = end
    self.baseline = baseline
    self.baselineDocument = baselineDocument
    self.other = other
    self.otherDocument = otherDocument
  }

  /// The instant, within the run; `nil` when nothing is shared.
  var instant: SimulationTime? {
    var earliest = end
    for path in differingPaths {
      guard let start, let path = ModelPath(path), case let parsed = path.target ?? path,
        parsed.parts.count >= 3,
        case .key(let section) = parsed.parts[0], case .key(let policy) = parsed.parts[1]
      else { return nil }
      for document in [baselineDocument, otherDocument] {
        guard let dates = Self.starts(section, policy, document) else { return nil }
        for date in dates { earliest = min(earliest, date.time(from: start)) }
      }
    }
    return earliest > .zero ? earliest : nil
  }

  /// When a policy of the region, or each lever of one it adopts, begins; `nil` for other sections
  /// and for what is no date.
  private static func starts(
    _ section: String, _ policy: String, _ document: ModelDocument
  ) -> [CalendarDate]? {
    let path = "\(section).\(policy)"
    guard section == "adopt" else {
      guard section == "policies" else { return nil }
      return document.value(at: "\(path).start").flatMap { CalendarDate($0) }.map { [$0] }
    }
    let adopted = document.root["adopt"]?[policy]
    let texts =
      [adopted?["start"]?.text ?? adopted?["date"]?.text]
      + (adopted?["policies"]?.entries ?? []).compactMap { $0.node["start"]?.text }
    let dates = texts.compactMap { $0.flatMap { CalendarDate($0) } }
    return dates.count == texts.count ? dates : nil
  }

  /// Paths that either scenario sets, and whose values differ.
  private var differingPaths: [String] {
    var paths: [String] = []
    for setting in baseline.settings + other.settings where !paths.contains(setting.path) {
      if baselineDocument.value(at: setting.path) != otherDocument.value(at: setting.path) {
        paths.append(setting.path)
      }
    }
    return paths
  }
}
