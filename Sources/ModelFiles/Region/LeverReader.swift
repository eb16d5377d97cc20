// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// Reads the keys of a lever, each by the kind that its schema states.
struct LeverReader {
  let section: ModelSection
  let names: LeverNames

  private var institutions: [String] { names.institutions }
  private var population: PopulationPlan { names.population }

  func settings(_ schema: LeverSchema) -> LeverSettings {
    var settings = LeverSettings()
    let named = readParties(schema, into: &settings)
    for key in schema.keys where !named.contains(key.name) {
      if !key.isOptional || section.has(key.name) { read(key, into: &settings) }
    }
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
    guard section.keys.contains("alliance"), parties.contains(where: \.kind.isOfInstitutions),
      !schema.keys.contains(where: { $0.name == "alliance" })
    else { return [] }
    guard let alliance = alliance("alliance") else { return Set(parties.map(\.name)) }
    let hasLead = parties.contains { $0.name == "lead" }
    for key in parties {
      if section.has(key.name) {
        section.fault(key.name, "is said by alliance too", "keep one of the two")
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
    rows(key, [section.text(key)], names.alliances.map(\.name), "alliance").first
      .map { names.alliances[$0] }
  }

  private func read(_ key: LeverKey, into settings: inout LeverSettings) {
    let name = key.name
    func many(_ known: [String], _ kind: String) -> [Int] {
      rows(name, section.texts(name), known, kind)
    }
    switch key.kind {
    case .number(let unit, let range):
      settings.numbers[name] = section.number(name, modelUnit(unit), in: range)
    case .flag: settings.flags[name] = section.flag(name)
    case .choice(let words): settings.choices[name] = section.text(name, oneOf: words)
    case .institution:
      settings.institutions[name] = rows(
        name, [section.text(name)], institutions, "institution")
    case .institutions: settings.institutions[name] = many(institutions, "institution")
    case .schemes: settings.schemes[name] = many(population.schemes, "scheme")
    case .tiers:
      settings.tiers[name] = many(RegionReader.tierNames, "tier").map { Tier.allCases[$0] }
    case .ages: settings.ages[name] = many(population.ageGroups, "age group")
    case .conditions:
      settings.conditions[name] = many(population.chronic.map(\.name), "condition")
    case .needs: settings.needs[name] = many(names.needs, "need")
    case .specialty:
      let row = rows(name, [section.text(name)], names.specialties.map(\.name), "specialty").first
      if let row { settings.specialties[name] = names.specialties[row] }
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

  private func rows(
    _ key: String, _ names: [String], _ known: [String], _ kind: String
  ) -> [Int] {
    section.rows(key, names, known, kind)
  }
}

/// The names of a region that levers refer to.
struct LeverNames {
  var institutions: [String]
  var population: PopulationPlan
  var needs: [String]
  var specialties: [Specialty]
  var alliances: [Alliance]
}

extension ModelSection {
  /// The rows of names in a list of known ones; each name that is none, or is there twice, is a fault.
  func rows(_ key: String, _ names: [String], _ known: [String], _ kind: String) -> [Int] {
    if names.isEmpty { fault(key, "names nobody", "list at least one \(kind)") }
    for (place, name) in names.enumerated() where names[..<place].contains(name) {
      fault(key, "names \(name.quotedBriefly) twice", "keep one of them")
    }
    return names.compactMap { name in
      if let row = known.firstIndex(of: name) { return row }
      fault(
        key, "\(name.quotedBriefly) is not \(withArticle(kind))",
        remedy(for: name, among: known, kind: kind))
      return nil
    }
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
