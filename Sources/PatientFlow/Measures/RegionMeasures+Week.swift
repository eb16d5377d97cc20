// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

/// Measures through the week.
extension RegionMeasures {
  static let weekdayDimensions = ["weekday", "tier+weekday"]

  /// A window of whole days has of one weekday a day more than of another: these can be compared.
  static let dailyMeasures: [CellMeasure] = [
    CellMeasure(
      name: "visits-per-day", unit: "visits per day",
      formula: "Visits on a weekday over the days of the window that are one.", isOfOneTier: true
    ) { $0.days > 0 ? Double($0.total.visits) / $0.days : nil },
    CellMeasure(
      name: "admissions-per-day", unit: "admissions per day",
      formula: "Admissions on a weekday over the days of the window that are one.",
      isOfOneTier: true
    ) { $0.days > 0 ? Double($0.total.admissions) / $0.days : nil },
  ]

  static let weekMeasures = dailyMeasures.map { measure in
    MeasureDefinition(
      name: measure.name, unit: measure.unit, formula: measure.formula, window: window,
      dimensions: weekdayDimensions)
  }
}

extension RegionRun {
  func weekdayRows(asked: Set<String>) -> [Observation] {
    guard !asked.isDisjoint(with: RegionMeasures.weekdayDimensions) else { return [] }
    let domain = simulation.model.domain
    var use = domain.weekdayUse
    if domain.tally.period == .after {
      use.endDay(
        domain.tally.weekday, simulation.model.flow, domain.expertTime, domain.wholeCapacity,
        at: now)
    }
    let days = daysOfWeekdays
    func rows(
      _ dimension: String, _ member: String, _ tiers: [Tier], _ weekday: Weekday,
      _ measures: [RegionMeasures.CellMeasure]
    ) -> [Observation] {
      var view = emptyView()
      for tier in tiers {
        view.tiers[tier.row] = domain.tally.weekday(.after, weekday, tier: tier)
      }
      view.days = days[weekday.row]
      func row(_ measure: String, _ value: Double?) -> Observation {
        Observation(measure: measure, dimension: dimension, member: member, value: value)
      }
      return measures.map { row($0.name, $0.value(view)) }
        + [("occupancy", CapacityKind.beds), ("utilisation", .doctors)].map { measure, kind in
          row(
            measure,
            tiers.reduce(CapacityUse()) { $0 + capacityUse(use, kind, weekday, $1) }.share)
        }
    }
    let measures =
      RegionMeasures.cellMeasures + RegionMeasures.stayMeasures + RegionMeasures.dailyMeasures
    let ofOneTier = measures.filter(\.isOfOneTier)
    return Weekday.allCases.flatMap { rows("weekday", $0.name, Tier.allCases, $0, measures) }
      + Tier.allCases.flatMap { tier in
        Weekday.allCases.flatMap {
          rows("tier+weekday", "\(tier.name)+\($0.name)", [tier], $0, ofOneTier)
        }
      }
  }

  private func capacityUse(
    _ use: WeekdayUse, _ kind: CapacityKind, _ weekday: Weekday, _ tier: Tier
  ) -> CapacityUse {
    let total = use.total(kind, weekday, tier)
    let profile = model.tiers[tier]
    // As for whole windows: a roster is of whole days, doctors are in clinic in opening hours, and
    // experts count by the hour.
    let open = kind == .beds ? 1 : (profile.closesHour - profile.opensHour) / 24
    return CapacityUse(
      used: Double(total.held),
      provided: Double(total.capacity) * open
        + (kind == .doctors ? Double(total.expertTime) * (1 - open) : 0))
  }

  /// Days of the window so far by weekday; parts of days as such.
  private var daysOfWeekdays: [Double] {
    var days = [Double](repeating: 0, count: Weekday.count)
    let start = window.policyStart ?? window.warmUpEnd
    guard start < now else { return days }
    for date in day(of: start)...min(day(of: now), model.demand.dayCount - 1) {
      let midnight = SimulationTime(microseconds: Int64(date) * microsecondsPerDay)
      let end = min(now, midnight + TimeSpan(microseconds: microsecondsPerDay))
      let part = max(end, start) - max(midnight, start)
      days[model.demand.weekday(of: date).row] += part.inDays
    }
    return days
  }
}
