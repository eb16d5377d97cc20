// SPDX-License-Identifier: GPL-3.0-or-later

/// Institutions are brought up to a standard: of doctors, rooms, beds, and of what they can treat.
///
/// Who has more keeps it. Scope and quality are raised to the standard from what the tier has.
///
/// Assumed (grade C, to be swept): what a standard means for scope and quality.
///
/// Claims served: DD-016, DD-057, LS-005, LS-008.
package struct StandardisedCentres: Lever {
  package static let schema = LeverSchema(
    name: "standardised-centres",
    nameChinese: "机构标准化建设",
    mechanism: """
      Raises each institution to at least a standard of doctors, exam rooms, beds, scope and quality. \
      Who is above the standard in something keeps it.
      """,
    mechanismChinese: "使各机构的医师、检查室、床位、诊治范围和质量至少达到标准。已超过标准的保持不变。",
    claims: ["DD-016", "DD-057", "LS-005", "LS-008"],
    evidence: LeverEvidence(
      .c, "Staff, rooms and beds are counted; scope and quality of a standard are assumed.",
      chinese: "人员、检查室和床位为计数；标准对应的诊治范围与质量为假定。"),
    keys: [
      LeverKey("institutions", .institutions, "who is brought up to it", chinese: "建设机构"),
      LeverKey(
        "doctors", .number(unit: "", 0...1000), "doctors in clinic on weekdays, at least",
        chinese: "工作日门诊医师数下限"),
      LeverKey(
        "exam-rooms", .number(unit: "", 0...1000), "exam rooms, at least", chinese: "检查室下限"),
      LeverKey(
        "acute-beds", .number(unit: "", 0...10_000), "acute beds, at least", chinese: "治疗床位下限"),
      LeverKey(
        "recovery-beds", .number(unit: "", 0...10_000), "recovery beds, at least",
        chinese: "康复床位下限"),
      LeverKey(
        "scope", .number(unit: "", 0...1), "severity that can be treated, at least; assumed",
        chinese: "诊治范围下限（假定）"),
      LeverKey(
        "quality", .number(unit: "", 0...1), "quality, at least; assumed", chinese: "质量下限（假定）"),
    ])

  package let institutions: [Int]
  package let standard: SiteCapacity
  package let scope: Double
  package let quality: Double

  package init(_ settings: LeverSettings) {
    func whole(_ key: String) -> Int { Int(settings.number(key).rounded()) }
    institutions = settings.institutions["institutions"] ?? []
    standard = SiteCapacity(
      doctors: whole("doctors"), examRooms: whole("exam-rooms"), acuteBeds: whole("acute-beds"),
      recoveryBeds: whole("recovery-beds"))
    scope = settings.number("scope")
    quality = settings.number("quality")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for site in institutions {
      let profile = model.tiers[model.institutions[site].tier]
      if standard != SiteCapacity() { policies.capacity.raise(site, to: standard) }
      policies.abilities[site].scope = max(policies.abilities[site].scope, scope - profile.scope)
      policies.abilities[site].quality = max(
        policies.abilities[site].quality, quality - profile.quality)
    }
  }
}
