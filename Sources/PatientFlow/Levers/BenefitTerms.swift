// SPDX-License-Identifier: GPL-3.0-or-later

/// The terms of insurance at some tiers become others from a date on.
///
/// What the settings leave out stays as it is. Bills and the bills people expect follow, and with
/// them where they go and whether they seek care.
package struct BenefitTerms: Lever {
  package static let schema = LeverSchema(
    name: "benefit-terms", nameChinese: "调整医保待遇（起付线、报销比例、封顶线、目录）",
    mechanism: """
      Sets rate, deductible, ceiling or the share of a bill that is in the catalogue, by scheme, \
      care, tier and referral. Bills and expected bills change, and with them choice and seeking.
      """,
    mechanismChinese: "按险种、医疗类别、机构级别和是否转诊，设定报销比例、起付线、封顶线或目录内费用占比。账单和预期自付随之改变，进而影响就医选择和就诊意愿。",
    claims: ["DD-019", "DD-039"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a schedule; how price moves people is the model's own (C010 to C014)",
      chinese: "待遇规则为算术；价格如何影响就医取自模型参数（C010 至 C014）"),
    keys: [
      BenefitKeys.schemes, BenefitKeys.care, BenefitKeys.optionalTiers, BenefitKeys.referred,
      BenefitKeys.optional(
        "rate", "share", 0...1, "the fund's share beyond the deductible", chinese: "起付线以上的报销比例"),
      BenefitKeys.optional(
        "deductible", "CNY", 0...1_000_000,
        "what the patient pays first: of visits in a year, of stays in each spell",
        chinese: "起付线：门诊按年，住院按次"),
      LeverKey(
        "later-deductible", .number(unit: "CNY", 0...1_000_000),
        "the deductible of the second and later spells of a year; if left out, it goes on to equal "
          + "the deductible where it does, and stays as it is elsewhere",
        chinese: "当年第二次及以后住院的起付线；省略时，原与起付线相同者随之改变，否则不变", isOptional: true),
      BenefitKeys.optional(
        "ceiling", "CNY", 0...10_000_000, "the most that the fund pays in a year",
        chinese: "年度封顶线"),
      BenefitKeys.optional(
        "eligible-share", "share", 0...1, "the share of a bill that the catalogue covers",
        chinese: "目录内费用占比"),
    ])

  let scope: BenefitScope
  let rate: Double?
  let deductible: Double?
  let laterDeductible: Double?
  let ceiling: Double?
  let eligibleShare: Double?

  package init(_ settings: LeverSettings) {
    scope = BenefitScope(settings)
    rate = settings.numbers["rate"]
    deductible = settings.numbers["deductible"]
    laterDeductible = settings.numbers["later-deductible"]
    ceiling = settings.numbers["ceiling"]
    eligibleShare = settings.numbers["eligible-share"]
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    scope.change(&policies.plan) { rule, _ in
      if let rate { rule.rate = BillShare(rate) }
      if let deductible {
        let follows = rule.laterDeductible == rule.deductible
        rule.deductible = Money(yuan: deductible)
        if follows { rule.laterDeductible = rule.deductible }
      }
      if let laterDeductible { rule.laterDeductible = Money(yuan: laterDeductible) }
      if let ceiling { rule.annualCeiling = Money(yuan: ceiling) }
      if let eligibleShare { rule.eligibleShare = BillShare(eligibleShare) }
    }
  }
}
