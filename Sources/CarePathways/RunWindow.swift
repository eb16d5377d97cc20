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

  public init(
    warmUpEnd: SimulationTime, policyStart: SimulationTime? = nil, end: SimulationTime
  ) {
    precondition(
      warmUpEnd >= .zero && warmUpEnd <= end && (policyStart ?? end) <= end,
      "a run window must be in order")
    self.warmUpEnd = warmUpEnd
    self.policyStart = policyStart
    self.end = end
  }
}
