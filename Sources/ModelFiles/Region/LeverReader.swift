// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// Reads the keys of a lever, each by the kind that its schema states.
struct LeverReader {
  let section: ModelSection
  let names: LeverNames
  /// The one of several alliances of the section that is read for.
  var alliance: Alliance?

  private var institutions: [String] { names.institutions }
  private var population: PopulationPlan { names.population }

  func settings(_ schema: LeverSchema) -> LeverSettings {
    var settings = LeverSettings()
    let named = readParties(schema, into: &settings)
    for key in schema.keys where !named.contains(key.name) {
      if let alliance, case .alliance = key.kind {
        settings.alliances[key.name] = alliance
      } else if section.hasValue(key.name) || key.isOptional && section.has(key.name) {
        read(key, into: &settings)
      } else if !key.isOptional {
        section.reportMissing(key.name, remedy(for: key, of: schema))
      }
    }
    section.state.remedyForUnknown = { Self.remedy(forUnknown: $0, in: schema) }
    if let lead = settings.institutions["lead"]?.first,
      settings.institutions["members"]?.contains(lead) == true
    {
      section.fault("members", "names the lead", "leave \(institutions[lead]) out")
    }
    // Without a place these would hold nowhere.
    if [PaymentRule.schema.name, DIPPoints.schema.name, PayRule.schema.name].contains(schema.name),
      !section.has("institutions"), !section.has("tiers")
    {
      section.fault(
        "tiers", "is missing, and so is institutions", "say by one of them where it holds")
    }
    return settings
  }

  /// `alliance: NAME` in place of the lead and the members; the keys that it stands for.
  private func readParties(
    _ schema: LeverSchema, into settings: inout LeverSettings
  ) -> Set<String> {
    let parties = schema.keys.filter { ["lead", "members", "institutions"].contains($0.name) }
    let said = alliance == nil ? "alliance" : "alliances"
    guard section.keys.contains(said), parties.contains(where: \.kind.isOfInstitutions),
      !schema.keys.contains(where: { $0.name == "alliance" })
    else { return [] }
    guard let alliance = alliance ?? self.alliance("alliance") else {
      return Set(parties.map(\.name))
    }
    let hasLead = parties.contains { $0.name == "lead" }
    for key in parties {
      if section.has(key.name) {
        section.fault(key.name, "is said by \(said) too", "keep one of the two")
      }
      switch key.name {
      case "lead": settings.institutions[key.name] = [alliance.lead]
      case "members": settings.institutions[key.name] = alliance.members
      default:
        settings.institutions[key.name] = hasLead ? alliance.members : alliance.parties
      }
    }
    return Set(parties.map(\.name))
  }

  private func alliance(_ key: String) -> Alliance? {
    // What is wrong with an alliance has been told where it stands.
    let name = section.node.entry(key)?.node.text
    guard !names.brokenAlliances.contains(where: { $0 == name }) else {
      section.state.asked.insert(key)
      return nil
    }
    return section.row(key, names.alliances.map(\.name), "alliance").map { names.alliances[$0] }
  }

  /// What would be right where a key is missing: what it is, in which range.
  private func remedy(for key: LeverKey, of schema: LeverSchema) -> String {
    var what = withArticle(LeverDescription.Key(key).kind.english)
    switch key.kind {
    case .number(let unit, let range):
      let unit = modelUnit(unit)
      what += " from \(unit.example(range.lowerBound)) to \(unit.example(range.upperBound))"
    case .flag, .choice: what = String(what.drop { $0 != " " }.dropFirst())
    default: break
    }
    return "add \(key.name), \(what): \(key.meaning) (yilian levers \(schema.name))"
  }

  /// What would be right for a key that the lever does not have, and another one does.
  private static func remedy(forUnknown key: String, in schema: LeverSchema) -> String? {
    let others = LeverCatalogue.all.map { $0.schema }
      .filter { $0.keys.contains { $0.name == key } }.map(\.name)
    guard !others.isEmpty, nearestName(to: key, among: schema.keys.map(\.name)) == nil else {
      return nil
    }
    let shown = others.prefix(3).joined(separator: ", ") + (others.count > 3 ? ", …" : "")
    return "it is one of \(shown); leave it out of \(schema.name)"
  }

