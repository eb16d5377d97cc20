// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite("the years of a region's warm-up")
struct WarmUpYearTests {
  private static func rows(_ run: RegionRun) -> [Observation] {
    run.observations(requested: []).filter { $0.measure.hasPrefix("warm-up-") }
  }

  private static func value(_ run: RegionRun, _ measure: String, _ member: String) -> Double? {
    rows(run).first { $0.measure == "warm-up-" + measure && $0.member == member }?.value
  }

  private static func beds(_ run: RegionRun) -> (held: Double, staffed: Double) {
    var (held, staffed) = (0.0, 0.0)
    for (site, institution) in run.model.institutions.enumerated() where !institution.isExternal {
      for role in [RegionVocabulary.Role.acuteBed, .recoveryBed] {
        let resource = run.simulation.model.flow.resource(role: role.rawValue, site: UInt16(site))
        guard resource != nil else { continue }
        let statistics = run.statistics(role, at: institution.name)
        held += Double(statistics.heldIntegral)
        staffed += Double(statistics.capacityIntegral)
      }
    }
    return (held, staffed)
  }

  @Test("a warm-up of two years leaves the rows of two years, and one of sixty days none")
  func rows() throws {
    #expect(Self.rows(try TestRegion.read().runWhole()).isEmpty)
    let region = try TestRegion.read(["run.warm-up=730 d", "run.length=2 d"])
    let rows = Self.rows(region.runWhole())
    let catalogue = RegionMeasures.catalogue.filter { $0.name.hasPrefix("warm-up-") }
    #expect(Set(rows.map(\.measure)) == Set(catalogue.map(\.name)))
    for measure in catalogue {
      let own = rows.filter { $0.measure == measure.name }
      #expect(Set(own.map(\.dimension)) == Set(measure.dimensions))
      let years = measure.dimensions == ["year"] ? 1 : Tier.count
      #expect(own.count == 2 * years)
    }
    // The same in every replication.
    #expect(
      Self.rows(region.runWhole(replication: 2)).map { [$0.measure, $0.member] }
        == rows.map { [$0.measure, $0.member] })
  }

  @Test("what is said of a year is the state at its end, and the use of capacity in it alone")
  func states() throws {
    let region = try TestRegion.read(["run.warm-up=731 d", "run.length=2 d"])
    let run = region.begin()
    var patients: [Double] = []
    // Bed-time held and staffed since time 0; statistics begin anew when the run goes on from the
    // end of the warm-up.
    var beds: [(held: Double, staffed: Double)] = []
    for instant in [midnight(365), midnight(731)] {
      run.advance(until: instant)
      let domain = run.simulation.model.domain
      patients.append(Double(domain.episodesBegun - domain.episodesEnded))
      beds.append(Self.beds(run))
    }
    run.advance(until: region.window.end)
    #expect(Self.value(run, "patients", "1") == patients[0])
    #expect(Self.value(run, "patients", "2") == patients[1])
    let occupancy = try #require(Self.value(run, "occupancy", "2"))
    let staffed = beds[1].staffed - beds[0].staffed
    #expect(abs(occupancy - (beds[1].held - beds[0].held) / staffed) < 1e-9)
    #expect(try #require(Self.value(run, "utilisation", "2")) > 0)
    let habit = try #require(Self.value(run, "habit-primary-share", "2"))
    #expect(habit > 0.1 && habit < 0.99)
  }

  @Test("looking at the years changes nothing, in slices and in copies neither")
  func copies() throws {
    let settings = ["run.warm-up=730 d", "run.length=20 d"]
    let region = try TestRegion.read(settings)
    let whole = region.runWhole()
    let sliced = region.begin()
    for day in stride(from: 73, through: 750, by: 97) { sliced.advance(until: midnight(day)) }
    let copy = sliced.copy(under: region.model)
    copy.advance(until: region.window.end)
    #expect(copy.checksum == whole.checksum)
    #expect(copy.allObservations == whole.allObservations)
    // One instant more at which the run stops and goes on: its events and state are the same.
    let longer = RegionRun(
      model: region.model, window: RunWindow(warmUpEnd: midnight(364), end: region.window.end),
      root: RandomRoot(seed: 20_190_304, replication: 1))
    longer.advance(until: midnight(364))
    let plain = region.begin()
    plain.advance(until: midnight(364))
    #expect(longer.checksum == plain.checksum)
  }

  // Twelve replications. Family doctors who go on signing through two years of warm-up are found,
  // and without them the same state is known to have settled; each interval is wrong about a state
  // in 5 % of experiments, and the drift is of many tolerances.
  @Test("a planted drift is found, and where nothing is planted, none")
  func plantedDrift() throws {
    func drift(_ settings: [String], _ names: [String]) throws -> StateDrift {
      let region = try SharedCare.region(
        settings + ["run.warm-up=730 d", "run.length=1 d"], names)
      let runs = (1...12 as ClosedRange<UInt32>).map { region.runWhole(replication: $0) }
      return try #require(
        StateDrift(
          from: runs.map { Self.value($0, "contract-share", "1") },
          to: runs.map { Self.value($0, "contract-share", "2") }, share: 0.01))
    }
    let planted = try drift(
      ["policies.contract.start=2019-03-04", "policies.contract.signing-time=900 d"], ["contract"])
    #expect(planted.verdict == .drifting)
    #expect(planted.change.low > planted.tolerance)
    #expect(try drift([], []).verdict == .settled)
  }
}
