// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What a resource costs, in whatever money the model counts.
public struct ResourceCost: Hashable, Sendable {
  /// Per unit and time unit of the network, of capacity, held or not.
  public var rostered = 0.0
  /// Per unit and time unit that a unit is held, within capacity or beyond.
  public var busy = 0.0
  /// Besides, per unit and time unit held beyond capacity.
  public var overtime = 0.0
  /// Each time that units are granted, however many.
  public var use = 0.0

  public init() {}

  /// The cost of what was counted at a resource.
  func total(of statistics: ResourceStatistics, timeUnit: TimeSpan) -> Double {
    func perTime(_ price: Double, _ integral: Int128) -> Double {
      price * Double(integral) / Double(timeUnit.microseconds)
    }
    return perTime(rostered, statistics.capacityIntegral) + perTime(busy, statistics.heldIntegral)
      + perTime(overtime, statistics.overtimeIntegral) + use * Double(statistics.grants)
  }
}
