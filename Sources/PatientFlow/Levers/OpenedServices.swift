// SPDX-License-Identifier: GPL-3.0-or-later

/// Institutions open, or open again, a service: obstetrics, surgery, ear nose and throat, dentistry.
///
/// For the needs of the service alone they can treat severer cases than their tier can: so fewer are
/// sent up, and, where there are beds, more are admitted. Staff, rooms and beds for it are other
/// levers' to add.
///
/// Assumed (grade C, to be swept): how much severer.
///
/// Claims served: GY-008, GY-012, LS-042, LS-043, LS-057, LS-058.
package struct OpenedServices: Lever {
  package static let schema = LeverSchema(
    name: "opened-services",
    nameChinese: "新开或恢复诊疗科目（产科、外科、五官科等）",
    mechanism: """
      Widens what institutions can treat, for the needs of one service alone. Fewer of these patients \
      are sent up or come back untreated.
      """,
    mechanismChinese: "仅就某一科目的病种扩大机构的诊治范围。该类患者上转和未治愈复诊减少。",
    claims: ["GY-008", "GY-012", "LS-042", "LS-043", "LS-057", "LS-058"],
    evidence: LeverEvidence(
      .c, "The scope gained is assumed.",
      chinese: "诊治范围的扩大为假定。"),
    keys: [
      LeverKey("institutions", .institutions, "where it opens", chinese: "开设机构"),
      LeverKey(
        "needs", .needs, "the needs it is for; left out: those of the specialty",
        chinese: "所涉病种；省略则为该专科的病种", isOptional: true),
      LeverKey(
        "specialty", .specialty, "the specialty whose needs it is for; left out: those named",
        chinese: "所属专科；省略则为所列病种", isOptional: true),
      LeverKey(
        "scope-gain", .number(unit: "", 0...1), "severity added to what can be treated; assumed",
        chinese: "扩大的诊治范围（假定）"),
    ])

  package let institutions: [Int]
  package let needs: [Int]
  package let scopeGain: Double

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    let ofSpecialty = settings.specialties["specialty"]?.treats ?? []
    needs =
      (settings.needs["needs"] ?? []) + ofSpecialty.indices.filter { ofSpecialty[$0] }
    scopeGain = settings.number("scope-gain")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for site in institutions {
      for need in Set(needs).sorted() {
        policies.addScope(scopeGain, at: site, for: need, model)
      }
    }
  }
}
