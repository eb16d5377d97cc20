// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Until when a run under one scenario is the same as under the baseline.
///
/// Scenarios that set nothing differently share everything. Those that differ only under `policies.`
/// share the time before the earliest start, in either scenario, of the policies concerned; any
/// other difference may act from time 0.
struct SharedTime {
  let start: CalendarDate?
  let end: SimulationTime
  let baseline: ExperimentPlan.Point
  let other: ExperimentPlan.Point

  /// The instant, within the run; `nil` when nothing is shared.
  var instant: SimulationTime? {
    var earliest = end
    for path in differingPaths {
      guard let start, let parsed = ModelPath(path), parsed.parts.count >= 3,
        parsed.parts[0] == .key("policies"), case .key(let policy) = parsed.parts[1]
      else { return nil }
      for document in [baseline.document, other.document] {
        guard let text = document.value(at: "policies.\(policy).start"),
          let date = CalendarDate(text)
        else { return nil }
        earliest = min(earliest, date.time(from: start))
      }
    }
    return earliest > .zero ? earliest : nil
  }

  /// Paths that either scenario sets, and whose values differ.
  private var differingPaths: [String] {
    var paths: [String] = []
    for setting in baseline.settings + other.settings where !paths.contains(setting.path) {
      if baseline.document.value(at: setting.path) != other.document.value(at: setting.path) {
        paths.append(setting.path)
      }
    }
    return paths
  }
}
