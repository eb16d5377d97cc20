// SPDX-License-Identifier: GPL-3.0-or-later

/// Insurance pays a share of the drugs of chronic outpatients, beside ordinary visits.
///
/// Covers the two diseases (hypertension and diabetes) of the resident scheme since 2019, and the
/// chronic-disease cover of outpatients that schemes had before; several may be in force.
package struct ChronicDrugCover: Lever {
  package static let schema = LeverSchema(
    name: "chronic-drug-cover", nameChinese: "门诊慢性病与“两病”用药保障",
    mechanism: """
      Pays a share of the drugs of a chronic patient's refill, without a deductible, up to an amount \
      a month for each condition and a ceiling a year. Refills where it holds cost less, so they move there.
      """,
    mechanismChinese: "慢性病患者续药时，药费按比例支付，不设起付线，按病种设月限额并设年度封顶线。在实行该保障的机构续药自付较少，续药随之转移。",
    claims: ["GY-032", "DD-035", "DD-062"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a published rule (I036); caps differ by place",
      chinese: "公布规则的算术（I036）；各地封顶不同"),
    keys: [
      BenefitKeys.schemes,
      LeverKey("conditions", .conditions, "the conditions it covers", chinese: "保障的病种"),
      LeverKey("rate", .number(unit: "share", 0...1), "the fund's share of drugs", chinese: "支付比例"),
      LeverKey(
        "monthly-cap", .number(unit: "CNY", 0...100_000),
        "the most that the fund pays in a month for each of a patient's conditions; none if left out",
        chinese: "每病种月支付限额；省略为不设", isOptional: true),
      LeverKey(
        "ceiling", .number(unit: "CNY", 0...1_000_000),
        "the most that the fund pays a patient in a year; none if left out",
        chinese: "年度封顶线；省略为不设", isOptional: true),
      LeverKey(
        "eligible-share", .number(unit: "share", 0...1),
        "the share of the drugs that is on the cover's list; all if left out",
        chinese: "目录内药费占比；省略为全部", isOptional: true),
      BenefitKeys.optionalTiers,
      LeverKey(
        "institutions", .institutions, "of these tiers, the institutions meant; all if left out",
        chinese: "上述级别中的具体机构；省略为全部", isOptional: true),
      LeverKey(
        "pharmacies", .flag, "whether it holds at retail pharmacies, too; no if left out",
        chinese: "是否适用于定点零售药店；省略为否", isOptional: true),
    ])

  let cover: DrugCover
  let tiers: [Tier]
  let institutions: [Int]?
  let holdsAtPharmacies: Bool

  package init(_ settings: LeverSettings) {
    let bits = (settings.schemes["schemes"] ?? []).map { UInt64(1) << UInt64($0) }
    let conditions = (settings.conditions["conditions"] ?? []).map { UInt8(1) << UInt8($0) }
    cover = DrugCover(
      schemes: bits.reduce(0, |), conditions: conditions.reduce(0, |),
      rate: BillShare(settings.number("rate")),
      eligibleShare: BillShare(settings.numbers["eligible-share"] ?? 1),
      monthlyCap: settings.numbers["monthly-cap"].map(Money.init(yuan:)) ?? .unlimited,
      annualCeiling: settings.numbers["ceiling"].map(Money.init(yuan:)) ?? .unlimited)
    tiers = settings.tiers["tiers"] ?? Tier.allCases
    institutions = settings.institutions["institutions"]
    holdsAtPharmacies = settings.flags["pharmacies"] ?? false
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    let bit = policies.plan.add(cover)
    for site in institutions ?? Array(model.institutions.indices)
    where tiers.contains(model.institutions[site].tier) {
      policies.siteCovers[site].drugCovers |= bit
    }
    if holdsAtPharmacies { policies.pharmacyCover.drugCovers |= bit }
  }
}
