// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Experts of a lead hospital hold clinics at its members on days of a calendar.
///
/// On such a day the member has the expert's slots, quality and scope beside its own, and the lead
/// has one doctor less for the whole day, travel included. Each day adds skill at the member, which
/// decays; residents who know the calendar put non-urgent visits off to it.
///
/// Claims served: DD-023, LS-022, BJ-025.
package struct RotatingExperts: Lever {
  package static let schema = LeverSchema(
    name: "rotating-experts",
    mechanism: """
      Capacity moves from the lead hospital to its members on calendar days; quality and scope rise \
      at the member that day, skill and trust slowly. People who know the calendar shift non-urgent \
      visits to it.
      """,
    keys: [
      LeverKey("lead", .institution, "the hospital that sends experts"),
      LeverKey("members", .institutions, "the institutions that receive them"),
      LeverKey(
        "days-per-month", .number(unit: "", 0...31), "expert days a month planned at each member"),
      LeverKey("compliance", .number(unit: "share", 0...1), "share of planned days that happen"),
      LeverKey("sessions-per-day", .number(unit: "", 1...2), "half-days of clinic a day"),
      LeverKey("session-capacity", .number(unit: "", 0...200), "patients a half-day"),
      LeverKey("quality-gain", .number(unit: "", 0...1), "quality added for the expert's patients"),
      LeverKey("scope-gain", .number(unit: "", 0...1), "scope added for the expert's patients"),
      LeverKey("skill-per-day", .number(unit: "", 0...0.1), "skill the member gains in a day"),
      LeverKey(
        "known-share", .number(unit: "share", 0...1),
        "share of residents who come to know the calendar"),
      LeverKey(
        "known-after", .number(unit: "d", 1...3650),
        "mean days until one of them knows it"),
    ])

  package let lead: Int
  package let members: [Int]
  package let daysPerMonth: Double
  package let slotsPerDay: Int
  package let qualityGain: Double
  package let scopeGain: Double
  package let skillPerDay: Double
  package let knownShare: Double
  package let knownAfter: Double
  /// The day the policy began.
  package var startDay = 0

  /// How many days ahead a patient looks for an expert's day.
  package static let horizon = 7

  package init(_ settings: LeverSettings) {
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    daysPerMonth = settings.number("days-per-month") * settings.number("compliance")
    slotsPerDay = Int(settings.number("sessions-per-day") * settings.number("session-capacity"))
    qualityGain = settings.number("quality-gain")
    scopeGain = settings.number("scope-gain")
    skillPerDay = settings.number("skill-per-day")
    knownShare = settings.number("known-share")
    knownAfter = settings.number("known-after")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.experts.append(self)
  }

  /// Whether a member has an expert on a day of the run: days of the plan are spread evenly over
  /// the weekdays of the calendar, each member's shifted against the next one's.
  ///
  /// - Parameter weekdaysBefore: weekdays from the start of the run to the day.
  package func isExpertDay(member place: Int, isWeekend: Bool, weekdaysBefore: Int) -> Bool {
    guard !isWeekend, daysPerMonth > 0 else { return false }
    let perWeekday = min(1, daysPerMonth * 12 / (365.25 * 5 / 7))
    let shift = Double(place) / Double(members.count)
    let before = (Double(weekdaysBefore) * perWeekday + shift).rounded(.down)
    let after = (Double(weekdaysBefore + 1) * perWeekday + shift).rounded(.down)
    return after > before
  }

  /// Share of residents who know the calendar so many days after it began.
  package func share(knowingAfter days: Double) -> Double {
    days <= 0 ? 0 : knownShare * (1 - exp(-days / knownAfter))
  }
}
