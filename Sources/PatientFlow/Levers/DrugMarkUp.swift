// SPDX-License-Identifier: GPL-3.0-or-later

/// Hospitals no longer sell drugs above what they paid for them.
///
/// The drugs of every bill cost 1 / (1 + mark-up) of before. A share of what visits lose thereby on
/// average may come back as a flat fee, which patients pay.
///
/// Claims served: BJ-026.
package struct DrugMarkUp: Lever {
  package static let schema = LeverSchema(
    name: "drug-mark-up", nameChinese: "取消药品加成",
    mechanism: """
      Drugs are sold at what they cost, so bills, and the bills that people expect, fall by the mark-up \
      on their drug part. A share of a visit's mean loss may be charged as a flat fee instead.
      """,
    mechanismChinese: """
      药品零差率销售，账单及预期账单中的药品部分按原加成率下降。门诊平均损失的一部分可改为定额收费补偿。
      """,
    claims: ["BJ-026"],
    evidence: LeverEvidence(
      .b, "the ceiling of the mark-up is published; how much fees bring back is derived",
      chinese: "加成上限有公布；收费补偿比例为推算"),
    keys: [
      LeverKey("tiers", .tiers, "the tiers that give it up", chinese: "取消加成的层级"),
      LeverKey(
        "mark-up", .number(unit: "share", 0...1), "of the purchase price, charged until then",
        chinese: "原加成率"),
      LeverKey(
        "compensated", .number(unit: "share", 0...1),
        "share of a visit's mean loss that a flat fee brings back; left out: none",
        chinese: "以定额收费补偿的比例", isOptional: true),
    ])

  let tiers: [Tier]
  let markUp: Double
  let factor: Double
  let compensated: Double

  package init(_ settings: LeverSettings) {
    tiers = settings.tiers["tiers"] ?? []
    markUp = settings.number("mark-up")
    factor = 1 / (1 + markUp)
    compensated = settings.numbers["compensated"] ?? 0
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for (site, institution) in model.institutions.enumerated()
    where tiers.contains(institution.tier) {
      policies.prices[site].drugs *= factor
      // What an institution no longer earns on drugs, nobody has a reason to prescribe for.
      policies.payment.drugMarkUps[site] = max(0, policies.payment.drugMarkUps[site] - markUp)
    }
    for tier in tiers {
      let profile = model.tiers[tier]
      let drugs = Bill(Money.bill(yuan: profile.visitBill), drugShare: profile.visitDrugShare).drugs
      let fee = (drugs - drugs.share(factor)).share(compensated)
      guard fee > .zero else { continue }
      for title in Title.allCases { policies.fees[tier, title].amount += fee }
    }
  }
}
