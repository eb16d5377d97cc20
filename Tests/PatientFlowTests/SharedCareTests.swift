// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The hamlet with levers of chronic care, exams and telemedicine, and single questions to it.
struct SharedCare {
  static let names = ["contract", "clinic", "supply", "recognition", "centre", "telemedicine"]

  static let policies = """
      contract:
        lever: family-doctor-contract
        in-force: no
        start: 2019-06-02
        members: [ford-centre, mill-centre, hill-centre]
        ages: [45-64, 65+]
        target: 0.8
        signing-time: 20 d
        minutes-mild: 2 min
        minutes-moderate: 4 min
        minutes-severe: 6 min
        control-moderate: 0.5
        control-severe: 0.3
        team-lead: county-hospital
        team-minutes: 12 min
        team-minutes-per-day: 60 min
        team-gain: 0.4
      clinic:
        lever: two-disease-clinic
        in-force: no
        start: 2019-06-02
        members: [ford-centre, mill-centre]
        conditions: [hypertension, diabetes]
        days-per-week: 3
        patients-per-day: 4
        minutes-mild: 1 min
        minutes-moderate: 3 min
        minutes-severe: 5 min
        control-moderate: 0.4
        control-severe: 0.2
      supply:
        lever: drug-supply
        in-force: no
        start: 2019-06-02
        members: [ford-centre, hill-top]
        reference: county
        gap-closed: 0.5
      recognition:
        lever: exam-recognition
        in-force: no
        start: 2019-06-02
        institutions: [county-hospital, county-annex, ford-centre, mill-centre]
        tiers: [township, county]
        levels: all
        without-platform: 0.5
      centre:
        lever: shared-exam-centre
        in-force: no
        start: 2019-06-02
        kind: imaging
        lead: county-hospital
        members: [ford-centre, mill-centre]
        share: 0.6
        without-platform: 1
        taking-share: 0.5
        collection: 0 h
        transport: 5 min
        readers: 1
        reading: 12 min
        reading-variation: 0.5
        hours-per-day: 8 h
        from-clinic: 0.5
        scope-gain: 0.1
      telemedicine:
        lever: telemedicine
        in-force: no
        start: 2019-06-02
        lead: county-hospital
        members: [ford-centre, mill-centre, hill-centre]
        minutes-per-day: 120 min
        consult: 15 min
        consult-variation: 0.5
        request-share: 0.9
        gap-limit: 0.2
        without-platform: 1
        limit: 48 h
        scope-gain: 0.1
        fee: 50 CNY
        fund-pays: 20 CNY
        schemes: [resident, employee]
      platform:
        lever: information-platform
        in-force: no
        start: 2019-06-02
        institutions: [county-hospital, county-annex, ford-centre, mill-centre]
        coverage: 0.8
        built-after: 0 d

    """

  static func folder() throws -> RegionCopy {
    try RegionCopy(edits: ["policies.yaml": { $0 + policies }])
  }

  static func region(_ settings: [String] = [], _ inForce: [String] = names) throws -> TestRegion {
    let copy = try folder()
    return try withExtendedLifetime(copy) {
      try TestRegion.read(TestRegion.inForce(inForce) + settings, folder: copy.folder)
    }
  }

  static func fromStart(_ names: [String]) -> [String] {
    names.map { "policies.\($0).start=2019-03-04" }
  }

  /// One patient at one place, of whom single questions of the pathway are asked.
  struct Desk: ~Copyable {
    let run: RegionRun
    var domain: RegionDomain
    var calendar: RegionDomain.Calendar
    let entity: EntityIndex

    init(_ run: RegionRun, at site: String) {
      self.run = run
      entity = run.simulation.model.flow.enter(
        run.model.visitPathway, site: UInt16(run.site(site)), owner: 1, episode: 1, at: run.now)
      domain = run.simulation.model.domain
      calendar = run.simulation.calendar.copy()
      let visit = SharedCare.visit(0)
      let index = Int(entity.rawValue)
      if index == domain.visits.count { domain.visits.append(visit) }
    }

    var visit: Visit {
      get { domain.visits[Int(entity.rawValue)] }
      set { domain.visits[Int(entity.rawValue)] = newValue }
    }

    mutating func decide(_ decision: RegionVocabulary.Decision) -> Int {
      domain.decide(decision.rawValue, entity, &run.simulation.model.flow, &calendar)
    }

    mutating func last(_ rule: RegionVocabulary.Rule, at now: SimulationTime) -> TimeSpan {
      domain.duration(rule.rawValue, entity, &run.simulation.model.flow, now)
    }
  }

  static func visit(
    _ number: Int, severity: Double = 0.3, _ careClass: CareClass = .outpatient,
    need: UInt16 = 1, resident: Int = 0
  ) -> Visit {
    var visit = Visit(
      resident: resident, need: careClass == .refill ? Visit.refill : need, careClass: careClass,
      severity: severity, isEmergency: false, owner: 77, episode: UInt64(number))
    visit.travelMinutes = 10
    return visit
  }
}

@Suite struct SharedCareTests {
  static let off: [(name: String, settings: [String])] = [
    (
      "contract",
      ["target=0.1", "minutes-mild=0 min", "minutes-moderate=0 min", "minutes-severe=0 min"]
    ),
    ("clinic", ["days-per-week=0"]), ("clinic", ["patients-per-day=0"]),
    ("supply", ["gap-closed=0"]), ("recognition", ["without-platform=0"]),
    ("recognition", ["tiers=[village]"]), ("centre", ["share=0"]),
    ("centre", ["without-platform=0", "from-clinic=0"]),
    ("telemedicine", ["minutes-per-day=0 min"]),
  ]

  @Test("at zero strength not one number changes", arguments: off.indices)
  func zero(number: Int) throws {
    let (name, settings) = Self.off[number]
    let changes = settings.map { "policies.\(name).\($0)" }
    let base = try SharedCare.region([], []).runWhole()
    let run = try SharedCare.region(changes, [name]).runWhole()
    #expect(ScenarioTests.Outcome(run) == ScenarioTests.Outcome(base))
  }

  @Test("each changes something, keeps every patient, and copies at its start to the bit")
  func effect() throws {
    let base = try SharedCare.region([], [])
    let whole = base.runWhole()
    for names in SharedCare.names.map({ [$0] }) + [SharedCare.names + ["platform"]] {
      let region = try SharedCare.region([], names)
      let outcome = ScenarioTests.Outcome(region.runWhole())
      #expect(outcome.checksum != whole.checksum, "\(names)")
      let run = base.begin()
      run.advance(until: midnight(TestRegion.policyDay))
      let copy = run.copy(under: region.model)
      copy.advance(until: region.window.end)
      #expect(ScenarioTests.Outcome(copy) == outcome, "\(names)")
    }
  }

  @Test("Lanshan's own policies of these kinds can be in force together")
  func lanshan() throws {
    let names = [
      "family-doctor-contract", "two-disease-clinic", "drug-supply", "exam-recognition",
      "laboratory-centre", "imaging-centre", "ecg-centre", "telemedicine", "information-platform",
    ]
    let region = try TestRegion.read(
      TestRegion.inForce(names), folder: TestRegion.folder("lanshan"))
    #expect(region.model.policies.count == names.count)
  }
}
