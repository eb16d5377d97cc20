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
  /// What each class that asks for it adds, in the order of the model's classes.
  public var classes: [ClassLoad] = []

  /// The part of one class, that which an entity has when it asks.
  public struct ClassLoad: Hashable, Sendable {
    public var name: String
    /// Requests per unit of the network's time.
    public var requestRate = 0.0
    /// Mean number of units held if nobody ever waited or gave up.
    public var offeredLoad = 0.0

    /// Mean unit-time that one request takes.
    public var meanHold: Double? { requestRate > 0 ? offeredLoad / requestRate : nil }
  }

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

extension ResourceLoad {
  mutating func add(requests: Double = 0, load: Double = 0, of entityClass: String) {
    requestRate += requests
    offeredLoad += load
    let place = classes.firstIndex { $0.name == entityClass } ?? classes.count
    if place == classes.count { classes.append(ClassLoad(name: entityClass)) }
    classes[place].requestRate += requests
    classes[place].offeredLoad += load
  }
}
