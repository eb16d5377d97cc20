// SPDX-License-Identifier: GPL-3.0-or-later

/// Chest-pain, stroke and trauma centres: hospitals that can treat severer emergencies of listed
/// needs, and that are told before the ambulance comes.
///
/// Ambulances go to the nearest place that can treat the case (``PoliciesInForce/needScope``): a
/// centre comes to be that for more cases. At a centre part of registration falls away. The time to
/// treatment is measured for every emergency, from the onset to the doctor at a place that can treat
/// it; what the doctor then does, and what becomes of the patient, is not modelled.
///
/// Assumed (grade C, to be swept): the scope gained.
///
/// Claims served: LS-010.
package struct EmergencyCentre: Lever {
  package static let schema = LeverSchema(
    name: "emergency-centre",
    nameChinese: "胸痛、卒中、创伤中心与急救绿色通道",
    mechanism: """
      Centres can treat severer emergencies of listed needs, so ambulances need not pass them by; part \
      of registration falls away there.
      """,
    mechanismChinese: "中心可救治所列急症中更重的患者，救护车不必绕过就近机构；到院登记环节缩短。",
    claims: ["LS-010"],
    evidence: LeverEvidence(
      .c, "Ways and waits are simulated; the scope gained and the registration saved are assumed.",
      chinese: "路程与候诊由模拟得出；救治范围与节省的登记时间为假定。"),
    keys: [
      LeverKey("institutions", .institutions, "the centres", chinese: "中心所在机构"),
      LeverKey("needs", .needs, "the emergencies that they are for", chinese: "所涉急症"),
      LeverKey(
        "scope-gain", .number(unit: "", 0...1),
        "severity added to what they can treat of these; assumed", chinese: "可救治严重程度的提高（假定）"),
      LeverKey(
        "registration-left", .number(unit: "share", 0...1),
        "share of registration time that is left for these", chinese: "此类患者登记时间的剩余比例"),
    ])

  package let institutions: [Int]
  package let needs: [Int]
  package let scopeGain: Double
  package let registrationLeft: Double

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    needs = settings.needs["needs"] ?? []
    scopeGain = settings.number("scope-gain")
    registrationLeft = settings.number("registration-left")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for site in institutions {
      for need in needs { policies.addScope(scopeGain, at: site, for: need, model) }
    }
    if registrationLeft < 1 { policies.emergencyCentres.append(self) }
  }
}

extension PoliciesInForce {
  /// What emergency centres leave of registration for an emergency of a need.
  @inline(never)
  func registrationLeft(at site: Int, for need: UInt16) -> Double {
    var left = 1.0
    for centre in emergencyCentres
    where centre.institutions.contains(site) && centre.needs.contains(Int(need)) {
      left = min(left, centre.registrationLeft)
    }
    return left
  }
}
