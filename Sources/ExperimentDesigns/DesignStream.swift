// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// The random numbers of designs: keyed by the design's seed, its kind, and what is drawn.
enum DesignStream {
  static func make(_ kind: String, seed: UInt64, owner: Int, episode: Int = 0) -> RandomStream {
    RandomStream(
      RandomRoot(seed: seed, replication: 0), Purpose("design", kind), owner: UInt64(owner),
      episode: UInt64(episode))
  }

  /// The numbers below `count` in an order of which each is as likely.
  static func permutation(of count: Int, _ stream: inout RandomStream) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(stream.below(UInt32(last + 1))))
    }
    return order
  }
}
