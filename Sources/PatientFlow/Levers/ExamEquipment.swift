// SPDX-License-Identifier: GPL-3.0-or-later

/// Institutions get equipment for exams, where there was none or too little.
///
/// Exams are then done where doctors made do without: they take time, they are billed at the tier's
/// price, and the doctor sees the patient a second time. What a doctor with a picture can treat more
/// than one without is stated as scope; exams alone change no outcome.
///
/// Assumed (grade C, to be swept): the scope gained.
///
/// Claims served: DD-042, LS-006, LS-008.
package struct ExamEquipment: Lever {
  package static let schema = LeverSchema(
    name: "exam-equipment",
    nameChinese: "检查检验设备配置",
    mechanism: """
      Adds exam rooms, so exams are done, queued for and billed where there were none. Doctors who \
      have them treat somewhat more themselves.
      """,
    mechanismChinese: "增加检查室，使原来没有检查条件的机构能够检查、排队和收费。有检查条件后，医师可就地诊治的范围扩大。",
    claims: ["DD-042", "LS-006", "LS-008"],
    evidence: LeverEvidence(
      .c, "Exams and bills are arithmetic; the scope gained is assumed.",
      chinese: "检查与费用为算术；诊治范围的扩大为假定。"),
    keys: [
      LeverKey("institutions", .institutions, "who gets it", chinese: "配置机构"),
      LeverKey(
        "exam-rooms", .number(unit: "", 0...1000), "rooms added at each", chinese: "各机构增加的检查室"),
      LeverKey(
        "scope-gain", .number(unit: "", 0...1), "scope added at each; assumed",
        chinese: "各机构扩大的诊治范围（假定）"),
    ])

  package let institutions: [Int]
  package let rooms: Int
  package let scopeGain: Double

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    rooms = Int(settings.number("exam-rooms").rounded())
    scopeGain = settings.number("scope-gain")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for site in institutions {
      if rooms > 0 { policies.capacity.add(SiteCapacity(examRooms: rooms), at: site) }
      policies.abilities[site].scope += scopeGain
    }
  }
}
