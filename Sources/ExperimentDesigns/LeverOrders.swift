// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// Combinations of levers at which the part of each in their common effect can be told.
public enum LeverOrders {
  /// Orders drawn at random, each followed by its reverse.
  ///
  /// - Parameters:
  ///   - count: Of orders, an even number.
  ///   - levers: Their number.
  public static func drawn(_ count: Int, levers: Int, seed: UInt64) -> [[Int]] {
    precondition(count >= 2 && count.isMultiple(of: 2), "orders come in pairs")
    return (0..<count / 2).flatMap { number in
      var stream = DesignStream.make("lever orders", seed: seed, owner: number)
      let order = DesignStream.permutation(of: levers, &stream)
      return [order, order.reversed()]
    }
  }

  /// The sets of levers that are needed, bit 0 being the first lever: none, then each alone, all but each
  /// and those along the orders as they are met, then all. Without orders every combination, as
  /// numbers count.
  public static func subsets(levers: Int, orders: [[Int]]?) -> [UInt64] {
    precondition(1...63 ~= levers, "a set of levers has 63 bits")
    let all: UInt64 = 1 << UInt64(levers) - 1
    guard let orders else {
      precondition(levers <= 20, "every combination of so many levers is beyond reach")
      return Array(0...all)
    }
    var subsets: [UInt64] = [0]
    var seen: Set<UInt64> = [0, all]
    func meet(_ subset: UInt64) {
      if seen.insert(subset).inserted { subsets.append(subset) }
    }
    for lever in 0..<levers {
      meet(1 << UInt64(lever))
      meet(all ^ 1 << UInt64(lever))
    }
    for order in orders {
      var before: UInt64 = 0
      for lever in order {
        before |= 1 << UInt64(lever)
        meet(before)
      }
    }
    return subsets + [all]
  }
}
