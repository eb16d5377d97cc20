// SPDX-License-Identifier: GPL-3.0-or-later

/// What arrivals ask of one resource in the long run, and what it has to give.
public struct ResourceLoad: Hashable, Sendable {
  public var resource: String
  /// Requests per unit of the network's time, each counted once however many units it asks for; at the
  /// least, where it hangs on the state of the run.
  public var requestRate: Double
  /// The same at the most; infinite where nothing bounds it before the run.
  public var mostRequests = 0.0
  /// Unit-time per unit of time: the mean number of units held if nobody ever waited or gave up; at
  /// the least, where it hangs on the state of the run.
  public var offeredLoad: Double
  /// The same at the most; infinite where nothing bounds it before the run.
  public var mostOffered = 0.0
  /// Units rostered, as a mean over the week; `nil` without limit.
  public var capacity: Double?
  /// Whether somebody holds it while waiting for another resource, which adds to the load by as
  /// much as those waits are long.
  public var isHeldWhileWaiting: Bool
  /// Whether a full waiting room or an ending patience keeps the line finite at any load.
  public var hasBoundedLine: Bool
  /// What each class that asks for it adds, in the order of the model's classes.
  public var classes: [ClassLoad] = []

  /// The part of one class, that which an entity has when it asks.
  public struct ClassLoad: Hashable, Sendable {
    public var name: String
    /// Requests per unit of the network's time, at the least and at the most.
    public var requestRate = 0.0
    public var mostRequests = 0.0
    /// Mean number of units held if nobody ever waited or gave up, at the least and at the most.
    public var offeredLoad = 0.0
    public var mostOffered = 0.0

    /// Mean unit-time that one request takes; `nil` where the run alone can tell.
    public var meanHold: Double? {
      requestRate > 0 && requestRate == mostRequests && offeredLoad == mostOffered
        ? offeredLoad / requestRate : nil
    }
  }

  /// Whether the run alone can tell how much is asked of the resource.
  public var hangsOnState: Bool { requestRate < mostRequests || offeredLoad < mostOffered }

  /// Mean unit-time that one request takes; `nil` where the run alone can tell.
  public var meanHold: Double? {
    requestRate > 0 && !hangsOnState ? offeredLoad / requestRate : nil
  }

  /// Offered load over capacity, at the least; `nil` where the capacity has no limit or is zero.
  public var utilisation: Double? {
    guard let capacity, capacity > 0 else { return nil }
    return offeredLoad / capacity
  }

  /// The same at the most.
  public var mostUtilisation: Double? {
    guard let capacity, capacity > 0 else { return nil }
    return mostOffered / capacity
  }

  /// Whether the line stays finite in the long run, as far as this load alone tells.
  public var hasSteadyState: Bool {
    guard offeredLoad > 0, let capacity else { return true }
    return hasBoundedLine || offeredLoad < capacity
  }
}

extension ResourceLoad {
  mutating func add(_ part: ClassLoad) {
    requestRate += part.requestRate
    mostRequests += part.mostRequests
    offeredLoad += part.offeredLoad
    mostOffered += part.mostOffered
    classes.append(part)
  }
}
