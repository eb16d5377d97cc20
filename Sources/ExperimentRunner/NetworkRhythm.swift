// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import SimulationKernel

/// How what a network is given changes with time: arrivals and capacities alone, whatever becomes of
/// them.
enum NetworkRhythm: Hashable, Sendable {
  /// Nothing changes: there may be a steady state.
  case steady
  /// All recurs after such a span: cycles may become alike.
  case periodic(TimeSpan)
  /// Some source or resource changes and does not recur; its name.
  case neverTheSame(String)

  init(_ model: NetworkModel) {
    var period: Int64 = 0
    // Of spans that hardly ever begin together the least multiple is longer than any run.
    var recursTooSeldom = false
    func recur(_ span: TimeSpan) {
      let (multiple, isTooLong) =
        period == 0 ? (span.microseconds, false) : Self.leastMultiple(period, span.microseconds)
      if isTooLong { recursTooSeldom = true } else { period = multiple }
    }
    for source in model.sources {
      if source.seasons != nil || source.until != nil || source.most != nil {
        self = .neverTheSame(source.name)
        return
      }
      if source.opening != nil { recur(.days(7)) }
      switch source.process {
      case .poisson, .renewal: break
      case .periodic(let span, let changes):
        if Set(changes.map(\.rate)).count > 1 { recur(span) }
      case .rates(let changes, let span?):
        if Set(changes.map(\.rate)).count > 1 { recur(span) }
      case .rates(let changes, nil):
        if changes.count > 1 || changes.first?.offset != .zero {
          self = .neverTheSame(source.name)
          return
        }
      case .scheduled, .recorded:
        self = .neverTheSame(source.name)
        return
      }
    }
    for resource in model.program.resources {
      switch resource.calendar {
      case .weekly?: recur(.days(7))
      case .dated?:
        self = .neverTheSame(resource.name)
        return
      case nil: break
      }
    }
    if recursTooSeldom {
      self = .neverTheSame(model.sources[0].name)
      return
    }
    self = period == 0 ? .steady : .periodic(TimeSpan(microseconds: period))
  }

  private static func leastMultiple(
    _ one: Int64, _ other: Int64
  ) -> (partialValue: Int64, overflow: Bool) {
    var (a, b) = (one, other)
    while b != 0 { (a, b) = (b, a % b) }
    return (one / a).multipliedReportingOverflow(by: other)
  }
}
