// SPDX-License-Identifier: GPL-3.0-or-later

/// Institutions come to settle with insurance, or no longer can: designation.
///
/// Where an institution cannot settle, the fund pays nothing of a bill, and nothing of it counts
/// towards the year's deductible.
package struct StationSettlement: Lever {
  package static let schema = LeverSchema(
    name: "station-settlement", nameChinese: "基层站点医保结算（定点）",
    mechanism: """
      Lets institutions settle with insurance, or no longer. Without it the patient pays the whole \
      bill there, so people expect other costs and choose accordingly.
      """,
    mechanismChinese: "决定机构能否与医保结算。不能结算时患者自付全部费用，预期自付和就医选择随之改变。",
    claims: ["DD-033", "DD-061", "DD-062"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a rule (DD-033)",
      chinese: "规则的算术（DD-033）"),
    keys: [
      LeverKey("settles", .flag, "whether they can settle", chinese: "能否结算"),
      BenefitKeys.schemes, BenefitKeys.optionalTiers,
      LeverKey(
        "institutions", .institutions, "of these tiers, the institutions meant; all if left out",
        chinese: "上述级别中的具体机构；省略为全部", isOptional: true),
    ])

  let settles: Bool
  let schemes: [Int]
  let tiers: [Tier]
  let institutions: [Int]?

  package init(_ settings: LeverSettings) {
    settles = settings.flags["settles"] ?? true
    schemes = settings.schemes["schemes"] ?? []
    tiers = settings.tiers["tiers"] ?? Tier.allCases
    institutions = settings.institutions["institutions"]
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for site in institutions ?? Array(model.institutions.indices)
    where tiers.contains(model.institutions[site].tier) {
      for scheme in schemes {
        let bit: UInt64 = 1 << UInt64(scheme)
        if settles {
          policies.siteCovers[site].unsettled &= ~bit
        } else {
          policies.siteCovers[site].unsettled |= bit
        }
      }
    }
  }
}

extension PoliciesInForce {
  /// What the model says of the settlement of its institutions.
  mutating func setCovers(_ model: RegionModel) {
    for (site, institution) in model.institutions.enumerated() where !institution.settles {
      siteCovers[site].unsettled = .max
    }
  }
}
