// SPDX-License-Identifier: GPL-3.0-or-later

/// Residents of a group sign with a family doctor, who follows the chronic patients among them up.
///
/// Sign-up takes time, up to a target of the group. A contract draws a person to primary institutions by
/// the model's weight of it. A refill visit of a contracted chronic patient at a member is a follow-up: it
/// takes so many minutes more, by grade; one in every quarter is standard management. Follow-up brings part
/// of those who would be out of control under it, the more of the last four quarters it happened in, and
/// the loss of it lets them slip back. Control lowers the complications that the model's needs tie to it.
/// Whether a patient comes to the member at all, choice and refills decide: so the rate of standard
/// management is an outcome.
///
/// Grades are what a patient would be without follow-up: mild, all treated conditions under control;
/// moderate, one of them out of control; severe, more. In a team contract a specialist of the lead joins
/// the follow-up of severe patients, so many minutes a day, which the lead's clinic lacks.
///
/// Assumed, grade C: the shares that come under control. Follow-ups of the base are not told apart: what
/// they achieve is in the base rate of control.
///
/// Claims served: GY-033, GY-034, GY-035, LS-056, BJ-040.
package struct FamilyDoctorContract: Lever {
  package static let schema = LeverSchema(
    name: "family-doctor-contract",
    nameChinese: "家庭医生签约（组团式签约）",
    mechanism: """
      Residents of a group sign up over time and prefer primary care; at refill visits to members chronic \
      patients are followed up, which takes doctors' time and brings part of them under control by grade. A \
      specialist of the lead may join for the severe, in minutes that its clinic lacks.
      """,
    mechanismChinese: """
      目标人群逐步签约并更愿意到基层就诊；慢病患者在成员机构续药时接受随访，占用医生时间，按病情轻中重使部分患者得到控制。组团式签约由牵头医院专科医生参与重度患者随访，减少其门诊时间。
      """,
    claims: ["GY-033", "GY-034", "GY-035", "LS-056", "BJ-040"],
    evidence: LeverEvidence(
      .c,
      "how many come under control, and what a specialist adds, is assumed; the pull of a contract is M011 (C021)",
      chinese: "随访带来的控制率与专科医生的作用为假设；签约对就医的影响取自 M011（C021）"),
    keys: [
      LeverKey("members", .institutions, "whose doctors sign and follow up", chinese: "签约与随访机构"),
      LeverKey(
        "ages", .ages, "the age groups; all if left out", chinese: "年龄组；省略为全部",
        isOptional: true),
      LeverKey(
        "conditions", .conditions,
        "only people treated for one of these; everybody of the ages if left out",
        chinese: "仅限所列慢病患者；省略为不限", isOptional: true),
      LeverKey(
        "target", .number(unit: "share", 0...1),
        "share of the group with a contract in the end; below that of the base nobody signs",
        chinese: "目标签约率"),
      LeverKey(
        "signing-time", .number(unit: "d", 0...3650), "mean days until one of those who sign does",
        chinese: "平均签约时间"),
      FollowUpKeys.minutesMild, FollowUpKeys.minutesModerate, FollowUpKeys.minutesSevere,
      FollowUpKeys.gainModerate, FollowUpKeys.gainSevere,
      LeverKey(
        "team-lead", .institution, "the hospital whose specialists join; no team if left out",
        chinese: "派专科医生的医院；省略为无组团", isOptional: true),
      LeverKey(
        "team-minutes", .number(unit: "min", 1...240),
        "specialist's minutes a follow-up of a severe patient; 10 if left out",
        chinese: "专科医生每次参与分钟数；省略为 10", isOptional: true),
      LeverKey(
        "team-minutes-per-day", .number(unit: "min", 0...1440),
        "specialists' minutes a day in all; 0 if left out", chinese: "专科医生每日总分钟数；省略为 0",
        isOptional: true),
      LeverKey(
        "team-gain", .number(unit: "share", 0...1),
        "added to the share of severe patients who come under control; 0 if left out",
        chinese: "组团后重度患者控制率的提高；省略为 0", isOptional: true),
    ])

  package let members: [Int]
  package let ages: UInt64
  package let conditions: UInt8
  package let target: Double
  package let signingDays: Double
  let minutes: [Double]
  let gains: [Double]
  let team: FollowUpService.Team?

  package init(_ settings: LeverSettings) {
    members = settings.institutions["members"] ?? []
    ages = FollowUpKeys.ages(settings)
    conditions = FollowUpKeys.conditions(settings)
    target = settings.number("target")
    signingDays = settings.number("signing-time")
    minutes = FollowUpKeys.minutes(settings)
    gains = FollowUpKeys.gains(settings)
    team = settings.institutions["team-lead"]?.first.map {
      FollowUpService.Team(
        lead: $0, minutes: settings.numbers["team-minutes"] ?? 10,
        minutesPerDay: settings.numbers["team-minutes-per-day"] ?? 0,
        gain: settings.numbers["team-gain"] ?? 0)
    }
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.contracts.append(self)
    // A follow-up that takes no time is none.
    guard minutes.contains(where: { $0 > 0 }) else { return }
    policies.followUps.append(
      FollowUpService(
        institutions: model.institutions.count, members: members, ages: ages,
        conditions: conditions, needsContract: true, daysPerWeek: 7, patientsPerDay: .max,
        minutes: minutes, gains: gains, team: team, sample: model.sample))
    guard let team else { return }
    let clinic = model.tiers[model.institutions[team.lead].tier]
    policies.addDuty(
      at: team.lead,
      doctors: team.minutesPerDay / 60 / max(1, clinic.closesHour - clinic.opensHour), model)
  }

  /// Whether somebody belongs to its group.
  @inline(__always)
  func isFor(_ resident: Resident) -> Bool {
    (ages == 0 || ages & (1 << UInt64(resident.ageGroup)) != 0)
      && (conditions == 0 || resident.treated & conditions != 0)
  }
}
