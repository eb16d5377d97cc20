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
  /// Into how many batches of equal length the time after the warm-up is cut; 1: it is whole.
  public var batches: Int

  public init(
    warmUpEnd: SimulationTime, policyStart: SimulationTime? = nil, end: SimulationTime,
    lastCompletion: Int64? = nil, batches: Int = 1
  ) {
    precondition(
      warmUpEnd >= .zero && warmUpEnd <= end && (policyStart ?? end) <= end,
      "a run window must be in order")
    precondition(
      batches == 1
        || batches > 1 && lastCompletion == nil
          && (end - warmUpEnd).microseconds % Int64(batches) == 0,
      "batches are of equal length")
    self.batches = batches
    precondition(lastCompletion ?? 1 > 0, "a run ends after one entity or more")
    self.lastCompletion = lastCompletion
    self.warmUpEnd = warmUpEnd
    self.policyStart = policyStart
    self.end = end
  }

  /// When statistics begin anew: first at the end of the warm-up, then at the end of each batch but
  /// the last; `nil`: not so often.
  ///
  /// - Parameter number: from 0.
  func reset(_ number: Int) -> SimulationTime? {
    guard number < batches else { return nil }
    let length = (end - warmUpEnd).microseconds / Int64(batches)
    return warmUpEnd + TimeSpan(microseconds: length * Int64(number))
  }
}
