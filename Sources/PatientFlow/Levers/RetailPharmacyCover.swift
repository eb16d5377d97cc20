// SPDX-License-Identifier: GPL-3.0-or-later

/// Insurance pays a share of chronic patients' drugs at designated retail pharmacies.
///
/// Deductible, ceiling and eligible share are those of visits to township centres, and count
/// together with them. Acts where the model has retail pharmacies.
///
/// Claims served: DD-035, DD-062.
package struct RetailPharmacyCover: Lever {
  package static let schema = LeverSchema(
    name: "retail-pharmacy-cover", nameChinese: "定点零售药店门诊慢病用药报销",
    mechanism: """
      Refills bought at retail pharmacies are paid for by insurance at a rate, within the year's \
      outpatient ceiling. The pharmacy then draws refills from institutions, and visits fall.
      """,
    mechanismChinese: """
      医保按比例报销慢病患者在定点零售药店的购药费用，计入年度门诊限额。药店分流医疗机构的取药，门诊量下降。
      """,
    claims: ["DD-035", "DD-062"],
    evidence: LeverEvidence(
      .c, "the rule is published; how many buy at pharmacies is assumed",
      chinese: "规则有文献；在药店购药的比例为假设"),
    keys: [
      LeverKey("schemes", .schemes, "the schemes that pay", chinese: "支付的险种"),
      LeverKey(
        "rate", .number(unit: "share", 0...1), "share of what is eligible", chinese: "报销比例"),
    ])

  let schemes: [Int]
  let rate: Double

  package init(_ settings: LeverSettings) {
    schemes = settings.schemes["schemes"] ?? []
    rate = settings.number("rate")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    // At a rate of nothing no deductible is used up either.
    if rate > 0 { policies.pharmacyCovers.append(self) }
  }
}
