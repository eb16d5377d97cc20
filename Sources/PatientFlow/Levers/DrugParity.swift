// SPDX-License-Identifier: GPL-3.0-or-later

/// Lower tiers stock what a higher one does.
///
/// Claims served: DD-043, LS-021, BJ-026.
package struct DrugParity: Lever {
  package static let schema = LeverSchema(
    name: "drug-parity", nameChinese: "上下级用药目录衔接",
    mechanism: """
      The share of chronic patients who find their drugs at a tier rises by a share of its distance to \
      a higher tier's. Refills there succeed more often, and people who weigh the stock choose it more.
      """,
    mechanismChinese: """
      基层备药与上级目录衔接，慢病患者在该层级取到药的比例按与上级差距的一定份额提高。取药成功率提高，看重备药的患者更多选择该层级。
      """,
    claims: ["DD-043", "LS-021"],
    evidence: LeverEvidence(
      .c,
      "what stock is worth (M006) and how far a catalogue closes the gap are assumed",
      chinese: "药品配备的作用（M006）与目录缩小差距的程度均为假设"),
    keys: [
      LeverKey("tiers", .tiers, "the tiers whose stock rises", chinese: "提高备药的层级"),
      LeverKey(
        "reference", .choice(Tier.allCases.map(\.name)), "the tier whose stock is the aim",
        chinese: "参照层级"),
      LeverKey(
        "gap-closed", .number(unit: "share", 0...1), "share of the distance that is closed",
        chinese: "缩小差距的份额"),
    ])

  let tiers: [Tier]
  let reference: Tier
  let gapClosed: Double

  package init(_ settings: LeverSettings) {
    tiers = settings.tiers["tiers"] ?? []
    reference = Tier(named: settings.choices["reference"] ?? "") ?? .county
    gapClosed = settings.number("gap-closed")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    let aim = policies.drugStock[reference.row]
    for tier in tiers where policies.drugStock[tier.row] < aim {
      policies.drugStock[tier.row] += gapClosed * (aim - policies.drugStock[tier.row])
    }
  }
}
