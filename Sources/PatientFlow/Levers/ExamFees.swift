// SPDX-License-Identifier: GPL-3.0-or-later

/// Exams cost more or less at some tiers.
///
/// Claims served: BJ-026 (the Beijing reform of 2017 lowered fees of large equipment).
package struct ExamFees: Lever {
  package static let schema = LeverSchema(
    name: "exam-fees", nameChinese: "检查收费调整",
    mechanism: """
      The exams of every bill cost a factor of before. Expected bills follow, and with them choice \
      and seeking; how many exams are ordered does not change by itself.
      """,
    mechanismChinese: """
      账单中的检查费按系数调整，预期账单随之变化，进而影响机构选择和是否就诊；检查开单数量本身不变。
      """,
    claims: ["BJ-026"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a price",
      chinese: "价格的算术"),
    keys: [
      LeverKey("tiers", .tiers, "the tiers that change their fees", chinese: "调整收费的层级"),
      LeverKey(
        "factor", .number(unit: "", 0...10), "on the fees of exams, in visits and stays",
        chinese: "门诊和住院检查费系数"),
    ])

  let tiers: [Tier]
  let factor: Double

  package init(_ settings: LeverSettings) {
    tiers = settings.tiers["tiers"] ?? []
    factor = settings.number("factor")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for (site, institution) in model.institutions.enumerated()
    where tiers.contains(institution.tier) {
      policies.prices[site].exams *= factor
    }
  }
}
