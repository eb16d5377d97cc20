// SPDX-License-Identifier: GPL-3.0-or-later

/// Insurance pays a larger or smaller share at some tiers from a date on.
///
/// The change enters every bill and every bill that people expect; so choice and seeking follow.
package struct TieredRates: Lever {
  package static let schema = LeverSchema(
    name: "tiered-rates", nameChinese: "差别化报销比例",
    mechanism: """
      Adds share points to the rate that insurance pays at each tier. Bills and the bills people \
      expect change, and with them the choice of a tier and whether care is sought.
      """,
    mechanismChinese: "在各级机构的报销比例上增减百分点。账单和预期自付随之改变，进而影响选择哪一级机构以及是否就诊。",
    claims: ["OV-021", "GY-026"],
    evidence: LeverEvidence(
      .a, "the arithmetic of rates; how price moves people is the model's own (C012 to C016, C025)",
      chinese: "比例的算术；价格如何影响就医取自模型参数（C012 至 C016、C025）"),
    keys: [
      BenefitKeys.care, BenefitKeys.schemes, BenefitKeys.referred,
    ]
      + Tier.allCases.map { tier in
        LeverKey(
          tier.name, .number(unit: "share", -1...1), "change of the rate at this tier",
          chinese: "该级机构报销比例的增减")
      })

  let scope: BenefitScope
  let changes: ByTier<Double>

  package init(_ settings: LeverSettings) {
    scope = BenefitScope(settings)
    var changes = ByTier(repeating: 0.0)
    for tier in Tier.allCases { changes[tier] = settings.number(tier.name) }
    self.changes = changes
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    scope.change(&policies.plan) { rule, tier in
      rule.rate = BillShare(min(1, max(0, rule.rate.value + changes[tier])))
    }
  }
}
