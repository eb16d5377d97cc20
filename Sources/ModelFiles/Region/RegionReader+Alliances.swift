// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  /// The alliances that policies may name.
  func readAlliances(_ institutions: [Institution]) -> [Alliance] {
    let names = institutions.map(\.name)
    return model.sectionsIfPresent("alliances").compactMap { name, section in
      for key in ["title", "title-zh"] { _ = section.textIfPresent(key) }
      let form = section.text("form", oneOf: Alliance.Form.allCases.map(\.rawValue))
      let lead = section.rows("lead", [section.text("lead")], names, "institution").first
      let members = section.rows("members", section.texts("members"), names, "institution")
      if let lead, members.contains(lead) {
        section.fault("members", "names the lead", "leave \(names[lead]) out")
      }
      guard let lead else { return nil }
      return Alliance(
        name: name, form: Alliance.Form(rawValue: form) ?? .urban, lead: lead, members: members)
    }
  }

  /// The specialties that levers may name, each with its needs.
  func readSpecialties(_ needs: [Need]) -> [Specialty] {
    guard let section = model.sectionIfPresent("specialties") else { return [] }
    return section.keys.map { name in
      let rows = section.rows(name, section.texts(name), needs.map(\.name), "need")
      return Specialty(name: name, treats: needs.indices.map(rows.contains))
    }
  }
}
