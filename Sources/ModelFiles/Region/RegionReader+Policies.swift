// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow

extension RegionReader {
  /// The policies in force: the region's own, then those it adopts from the library. Those that are
  /// not in force are read all the same: a fault in them comes out before a scenario switches them on.
  func readPolicies(
    institutions: [Institution], names: LeverNames, start: CalendarDate
  ) -> [Policy] {
    var reading = PolicyReading(
      institutions: institutions, names: names, start: start, faults: faults)
    for (name, section) in model.sectionsIfPresent("policies") {
      reading.read(
        name, section, isInForce: section.flag("in-force"), from: section.date("start"))
    }
    for (adopted, policy) in model.sectionsIfPresent("adopt") {
      for key in ["title", "title-zh", "place", "description"] { _ = policy.textIfPresent(key) }
      let date = policy.dateIfPresent("date")
      let isInForce = policy.flag("in-force")
      // The region's date, or the day on which the policy began where it comes from.
      guard let begins = policy.dateIfPresent("start") ?? date else {
        policy.state.asked.insert("policies")
        policy.fault("start", "is not there, and the policy has no date", "add start: a date")
        continue
      }
      for (name, section) in policy.sections("policies") {
        reading.read(
          "\(adopted).\(name)", section,
          isInForce: (section.flagIfPresent("in-force") ?? true) && isInForce,
          from: section.dateIfPresent("start") ?? begins)
      }
    }
    return reading.policies
  }

  /// Policies that act at a decision which the region's pathway may leave out.
  func check(_ policies: [Policy], _ program: PathwayProgram) {
    for policy in policies {
      let decision: RegionVocabulary.Decision
      switch policy.lever {
      case is SharedExamCentre: decision = .examReading
      case is Telemedicine: decision = .remoteConsult
      default: continue
      }
      guard !program.decisions.contains(where: { $0.question == decision.rawValue }) else {
        continue
      }
      model.section("pathways").fault(
        RegionPathways.visit,
        "does not decide \(RegionVocabulary.word(decision)), at which \(policy.name) acts",
        "add it as Models/lanshan/pathways.yaml has it")
    }
  }
}

/// Reads policies one after the other.
private struct PolicyReading {
  let institutions: [Institution]
  let names: LeverNames
  let start: CalendarDate
  let faults: FaultCollector
  var policies: [Policy] = []
  private var parties = PartiesInForce()

  init(
    institutions: [Institution], names: LeverNames, start: CalendarDate, faults: FaultCollector
  ) {
    self.institutions = institutions
    self.names = names
    self.start = start
    self.faults = faults
  }

  mutating func read(
    _ name: String, _ section: ModelSection, isInForce: Bool, from begins: CalendarDate
  ) {
    let before = faults.count
    let leverName = section.text("lever", oneOf: LeverCatalogue.all.map { $0.schema.name })
    guard faults.count == before, let lever = LeverCatalogue.lever(named: leverName) else {
      // Which keys it should have nobody knows.
      section.state.asked.formUnion(section.keys)
      return
    }
    if begins < start, isInForce || section.has("start") {
      section.fault("start", "is before the run begins", "write a date on or after \(start)")
    }
    let reader = LeverReader(section: section, names: names)
    let beforeSettings = faults.count
    let settings = reader.settings(lever.schema)
    // A number that could not be read has a placeholder, which may not be judged.
    let isRead = faults.count == beforeSettings
    section.checkCapacity(settings, of: leverName, institutions)
    section.checkParties(settings, of: lever, institutions)
    if isRead { section.checkEffect(settings, of: lever, institutions) }
    guard isInForce, faults.count == before else { return }
    parties.add(settings, of: leverName, name, section, institutions)
    if lever is ChronicDrugCover.Type,
      policies.filter({ $0.lever is ChronicDrugCover }).count == 8
    {
      section.fault("lever", "is the ninth drug cover in force", "keep eight")
      return
    }
    if lever is SharedExamCentre.Type,
      policies.filter({ $0.lever is SharedExamCentre }).count == SharedExamCentre.limit
    {
      section.fault("lever", "is the sixteenth shared centre in force", "keep fifteen")
      return
    }
    policies.append(
      Policy(name: name, lever: lever.init(settings), start: begins.time(from: start)))
  }
}

/// Who belongs to which policy in force: two of one kind cannot share a member, since the flow asks
/// an institution for the one it is in, nor a lead, but for experts, who may be sent on several terms
/// and from several leads.
private struct PartiesInForce {
  /// Lever, key and institution, and the policy they were met in.
  private var seen: [[String]: String] = [:]

  mutating func add(
    _ settings: LeverSettings, of lever: String, _ policy: String, _ section: ModelSection,
    _ institutions: [Institution]
  ) {
    let sendsExperts = LeverCatalogue.lever(named: lever) is any SendsExperts.Type
    // Each kind of exam may have a centre of its own, and each group of residents a contract.
    let isShared = [
      SharedExamCentre.schema.name, FamilyDoctorContract.schema.name, TwoDiseaseClinic.schema.name,
    ].contains(lever)
    // The posts of an institution are of one policy, or each would fill them all.
    let places = lever == StaffPosts.schema.name ? ["institutions"] : []
    for key in ["lead", "members"] + places where !sendsExperts && !isShared {
      for row in settings.institutions[key] ?? [] {
        let name = institutions[row].name
        if let other = seen.updateValue(policy, forKey: [lever, key, name]) {
          section.fault(
            key, "names \(name), which \(other) names too", "keep it in one policy of \(lever)")
        }
      }
    }
    // Whose care is paid from which account must be plain.
    for row in lever == GlobalBudget.schema.name ? settings.schemes["schemes"] ?? [] : [] {
      if let other = seen.updateValue(policy, forKey: [lever, "schemes", String(row)]) {
        section.fault(
          "schemes", "has a scheme that \(other) has too", "keep it in one policy of \(lever)")
      }
    }
  }
}
