// SPDX-License-Identifier: GPL-3.0-or-later

/// Some institutions stock the drugs of chronic patients as a higher tier does: one catalogue, one
/// purchase, one delivery.
///
/// As `drug-parity`, which is of whole tiers, but of named institutions: the share of chronic patients who
/// find their drugs rises by a share of the distance to the tier that is the aim, there alone. Refills
/// succeed more often, and those who weigh the stock choose it more.
///
/// Claims served: DD-043, LS-021, LS-049.
package struct DrugSupply: Lever {
  package static let schema = LeverSchema(
    name: "drug-supply",
    nameChinese: "统一药品目录与配送",
    mechanism: """
      The stock of chronic patients' drugs at these institutions rises by a share of its distance to a \
      higher tier's. Refills there succeed more often, and patients who weigh the stock move there.
      """,
    mechanismChinese: """
      所列机构的慢病备药按与参照层级差距的一定份额提高。在该处取药成功率提高，看重备药的患者随之转来。
      """,
    claims: ["DD-043", "LS-021", "LS-049"],
    evidence: LeverEvidence(
      .c,
      "what stock is worth (M006) and how far one catalogue closes the gap are assumed",
      chinese: "药品配备的作用（M006）与统一目录缩小差距的程度均为假设"),
    keys: [
      LeverKey("members", .institutions, "the institutions that stock more", chinese: "提高备药的机构"),
      LeverKey(
        "reference", .choice(Tier.allCases.map(\.name)), "the tier whose stock is the aim",
        chinese: "参照层级"),
      LeverKey(
        "gap-closed", .number(unit: "share", 0...1), "share of the distance that is closed",
        chinese: "缩小差距的份额"),
    ])

  let members: [Int]
  let reference: Tier
  let gapClosed: Double

  package init(_ settings: LeverSettings) {
    members = settings.institutions["members"] ?? []
    reference = Tier(named: settings.choices["reference"] ?? "") ?? .county
    gapClosed = settings.number("gap-closed")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard gapClosed > 0 else { return }
    for site in members {
      policies.raiseStock(
        at: site, by: gapClosed, towards: policies.drugStock[reference.row], model)
    }
  }
}
