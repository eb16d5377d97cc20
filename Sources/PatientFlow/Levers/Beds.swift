// SPDX-License-Identifier: GPL-3.0-or-later

/// Beds are added, taken away, or turned from one kind into the other.
///
/// From midnight of the first day an institution has so many more beds, or fewer; a bed that is taken
/// away while somebody lies in it goes when he leaves. An institution that had beds of a kind keeps
/// one.
///
/// Claims served: DD-017, LS-007, BJ-036, BJ-052.
package struct Beds: Lever {
  package static let schema = LeverSchema(
    name: "beds",
    nameChinese: "床位增减（治疗床位与康复床位）",
    mechanism: """
      Changes the number of acute and of recovery beds of each institution. Waits for a bed follow, \
      and with them choice, blocked beds and who gives up.
      """,
    mechanismChinese: "增减各机构的治疗床位和康复床位。候床时间随之变化，进而影响就医选择、压床和放弃等候。",
    claims: ["DD-017", "LS-007", "BJ-036", "BJ-052"],
    evidence: LeverEvidence(
      .a, "Beds are counted; what follows comes out of the queue.",
      chinese: "床位为计数；后果由排队得出。"),
    keys: [
      LeverKey("institutions", .institutions, "where the beds stand", chinese: "床位所在机构"),
      LeverKey(
        "acute-beds", .number(unit: "", -10_000...10_000),
        "acute beds added at each; below zero: taken away", chinese: "各机构增加的治疗床位（负数为减少）"),
      LeverKey(
        "recovery-beds", .number(unit: "", -10_000...10_000),
        "recovery beds added at each; below zero: taken away", chinese: "各机构增加的康复床位（负数为减少）"),
    ])

  package let institutions: [Int]
  package let change: SiteCapacity

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    change = SiteCapacity(
      acuteBeds: Int(settings.number("acute-beds").rounded()),
      recoveryBeds: Int(settings.number("recovery-beds").rounded()))
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard change != SiteCapacity() else { return }
    for site in institutions { policies.capacity.add(change, at: site) }
  }
}
