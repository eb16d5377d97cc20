// SPDX-License-Identifier: GPL-3.0-or-later

/// Department heads of the lead hospital stand at members and run a specialty there.
///
/// A head lives at the member while posted: every weekday he is there all day, and his hospital is
/// without him. Patients of the specialty find his quality and scope, and the member's own staff gain
/// skill each day. Staff of an alliance with one staff move without a new registration; elsewhere
/// ``WillingnessRule`` may hold them back.
///
/// Claims served: GY-008, GY-012, GY-019, GY-020, GY-022.
package struct StandingHeads: SendsExperts {
  package static let schema = LeverSchema(
    name: "standing-heads",
    nameChinese: "下派科室主任全权管理专科",
    mechanism: """
      A head of department of the lead works at the member on every weekday and lives there, so the \
      lead is a doctor short and no time is lost on the way. Quality and scope of his specialty rise \
      for patients there, and the member's skill with each day.
      """,
    mechanismChinese: """
      牵头医院科室主任常驻成员机构，工作日全天在岗，牵头医院少一名医生，不计往返路途。该专科患者所得质量\
      与服务能力提高，成员机构技术逐日积累。
      """,
    claims: ["GY-008", "GY-012", "GY-019", "GY-020", "GY-022"],
    evidence: LeverEvidence(
      .c,
      "the posting is stated (GY-019), its gains and the head's time are assumed",
      chinese: "派驻见文件（GY-019），效果与在岗时间为假设"),
    keys: ExpertKeys.parties + [
      LeverKey(
        "share-of-time", .number(unit: "share", 0...1), "weekdays that the head is there",
        chinese: "工作日在岗比例"),
      LeverKey(
        "session-capacity", .number(unit: "", 0...200), "patients a half-day", chinese: "每半天接诊人数"),
    ] + ExpertKeys.gains + [ExpertKeys.specialty] + ExpertKeys.willingness)

  package let posting: ExpertPosting

  package init(_ settings: LeverSettings) {
    var posting = ExpertPosting(
      settings, work: .clinic,
      daysPerMonth: settings.number("share-of-time") * ExpertPosting.weekdaysPerMonth, sessions: 2)
    posting.staysThere = true
    self.posting = posting
  }
}
