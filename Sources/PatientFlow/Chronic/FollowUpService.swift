// SPDX-License-Identifier: GPL-3.0-or-later

/// How ill a chronic patient would be without any follow-up; it does not change by being treated well.
package enum ChronicGrade: Int, CaseIterable, Sendable {
  /// All treated conditions under control.
  case mild
  /// One out of control.
  case moderate
  /// Two or more out of control.
  case severe

  init(conditionsOutOfControl count: Int) { self = Self(rawValue: min(2, count))! }
}

/// Who follows up which chronic patients at their refill visits, and what comes of it: by contract with a
/// family doctor, or in a clinic for everybody who comes.
package struct FollowUpService: Sendable {
  /// A specialist of the lead who joins the follow-up of severe patients.
  package struct Team: Sendable {
    package var lead: Int
    package var minutes: Double
    package var minutesPerDay: Double
    /// Added to the share of the severe who come under control.
    package var gain: Double

    package init(lead: Int, minutes: Double, minutesPerDay: Double, gain: Double) {
      self.lead = lead
      self.minutes = minutes
      self.minutesPerDay = minutesPerDay
      self.gain = gain
    }
  }

  package let isMember: [Bool]
  /// A bit each; 0: all.
  package let ages: UInt64
  package let conditions: UInt8
  package let needsContract: Bool
  /// Days a week from Monday on, and patients a day at each member.
  package let daysPerWeek: Int
  package let patientsPerDay: Int
  /// Minutes that a follow-up adds to the consult, by grade.
  package let minutes: [Double]
  /// Of the patients of a grade out of control, the share that comes under control with a follow-up in
  /// every quarter.
  package let gains: [Double]
  package let team: Team?
  private let sample: PopulationSample

  /// Follow-ups, and those that a specialist joined, since it began.
  package private(set) var followUps: Int64 = 0
  package private(set) var teamFollowUps: Int64 = 0
  /// Today's, by institution, and the specialist's minutes today.
  private var day = -1
  private var today: [Int32]
  private var teamMinutesToday = 0.0

  package init(
    institutions: Int, members: [Int], ages: UInt64, conditions: UInt8, needsContract: Bool,
    daysPerWeek: Int, patientsPerDay: Int, minutes: [Double], gains: [Double], team: Team?,
    sample: PopulationSample = .whole
  ) {
    var isMember = [Bool](repeating: false, count: institutions)
    for member in members { isMember[member] = true }
    self.isMember = isMember
    self.ages = ages
    self.conditions = conditions
    self.needsContract = needsContract
    self.daysPerWeek = daysPerWeek
    self.patientsPerDay = patientsPerDay
    self.minutes = minutes
    self.gains = gains
    self.team = team
    self.sample = sample
    today = Array(repeating: 0, count: institutions)
  }

  /// Whether it is there for a person.
  @inline(__always)
  package func isFor(_ resident: Resident) -> Bool {
    (!needsContract || resident.hasContract)
      && (ages == 0 || ages & (1 << UInt64(resident.ageGroup)) != 0)
      && (conditions == 0 ? resident.treated != 0 : resident.treated & conditions != 0)
  }

  /// Whether it looks after a condition, by its row.
  @inline(__always)
  package func isFor(condition: Int) -> Bool {
    conditions == 0 || conditions & (1 << condition) != 0
  }

  /// Takes a patient who comes on a day: `nil` on a day without the service or when the day is full.
  ///
  /// - Parameter weekday: 0 on Monday.
  /// - Returns: Whether a specialist joins.
  package mutating func take(
    at institution: Int, day: Int, weekday: Int, grade: ChronicGrade
  ) -> Bool? {
    guard weekday < daysPerWeek else { return nil }
    if day != self.day {
      self.day = day
      for place in today.indices { today[place] = 0 }
      teamMinutesToday = 0
    }
    guard Int(today[institution]) < sample.places(patientsPerDay, on: day, line: institution) else {
      return nil
    }
    today[institution] += 1
    followUps += 1
    guard grade == .severe, let team, hasTime(team, on: day) else { return false }
    teamMinutesToday += team.minutes
    teamFollowUps += 1
    return true
  }

  /// Whether the specialist can join one more today.
  private func hasTime(_ team: Team, on day: Int) -> Bool {
    guard sample.isWhole else {
      // As many patients as there is time for, and of these the sample's.
      let patients = Int(team.minutesPerDay / team.minutes + 1e-9)
      let seen = Int((teamMinutesToday / team.minutes).rounded())
      return seen < sample.places(patients, on: day, line: team.lead)
    }
    return teamMinutesToday + team.minutes <= team.minutesPerDay
  }

  /// Whether a condition that is out of control by nature is under control.
  ///
  /// - Parameter rank: of the patient among those out of control, 0...1.
  package func controls(
    rank: Double, grade: ChronicGrade, dose: Double, hasTeamPlan: Bool
  ) -> Bool {
    let gain = gains[grade.rawValue] + (hasTeamPlan ? team?.gain ?? 0 : 0)
    return rank < gain * dose
  }
}
