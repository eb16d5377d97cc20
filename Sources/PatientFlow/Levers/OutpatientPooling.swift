// SPDX-License-Identifier: GPL-3.0-or-later

/// The pooled fund begins to pay for ordinary outpatient visits at some tiers.
///
/// It is the pooling that Dandong had not begun for employees in 2018: until then such visits are paid
/// from personal accounts and pockets.
package struct OutpatientPooling: Lever {
  package static let schema = LeverSchema(
    name: "outpatient-pooling", nameChinese: "门诊统筹",
    mechanism: """
      Sets the rate, yearly deductible and yearly ceiling of ordinary outpatient visits at named \
      tiers. Visits there cost the patient less, so choice and seeking move towards them.
      """,
    mechanismChinese: "设定指定级别机构普通门诊的报销比例、年度起付线和封顶线。患者在这些机构就诊自付减少，就医选择和就诊意愿随之改变。",
    claims: ["DD-034", "DD-061", "DD-062"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a schedule; its terms are usual ones",
      chinese: "待遇规则的算术；参数取常见值"),
    keys: [
      BenefitKeys.schemes,
      LeverKey("tiers", .tiers, "the tiers at which visits are paid for", chinese: "纳入统筹的机构级别"),
      BenefitKeys.optional(
        "rate", "share", 0...1, "the fund's share beyond the deductible", chinese: "报销比例"),
      BenefitKeys.optional(
        "deductible", "CNY", 0...1_000_000, "what the patient pays first in a year",
        chinese: "年度起付线"),
      BenefitKeys.optional(
        "ceiling", "CNY", 0...10_000_000, "the most that the fund pays for visits in a year",
        chinese: "年度封顶线"),
    ])

  let terms: BenefitTerms

  package init(_ settings: LeverSettings) {
    var settings = settings
    settings.choices["care"] = "outpatient"
    terms = BenefitTerms(settings)
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    terms.start(&policies, model)
  }
}
