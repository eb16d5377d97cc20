// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import PatientFlow
import SimulationKernel
import Testing

/// What of the pathway language the visit of a region may say.
@Suite struct RegionLanguageTests {
  private static let consult = "    - delay: first-consult\n"

  /// The hamlet with steps before the first consult, where the patient has the doctor, and sections.
  private func region(
    before steps: String = "", atTheDoor: String = "", sections: String = ""
  ) throws -> TestRegion {
    let copy = try RegionCopy(edits: [
      "pathways.yaml": { text in
        let seize = "    - seize: doctor\n" + Self.consult
        return text.replacing(seize, by: atTheDoor + "    - seize: doctor\n" + steps + Self.consult)
          + sections + "evidence: assumed\nrange-factor: [0.5, 2]\n"
      }
    ])
    return try TestRegion.read(folder: copy.folder)
  }

  private func asked(_ run: RegionRun) -> Int64 {
    let flow = run.simulation.model.flow.program
    var sum: Int64 = 0
    for (place, resource) in flow.resources.enumerated() where resource.name.hasSuffix("/doctor") {
      sum += Int64(
        run.simulation.model.flow.resources.statistics(
          ResourceIndex(rawValue: UInt32(place)), at: run.now
        ).requests)
    }
    return sum
  }

  private func held(_ run: RegionRun) -> Int {
    var sum = 0
    let program = run.simulation.model.flow.program
    for (place, resource) in program.resources.enumerated() where resource.name.hasSuffix("/doctor")
    {
      sum += run.simulation.model.flow.resources.held(ResourceIndex(rawValue: UInt32(place)))
    }
    return sum
  }

  @Test("nobody sees a doctor before the hour that all wait for")
  func waitForHour() throws {
    let wait = "    - wait: {until: \"10:00\"}\n"
    let run = try region(atTheDoor: wait).begin()
    run.advance(until: .zero + .hours(9) + .minutes(59))
    #expect(held(run) == 0)
    run.advance(until: .zero + .hours(10) + .minutes(2))
    #expect(held(run) > 0)
    run.advance(until: midnight(20))
    run.checkConservation()
    let plain = try region().begin()
    plain.advance(until: .zero + .hours(9) + .minutes(59))
    #expect(held(plain) > 0)
  }

  @Test("a branch by class or condition takes some past the doctor, and nobody gets lost")
  func choose() throws {
    func asked(_ steps: String) throws -> Int64 {
      let run = try region(atTheDoor: steps).begin()
      run.advance(until: midnight(30))
      run.checkConservation()
      #expect(run.fault == nil)
      return self.asked(run)
    }
    let all = try asked("")
    let some = try asked("    - branch: {by: class, refill: conclusion, otherwise: next}\n")
    let same = try asked(
      "    - branch: [{if: class == refill, to: conclusion}, {otherwise: next}]\n")
    #expect(some < all && some == same)
  }

  @Test("attributes are drawn, assigned and reckoned with; the weekday is the calendar's")
  func expressions() throws {
    let steps = """
          - assign: {tries: tries + 1, late: hour >= 12}
          - {name: reckon, delay: 1 min * tries - 2 min * (weekday == 2)}

      """
    let sections = "attributes: {tries: 0, late: 0, size: {exponential: 5 min}}\n"
    let run = try region(before: steps, sections: sections).begin()
    // The hamlet's time begins on a Monday: on Tuesday the length comes out below zero.
    run.advance(until: midnight(1))
    #expect(run.fault == nil)
    run.advance(until: midnight(2))
    let fault = try #require(run.fault)
    #expect(fault.step == "reckon" && fault.time >= midnight(1))
    #expect(fault.problem.contains("-1.0 time units"))
  }

  @Test("a computed draw lengthens the consult, and a repetition ends")
  func computed() throws {
    let steps = """
          - {name: talk, delay: {exponential: 1 min * (1 + size)}}
          - repeat: {from: talk, at-most: 2, share: 50 %}

      """
    let sections = "attributes: {size: {uniform: {low: 0, high: 2}}}\n"
    let run = try region(before: steps, sections: sections).begin()
    run.advance(until: midnight(30))
    run.checkConservation()
    #expect(run.fault == nil)
  }

  @Test(
    "steps that a region does not have are refused in one line",
    arguments: [
      ("- spawn: {pathway: visit}", "starts or joins others"), ("- join: all", "starts or joins"),
      ("- seize: {any: [exam-room, doctor], as: one}", "asks for several resources"),
      ("- assign: {class: refill}", "changes the class"),
      ("- wait: {opening-of: doctor}", "waits for an opening"),
      ("- return: {pathway: visit, after: 3 d}", "starts or joins others"),
    ])
  func refused(step: String, words: String) throws {
    let after = step.contains("as: one") ? "    - release: one\n" : ""
    do {
      _ = try region(atTheDoor: "    \(step)\n\(after)")
      Issue.record("\(step) was taken")
    } catch let faults as ModelFaults {
      let lines = faults.list.map(\.description)
      #expect(lines.count == 1 && lines[0].contains(words), "\(lines)")
      #expect(lines[0].contains("pathways.yaml:"))
    }
  }
}
