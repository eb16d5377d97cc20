// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  /// The alliances that policies may name, and the names of those without a lead that is known.
  func readAlliances(_ institutions: [Institution]) -> (whole: [Alliance], broken: [String]) {
    let names = institutions.map(\.name)
    var broken: [String] = []
    let whole = model.sectionsIfPresent("alliances").compactMap { name, section -> Alliance? in
      for key in ["title", "title-zh"] { _ = section.textIfPresent(key) }
      let form = section.text("form", oneOf: Alliance.Form.allCases.map(\.rawValue))
      let lead = section.row("lead", names, "institution")
      let members = section.rows("members", section.texts("members"), names, "institution")
      if let lead, members.contains(lead) {
        section.fault("members", "names the lead", "leave \(names[lead]) out")
      }
      guard let lead else {
        broken.append(name)
        return nil
      }
      return Alliance(
        name: name, form: Alliance.Form(rawValue: form) ?? .urban, lead: lead, members: members)
    }
    return (whole, broken)
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
