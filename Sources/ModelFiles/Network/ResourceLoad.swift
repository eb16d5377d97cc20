// SPDX-License-Identifier: GPL-3.0-or-later

/// What arrivals ask of one resource in the long run, and what it has to give.
public struct ResourceLoad: Hashable, Sendable {
  public var resource: String
  /// Requests per unit of the network's time, each counted once however many units it asks for.
  public var requestRate: Double
  /// Unit-time per unit of time: the mean number of units held if nobody ever waited or gave up.
  public var offeredLoad: Double
  /// Units rostered, as a mean over the week; `nil` without limit.
  public var capacity: Double?
  /// Whether somebody holds it while waiting for another resource, which adds to the load by as
  /// much as those waits are long.
  public var isHeldWhileWaiting: Bool
  /// Whether a full waiting room or an ending patience keeps the line finite at any load.
  public var hasBoundedLine: Bool

  /// Mean unit-time that one request takes.
  public var meanHold: Double? { requestRate > 0 ? offeredLoad / requestRate : nil }

  /// Offered load over capacity; `nil` where the capacity has no limit or is zero.
  public var utilisation: Double? {
    guard let capacity, capacity > 0 else { return nil }
    return offeredLoad / capacity
  }

  /// Whether the line stays finite in the long run, as far as this load alone tells.
  public var hasSteadyState: Bool {
    guard offeredLoad > 0, let capacity else { return true }
    return hasBoundedLine || offeredLoad < capacity
  }
}
