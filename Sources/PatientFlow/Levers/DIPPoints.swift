// SPDX-License-Identifier: GPL-3.0-or-later

/// Stays earn points out of a regional budget; what a point is worth shows when the year ends.
///
/// A case has 100 × weight × tier coefficient points. The fund advances points times an assumed
/// value less what the patient paid, and settles at the year's end at (budget + what patients paid)
/// / points: so the fund pays the budget, and who does more takes from the others.
///
/// Claims served: OV-004, GY-041.
package struct DIPPoints: Lever {
  package static let schema = LeverSchema(
    name: "dip-points",
    nameChinese: "按病种分值付费（DIP）",
    mechanism: """
      Each stay earns points by its group and the institution's tier, advanced at an assumed value \
      and settled at the year's end at budget over points. A day or exam more brings nothing, a stay \
      more its points.
      """,
    mechanismChinese: """
      每例住院按病组和机构层级得分，按预拨点值预付，年末按预算与总分值之比清算。多住一天、多做一项检查\
      不再增加收入，多收一例增加分值。
      """,
    claims: ["OV-004", "GY-041"],
    evidence: LeverEvidence(
      .c,
      "arithmetic of a rule; how hospitals answer is assumed, studies disagree (I045, I046)",
      chinese: "规则为算术；医院的反应为假设，研究结论不一（I045、I046）"),
    keys: [
      LeverKey(
        "institutions", .institutions, "whom it pays; left out: by tiers", chinese: "适用机构",
        isOptional: true),
      LeverKey(
        "tiers", .tiers, "whom it pays, beside the institutions named; left out: these alone",
        chinese: "适用层级；省略则仅限所列机构",
        isOptional: true),
      LeverKey(
        "budget", .number(unit: "CNY", 0...1e11),
        "what the fund pays them for stays in a whole year", chinese: "年度住院基金预算"),
      LeverKey(
        "assumed-value", .number(unit: "CNY", 0...100_000),
        "value of a point at which months are advanced", chinese: "预拨点值"),
      LeverKey(
        "reference-tier", .tiers, "the tier whose cases of weight 1 have 100 points",
        chinese: "系数为 1 的层级"),
      LeverKey(
        "weight-mild", .number(unit: "", 0...100), "weight of mild cases; left out: 1",
        chinese: "轻症权重（默认 1）", isOptional: true),
      LeverKey(
        "weight-moderate", .number(unit: "", 0...100), "weight of moderate cases; left out: 1",
        chinese: "中症权重（默认 1）", isOptional: true),
      LeverKey(
        "weight-severe", .number(unit: "", 0...100), "weight of severe cases; left out: 1",
        chinese: "重症权重（默认 1）", isOptional: true),
      LeverKey(
        "weight-emergency", .number(unit: "", 0...100),
        "times the weight, of emergencies; left out: 1", chinese: "急诊权重系数（默认 1）",
        isOptional: true),
    ])

  let institutions: [Int]
  let tiers: [Tier]
  package let budget: Double
  package let assumedValue: Double
  let referenceTier: Tier
  let weights: CaseWeights

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    tiers = settings.tiers["tiers"] ?? []
    budget = settings.number("budget")
    assumedValue = settings.number("assumed-value")
    referenceTier = settings.tiers["reference-tier"]?.first ?? .county
    weights = CaseWeights(settings)
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    let rows = model.institutions.indices.filter {
      institutions.contains($0) || tiers.contains(model.institutions[$0].tier)
    }
    let pool = policies.payment.pools.count
    policies.payment.pools.append((lever: self, institutions: rows))
    for row in rows {
      let coefficient = coefficient(model.institutions[row].tier, model)
      policies.payment[row, .inpatient] = SitePayment(
        .dip, price: Money(yuan: 100 * coefficient * assumedValue), weights: weights, pool: pool)
      policies.payment.pointsOfWeightOne[row] = 100 * coefficient
    }
    policies.payment.isActive = true
  }

  /// The mean bill of a stay at a tier over that of the reference tier.
  package func coefficient(_ tier: Tier, _ model: RegionModel) -> Double {
    let reference = model.tiers[referenceTier].expectedStayBill
    return reference > 0 ? model.tiers[tier].expectedStayBill / reference : 1
  }
}
