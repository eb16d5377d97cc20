// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The instants that divide a run.
public struct RunWindow: Hashable, Sendable {
  /// Statistics begin here.
  public var warmUpEnd: SimulationTime
  /// When policies begin, for models that have any; `warmUpEnd` or later.
  public var policyStart: SimulationTime?
  /// The run ends here.
  public var end: SimulationTime
  /// The run of a network ends when so many entities have left completed since the warm-up, if that
  /// is before ``end``; `nil`: at ``end``.
  public var lastCompletion: Int64?

  public init(
    warmUpEnd: SimulationTime, policyStart: SimulationTime? = nil, end: SimulationTime,
    lastCompletion: Int64? = nil
  ) {
    precondition(
      warmUpEnd >= .zero && warmUpEnd <= end && (policyStart ?? end) <= end,
      "a run window must be in order")
    precondition(lastCompletion ?? 1 > 0, "a run ends after one entity or more")
    self.lastCompletion = lastCompletion
    self.warmUpEnd = warmUpEnd
    self.policyStart = policyStart
    self.end = end
  }
}
