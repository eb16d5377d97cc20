// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import SimulationKernel

/// Compiles a model of kind `region`.
///
/// Each section has a file of its own beside this one; all are read before the faults of any stop
/// the reading, so that they come out together.
public struct RegionReader {
  let model: ModelSection
  let faults: FaultCollector
  let run: RunSettings

  /// The region of a document; `nil` after faults.
  package static func region(
    _ document: ModelDocument, _ faults: FaultCollector
  ) -> RegionModel? {
    // What is not there may stand in the file that could not be read.
    if document.lacksFiles { return nil }
    let before = faults.count
    let section = document.section(faults)
    _ = section.text("kind", oneOf: ["region"])
    for key in ["name", "title", "title-zh", "description", "description-zh"] {
      _ = section.textIfPresent(key)
    }
    _ = ModelDocumentation(section)
    let reader = RegionReader(
      model: section, faults: faults, run: RunSettings(section, isRequired: false))
    let region = reader.read()
    section.finish()
    return faults.count == before ? region : nil
  }

  /// What is known of the region's baseline; faults of the table are those of reading the region.
  public static func targets(_ document: ModelDocument) -> [BaselineTarget] {
    BaselineTarget.all(document.section(FaultCollector()))
  }

  /// The keys and the columns of tables that reading a document asks for, by the path of their section
  /// or table (with `[]`): what a test compares with the documentation.
  package static func keysAsked(of document: ModelDocument) -> [String: Set<String>] {
    let faults = FaultCollector()
    let section = document.section(faults)
    for key in ["kind", "name", "title", "title-zh", "description", "description-zh"] {
      _ = section.textIfPresent(key)
    }
    let reader = RegionReader(
      model: section, faults: faults, run: RunSettings(section, isRequired: false))
    _ = reader.read()
    var keys: [String: Set<String>] = [:]
    section.addKeysAsked(to: &keys)
    return keys
  }

  private func read() -> RegionModel? {
    let start = run.start ?? CalendarDate(dayNumber: 0)
    // A date that is there and no date has been told already.
    if run.start == nil, model.settingsIfPresent("run")?.has("start") != true {
      model.fault("run", "has no start", "add start: a date, on which the simulated time begins")
    }
    let settlements = readSettlements()
    let travel = readTravel()
    let population = readPopulation()
    let institutions = readInstitutions(towns: settlements.towns, villages: settlements.villages)
    let tiers = readTiers()
    let demand = readDemand(start: start)
    let needs = readNeeds()
    let severity = readSeverity()
    let plan = readPlan(schemes: population.schemes)
    let constants = readConstants()
    let choice = readChoice()
    let care = readCare()
    let payment = readPayment()
    let titles = readTitles(tiers)
    let pharmacy = readPharmacy()
    let trends = readTrends()
    let alliances = readAlliances(institutions)
    let specialties = readSpecialties(needs)
    let names = LeverNames(
      institutions: institutions.map(\.name), population: population, needs: needs,
      specialties: specialties, alliances: alliances.whole, brokenAlliances: alliances.broken)
    let policies = readPolicies(institutions: institutions, names: names, start: start)
    _ = BaselineTarget.all(model)
    let sample = PopulationSample(
      share: run.sample, towns: settlements.towns, institutions: institutions)
    let pathways = RegionPathways(model: model, faults: faults).compile(institutions, sample)
    if let pathways { check(policies, pathways.program) }
    guard faults.isEmpty, let pathways else { return nil }
    return RegionModel(
      towns: settlements.towns, villages: settlements.villages, institutions: institutions,
      tiers: tiers, travel: travel, population: population, needs: needs,
      severity: severity, demand: demand, constants: constants, choice: choice, care: care,
      plan: plan, titles: titles, pharmacy: pharmacy, trends: trends,
      policies: policies, program: pathways.program, visitPathway: pathways.visit,
      payment: payment, alliances: alliances.whole, specialties: specialties, sample: sample)
  }
}
