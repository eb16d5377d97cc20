// SPDX-License-Identifier: GPL-3.0-or-later

/// Drugs bought together in agreed volumes cost less.
///
/// The drugs of every bill at its tiers fall by the cut times the share of drug spending that is
/// bought so.
///
/// Claims served: LS-021, LS-049.
package struct VolumePurchasing: Lever {
  package static let schema = LeverSchema(
    name: "volume-purchasing", nameChinese: "带量采购",
    mechanism: """
      Prices of the drugs bought in agreed volumes fall, so the drug part of bills falls by the cut \
      times the share of drug spending covered. Expected bills follow, and with them choice and seeking.
      """,
    mechanismChinese: """
      带量采购药品降价，账单中的药品部分按降幅乘以纳入采购的药费比例下降。预期账单随之变化，进而影响机构选择和是否就诊。
      """,
    claims: ["LS-021", "LS-049"],
    evidence: LeverEvidence(
      .c, "that prices fell is published; the cut and the drugs covered are assumed",
      chinese: "降价有文献；降幅与覆盖药品为假设"),
    keys: [
      LeverKey("tiers", .tiers, "the tiers that buy so", chinese: "参加采购的层级"),
      LeverKey(
        "price-cut", .number(unit: "share", 0...1), "of the drugs covered", chinese: "纳入药品的降幅"),
      LeverKey(
        "covered-share", .number(unit: "share", 0...1), "share of drug spending covered",
        chinese: "纳入采购的药费比例"),
    ])

  let tiers: [Tier]
  let factor: Double

  package init(_ settings: LeverSettings) {
    tiers = settings.tiers["tiers"] ?? []
    factor = 1 - settings.number("price-cut") * settings.number("covered-share")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for (site, institution) in model.institutions.enumerated()
    where tiers.contains(institution.tier) {
      policies.prices[site].drugs *= factor
    }
  }
}
