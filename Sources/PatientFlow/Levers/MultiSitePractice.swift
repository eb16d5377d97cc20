// SPDX-License-Identifier: GPL-3.0-or-later

/// Doctors of the lead practise at member institutions on days of their own.
///
/// So many doctors, each for so many days a year; where a filing is asked for, only a share of them
/// takes the trouble (assumed). What the member pays them is the allowance of ``WillingnessRule``.
///
/// Claims served: DD-028, DD-029, GY-020.
package struct MultiSitePractice: SendsExperts {
  package static let schema = LeverSchema(
    name: "multi-site-practice",
    nameChinese: "医师多机构执业",
    mechanism: """
      Doctors of the lead practise at members on some days of a year each, and their hospital is \
      without them for the sessions and the way. Where a filing is asked for, a share of them stays \
      away; what the member pays moves the days they keep.
      """,
    mechanismChinese: """
      牵头医院医师每年若干日在成员机构执业，其间（含路途）牵头医院少其门诊时间。需要备案时只有一部分医师\
      办理，成员机构支付的报酬影响其到岗天数。
      """,
    claims: ["DD-028", "DD-029", "GY-020"],
    evidence: LeverEvidence(
      .c,
      "doctors are counted in one city (DD-029); days, filing and pay responses are assumed",
      chinese: "人数见一市统计（DD-029），天数、备案与报酬反应为假设"),
    keys: ExpertKeys.parties + [
      LeverKey(
        "doctors", .number(unit: "", 0...10_000), "doctors who would practise at members",
        chinese: "愿意多机构执业的医师数"),
      LeverKey(
        "days-per-year", .number(unit: "", 0...250), "days of each a year", chinese: "每名医师每年天数"),
      LeverKey("filing", .flag, "whether a filing is asked for", chinese: "是否需要备案"),
      LeverKey(
        "filing-share", .number(unit: "share", 0...1), "share of doctors who file where it is",
        chinese: "需要备案时办理备案的比例"),
      LeverKey(
        "sessions-per-day", .number(unit: "", 1...2), "half-days of clinic a day",
        chinese: "每日门诊的半天数"),
      LeverKey(
        "session-capacity", .number(unit: "", 0...200), "patients a half-day", chinese: "每半天接诊人数"),
    ] + ExpertKeys.gains + [ExpertKeys.specialty] + ExpertKeys.willingness)

  package let posting: ExpertPosting

  package init(_ settings: LeverSettings) {
    let filed = settings.flags["filing"] == true ? settings.number("filing-share") : 1
    let days = settings.number("doctors") * filed * settings.number("days-per-year")
    let members = Double(max(1, settings.institutions["members"]?.count ?? 1))
    posting = ExpertPosting(
      settings, work: .clinic, daysPerMonth: days / 12 / members,
      sessions: settings.number("sessions-per-day"))
  }
}
