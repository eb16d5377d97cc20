// SPDX-License-Identifier: GPL-3.0-or-later

/// Doctors of lower institutions train at higher ones: away first, then back with more skill.
///
/// While a doctor is away his institution has one less in clinic; on his return its skill rises,
/// which widens scope and quality by the region's weights and fades with its half-life. The last
/// doctor of an institution is not sent. Days of departure are fixed by the plan, spread evenly over
/// the year, each institution's shifted against the next one's.
///
/// Assumed (grade C, to be swept): what a training is worth in skill.
///
/// Claims served: DD-032, GY-046, BJ-024, BJ-043.
package struct TrainingLeave: Lever {
  package static let schema = LeverSchema(
    name: "training-leave",
    nameChinese: "基层医师到上级医院进修",
    mechanism: """
      Each institution sends so many doctors a year to train, and has one less in clinic while each is \
      away. On return its skill rises, and with it scope and quality, until the gain fades.
      """,
    mechanismChinese: """
      各机构每年选派若干医师进修，离岗期间门诊少一名医师。返岗后机构技术水平提高，服务能力与质量随之提高，\
      并逐渐衰减。
      """,
    claims: ["DD-032", "GY-046", "BJ-024", "BJ-043"],
    evidence: LeverEvidence(
      .c, "The absence is arithmetic; the skill a training leaves is assumed.",
      chinese: "离岗占用为算术；进修带回的技术为假定。"),
    keys: [
      LeverKey("institutions", .institutions, "who sends doctors", chinese: "选派进修的机构"),
      LeverKey(
        "doctors-per-year", .number(unit: "", 0...365), "doctors sent a year, of each institution",
        chinese: "各机构每年选派的医师数"),
      LeverKey("leave", .number(unit: "d", 1...1095), "how long each is away", chinese: "每人离岗天数"),
      LeverKey(
        "skill-on-return", .number(unit: "", 0...0.5), "skill that each brings back; assumed",
        chinese: "每人返岗带回的技术（假定）"),
    ])

  package let institutions: [Int]
  package let doctorsPerYear: Double
  package let leave: Int
  package let skillOnReturn: Double
  /// The day the policy began.
  package var startDay = 0

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    doctorsPerYear = settings.number("doctors-per-year")
    leave = Int(settings.number("leave").rounded())
    skillOnReturn = settings.number("skill-on-return")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard doctorsPerYear > 0 else { return }
    var policy = self
    policy.startDay = policies.day
    policies.trainings.append(policy)
    policies.capacity.activate()
  }

  /// How many doctors of the institution at a place of the list leave on a day after the start.
  package func departures(_ place: Int, day: Int) -> Int {
    guard day >= 0 else { return 0 }
    let shift = Double(place) / Double(institutions.count)
    func until(_ day: Int) -> Int {
      Int((Double(day) * doctorsPerYear / 365.25 + shift).rounded(.down))
    }
    return until(day + 1) - until(day)
  }
}
