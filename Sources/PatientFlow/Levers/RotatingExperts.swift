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
    nameChinese: "专家轮流坐诊",
    mechanism: """
      Capacity moves from the lead hospital to its members on calendar days; quality and scope rise \
      at the member that day, skill and trust slowly. People who know the calendar shift non-urgent \
      visits to it.
      """,
    mechanismChinese: """
      牵头医院专家按排班日到成员机构坐诊：牵头医院当日少一名医生，成员机构当日的号源、服务质量与服\
      务能力提高，技术与信任缓慢积累。知晓排班的居民把不急的就诊推迟到专家日。
      """,
    claims: ["DD-023", "LS-022", "BJ-025"],
    keys: [
      LeverKey("lead", .institution, "the hospital that sends experts", chinese: "派出专家的医院"),
      LeverKey("members", .institutions, "the institutions that receive them", chinese: "接收专家的机构"),
      LeverKey(
        "days-per-month", .number(unit: "", 0...31), "expert days a month planned at each member",
        chinese: "每个成员机构每月计划的专家日数"),
      LeverKey(
        "compliance", .number(unit: "share", 0...1), "share of planned days that happen",
        chinese: "计划专家日中实际到位的比例"),
      LeverKey(
        "sessions-per-day", .number(unit: "", 1...2), "half-days of clinic a day",
        chinese: "每日门诊的半天数"),
      LeverKey(
        "session-capacity", .number(unit: "", 0...200), "patients a half-day", chinese: "每半天接诊人数"),
      LeverKey(
        "quality-gain", .number(unit: "", 0...1), "quality added for the expert's patients",
        chinese: "专家患者所得质量提高"),
      LeverKey(
        "scope-gain", .number(unit: "", 0...1), "scope added for the expert's patients",
        chinese: "专家患者所得服务能力提高"),
      LeverKey(
        "skill-per-day", .number(unit: "", 0...0.1), "skill the member gains in a day",
        chinese: "成员机构每个专家日所得技术"),
      LeverKey(
        "known-share", .number(unit: "share", 0...1),
        "share of residents who come to know the calendar", chinese: "最终知晓排班的居民比例"),
      LeverKey(
        "known-after", .number(unit: "d", 1...3650),
        "mean days until one of them knows it", chinese: "其中一人知晓排班的平均天数"),
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
