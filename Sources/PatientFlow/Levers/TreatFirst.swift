// SPDX-License-Identifier: GPL-3.0-or-later

/// Patients are seen first and settle at the end: registration takes less time.
///
/// Claims served: BJ-029.
package struct TreatFirst: Lever {
  package static let schema = LeverSchema(
    name: "treat-first", nameChinese: "先诊疗后结算",
    mechanism: """
      The minutes of registration at the door fall by a share. Waits are shorter by them, and people \
      who weigh waits choose the place more.
      """,
    mechanismChinese: """
      先诊疗后结算，挂号登记时间按比例缩短。候诊时间相应缩短，看重等候时间的患者更多选择该机构。
      """,
    claims: ["BJ-029"],
    evidence: LeverEvidence(
      .c, "the time saved is assumed",
      chinese: "节省的时间为假设"),
    keys: [
      LeverKey("tiers", .tiers, "the tiers that do so", chinese: "实行的层级"),
      LeverKey(
        "time-saved", .number(unit: "share", 0...1), "share of the minutes of registration",
        chinese: "节省的挂号时间比例"),
    ])

  let tiers: [Tier]
  let timeSaved: Double

  package init(_ settings: LeverSettings) {
    tiers = settings.tiers["tiers"] ?? []
    timeSaved = settings.number("time-saved")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for tier in tiers { policies.registration[tier.row] *= 1 - timeSaved }
  }
}
