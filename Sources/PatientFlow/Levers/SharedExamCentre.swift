// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// One place reads the exams of many: a laboratory, an imaging, ECG or pathology centre.
///
/// Of the exams of its members a share goes to the centre: it is taken at the member as before, in less
/// time because nobody there reads it, and the sample or picture goes to the centre, at once or with the
/// next collection. There a few readers work through one line. The patient sees the doctor again when the
/// report is there; if it comes after closing, on the next day that has doctors, and travels again.
/// Emergencies do not wait for a centre. Remote reading is a centre without transport.
///
/// Readers may be doctors of the lead, who are then missing in its clinic. What is read at the centre
/// counts as read by the lead: at the lead and at all members of the centre it is recognised. Where no
/// shared record leads from member to centre (`information-platform`), only the share of exams goes there
/// that `without-platform` says: blood goes with a slip of paper, pictures hardly.
///
/// Assumed, grade C: the time that taking needs alone, and the scope that an expert's reading adds for
/// the patient at the member.
///
/// Claims served: DD-030, DD-056, GY-025, LS-010, LS-011, BJ-041.
package struct SharedExamCentre: Lever {
  package static let schema = LeverSchema(
    name: "shared-exam-centre",
    nameChinese: "共享检验、影像、心电、病理诊断中心",
    mechanism: """
      A share of the members' exams is taken there and read at the lead: transport, a line before a few \
      readers, and a report that brings the patient back to the doctor, the same day or later. Member \
      exam rooms are freed, readers may be missing in the lead's clinic, and results count as the lead's.
      """,
    mechanismChinese: """
      成员机构采样或拍片，一部分由牵头医院中心出报告：经转运、在有限阅片人员前排队，报告出来后患者再见医生，可能需次日返回。成员检查室被释放，阅片医生可能减少牵头医院门诊，结果视同牵头医院结果互认。
      """,
    claims: ["DD-030", "DD-056", "GY-025", "LS-010", "BJ-041"],
    evidence: LeverEvidence(
      .c,
      "that centres exist is published; shares, times and the scope that their reports add are assumed (W015)",
      chinese: "设立中心有文献；送检比例、时间与能力提高为假设（W015）"),
    keys: [
      LeverKey(
        "kind", .choice(["laboratory", "imaging", "ecg", "pathology"]),
        "what is read; a name for reports, on which nothing else hangs", chinese: "中心类别（仅作名称）"),
      LeverKey("lead", .institution, "the hospital that has the centre", chinese: "设中心的医院"),
      LeverKey("members", .institutions, "the institutions whose exams it reads", chinese: "送检机构"),
      LeverKey(
        "share", .number(unit: "share", 0...1),
        "share of the members' exams that go there; where centres ask for more than all, those first in force come first",
        chinese: "成员机构检查中送中心的比例"),
      LeverKey(
        "without-platform", .number(unit: "share", 0...1),
        "of these, the share that goes there although the record is not shared",
        chinese: "未互联互通时仍能送检的份额"),
      LeverKey(
        "taking-share", .number(unit: "share", 0...1),
        "share of an exam's minutes at the member that taking it needs", chinese: "采样或拍片占检查时间的比例"),
      LeverKey(
        "collection", .number(unit: "h", 0...24),
        "hours between collections, from opening on; 0: sent at once", chinese: "两次收样间隔；0 为即时传送"),
      LeverKey(
        "transport", .number(unit: "min", 0...2880), "minutes from the member to the centre",
        chinese: "转运时间"),
      LeverKey(
        "readers", .number(unit: "", 1...200), "readers at a time, rounded", chinese: "同时阅片人数"),
      LeverKey(
        "reading", .number(unit: "min", 0...600), "minutes of a reading, the mean",
        chinese: "每份平均阅片时间"),
      LeverKey(
        "reading-variation", .number(unit: "", 0...5),
        "its coefficient of variation (lognormal)", chinese: "阅片时间变异系数"),
      LeverKey(
        "hours-per-day", .number(unit: "h", 0.5...24),
        "hours a day that it reads, every day, from the lead's opening on", chinese: "每日阅片小时数"),
      LeverKey(
        "from-clinic", .number(unit: "share", 0...1),
        "share of the readers' hours that the lead's doctors in clinic give",
        chinese: "阅片时间中由牵头医院门诊医生承担的比例"),
      LeverKey(
        "scope-gain", .number(unit: "", 0...1),
        "scope added at the member for a patient whose exam the centre read",
        chinese: "中心出报告后成员机构服务能力的提高"),
    ])

  /// Centres in force at a time: a visit's row has four bits for its centre.
  package static let limit = 15

  package let kind: String
  package let lead: Int
  package let members: [Int]
  package let share: Double
  package let withoutPlatform: Double
  package let takingShare: Double
  package let collectionHours: Double
  package let transportMinutes: Double
  package let readers: Int
  package let readingMinutes: Double
  package let readingVariation: Double
  package let hoursPerDay: Double
  package let fromClinic: Double
  package let scopeGain: Double

  package init(_ settings: LeverSettings) {
    kind = settings.choices["kind"] ?? "laboratory"
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    share = settings.number("share")
    withoutPlatform = settings.number("without-platform")
    takingShare = settings.number("taking-share")
    collectionHours = settings.number("collection")
    transportMinutes = settings.number("transport")
    readers = max(1, Int(settings.number("readers").rounded()))
    readingMinutes = settings.number("reading")
    readingVariation = settings.number("reading-variation")
    hoursPerDay = settings.number("hours-per-day")
    fromClinic = settings.number("from-clinic")
    scopeGain = settings.number("scope-gain")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard share > 0 else { return }
    policies.examCentres.append(
      ExamCentre(
        self, opensHour: model.tiers[model.institutions[lead].tier].opensHour,
        institutions: model.institutions.count, startDay: policies.day, sample: model.sample))
    let clinic = model.tiers[model.institutions[lead].tier]
    policies.addDuty(
      at: lead,
      doctors: Double(readers) * fromClinic * hoursPerDay
        / max(1, clinic.closesHour - clinic.opensHour), model)
  }
}
