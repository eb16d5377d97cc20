// SPDX-License-Identifier: GPL-3.0-or-later

/// Members hold clinics for chronic patients, by contract or without: two-disease clinics for
/// hypertension and diabetes.
///
/// On the clinic's days a refill visit of a patient with one of its conditions is a follow-up, for so
/// many patients a day; it takes longer, and brings part of those out of control under it, as under a
/// contract (`family-doctor-contract`), which comes first where both hold. The rest of the visit is as ever.
///
/// Assumed, grade C: the shares that come under control.
///
/// Claims served: LS-025, DD-027.
package struct TwoDiseaseClinic: Lever {
  package static let schema = LeverSchema(
    name: "two-disease-clinic",
    nameChinese: "两病专科门诊",
    mechanism: """
      On clinic days refill visits of these patients at members are follow-ups, up to so many a day. They \
      take doctors' time and bring part of the patients under control, which lowers complications.
      """,
    mechanismChinese: """
      门诊日内，成员机构对相应慢病患者的续药就诊同时作随访，每日限量。随访占用医生时间，使部分患者得到控制，并发症随之减少。
      """,
    claims: ["LS-025", "DD-027"],
    evidence: LeverEvidence(
      .c,
      "how many come under control is assumed",
      chinese: "随访带来的控制率为假设"),
    keys: [
      LeverKey("members", .institutions, "where the clinics are held", chinese: "开设机构"),
      LeverKey("conditions", .conditions, "whose patients they are for", chinese: "病种"),
      LeverKey(
        "days-per-week", .number(unit: "", 0...7), "days a week, from Monday on, rounded",
        chinese: "每周门诊日数"),
      LeverKey(
        "patients-per-day", .number(unit: "", 0...1000), "follow-ups a day at each, rounded down",
        chinese: "每机构每日随访人数"),
      FollowUpKeys.minutesMild, FollowUpKeys.minutesModerate, FollowUpKeys.minutesSevere,
      FollowUpKeys.gainModerate, FollowUpKeys.gainSevere,
    ])

  let members: [Int]
  let conditions: UInt8
  let daysPerWeek: Int
  let patientsPerDay: Int
  let minutes: [Double]
  let gains: [Double]

  package init(_ settings: LeverSettings) {
    members = settings.institutions["members"] ?? []
    conditions = FollowUpKeys.conditions(settings)
    daysPerWeek = Int(settings.number("days-per-week").rounded())
    patientsPerDay = Int(settings.number("patients-per-day"))
    minutes = FollowUpKeys.minutes(settings)
    gains = FollowUpKeys.gains(settings)
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard daysPerWeek > 0, patientsPerDay > 0, minutes.contains(where: { $0 > 0 }) else { return }
    policies.followUps.append(
      FollowUpService(
        institutions: model.institutions.count, members: members, ages: 0,
        conditions: conditions, needsContract: false, daysPerWeek: daysPerWeek,
        patientsPerDay: patientsPerDay, minutes: minutes, gains: gains, team: nil,
        sample: model.sample))
  }
}
