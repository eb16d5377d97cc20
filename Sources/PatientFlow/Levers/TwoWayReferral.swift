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
    mechanism: """
      A share of referrals is registered: a reserved slot, priority at each queue of the lead and the \
      referred rate of insurance. The lead hands stable chronic patients down for their refills.
      """,
    keys: [
      LeverKey("lead", .institution, "the hospital that takes referrals"),
      LeverKey("members", .institutions, "the institutions that refer"),
      LeverKey(
        "registered-share", .number(unit: "share", 0...1),
        "share of upward referrals that are registered"),
      LeverKey(
        "reserved-share", .number(unit: "share", 0...1),
        "share of the lead's slots kept for members"),
      LeverKey(
        "release", .number(unit: "h", 0...336), "hours before opening when kept slots are freed"),
      LeverKey("exam-recognition", .flag, "whether results of the other side are recognised"),
      LeverKey(
        "hand-down-share", .number(unit: "share", 0...1),
        "share of refill visits at the lead that are handed down"),
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
