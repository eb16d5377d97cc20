// SPDX-License-Identifier: GPL-3.0-or-later

/// The follow-ups of one chronic patient over the last year, quarter by quarter; 4 bytes.
///
/// Standard management asks for one in each quarter, as the national rule for basic public-health
/// services does for hypertension and type 2 diabetes (at least four a year).
package struct FollowUpRecord: BitwiseCopyable, Sendable {
  package static let quarterDays = 91
  package static let quartersPerYear = 4

  /// Bit k: followed up in the quarter k before ``quarter``.
  private var quarters: UInt8 = 0
  /// The running quarter of the run, mod 256, that bit 0 speaks of.
  private var quarter: UInt8 = 0
  /// The service that followed the patient up last, or ``nobody``.
  package private(set) var service = Self.nobody
  /// Whether a specialist of the lead has joined since the record was last empty.
  package private(set) var hasTeamPlan = false

  package static let nobody = UInt8.max

  package init() {}

  static func quarter(of day: Int) -> Int { day / quarterDays }

  /// Moves on to a quarter: what lies more than a year back counts no more.
  package mutating func turn(to quarter: Int) {
    let passed = UInt8(truncatingIfNeeded: quarter) &- self.quarter
    quarters = passed < 8 ? (quarters << passed) & 0xF : 0
    self.quarter = UInt8(truncatingIfNeeded: quarter)
    if quarters == 0 { hasTeamPlan = false }
  }

  package mutating func followUp(in quarter: Int, by service: Int, withTeam: Bool) {
    turn(to: quarter)
    quarters |= 1
    self.service = UInt8(service)
    if withTeam { hasTeamPlan = true }
  }

  /// The share of the last four quarters, this one among them, with a follow-up.
  package var dose: Double { Double(quarters.nonzeroBitCount) / Double(Self.quartersPerYear) }

  /// Followed up in each of the last four quarters.
  package var isStandard: Bool { quarters == 0xF }
}
