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
        name, section, isInForce: section.flag("in-force"),
        switchedOn: section.placeIfSet("in-force"), from: beginning(of: section))
    }
    for (adopted, policy) in model.sectionsIfPresent("adopt") {
      for key in ["title", "title-zh", "place", "description", "description-zh"] {
        _ = policy.textIfPresent(key)
      }
      let date = policy.dateIfPresent("date")
      let isInForce = policy.flag("in-force")
      // The region's date, or the day on which the policy began where it comes from.
      guard let begins = policy.dateIfPresent("start") ?? date else {
        policy.state.asked.insert("policies")
        // A date that is there and none has been told.
        if !policy.hasValue("start") && !policy.hasValue("date") {
          policy.fault("start", "is not there, and the policy has no date", "add start: a date")
        }
        continue
      }
      for (name, section) in policy.sections("policies") {
        reading.read(
          "\(adopted).\(name)", section,
          isInForce: (section.flagIfPresent("in-force") ?? true) && isInForce,
          switchedOn: section.placeIfSet("in-force") ?? policy.placeIfSet("in-force"),
          from: section.dateIfPresent("start") ?? begins)
      }
    }
    reading.together.warn(start: start, end: run.window().end)
    return reading.policies
  }

  /// The day on which a policy of the region begins; `nil` after a fault.
  private func beginning(of section: ModelSection) -> CalendarDate? {
    guard section.hasValue("start") else {
      section.reportMissing(
        "start", "add start: \(run.start.map { "\($0), or a later day" } ?? "a date")")
      return nil
    }
    return section.dateIfPresent("start")
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
  private(set) var together: PoliciesTogether

  init(
    institutions: [Institution], names: LeverNames, start: CalendarDate, faults: FaultCollector
  ) {
    self.institutions = institutions
    self.names = names
    self.start = start
    self.faults = faults
    together = PoliciesTogether(institutions: institutions)
  }

  /// - Parameters:
  ///   - switchedOn: where a scenario or the command line has put it in force.
  ///   - begins: `nil` after a fault.
  mutating func read(
    _ name: String, _ section: ModelSection, isInForce: Bool, switchedOn: SourcePlace?,
    from begins: CalendarDate?
  ) {
    let before = faults.count
    guard section.hasValue("lever") else {
      section.reportMissing("lever", "name one; yilian levers lists them")
      section.state.asked.formUnion(section.keys)
      return
    }
    let leverName = section.text("lever", oneOf: LeverCatalogue.all.map { $0.schema.name })
    guard faults.count == before, let lever = LeverCatalogue.lever(named: leverName) else {
      // Which keys it should have nobody knows.
      section.state.asked.formUnion(section.keys)
      return
    }
    if let begins, begins < start, isInForce || section.has("start") {
      section.fault("start", "is before the run begins", "write a date on or after \(start)")
    }
    for alliance in parties(of: section, lever) {
      read(
        alliance.map { section.has("alliances") ? "\(name).\($0.name)" : name } ?? name, section,
        lever, alliance, isInForce: isInForce && faults.count == before, switchedOn: switchedOn,
        from: begins)
    }
  }

  /// The alliances in each of which the policy holds by itself, by one set of numbers; a single `nil`
  /// where the policy does not say `alliances`. Those of one lead are one: it has one agreement with all.
  private func parties(of section: ModelSection, _ lever: any Lever.Type) -> [Alliance?] {
    guard section.keys.contains("alliances") else { return [nil] }
    let names = self.names.alliances.map(\.name)
    let keys = lever.schema.keys.map(\.name)
    guard keys.contains("members") || keys.contains("alliance") else {
      section.state.asked.insert("alliances")
      section.fault(
        "alliances", "is not for \(lever.schema.name), which has no members", "name institutions")
      return [nil]
    }
    if section.has("alliance") {
      section.fault("alliance", "is said by alliances too", "keep one of the two")
    }
    let chosen: [String]
    if section.node["alliances"]?.text == "all" {
      section.state.asked.insert("alliances")
      chosen = names
    } else {
      let rows = section.rows("alliances", section.texts("alliances"), names, "alliance")
      chosen = rows.map { names[$0] }
    }
    var found: [Alliance] = []
    for alliance in self.names.alliances where chosen.contains(alliance.name) {
      if let index = found.firstIndex(where: { $0.lead == alliance.lead }), keys.contains("members")
      {
        found[index].members += alliance.members.filter { !found[index].members.contains($0) }
      } else {
        found.append(alliance)
      }
    }
    return found.isEmpty ? [nil] : found
  }

  private mutating func read(
    _ name: String, _ section: ModelSection, _ lever: any Lever.Type, _ alliance: Alliance?,
    isInForce: Bool, switchedOn: SourcePlace?, from begins: CalendarDate?
  ) {
    let before = faults.count
    let reader = LeverReader(section: section, names: names, alliance: alliance)
    let settings = reader.settings(lever.schema)
    // A number that could not be read has a placeholder, which may not be judged.
    let isRead = faults.count == before
    section.checkCapacity(settings, of: lever.schema.name, institutions)
    section.checkParties(settings, of: lever, institutions)
    if isRead { section.checkEffect(settings, of: lever, institutions, names.needs) }
    guard isInForce, faults.count == before, let begins else { return }
    together.add(
      PolicyInForce(
        name: name, lever: lever, settings: settings, section: section, start: begins,
        switchedOn: switchedOn))
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

extension ModelSection {
  /// Where something outside the model's files has set a key.
  fileprivate func placeIfSet(_ key: String) -> SourcePlace? {
    node[key]?.isOverridden == true ? placeOf(key) : nil
  }
}
