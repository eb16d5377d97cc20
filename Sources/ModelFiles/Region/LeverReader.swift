// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// Reads the keys of a lever, each by the kind that its schema states.
struct LeverReader {
  let section: ModelSection
  let institutions: [String]
  let population: PopulationPlan

  func settings(_ schema: LeverSchema) -> LeverSettings {
    var settings = LeverSettings()
    for key in schema.keys where !key.isOptional || section.has(key.name) {
      read(key, into: &settings)
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
    if names.isEmpty { section.fault(key, "names nobody", "list at least one \(kind)") }
    for (place, name) in names.enumerated() where names[..<place].contains(name) {
      section.fault(key, "names \(name.quotedBriefly) twice", "keep one of them")
    }
    return names.compactMap { name in
      if let row = known.firstIndex(of: name) { return row }
      section.fault(
        key, "\(name.quotedBriefly) is not \(withArticle(kind))",
        remedy(for: name, among: known, kind: kind))
      return nil
    }
  }
}
