// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

/// What changes slowly in a region, as it stood when a year of the warm-up ended.
struct WarmUpYear: Sendable {
  /// Names and values without dimension.
  var values: [(measure: String, value: Double?)]
  /// Mean trust by tier.
  var trust: [Double]
  /// What capacity had been used since time 0.
  var use: [CapacityKind: CapacityUse]
}

extension RegionRun {
  /// Years that lie within the warm-up; a shorter one has none.
  var warmUpYearCount: Int {
    Int(window.warmUpEnd.microseconds / (365 * microsecondsPerDay))
  }

  /// When the year of the warm-up ends that has not been recorded yet; `nil` after the last.
  ///
  /// Years are equal parts of the warm-up in whole days: 365 days, or with a leap year among them a
  /// day more for the last.
  var nextWarmUpYearEnd: SimulationTime? {
    let (done, count) = (Int64(warmUpYears.count), Int64(warmUpYearCount))
    guard done < count else { return nil }
    if done + 1 == count { return window.warmUpEnd }
    let days = window.warmUpEnd.microseconds / microsecondsPerDay
    return SimulationTime(microseconds: days * (done + 1) / count * microsecondsPerDay)
  }

  /// The state now, at the end of a year. O(residents).
  func warmUpYear() -> WarmUpYear {
    let domain = simulation.model.domain
    let residents = domain.population.residents
    var trust = [Int64](repeating: 0, count: Tier.count)
    var (primary, known) = (0, 0)
    for resident in residents {
      for tier in Tier.allCases { trust[tier.row] += Int64(resident.trust[tier.row]) }
      guard let habit = Tier(rawValue: resident.habitTier) else { continue }
      known += 1
      if habit.isPrimary { primary += 1 }
    }
    let own = model.institutions.indices.filter { !model.institutions[$0].isExternal }
    let withBeds = own.filter { domain.sites[$0].canAdmit }
    func mean(_ sites: [Int], _ value: (InstitutionState) -> Double) -> Double? {
      sites.isEmpty
        ? nil : sites.reduce(0) { $0 + value(domain.states[$1]) } / Double(sites.count)
    }
    let use = Dictionary(
      uniqueKeysWithValues: CapacityKind.allCases.map { kind in
        (kind, self.use(of: kind).reduce(CapacityUse(), +))
      })
    func share(_ kind: CapacityKind) -> Double? {
      (use[kind]! - (warmUpYears.last?.use[kind] ?? CapacityUse())).share
    }
    return WarmUpYear(
      values: [
        ("habit-primary-share", known == 0 ? nil : Double(primary) / Double(known)),
        ("skill", mean(own, \.skill)),
        ("wait-belief", mean(own, \.perceivedWait)),
        ("bed-wait-belief", mean(withBeds, \.perceivedBedWait)),
        ("patients", Double(domain.episodesBegun - domain.episodesEnded)),
        ("occupancy", share(.beds)),
        ("utilisation", share(.doctors)),
      ] + chronicRows().map { ($0.measure, $0.value) },
      trust: trust.map { Double($0) / 65535 / Double(residents.count) }, use: use)
  }

  /// Rows of the measures of the warm-up, a year after the other.
  func warmUpRows() -> [Observation] {
    warmUpYears.enumerated().flatMap { place, year in
      Tier.allCases.map {
        Observation(
          measure: RegionMeasures.warmUpPrefix + "trust", dimension: "tier+year",
          member: "\($0.name)+\(place + 1)", value: year.trust[$0.row])
      }
        + year.values.map {
          Observation(
            measure: RegionMeasures.warmUpPrefix + $0.measure, dimension: "year",
            member: "\(place + 1)", value: $0.value)
        }
    }
  }
}
