// SPDX-License-Identifier: GPL-3.0-or-later

/// Insurance repays part of what a patient's eligible payments come to in a year beyond a threshold.
package struct MajorIllness: Lever {
  package static let schema = LeverSchema(
    name: "major-illness-cover", nameChinese: "大病保险",
    mechanism: """
      A patient's eligible payments mount up over the year; beyond a threshold shares of them are \
      repaid, by bands. Dear stays late in a bad year cost less than the same stays alone.
      """,
    mechanismChinese: "患者年度合规自付费用累计，超过起付标准后按分段比例再予支付。重病年份后期的高额住院自付因此低于单次计算。",
    claims: [],
    evidence: LeverEvidence(
      .a, "the arithmetic of a published rule; the amounts are recalled",
      chinese: "公布规则的算术；金额为回忆数"),
    keys: [
      BenefitKeys.schemes,
      LeverKey(
        "bands", .bands, "from which amounts on which shares are repaid", chinese: "分段起点与支付比例"),
      LeverKey(
        "ceiling", .number(unit: "CNY", 0...10_000_000),
        "the most that is repaid in a year; none if left out", chinese: "年度封顶线；省略为不设",
        isOptional: true),
      LeverKey(
        "care", .choice(["inpatient", "both"]),
        "whose payments mount up: of stays, or of stays and visits; of stays if left out",
        chinese: "累计哪些费用：住院，或住院和门诊；省略为住院", isOptional: true),
    ])

  let cover: MajorIllnessCover
  let schemes: [Int]

  package init(_ settings: LeverSettings) {
    cover = MajorIllnessCover(
      bands: (settings.bands["bands"] ?? []).map {
        MajorIllnessCover.Band(above: Money(yuan: $0.above), rate: BillShare($0.rate))
      }, annualCeiling: settings.numbers["ceiling"].map(Money.init(yuan:)) ?? .unlimited,
      countsVisits: settings.choices["care"] == "both")
    schemes = settings.schemes["schemes"] ?? []
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for scheme in schemes { policies.plan[majorIllnessOf: UInt8(scheme)] = cover }
  }
}
