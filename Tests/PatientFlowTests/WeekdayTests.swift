// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import PatientFlow
import SimulationKernel
import Testing

/// What is told by weekday, against what a run shows at its midnights.
@Suite struct WeekdayTests {
  static let region = Result {
    try TestRegion.read(TestRegion.inForce(["experts", "referral", "step-down"]))
  }

  /// Counted since the start: (tier) of what a weekday may tell.
  private struct Standing {
    var visits = [Double](repeating: 0, count: Tier.count)
    var waited = [Double](repeating: 0, count: Tier.count)
    var consults = [Double](repeating: 0, count: Tier.count)
    var bedsHeld = [Double](repeating: 0, count: Tier.count)
    var beds = [Double](repeating: 0, count: Tier.count)
    var busy = [Double](repeating: 0, count: Tier.count)
    var doctors = [Double](repeating: 0, count: Tier.count)

    init() {}

    init(_ run: RegionRun) {
      let domain = run.simulation.model.domain
      for (site, institution) in run.model.institutions.enumerated() {
        let tier = institution.tier.row
        let cell = domain.tally.site(.after, site)
        visits[tier] += Double(cell.visits)
        waited[tier] += Double(cell.waited)
        consults[tier] += Double(cell.consults)
        guard !institution.isExternal else { continue }
        let profile = run.model.tiers[institution.tier]
        let open = (profile.closesHour - profile.opensHour) / 24
        let clinic = run.statistics(.doctor, at: institution.name)
        let experts =
          domain.expertTime.received(at: site, at: run.now)
          - domain.expertTime.taken(from: site, at: run.now)
        busy[tier] += Double(clinic.heldIntegral)
        doctors[tier] += Double(clinic.capacityIntegral) * open + Double(experts) * (1 - open)
        for role in [RegionVocabulary.Role.acuteBed, .recoveryBed]
        where run.simulation.model.flow.resource(role: role.rawValue, site: UInt16(site)) != nil {
          let ward = run.statistics(role, at: institution.name)
          bedsHeld[tier] += Double(ward.heldIntegral)
          beds[tier] += Double(ward.capacityIntegral)
        }
      }
    }

    /// Adds what has come between two midnights.
    mutating func add(_ later: Standing, less earlier: Standing) {
      for field: WritableKeyPath<Standing, [Double]> in [
        \.visits, \.waited, \.consults, \.bedsHeld, \.beds, \.busy, \.doctors,
      ] {
        for tier in 0..<Tier.count {
          self[keyPath: field][tier] += later[keyPath: field][tier] - earlier[keyPath: field][tier]
        }
      }
    }
  }

  @Test("each day counts for its weekday, of visits, waits, beds and doctors, whole and by tier")
  func days() throws {
    let region = try Self.region.get()
    let run = region.begin()
    run.advance(until: midnight(TestRegion.policyDay) + TimeSpan(microseconds: 1))
    var last = Standing(run)
    var weekdays = [Standing](repeating: Standing(), count: 7)
    // The run begins on a Monday and ends on day 180.
    for day in TestRegion.policyDay..<180 {
      run.advance(until: min(region.window.end, midnight(day + 1)))
      let present = Standing(run)
      weekdays[day % 7].add(present, less: last)
      last = present
    }
    run.checkConservation()
    let rows = Dictionary(
      uniqueKeysWithValues: run.allObservations.map {
        (["\($0.measure)", $0.dimension, $0.member], $0.value)
      })
    var compared = 0
    func compare(_ measure: String, _ dimension: String, _ member: String, _ expected: Double) {
      guard expected.isFinite else { return }
      let value = rows[[measure, dimension, member]] ?? nil
      let isEqual = value.map { abs($0 - expected) <= 1e-9 * max(1, abs(expected)) } ?? false
      #expect(isEqual, "\(measure) of \(member): \(value as Double?), not \(expected)")
      if expected != 0 { compared += 1 }
    }
    for weekday in Weekday.allCases {
      let seen = weekdays[weekday.row]
      for (dimension, prefix, tiers) in [("weekday", "", Array(0..<Tier.count))]
        + Tier.allCases.map({ ("tier+weekday", "\($0.name)+", [$0.row]) })
      {
        func sum(_ field: KeyPath<Standing, [Double]>) -> Double {
          tiers.reduce(0) { $0 + seen[keyPath: field][$1] }
        }
        let member = prefix + weekday.name
        // 90 days from a Sunday on: thirteen of it to Friday, twelve Saturdays.
        let count = weekday == .saturday ? 12.0 : 13
        compare("visits", dimension, member, sum(\.visits))
        compare("visits-per-day", dimension, member, sum(\.visits) / count)
        compare("wait-minutes", dimension, member, sum(\.waited) / sum(\.consults) / 6e7)
        compare("occupancy", dimension, member, sum(\.bedsHeld) / sum(\.beds))
        compare("utilisation", dimension, member, sum(\.busy) / sum(\.doctors))
      }
    }
    #expect(compared > 150)
    // Doctors rest at weekends, and so do those who fall ill, by the hamlet's tables.
    let sunday = try #require(rows[["visits", "weekday", "sunday"]] ?? nil)
    let monday = try #require(rows[["visits", "weekday", "monday"]] ?? nil)
    #expect(sunday < 0.9 * monday)
  }

  @Test(
    "weekdays make the whole, though a window ends within a day",
    arguments: ["visits", "admissions", "exams", "out-of-pocket", "fund-spend", "blocked-bed-days"])
  func sums(measure: String) throws {
    let region = try Self.region.get()
    let run = region.begin()
    run.advance(until: midnight(110) + .hours(15))
    let whole = try run.value(measure)
    for dimension in ["weekday", "tier+weekday"] {
      let parts = run.allObservations.filter {
        $0.measure == measure && $0.dimension == dimension
      }
      #expect(parts.count == (dimension == "weekday" ? 7 : 42))
      let sum = parts.reduce(0) { $0 + ($1.value ?? 0) }
      #expect(abs(sum - whole) < 1e-6 * max(1, whole), "\(dimension)")
    }
    #expect(measure == "blocked-bed-days" || whole > 0)
    // 20 days and 15 hours from a Sunday on: the third Saturday counts 15 hours.
    let perDay = try run.value("visits-per-day", "weekday", "saturday")
    let saturdays = try run.value("visits", "weekday", "saturday")
    #expect(abs(perDay * 2.625 - saturdays) < 1e-9)
  }

  @Test("before the window there is nothing to tell, and nothing traps")
  func early() throws {
    let run = try Self.region.get().begin()
    for instant in [midnight(10), midnight(70)] {
      run.advance(until: instant)
      let rows = run.allObservations.filter { $0.dimension == "weekday" }
      #expect(rows.count > 7 * 20)
      #expect(rows.allSatisfy { $0.value == nil || $0.value == 0 })
    }
  }
}
