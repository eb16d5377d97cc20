// SPDX-License-Identifier: GPL-3.0-or-later

/// Experts of a lead hospital hold clinics at its members on days of a calendar.
///
/// On such a day the member has the expert's slots, quality and scope beside its own while he is
/// there; the lead is without him for the sessions and the travel. Each day adds skill at the member,
/// which decays; residents who know the calendar put non-urgent visits off to it. How many of the
/// planned days are held is a matter of willingness (``WillingnessRule``), where its keys are stated:
/// that response is assumed.
///
/// Claims served: DD-023 to DD-026, DD-040, DD-059, LS-022, BJ-025, OV-005, OV-016, OV-017, OV-045,
/// GY-022.
package struct RotatingExperts: SendsExperts {
  package static let schema = LeverSchema(
    name: "rotating-experts",
    nameChinese: "专家轮流坐诊",
    mechanism: """
      Doctors' time moves from the lead hospital to its members on calendar days, less the travel; \
      quality and scope rise at the member that day, skill and trust slowly. How many planned days \
      are held follows what they cost and bring the lead, and people who know the calendar shift \
      non-urgent visits to it.
      """,
    mechanismChinese: """
      牵头医院专家按排班日到成员机构坐诊：扣除路途后医生时间由牵头医院转到成员机构，当日号源、服务质量与\
      服务能力提高，技术与信任缓慢积累。计划日的到位比例取决于下派对牵头医院的得失，知晓排班的居民把不急的\
      就诊推迟到专家日。
      """,
    claims: [
      "DD-023", "DD-024", "DD-025", "DD-026", "DD-040", "DD-059", "LS-022", "BJ-025", "OV-005",
      "OV-016", "OV-017", "OV-045", "GY-022",
    ],
    evidence: LeverEvidence(
      .c,
      "days and sessions are documents'; gains are defaults, the response to money is assumed",
      chinese: "天数与时段见文件，收益取默认值；意愿对得失的反应为假设"),
    keys: ExpertKeys.parties + [
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
    ] + ExpertKeys.gains + [ExpertKeys.specialty] + ExpertKeys.willingness)

  package let posting: ExpertPosting

  package init(_ settings: LeverSettings) {
    posting = ExpertPosting(
      settings, work: .clinic,
      daysPerMonth: settings.number("days-per-month") * settings.number("compliance"),
      sessions: settings.number("sessions-per-day"))
  }
}
