// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  /// The policies in force. Those that are not are read all the same: a fault in them comes out
  /// before a scenario switches them on.
  func readPolicies(
    institutions: [Institution], population: PopulationPlan, start: CalendarDate
  ) -> [Policy] {
    var policies: [Policy] = []
    var parties = PartiesInForce()
    for (name, section) in model.sectionsIfPresent("policies") {
      let levers = LeverCatalogue.all.map { $0.schema.name }
      let before = faults.count
      let leverName = section.text("lever", oneOf: levers)
      guard faults.count == before else {
        // Which keys it should have nobody knows.
        section.state.asked.formUnion(section.keys)
        continue
      }
      let isInForce = section.flag("in-force")
      let begins = section.date("start")
      if begins < start {
        section.fault(
          "start", "is before the run begins", "write a date on or after \(start)")
      }
      guard let lever = LeverCatalogue.lever(named: leverName) else { continue }
      let reader = LeverReader(
        section: section, institutions: institutions.map(\.name), population: population)
      let settings = reader.settings(lever.schema)
      guard isInForce, faults.count == before else { continue }
      parties.add(settings, of: leverName, name, section, institutions)
      policies.append(
        Policy(name: name, lever: lever.init(settings), start: begins.time(from: start)))
    }
    return policies
  }
}

/// Who belongs to which policy in force: two of one kind cannot share a member, since the flow asks
/// an institution for the one it is in, nor a lead, but for experts, who may be sent on several terms.
private struct PartiesInForce {
  /// Lever, key and institution, and the policy they were met in.
  private var seen: [[String]: String] = [:]

  mutating func add(
    _ settings: LeverSettings, of lever: String, _ policy: String, _ section: ModelSection,
    _ institutions: [Institution]
  ) {
    for key in ["lead", "members"] where lever != RotatingExperts.schema.name || key == "members" {
      for row in settings.institutions[key] ?? [] {
        let name = institutions[row].name
        if let other = seen.updateValue(policy, forKey: [lever, key, name]) {
          section.fault(
            key, "names \(name), which \(other) names too", "keep it in one policy of \(lever)")
        }
      }
    }
  }
}