  private func read(_ key: LeverKey, into settings: inout LeverSettings) {
    let name = key.name
    func many(_ known: [String], _ kind: String) -> [Int] {
      section.rows(name, section.texts(name), known, kind, isOptional: key.isOptional)
    }
    switch key.kind {
    case .number(let unit, let range):
      settings.numbers[name] = section.number(name, modelUnit(unit), in: range)
    case .flag: settings.flags[name] = section.flag(name)
    case .choice(let words): settings.choices[name] = section.text(name, oneOf: words)
    case .institution:
      settings.institutions[name] =
        section.row(name, institutions, "institution").map { [$0] } ?? []
    case .institutions: settings.institutions[name] = many(institutions, "institution")
    case .schemes: settings.schemes[name] = many(population.schemes, "scheme")
    case .tiers:
      settings.tiers[name] = many(RegionReader.tierNames, "tier").map { Tier.allCases[$0] }
    case .ages: settings.ages[name] = many(population.ageGroups, "age group")
    case .conditions:
      settings.conditions[name] = many(population.chronic.map(\.name), "condition")
    case .needs: settings.needs[name] = many(names.needs.map(\.name), "need")
    case .specialty:
      if let row = section.row(name, names.specialties.map(\.name), "specialty") {
        settings.specialties[name] = names.specialties[row]
      }
    case .alliance: settings.alliances[name] = alliance(name)
    case .words(let words):
      settings.words[name] = many(words, "word known here").map { words[$0] }
    case .bands: settings.bands[name] = bands(name)
    }
  }

  private func bands(_ key: String) -> [LeverSettings.Band] {
    var bands: [LeverSettings.Band] = []
    for item in section.items(key) {
      let band = LeverSettings.Band(
        above: item.number("above", .yuan, in: 0...9_000_000),
        rate: item.number("rate", .share, in: 0...1))
      if let last = bands.last, band.above <= last.above {
        item.fault("above", "is not more than that of the band before", "sort the bands by above")
      }
      bands.append(band)
    }
    if bands.isEmpty { section.fault(key, "names no band", "write a list of {above, rate}") }
    return bands
  }

  private func modelUnit(_ symbol: String) -> ModelUnit {
    switch symbol {
    case "": .plain
    case "share": .share
    default: ModelUnit(symbol)
    }
  }
}

/// The names of a region that levers refer to.
struct LeverNames {
  var institutions: [String]
  var population: PopulationPlan
  var needs: [Need]
  var specialties: [Specialty]
  var alliances: [Alliance]
  /// Of alliances with faults of their own, which have been told.
  var brokenAlliances: [String]
}

extension ModelSection {
  /// The rows of names in a list of known ones; each name that is none, or is there twice, is a fault.
  func rows(
    _ key: String, _ names: [String], _ known: [String], _ kind: String, isOptional: Bool = false
  ) -> [Int] {
    if names.isEmpty, case .list(let items)? = node.entry(key)?.node.content, items.isEmpty {
      let remedy = "list at least one \(kind)"
      fault(key, "is an empty list", isOptional ? "\(remedy), or leave it out" : remedy)
    }
    return names.enumerated().compactMap { item, name in
      let place = placeOf(key, item: item)
      if names[..<item].contains(name) {
        reading.faults.record(place, "names \(name.quotedBriefly) twice", "keep one of them")
      }
      if let row = known.firstIndex(of: name) { return row }
      reading.faults.record(
        place, "\(name.quotedBriefly) is not \(withArticle(kind))",
        remedy(for: name, among: known, kind: kind))
      return nil
    }
  }

  /// The row of the one name that a key holds; `nil` after a fault.
  func row(_ key: String, _ known: [String], _ kind: String) -> Int? {
    let before = reading.faults.count
    let name = text(key)
    guard reading.faults.count == before, !isMissing else { return nil }
    return rows(key, [name], known, kind).first
  }
}

extension LeverKey.Kind {
  fileprivate var isOfInstitutions: Bool {
    switch self {
    case .institution, .institutions: true
    default: false
    }
  }
}
