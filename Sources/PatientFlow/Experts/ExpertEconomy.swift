// SPDX-License-Identifier: GPL-3.0-or-later

/// What an expert day costs and brings the lead of a posting, measured each quarter.
package struct ExpertEconomy: BitwiseCopyable, Sendable {
  package static let quarterDays = 91

  /// The day of the last measurement, and what had been counted by then.
  private var day: Int
  private var leadVisits: Int64
  private var expertVisits: Int64
  private var expertDays: Int64
  /// Expert days so far.
  package var daysHeld: Int64 = 0
  /// CNY: what a doctor's whole day at the lead brings, and what an expert's day brings below.
  package private(set) var lostPerDay = 0.0
  package private(set) var earnedPerDay = 0.0

  /// Begins a posting, of which nothing below has been seen yet.
  ///
  /// - Parameter lostPerDay: CNY, as far as the run has shown.
  package init(day: Int, leadVisits: Int64, expertVisits: Int64, lostPerDay: Double) {
    self.day = day
    self.leadVisits = leadVisits
    self.expertVisits = expertVisits
    expertDays = 0
    self.lostPerDay = lostPerDay
  }

  package func isDue(on day: Int) -> Bool { day - self.day >= Self.quarterDays }

  /// Takes up what the quarter has shown.
  ///
  /// - Parameters:
  ///   - doctorDays: of the lead in the quarter.
  ///   - leadBill, memberBill: CNY a visit, less what it costs.
  package mutating func measure(
    day: Int, leadVisits: Int64, expertVisits: Int64, doctorDays: Double, leadBill: Double,
    memberBill: Double
  ) {
    lostPerDay =
      doctorDays > 0 ? Double(leadVisits - self.leadVisits) / doctorDays * leadBill : lostPerDay
    let days = daysHeld - expertDays
    earnedPerDay =
      days > 0 ? Double(expertVisits - self.expertVisits) / Double(days) * memberBill : 0
    self.day = day
    self.leadVisits = leadVisits
    self.expertVisits = expertVisits
    expertDays = daysHeld
  }
}
