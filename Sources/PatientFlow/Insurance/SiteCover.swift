// SPDX-License-Identifier: GPL-3.0-or-later

/// What insurance does at one institution, beside the rules of its tier.
package struct SiteCover: Hashable, BitwiseCopyable, Sendable {
  /// Schemes with whose fund the institution cannot settle, a bit each.
  package var unsettled: UInt64 = 0
  /// Drug covers of the plan that hold here, a bit each.
  package var drugCovers: UInt8 = 0

  package init() {}

  package func settles(_ scheme: UInt8) -> Bool { unsettled & 1 << UInt64(scheme) == 0 }
}
