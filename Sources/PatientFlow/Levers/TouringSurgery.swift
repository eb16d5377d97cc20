// SPDX-License-Identifier: GPL-3.0-or-later

/// Surgeons of a lead hospital tour the members and operate there.
///
/// On a day of the tour the member admits, to its own beds, patients of the specialty whom it would
/// have sent on: scope rises for those who are seen. People who know the calendar bring elective
/// cases to that day; the lead is without the surgeon for the day and the way, and without the stays.
///
/// Claims served: OV-029, OV-041, GY-017, LS-042, LS-057.
package struct TouringSurgery: SendsExperts {
  package static let schema = LeverSchema(
    name: "touring-surgery",
    nameChinese: "专家巡回手术",
    mechanism: """
      On calendar days a surgeon of the lead operates at the member, which then admits patients of \
      his specialty beyond its own scope to its own beds. Elective patients who know the calendar \
      wait for the day; the lead is a doctor short, travel included.
      """,
    mechanismChinese: """
      专家按排班日到成员机构手术，当日成员机构可收治超出自身能力的该专科患者并使用本院床位。知晓排班的择期\
      患者等到该日就诊，牵头医院当日（含路途）少一名医生。
      """,
    claims: ["OV-029", "OV-041", "GY-017", "LS-042", "LS-057"],
    evidence: LeverEvidence(
      .c,
      "told without figures; days, patients and scope are assumed",
      chinese: "文件未给数字，天数、人数与能力提高为假设"),
    keys: ExpertKeys.parties + [
      LeverKey(
        "days-per-month", .number(unit: "", 0...31), "days a month planned at each member",
        chinese: "每个成员机构每月计划天数"),
      LeverKey(
        "sessions-per-day", .number(unit: "", 1...2), "half-days of surgery a day",
        chinese: "每日手术的半天数"),
      LeverKey(
        "session-capacity", .number(unit: "", 0...50), "patients a half-day", chinese: "每半天手术人数"),
    ] + ExpertKeys.gains + [ExpertKeys.specialty] + ExpertKeys.willingness)

  package let posting: ExpertPosting

  package init(_ settings: LeverSettings) {
    posting = ExpertPosting(
      settings, work: .surgery, daysPerMonth: settings.number("days-per-month"),
      sessions: settings.number("sessions-per-day"))
  }
}
