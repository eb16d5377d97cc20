// SPDX-License-Identifier: GPL-3.0-or-later

/// One term of an alliance's agreements: what its members had been counted by when it began.
package struct AllianceTerm: Sendable {
  /// The first day of the term after.
  package var end: Int
  /// CNY that being in it has brought members so far, all together: of patients seen by experts and
  /// of patients moved down.
  package var brought: Double
  package var begun: Int

  package init(end: Int, brought: Double, begun: Int) {
    self.end = end
    self.brought = brought
    self.begun = begun
  }

  /// CNY a year that it has brought each member that was in it.
  package func gain(brought now: Double, on day: Int, members: Int) -> Double {
    guard day > begun, members > 0 else { return 0 }
    return (now - brought) / Double(day - begun) * 365 / Double(members)
  }
}
