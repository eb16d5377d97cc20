// SPDX-License-Identifier: GPL-3.0-or-later

/// Experts of the lead teach at members, on rounds and at the desk, and see no patients of their own.
///
/// A day of teaching leaves skill, which decays by the model's half-life; skill adds to scope and
/// quality. The lead is without the teacher for the day and the way.
///
/// Claims served: DD-022, BJ-043, OV-042.
package struct ExpertTeaching: SendsExperts {
  package static let schema = LeverSchema(
    name: "expert-teaching",
    nameChinese: "查房带教",
    mechanism: """
      Experts of the lead teach at members on calendar days, and their hospital is without them, \
      travel included. Each day leaves skill at the member, which decays and adds to scope and quality.
      """,
    mechanismChinese: """
      牵头医院专家按排班日到成员机构查房带教，其间（含路途）牵头医院少一名医生。每日带教留下技术，随时间\
      衰减，提高服务能力与质量。
      """,
    claims: ["DD-022", "BJ-043", "OV-042"],
    evidence: LeverEvidence(
      .c,
      "told without figures; what a day leaves is assumed",
      chinese: "文件未给数字，每日所留技术为假设"),
    keys: ExpertKeys.parties + [
      LeverKey(
        "days-per-month", .number(unit: "", 0...31), "teaching days a month planned at each member",
        chinese: "每个成员机构每月计划带教天数"),
      LeverKey(
        "sessions-per-day", .number(unit: "", 1...2), "half-days of teaching a day",
        chinese: "每日带教的半天数"),
      LeverKey(
        "skill-per-day", .number(unit: "", 0...0.1), "skill the member gains in a day",
        chinese: "成员机构每个带教日所得技术"),
    ] + ExpertKeys.willingness)

  package let posting: ExpertPosting

  package init(_ settings: LeverSettings) {
    posting = ExpertPosting(
      settings, work: .teaching, daysPerMonth: settings.number("days-per-month"),
      sessions: settings.number("sessions-per-day"))
  }
}
