// SPDX-License-Identifier: GPL-3.0-or-later

/// What one course of action costs and brings, replication by replication.
///
/// Replication *k* of every arm shares its random numbers, so arms are compared in pairs.
public struct EconomicArm: Hashable, Sendable {
  public var name: String
  /// In money, as many as there are replications.
  public var costs: [Double]
  /// More is better; what is better when lower has its sign turned.
  public var effects: [Double]

  public init(name: String, costs: [Double], effects: [Double]) {
    precondition(costs.count == effects.count, "each replication has a cost and an effect")
    self.name = name
    self.costs = costs
    self.effects = effects
  }

  public var meanCost: Double { Self.mean(costs) }
  public var meanEffect: Double { Self.mean(effects) }

  /// Net monetary benefit λE − C of each replication.
  ///
  /// - Parameter threshold: λ, money for one unit of the effect.
  public func netBenefits(threshold: Double) -> [Double] {
    zip(costs, effects).map { threshold * $1 - $0 }
  }

  static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}

/// Values of later years as they count today.
public enum Discounting {
  /// The sum of yearly values, each over (1 + rate)^k for the k-th year from 0: the first year counts in
  /// full.
  public static func presentValue(_ yearly: [Double], rate: Double) -> Double {
    var factor = 1.0
    return yearly.reduce(0) { sum, value in
      defer { factor /= 1 + rate }
      return sum + value * factor
    }
  }
}
