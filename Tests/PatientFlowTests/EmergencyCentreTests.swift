// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Where ambulances go, and how long it takes.
@Suite struct EmergencyCentreTests {
  static let settings = ["policies.centre.scope-gain=0.32", "policies.centre.registration-left=0"]

  @Test("ambulances of listed needs stop at a centre that can treat the case")
  func ambulances() throws {
    let region = try CapacityLeverTests.read(["centre"], Self.settings)
    let run = region.begin()
    var stroke: [Tier: Int] = [:]
    var before: [Tier: Int] = [:]
    for (key, contact) in JourneyTests.contacts(run, until: region.window.end) {
      let visit = contact.visit
      guard key.contact == 0, visit.flags.contains(.isEmergency), visit.severity > 0.68 else {
        continue
      }
      let tier = region.model.institutions[contact.site].tier
      if visit.arrives < midnight(TestRegion.policyDay) {
        before[tier, default: 0] += 1
      } else if visit.arrives > midnight(TestRegion.policyDay) + .hours(12) {
        stroke[tier, default: 0] += 1
      }
    }
    // A centre's scope is 1 for both emergencies of the hamlet: who is beyond a township's 0.68 need
    // not go to the county any more, unless that is nearer.
    #expect(before[.township] == nil && before[.county]! > 20)
    #expect(stroke[.township]! > 10)
  }

  @Test("the time to treatment is the way, registration and wait that each emergency had")
  func times() throws {
    let region = try TestRegion.read()
    let run = region.begin()
    // Looked at each minute: who has just begun to be seen.
    run.advance(until: midnight(TestRegion.policyDay))
    var seen = Set<Contact.Key>()
    for contact in run.present where contact.visit.flags.contains(.hasBegunConsult) {
      seen.insert(contact.key)
    }
    var minutes = 0.0
    var count = 0
    let end = midnight(TestRegion.policyDay + 25)
    while run.now < end {
      run.advance(until: run.now + .minutes(1))
      for contact in run.present
      where contact.visit.flags.contains([.hasBegunConsult, .isEmergency]) {
        guard contact.visit.contact == 0, seen.insert(contact.key).inserted else { continue }
        let onset = contact.visit.arrives - .minutes(Double(contact.visit.travelMinutes))
        minutes += (run.now - onset).inMinutes - 0.5
        count += 1
      }
    }
    #expect(count > 15)
    #expect(try run.value("emergencies") == Double(count))
    // Half a minute is what looking once a minute leaves open.
    #expect(abs(try run.value("time-to-treatment") - minutes / Double(count)) <= 0.5)
  }

  @Test("a centre without registration is quicker by it, and each need has its own mean")
  func registration() throws {
    let idle = ["policies.centre.scope-gain=0", "policies.centre.registration-left=1"]
    // Doctors enough that nobody waits, so registration alone is left.
    let plenty = ["ford-centre", "hill-centre", "mill-centre", "county-hospital"].flatMap {
      [
        "institutions[\($0)].clinic_doctors_weekday=40",
        "institutions[\($0)].clinic_doctors_weekend=40",
      ]
    }
    let all = [
      "policies.centre.institutions="
        + "[ford-centre, hill-centre, mill-centre, county-hospital, county-annex]"
    ]
    let base = try CapacityLeverTests.read(["centre"], idle + plenty + all).runWhole()
    let run = try CapacityLeverTests.read(
      ["centre"], ["policies.centre.registration-left=0"] + plenty + all
    ).runWhole()
    let saved = try base.value("time-to-treatment") - run.value("time-to-treatment")
    // Registration is 3 minutes at township centres and 6 at county hospitals.
    #expect(saved > 2.9 && saved < 6.1)
    let needs = try ["injury", "stroke"].map {
      (try run.value("emergencies", "need", $0), try run.value("time-to-treatment", "need", $0))
    }
    let count = needs[0].0 + needs[1].0
    let sum = needs[0].0 * needs[0].1 + needs[1].0 * needs[1].1
    #expect(try run.value("emergencies") == count)
    #expect(abs(try run.value("time-to-treatment") - sum / count) < 1e-9)
  }
}
