// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Testing

/// What a check says of policies that a scenario puts in force, and what measures make of them.
@Suite struct PolicyCheckTests {
  /// Checks an experiment on the hamlet with every lever of capacity.
  private func check(
    _ scenarios: String, policies: String = ""
  ) throws -> (faults: [String], warnings: [String]) {
    let copy = try CapacityLeverTests.hamlet()
    let text = try String(contentsOfFile: copy.folder + "/policies.yaml", encoding: .utf8)
    try (text + policies).write(
      toFile: copy.folder + "/policies.yaml", atomically: true, encoding: .utf8)
    let file = copy.folder + "/experiment.yaml"
    try ("model: .\nscenarios:\n" + scenarios).write(
      toFile: file, atomically: true, encoding: .utf8)
    let check = withExtendedLifetime(copy) { ModelCheck(path: file) }
    func lines(_ list: [ModelFault]) -> [String] {
      list.map { $0.description.replacingOccurrences(of: copy.folder + "/", with: "") }
    }
    return (lines(check.faults?.list ?? []), lines(check.warnings))
  }

  @Test("what policies do to each other is told of the scenario, at its line, once for each")
  func scenarios() throws {
    let (faults, warnings) = try check(
      """
        - name: base
        - {name: late, set: {policies.beds.in-force: yes, policies.beds.start: 2021-01-01}}
        - name: planned
          set:
            policies.experts.members: "[hill-clinic]"
            policies.experts.in-force: yes
        - name: opened
          set:
            policies.experts.members: "[hill-clinic]"
            policies.experts.in-force: yes
            policies.opened.in-force: yes

      """)
    #expect(faults == [])
    #expect(
      warnings.filter { $0.hasPrefix("experiment.yaml") } == [
        "experiment.yaml:4: policies.beds.in-force: starts on 2021-01-01, and the run ends with "
          + "2019-07-01; it never acts in scenario late",
        "experiment.yaml:8: policies.experts.in-force: names hill-clinic, which is planned and not "
          + "open; no policy of new-institutions in force opens it in scenario planned",
      ])
  }

  @Test("an overlap of agreements names the scenario, and a scenario is not compared with itself")
  func overlap() throws {
    let (faults, _) = try check(
      """
        - name: base
        - {name: itself, against: itself}
        - name: both
          set: {policies.posts.in-force: yes, policies.posts-too.in-force: yes}

      """,
      policies: """
          posts-too: {lever: staff-posts, in-force: no, start: 2019-06-02,
            institutions: [ford-centre], posts-added: 0, turnover: 2 1/year, hiring-time: 60 d,
            pay-ratio-today: 0.6, pay-ratio: 0.6, turnover-response: 2, hiring-response: 1}

        """)
    #expect(
      faults == [
        "experiment.yaml:4: scenarios.itself.against: names the scenario itself; name another, or "
          + "leave it out",
        "experiment.yaml:6: policies.posts-too.in-force: shares ford-centre with posts, and both are "
          + "in force in scenario both; keep each institution in one policy of staff-posts",
      ])
  }

  @Test("an expert's day takes one doctor's day from the lead, and gives back what the way leaves")
  func doctorDays() throws {
    let settings = ["policies.experts.sessions-per-day=2"]
    let base = try TestRegion.read(settings).runWhole()
    let run = try TestRegion.read(TestRegion.inForce(["experts"]) + settings).runWhole()
    func change(_ site: String) throws -> Double {
      try run.value("doctor-days", "institution", site)
        - base.value("doctor-days", "institution", site)
    }
    let held = try run.value("expert-days")
    #expect(held > 20)
    #expect(abs(try change("county-hospital") + held) < 1e-6)
    // ford-centre lies at the lead's door: nearly nothing of the day is lost on the way.
    let received = try ["ford-centre", "mill-centre", "hill-centre"].map(change).reduce(0, +)
    #expect(received > 0.5 * held && received < held)
    let hours = try run.value("expert-hours-taken")
    let profile = run.model.tiers[run.model.institutions[run.site("county-hospital")].tier]
    #expect(abs(hours - held * (profile.closesHour - profile.opensHour)) < 1e-6)
  }

  @Test(
    "skill as a whole is the mean over those sent to and those that train; planned ones join nothing"
  )
  func skillAndMembers() throws {
    let run = try CapacityLeverTests.read(["training"]).runWhole()
    let centres = ["ford-centre", "mill-centre", "hill-centre"]
    let skills = try centres.map { try run.value("skill", "institution", $0) }
    #expect(skills.max()! > 0)
    #expect(abs(try run.value("skill") - skills.reduce(0, +) / 3) < 1e-12)
    #expect(try TestRegion.read().runWhole().value("skill") == 0)

    let copy = try CapacityLeverTests.hamlet()
    let text = try String(contentsOfFile: copy.folder + "/policies.yaml", encoding: .utf8)
    try
      (text + """
          community: {lever: alliance, in-force: yes, start: 2019-06-02, lead: county-hospital,
            members: [ford-centre, hill-clinic]}

        """).write(toFile: copy.folder + "/policies.yaml", atomically: true, encoding: .utf8)
    let closed = try TestRegion.read(folder: copy.folder).runWhole()
    let opened = try TestRegion.read(TestRegion.inForce(["opened"]), folder: copy.folder).runWhole()
    #expect(try closed.value("members-joined") == 1)
    #expect(try opened.value("members-joined") == 2)
  }

  @Test("of stays that could be moved some are offered it, and of these some accept")
  func eligible() throws {
    let run = try TestRegion.read(
      TestRegion.inForce(["step-down"]) + ["policies.step-down.offer-at-base=0.999"]
    ).runWhole()
    let eligible = run.needs(\.stepDownsEligible)
    #expect(eligible > 10)
    #expect(run.needs(\.stepDownsOffered) <= eligible)
    #expect(run.needs(\.stepDownsOffered) > eligible * 9 / 10)
    #expect(
      try run.value("step-downs-eligible") == Double(run.policyPeriod.stepDownsEligible))
    #expect(try TestRegion.read().runWhole().needs(\.stepDownsEligible) == 0)
  }
}
