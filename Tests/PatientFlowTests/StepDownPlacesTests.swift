// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The places that patients are moved to: what they charge, where they are, and their beds.
extension StepDownTests {
  /// The hamlet with a nursing home and care at home beside the lead, of the township's tier.
  static func withHomes() throws -> RegionCopy {
    try RegionCopy(edits: [
      "institutions.csv": { text in
        let lines = text.split(separator: "\n")
        return lines.enumerated().map { $1 + ($0 == 0 ? ",role" : ",general") }
          .joined(separator: "\n")
          + "\nnursing-home,township,ford,30.002,110.001,0,0,0,6,0,no,0,0,nursing"
          + "\nhome-team,township,ford,30.002,110.001,0,0,0,8,0,no,0,0,home-care\n"
      }
    ])
  }

  static let toHomes =
    "policies.step-down.members=[ford-centre, mill-centre, hill-centre, nursing-home, home-team]"

  @Test("what a patient weighs is what either place charges, and what insurance pays there")
  func chargedCost() throws {
    // As in costByHand: staying 533, moving 376.80 when 880 are charged below.
    func cost(_ settings: [String], to below: String = "ford-centre") throws -> Double {
      let homes = try Self.withHomes()
      let run = try TestRegion.read(
        [Self.toHomes] + TestRegion.inForce(["step-down"]) + settings, folder: homes.folder
      ).begin()
      run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
      let domain = run.simulation.model.domain
      let row = try #require(
        domain.population.residents.indices.first {
          let resident = domain.population.residents[$0]
          return resident.scheme == 0 && resident.account.admissions == 0
        })
      var resident = domain.population.residents[row]
      resident.account = InsuranceAccount(year: 2019)
      var visit = Visit(
        resident: row, need: 4, careClass: .admission, severity: 0.8, isEmergency: false, owner: 1,
        episode: 1)
      (visit.acuteDays, visit.recoveryDays) = (5.8, 4)
      return domain.extraCost(
        of: visit, resident, from: run.site("county-hospital"), to: run.site(below))
    }
    #expect(abs(try cost([]) - (376.80 - 533)) < 0.02)
    // A nursing home at half the township's bill: 440, eligible 396, less 200: 196, of which the fund
    // pays 0.85: 166.60, the patient 273.40.
    let half = ["policies.step-down.nursing-bill=0.5"]
    #expect(abs(try cost(half, to: "nursing-home") - (273.40 - 533)) < 0.02)
    #expect(abs(try cost(half) - (376.80 - 533)) < 0.02)
    // Drugs at the county 15 % dearer, of which half is made good by service fees: 0.3 of 1,640 cost
    // 1.15 times, the rest 1,148 · (1 − 0.5 · 0.15 · 492/1148)... only the sign is certain.
    #expect(try cost(TestRegion.inForce(["mark-up"])) != cost([]))
    // Where nothing is settled the whole bill is the patient's: 880.
    let homes = try Self.withHomes()
    let run = try TestRegion.read(
      [Self.toHomes] + TestRegion.inForce(["step-down"]), folder: homes.folder
    ).begin()
    run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    let below = run.site("ford-centre")
    run.simulation.model.domain.policies.siteCovers[below].unsettled = 1
    let domain = run.simulation.model.domain
    var resident = domain.population.residents[0]
    (resident.scheme, resident.account) = (0, InsuranceAccount(year: 2019))
    var visit = Visit(
      resident: 0, need: 4, careClass: .admission, severity: 0.8, isEmergency: false, owner: 1,
      episode: 1)
    (visit.acuteDays, visit.recoveryDays) = (5.8, 4)
    let unsettled = domain.extraCost(
      of: visit, resident, from: run.site("county-hospital"), to: below)
    #expect(abs(unsettled - (880 - 533)) < 0.02)
  }

  @Test("with more kinds of places nobody's acceptance falls; at home nobody travels")
  func places() throws {
    let homes = try Self.withHomes()
    func region(_ settings: [String]) throws -> RegionRun {
      let run = try TestRegion.read(
        TestRegion.inForce(["step-down"]) + settings, folder: homes.folder
      ).begin()
      run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
      return run
    }
    let few = try region([])
    let many = try region([Self.toHomes, "policies.step-down.nursing-bill=0.8"])
    let policies = (
      few.simulation.model.domain.policies.stepDowns[0],
      many.simulation.model.domain.policies.stepDowns[0]
    )
    #expect(policies.1.kindsOfPlaces == [.general, .nursing, .homeCare])
    #expect(policies.0.referenceHoursSaved == policies.1.referenceHoursSaved)
    let lead = few.site("county-hospital")
    var chosen = Set<Int>()
    for row in stride(from: 0, to: 4000, by: 7) {
      var visit = Visit(
        resident: row, need: 4, careClass: .admission, severity: 0.8, isEmergency: false, owner: 1,
        episode: UInt64(row))
      (visit.acuteDays, visit.recoveryDays) = (5, 2 + Float(row % 5))
      let one = try #require(
        few.simulation.model.domain.placeBelow(policies.0, visit, from: lead))
      let other = try #require(
        many.simulation.model.domain.placeBelow(policies.1, visit, from: lead))
      #expect(other.utility >= one.utility)
      chosen.insert(other.site)
    }
    #expect(chosen.contains(many.site("nursing-home")) && chosen.contains(many.site("home-team")))
    // They take nobody who was not sent.
    let whole = try TestRegion.read(
      [
        Self.toHomes, "listed-share=1", "policies.step-down.offer-at-base=0.9",
        "policies.step-down.nursing-bill=0.8",
      ] + TestRegion.inForce(["step-down"]), folder: homes.folder
    ).runWhole()
    let cells = ["nursing-home", "home-team"].map {
      whole.simulation.model.domain.tally.site(.after, whole.site($0))
    }
    #expect(cells.allSatisfy { $0.visits == 0 && $0.admissions == 0 })
    #expect(cells.reduce(0) { $0 + $1.stepDowns } > 0)
  }

  @Test("only listed needs are moved where needs are listed")
  func diseases() throws {
    let homes = try RegionCopy(edits: [
      "policies.yaml": {
        $0.replacing(
          "    saving-share: 0.2\n", by: "    saving-share: 0.2\n    diseases: [stroke]\n")
      }
    ])
    let run = try TestRegion.read(Self.rush, folder: homes.folder).begin()
    var moved = Set<UInt16>()
    for day in 0..<170 {
      run.advance(until: midnight(day + 1))
      for contact in run.present where contact.visit.flags.contains(.isSteppedDown) {
        moved.insert(contact.visit.need)
      }
    }
    #expect(moved == [3])
  }

  @Test("blocked bed-days are what patients waited for beds below, to the microsecond")
  func blockedDays() throws {
    let region = try TestRegion.read(Self.rush)
    let run = region.runWhole()
    let below = ["ford-centre"].reduce(Int128(0)) {
      $0 + run.statistics(.recoveryBed, at: $1).waitingIntegral
    }
    let lead = run.site("county-hospital")
    let blocked = [Period.before, .after].reduce(Int64(0)) {
      $0 + run.simulation.model.domain.tally.site($1, lead).blocked
    }
    #expect(below > 0 && Int128(blocked) == below)
    // However often one looks.
    let looked = region.begin()
    for hour in 1...24 * 180 { looked.advance(until: .zero + .hours(Double(hour))) }
    #expect(ScenarioTests.Outcome(looked) == ScenarioTests.Outcome(run))
    // Kept to the month, too.
    let months = Set(region.model.demand.runningMonthOfDay).map { month in
      Tier.allCases.reduce(Int64(0)) {
        $0 + run.simulation.model.domain.tally.month(Int(month), tier: $1).blocked
      }
    }
    #expect(months.reduce(0, +) == run.counted(\.blocked) && months.count { $0 > 0 } > 1)
  }
}
