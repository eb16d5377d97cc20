// SPDX-License-Identifier: GPL-3.0-or-later

/// Institutions that are planned open their doors.
///
/// A planned institution stands in the region's table with all it will have, and is closed: in no
/// choice, with nobody in clinic and no bed. From the policy on it stands in the choice of the
/// villages to which it is among the nearest of its tier, beside those they choose among as it is; it
/// acts through its way, its lines and the scale of the nest, and through nothing else.
///
/// Claims served: OV-012, BJ-038, DD-057, BJ-052.
package struct NewInstitutions: Lever {
  package static let schema = LeverSchema(
    name: "new-institutions",
    nameChinese: "新建机构启用",
    mechanism: """
      Opens institutions that the region's table marks as planned, with the staff, rooms and beds \
      stated there. They enter the choice of the villages near them.
      """,
    mechanismChinese: "启用机构表中标为规划的机构，人员、检查室和床位按表配置。附近村居的居民可选择前往就诊。",
    claims: ["OV-012", "BJ-038", "DD-057", "BJ-052"],
    evidence: LeverEvidence(
      .b, "Staff and place are stated; whom it draws rests on the fitted choice.",
      chinese: "人员与位置为给定；吸引就诊取决于拟合的选择模型。"),
    keys: [
      LeverKey("institutions", .institutions, "the planned ones that open", chinese: "启用的规划机构")
    ])

  package let institutions: [Int]

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for site in institutions where model.institutions[site].isPlanned {
      policies.capacity.open(site)
    }
  }
}
