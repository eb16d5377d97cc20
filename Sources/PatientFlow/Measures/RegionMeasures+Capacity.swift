// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// Measures of what institutions have to treat with, and of how soon emergencies are treated.
extension RegionMeasures {
  static let capacityMeasures: [MeasureDefinition] = [
    MeasureDefinition(
      name: "doctor-days", unit: "days",
      formula:
        "Doctors in clinic, summed over days, at institutions of the region; an expert's time counts as its part of the opening hours.",
      window: window, dimensions: ["", "tier", "period", "institution"]),
    MeasureDefinition(
      name: "bed-days-staffed", unit: "days",
      formula: "Acute and recovery beds, summed over days, at institutions of the region.",
      window: window, dimensions: ["", "tier", "period", "institution"]),
    MeasureDefinition(
      name: "vacant-posts", unit: "posts",
      formula: "Doctors' posts vacant, of institutions with a policy on posts.",
      window: "end of the run", dimensions: [""]),
    MeasureDefinition(
      name: "emergencies", unit: "needs",
      formula: "Emergencies seen by a doctor at the place they were brought to.",
      window: window, dimensions: ["", "period", "need"]),
    MeasureDefinition(
      name: "time-to-treatment", unit: "minutes",
      formula:
        "Mean time from the onset of an emergency to a doctor at a place that can treat it.",
      window: window, dimensions: ["", "period", "need"]),
  ]
}

extension RegionRun {
  /// Rows of these measures.
  func capacityChangeRows() -> [Observation] {
    let beds = ("bed-days-staffed", CapacityKind.beds)
    var rows = [("doctor-days", CapacityKind.doctors), beds].flatMap { measure, kind in
      providedRows(measure, kind)
    }
    rows.append(
      Observation(
        measure: "vacant-posts",
        value: Double(simulation.model.domain.posts.reduce(0) { $0 + $1.vacantCount })))
    rows += emergencyRows("", "", emergencies(in: .after))
    for (name, period) in [("before", Period.before), ("after", .after)] {
      rows += emergencyRows("period", name, emergencies(in: period))
    }
    for (need, cell) in emergencies(in: .after).enumerated() where model.needs[need].isEmergency {
      rows += emergencyRows("need", model.needs[need].name, [cell])
    }
    return rows
  }

  private func providedRows(_ measure: String, _ kind: CapacityKind) -> [Observation] {
    func days(_ site: Int, _ use: CapacityUse) -> Double {
      let profile = model.tiers[model.institutions[site].tier]
      // The provided time of doctors is that of opening hours.
      let hours = kind == .beds ? 24 : profile.closesHour - profile.opensHour
      return use.provided / Double(microsecondsPerDay) * 24 / hours
    }
    func row(_ dimension: String, _ member: String, _ uses: [Double]) -> Observation {
      Observation(
        measure: measure, dimension: dimension, member: member, value: uses.reduce(0, +))
    }
    let after = use(of: kind, in: .after).enumerated().map { days($0, $1) }
    let before = use(of: kind, in: .before).enumerated().map { days($0, $1) }
    return [
      row("", "", after), row("period", "before", before), row("period", "after", after),
    ]
      + Tier.allCases.map { tier in
        row(
          "tier", tier.name,
          after.indices.filter { model.institutions[$0].tier == tier }.map { after[$0] })
      }
      + after.indices.map { row("institution", model.institutions[$0].name, [after[$0]]) }
  }

  private func emergencies(in period: Period) -> [EmergencyCell] {
    let cells = simulation.model.domain.tally.emergencies
    let needs = model.needs.count
    return Array(cells[period.rawValue * needs..<(period.rawValue + 1) * needs])
  }

  private func emergencyRows(
    _ dimension: String, _ member: String, _ cells: [EmergencyCell]
  ) -> [Observation] {
    let seen = cells.reduce(0) { $0 + $1.seen }
    let taken = cells.reduce(0) { $0 + $1.taken }
    return [
      Observation(
        measure: "emergencies", dimension: dimension, member: member, value: Double(seen)),
      Observation(
        measure: "time-to-treatment", dimension: dimension, member: member,
        value: seen == 0 ? nil : Double(taken) / Double(seen) / 6e7),
    ]
  }

  /// Traps unless institutions have what policies make of them, and closed ones have nothing.
  func checkCapacity() {
    let domain = simulation.model.domain
    guard domain.policies.capacity.isActive else { return }
    let roles: [(RegionVocabulary.Role, KeyPath<SiteCapacity, Int>)] = [
      (.examRoom, \.examRooms), (.acuteBed, \.acuteBeds), (.recoveryBed, \.recoveryBeds),
    ]
    for site in model.institutions.indices where !model.institutions[site].isExternal {
      let wanted = domain.policies.capacity.capacity(site)
      for (role, amount) in roles {
        guard
          let resource = simulation.model.flow.resource(role: role.rawValue, site: UInt16(site))
        else { continue }
        precondition(
          simulation.model.flow.resources.capacity(resource)
            == model.sample.units(role, at: site, of: wanted[keyPath: amount]),
          "an institution has other capacity than policies make of it")
      }
    }
  }
}
