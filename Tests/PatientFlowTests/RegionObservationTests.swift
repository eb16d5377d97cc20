// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct RegionObservationTests {
  static let region = Result {
    try TestRegion.read(TestRegion.inForce(["experts", "referral", "step-down"]))
  }

  @Test("every replication and scenario writes the same rows, each in the catalogue, each once")
  func rows() throws {
    let region = try Self.region.get()
    let base = try TestRegion.read()
    func keys(_ run: RegionRun) -> [[String]] {
      run.allObservations.map { [$0.measure, $0.dimension, $0.member] }
    }
    let first = keys(region.runWhole())
    #expect(keys(region.runWhole(replication: 2)) == first)
    #expect(keys(base.runWhole()) == first)
    #expect(Set(first).count == first.count)
    let catalogue = Dictionary(
      uniqueKeysWithValues: RegionMeasures.catalogue.map { ($0.name, Set($0.dimensions)) })
    for row in first { #expect(catalogue[row[0]]?.contains(row[1]) == true, "\(row)") }
    // The hamlet tells neither titles nor incomes apart, and its warm-up is shorter than a year.
    let others = ["title", "income", "year", "tier+year"]
    for (measure, dimensions) in catalogue where dimensions.isDisjoint(with: others) {
      let written = Set(first.filter { $0[0] == measure }.map { $0[1] })
      #expect(written == dimensions, "\(measure)")
    }
  }

  @Test("without being asked a run writes the whole, tiers and periods, and no more")
  func always() throws {
    let region = try Self.region.get()
    let run = region.runWhole()
    let rows = run.observations(requested: [])
    #expect(Set(rows.map(\.dimension)) == ["", "tier", "period"])
    let asked = run.observations(
      requested: [MeasureRequest(measure: "visits", dimension: "town")])
    let more = asked.filter { $0.dimension == "town" }
    #expect(Set(more.map(\.measure)) == ["visits"])
    #expect(more.map(\.member) == ["ford", "mill", "hill"])
    #expect(asked.filter { $0.dimension != "town" } == rows)
  }

  @Test(
    "parts make the whole",
    arguments: ["visits", "admissions", "exams", "out-of-pocket", "fund-spend", "expert-visits"])
  func sums(measure: String) throws {
    let region = try Self.region.get()
    let run = region.runWhole()
    let rows = run.allObservations.filter { $0.measure == measure }
    let whole = try run.value(measure)
    #expect(whole > 0)
    for dimension in ["tier", "institution", "town"] {
      let parts = rows.filter { $0.dimension == dimension }
      let sum = parts.reduce(0) { $0 + ($1.value ?? 0) }
      #expect(abs(sum - whole) < 1e-6 * max(1, whole), "\(dimension)")
    }
    #expect(try run.value(measure, "period", "after") == whole)
  }

  @Test("shares sum to one, and heads and hundreds are of the residents")
  func shares() throws {
    let region = try Self.region.get()
    let run = region.runWhole()
    for measure in ["visit-share", "admission-share"] {
      let sum = run.allObservations.filter { $0.measure == measure }
        .reduce(0) { $0 + ($1.value ?? 0) }
      #expect(abs(sum - 1) < 1e-12)
    }
    #expect(try run.value("visits-per-head") == run.value("visits") / 4000)
    #expect(try run.value("admissions-per-100") == run.value("admissions") / 40)
    let primary = try ["village", "township", "community"].reduce(0) {
      $0 + (try run.value("visits", "tier", $1))
    }
    #expect(try run.value("primary-visit-share") == primary / run.value("visits"))
    let inRegion = try primary + run.value("visits", "tier", "county")
    #expect(try run.value("in-region-visit-share") == inRegion / run.value("visits"))
  }

  @Test("months are those that lie wholly in the time observed, and count what happened in them")
  func months() throws {
    // The warm-up ends on 3 May, the run on 31 August: June and July are whole.
    let region = try Self.region.get()
    let run = region.begin()
    var visits: [Double] = []
    // 1 June, 1 July and 1 August.
    for day in [89, 119, 150] {
      run.advance(until: midnight(day))
      visits.append(Double(run.counted(\.visits)))
    }
    run.advance(until: region.window.end)
    let rows = run.allObservations.filter { $0.measure == "visits" && $0.dimension == "month" }
    #expect(rows.map(\.member) == ["2019-06", "2019-07"])
    #expect(rows.map(\.value) == [visits[1] - visits[0], visits[2] - visits[1]])
  }

  @Test("periods divide the time observed at the policies' start")
  func periods() throws {
    let region = try Self.region.get()
    let run = region.begin()
    var seen: [Double] = []
    for instant in [region.window.warmUpEnd, midnight(TestRegion.policyDay), region.window.end] {
      run.advance(until: instant)
      seen.append(Double(run.counted(\.visits)))
    }
    #expect(try run.value("visits", "period", "before") == seen[1] - seen[0])
    #expect(try run.value("visits", "period", "after") == seen[2] - seen[1])
  }
}
