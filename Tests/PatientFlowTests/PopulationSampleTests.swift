// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct PopulationSampleTests {
  @Test("a sample of 1 is no sample: the same bytes")
  func whole() throws {
    let policies = TestRegion.inForce(TestRegion.policies)
    let plain = try TestRegion.read(policies).runWhole()
    let stated = try TestRegion.read(policies + ["run.sample=1"]).runWhole()
    #expect(plain.checksum == stated.checksum)
    #expect(plain.allObservations == stated.allObservations)
  }

  @Test("each town and each village has its quota", arguments: [0.5, 0.2, 0.05, 0.013])
  func quotas(_ share: Double) throws {
    let whole = try PopulationTests.crowd()
    let model = try TestRegion.read([
      "towns[ford].population=100000", "towns[mill].population=60000",
      "towns[hill].population=40001", "run.sample=\(share)",
    ]).model
    let residents = Population.draw(model, PopulationTests.root).residents
    #expect(residents.count == Int((share * 200_001).rounded()))
    #expect(model.sample.expansion == 200_001 / Double(residents.count))
    for (town, settlement) in model.towns.enumerated() {
      let exact = Double(whole.towns[town].population) / model.sample.expansion
      #expect(abs(Double(settlement.population) - exact) < 1)
      #expect(residents.count { Int($0.town) == town } == settlement.population)
      for (village, place) in model.villages.enumerated() where place.town == town {
        let people = residents.count { $0.village == UInt16(village) }
        #expect(abs(Double(people) - place.share * Double(settlement.population)) < 1)
      }
    }
  }

  @Test("the first doctor and the first two beds stay, and rounding loses and gains no bed")
  func capacity() throws {
    var places = [500, 300, 300, 71, 51, 44, 12].map { beds in
      Institution(
        name: "place-\(beds)", tier: .county, town: 0,
        position: Position(latitude: 30, longitude: 110), doctorsOnWeekdays: 20,
        doctorsAtWeekends: 10, acuteBeds: beds, recoveryBeds: 1, examRooms: 1)
    }
    places.append(
      Institution(
        name: "clinic", tier: .village, town: 0,
        position: Position(latitude: 30, longitude: 110), doctorsOnWeekdays: 1,
        doctorsAtWeekends: 1))
    let towns = [
      Town(name: "ford", population: 300_000, position: Position(latitude: 30, longitude: 110))
    ]
    for share in [0.5, 0.2, 0.1, 0.05] {
      let sample = PopulationSample(share: share, towns: towns, institutions: places)
      let beds = places.indices.map { sample.units(.acuteBed, at: $0, of: places[$0].acuteBeds) }
      let others = places.reduce(0.0) { $0 + share * Double(max(0, $1.acuteBeds - 2)) }
      #expect(beds.reduce(0, +) - 14 == Int(others.rounded()))
      for (place, number) in zip(places, beds) where place.acuteBeds > 0 {
        #expect(abs(Double(number) - 2 - share * Double(place.acuteBeds - 2)) < 1)
      }
      #expect(sample.units(.doctor, at: 7, of: 1) == 1)
      #expect(sample.units(.recoveryBed, at: 0, of: 1) == 1)
      #expect(sample.units(.recoveryBed, at: 0, of: 0) == 0)
    }
    #expect(PopulationSample.whole.units(.doctor, at: 0, of: 20) == 20)
  }

  @Test("counts are told of all residents: their expected value is that of everybody")
  func counts() throws {
    // A year of 10,000 people against half of them, 12 replications of each: finds visits that are off by
    // about 1.5 %, and admissions by 9 %.
    let crowd = [
      "towns[ford].population=5000", "towns[mill].population=3000", "towns[hill].population=2000",
    ]
    let whole = try TestRegion.read(crowd)
    let half = try TestRegion.read(crowd + ["run.sample=50 %"])
    for measure in ["needs", "visits-per-head", "out-of-pocket-per-head"] {
      let values = try (1...12).map { replication in
        try half.runWhole(replication: UInt32(replication)).value(measure)
          - whole.runWhole(replication: UInt32(20 + replication)).value(measure)
      }
      // Longer lines at small places move visits and money a little; needs are nobody's choice.
      if measure == "needs" { expectMean(of: values, equals: 0, "needs") }
      let mean = values.reduce(0, +) / 12
      #expect(abs(mean) < 0.06 * (try whole.runWhole().value(measure)), "\(measure): \(mean)")
    }
  }

  @Test("sums over residents are told of all, ratios and what institutions have as they are")
  func sums() throws {
    let run = try TestRegion.read(["run.sample=0.5"]).runWhole()
    let simulated = run.simulation.model.domain.tally.sites.suffix(run.model.institutions.count)
    let visits = simulated.reduce(Int64(0)) { $0 + $1.visits }
    #expect(try run.value("visits") == 2 * Double(visits))
    let months = try run.value("visits-per-head")
    #expect(abs(months - Double(visits) / 2000) < 1e-12)
    // Beds are those of the whole hospitals: 7 + 3 + 4 + 3 + 2 acute, 1 + 1 + 2 for recovery.
    let days = (run.window.end - (run.window.policyStart ?? run.window.warmUpEnd)).inDays
    #expect(abs(try run.value("bed-days-staffed") - 23 * days) < 1e-6 * days)
    let marked = RegionMeasures.catalogue.filter(\.isSumOverResidents).map(\.name)
    for name in ["visits", "out-of-pocket", "budget", "referrals-up", "transfers", "duty-days"] {
      #expect(marked.contains(name) == (name != "duty-days"), "\(name)")
    }
    for name in ["wait-minutes", "occupancy", "expert-days", "point-value", "bed-wait-days"] {
      #expect(!marked.contains(name), "\(name)")
    }
  }

  @Test("places a day have the share for their mean, on every weekday")
  func places() {
    let sample = PopulationSample(
      share: 0.05,
      towns: [
        Town(name: "ford", population: 100_000, position: Position(latitude: 30, longitude: 110))
      ], institutions: [])
    for whole in [1, 7, 27, 400] {
      let given = (0..<7000).map { sample.places(whole, on: $0, line: 3) }
      #expect(abs(Double(given.reduce(0, +)) - 350 * Double(whole)) < 10)
      let mondays = stride(from: 0, to: 7000, by: 7).reduce(0) { $0 + given[$1] }
      #expect(abs(Double(mondays) - 50 * Double(whole)) < 5)
    }
  }

  @Test("what is no share is refused", arguments: ["0", "-0.1", "1.5", "120 %", "half"])
  func refusals(_ value: String) throws {
    #expect(throws: (any Error).self) { try TestRegion.read(["run.sample=\(value)"]) }
  }
}
