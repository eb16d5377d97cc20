// SPDX-License-Identifier: GPL-3.0-or-later

/// Doctors who are away for training.
package struct TrainingBook: Sendable {
  /// One doctor's absence.
  package struct Leave: Hashable, Sendable {
    package var site: Int
    /// Place of the policy that sent him.
    package var policy: Int
    /// The day on which he is back.
    package var returnDay: Int
  }

  private var leaves: [Leave] = []
  /// By institution.
  package private(set) var away: [Int]
  package private(set) var begun: Int64 = 0
  package private(set) var ended: Int64 = 0

  package init(institutions: Int) { away = Array(repeating: 0, count: institutions) }

  package mutating func begin(_ leave: Leave) {
    leaves.append(leave)
    away[leave.site] += 1
    begun += 1
  }

  /// Brings back whom this day brings back.
  package mutating func turn(to day: Int) -> [Leave] {
    let back = leaves.filter { $0.returnDay <= day }
    leaves.removeAll { $0.returnDay <= day }
    for leave in back { away[leave.site] -= 1 }
    ended += Int64(back.count)
    return back
  }

  /// Whether everybody who left is away or back, and is missed where he left.
  package var isBalanced: Bool {
    begun == ended + Int64(leaves.count) && away.reduce(0, +) == leaves.count
      && away.allSatisfy { $0 >= 0 }
  }
}
