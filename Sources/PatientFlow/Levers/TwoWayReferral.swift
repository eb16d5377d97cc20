// SPDX-License-Identifier: GPL-3.0-or-later

/// Members and lead refer patients to each other by agreement: booked, with the record, and urgent.
///
/// Of the patients that a member would send up, a share is registered: a slot or bed is booked at
/// the lead, the patient has priority at consult, exam and bed, and insurance pays the referred
/// rate. The lead hands stable chronic outpatients down, and results may be recognised.
///
/// Claims served: LS-011, LS-012, LS-013, LS-023, LS-024, GY-042, GY-044, DD-018.
package struct TwoWayReferral: Lever {
  package static let schema = LeverSchema(
    name: "two-way-referral",
    nameChinese: "双向转诊",
    mechanism: """
      A share of referrals is registered: a reserved slot, priority at each queue of the lead and the \
      referred rate of insurance. The lead hands stable chronic patients down for their refills.
      """,
    mechanismChinese: """
      一部分上转经登记：牵头医院预留号源，就诊、检查、住院优先，医保按转诊比例支付。牵头医院把病情\
      稳定的慢性病患者转回基层续方。
      """,
    claims: ["LS-011", "LS-012", "LS-013", "LS-023", "LS-024", "GY-042", "GY-044", "DD-018"],
    keys: [
      LeverKey("lead", .institution, "the hospital that takes referrals", chinese: "接收转诊的医院"),
      LeverKey("members", .institutions, "the institutions that refer", chinese: "上转患者的机构"),
      LeverKey(
        "registered-share", .number(unit: "share", 0...1),
        "share of upward referrals that are registered", chinese: "上转中经登记的比例"),
      LeverKey(
        "reserved-share", .number(unit: "share", 0...1),
        "share of the lead's slots kept for members", chinese: "牵头医院为成员预留号源的比例"),
      LeverKey(
        "release", .number(unit: "h", 0...336), "hours before opening when kept slots are freed",
        chinese: "开诊前多少小时释放预留号源"),
      LeverKey(
        "exam-recognition", .flag, "whether results of the other side are recognised",
        chinese: "对方的检查检验结果是否互认"),
      LeverKey(
        "hand-down-share", .number(unit: "share", 0...1),
        "share of refill visits at the lead that are handed down", chinese: "在牵头医院续方的患者中转回基层的比例"),
    ])

  package let lead: Int
  package let members: [Int]
  package let registeredShare: Double
  package let reservedShare: Double
  package let releaseHours: Double
  package let recognisesResults: Bool
  package let handDownShare: Double

  package init(_ settings: LeverSettings) {
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    registeredShare = settings.number("registered-share")
    reservedShare = settings.number("reserved-share")
    releaseHours = settings.number("release")
    recognisesResults = settings.flags["exam-recognition"] ?? false
    handDownShare = settings.number("hand-down-share")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.referrals.append(self)
  }

  package func isMember(_ institution: Int) -> Bool { members.contains(institution) }
  package func isParty(_ institution: Int) -> Bool { institution == lead || isMember(institution) }
}
