// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The levers of staff, rooms, beds and institutions, in the hamlet.
@Suite struct CapacityLeverTests {
  static let policies = """
      posts: {lever: staff-posts, in-force: no, start: 2019-06-02,
        institutions: [county-hospital, ford-centre], posts-added: 0, turnover: 2 1/year,
        hiring-time: 60 d, pay-ratio-today: 0.6, pay-ratio: 0.6, turnover-response: 2,
        hiring-response: 1}
      training: {lever: training-leave, in-force: no, start: 2019-06-02,
        institutions: [ford-centre, mill-centre, hill-centre], doctors-per-year: 8, leave: 20 d,
        skill-on-return: 0.05}
      beds: {lever: beds, in-force: no, start: 2019-06-02, institutions: [county-hospital],
        acute-beds: 0, recovery-beds: 0}
      equipment: {lever: exam-equipment, in-force: no, start: 2019-06-02,
        institutions: [hill-centre], exam-rooms: 0, scope-gain: 0}
      standard: {lever: standardised-centres, in-force: no, start: 2019-06-02,
        institutions: [ford-centre, mill-centre, hill-centre], doctors: 0, exam-rooms: 0,
        acute-beds: 0, recovery-beds: 0, scope: 0, quality: 0}
      opened: {lever: new-institutions, in-force: no, start: 2019-06-02,
        institutions: [hill-clinic]}
      services: {lever: opened-services, in-force: no, start: 2019-06-02,
        institutions: [hill-centre], needs: [cold, other-admission], scope-gain: 0}
      centre: {lever: emergency-centre, in-force: no, start: 2019-06-02,
        institutions: [ford-centre, hill-centre], needs: [stroke, injury], scope-gain: 0,
        registration-left: 1}
      gate: {lever: gatekeeping, in-force: no, start: 2019-06-02, rule: strict, care: both,
        schemes: [resident, employee, none], observed-share: 0, rate-cut: 0,
        exempts-contracted: no}
      gate-but-ages: {lever: gatekeeping, in-force: no, start: 2019-06-02, rule: strict, care: both,
        schemes: [resident, employee, none], observed-share: 1, exempt-ages: [65+, 0-14]}

    """

  /// The hamlet with every lever of capacity, off, and a clinic that is planned.
  static func hamlet() throws -> RegionCopy {
    try RegionCopy(edits: [
      "policies.yaml": { $0 + policies },
      "institutions.csv": { text in
        var lines = text.split(separator: "\n").map(String.init)
        for row in lines.indices { lines[row] += row == 0 ? ",planned" : ",no" }
        lines.append("hill-clinic,community,hill,30.001,110.124,2,1,2,1,1,no,0,0,yes")
        return lines.joined(separator: "\n") + "\n"
      },
    ])
  }

  static func read(_ names: [String] = [], _ settings: [String] = []) throws -> TestRegion {
    let copy = try hamlet()
    // The folder lasts as long as the copy.
    return try withExtendedLifetime(copy) {
      try TestRegion.read(TestRegion.inForce(names) + settings, folder: copy.folder)
    }
  }

  static let levers = [
    "posts", "training", "beds", "equipment", "standard", "services", "centre", "gate",
  ]

  @Test("a planned institution that nobody opens changes no number")
  func planned() throws {
    let base = try TestRegion.read().runWhole()
    let run = try Self.read().runWhole()
    let own = Dictionary(
      uniqueKeysWithValues: run.allObservations.map {
        ([$0.measure, $0.dimension, $0.member], $0.value)
      })
    for row in base.allObservations {
      let value = try #require(own[[row.measure, row.dimension, row.member]])
      #expect(value == row.value, "\(row.measure) \(row.dimension) \(row.member)")
    }
    let clinic = run.site("hill-clinic")
    #expect(run.simulation.model.domain.tally.site(.after, clinic).visits == 0)
    for role in RegionVocabulary.Role.allCases {
      #expect(run.capacity(role, at: "hill-clinic") == 0)
    }
  }

  @Test("without strength every lever of capacity changes no number", arguments: levers)
  func idle(name: String) throws {
    let base = ScenarioTests.Outcome(try Self.read().runWhole())
    let settings = name == "training" ? ["policies.training.doctors-per-year=0"] : []
    #expect(ScenarioTests.Outcome(try Self.read([name], settings).runWhole()) == base)
  }

  /// Each lever with strength.
  static let strengths: [(name: String, settings: [String])] = [
    ("posts", ["policies.posts.posts-added=2", "policies.posts.pay-ratio=0.9"]),
    ("training", []), ("beds", ["policies.beds.acute-beds=-3"]),
    ("equipment", ["policies.equipment.exam-rooms=1"]),
    ("standard", ["policies.standard.doctors=3", "policies.standard.scope=0.8"]),
    ("opened", []), ("services", ["policies.services.scope-gain=0.2"]),
    ("centre", ["policies.centre.scope-gain=0.3", "policies.centre.registration-left=0"]),
    ("gate", ["policies.gate.observed-share=0.5"]),
    (
      "gate",
      [
        "policies.gate.observed-share=0.5", "policies.gate.rule=penalty",
        "policies.gate.rate-cut=0.5",
      ]
    ),
  ]

  @Test(
    "a copy at the policy's start goes on as the scenario run whole, bit by bit, and all is conserved",
    arguments: strengths.indices)
  func copies(number: Int) throws {
    let (name, settings) = Self.strengths[number]
    let base = try Self.read([], settings)
    let scenario = try Self.read([name], settings)
    let whole = ScenarioTests.Outcome(scenario.runWhole())
    let run = base.begin()
    run.advance(until: midnight(TestRegion.policyDay))
    #expect(
      run.checksum
        == {
          let other = scenario.begin()
          other.advance(until: midnight(TestRegion.policyDay))
          return other.checksum
        }())
    let copy = run.copy(under: scenario.model)
    copy.advance(until: scenario.window.end)
    #expect(ScenarioTests.Outcome(copy) == whole)
    run.advance(until: base.window.end)
    #expect(ScenarioTests.Outcome(run).checksum != whole.checksum)
  }

  @Test(
    "every lever at once, in variants: all is conserved, and cut in two it is the same run",
    arguments: 1...6)
  func together(number: Int) throws {
    var draw = RandomStream(
      RandomRoot(seed: 77, replication: 1), Purpose("together"), owner: UInt64(number))
    func whole(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(draw.below(UInt32(range.count)))
    }
    func share() -> Double { (1000 * draw.uniform()).rounded() / 1000 }
    var settings = [
      "policies.posts.posts-added=\(whole(0...3))", "policies.posts.hiring-time=\(whole(1...90)) d",
      "policies.posts.pay-ratio=\(0.2 + share())", "policies.posts.turnover=\(5 * share()) 1/year",
      "policies.training.doctors-per-year=\(whole(0...30))",
      "policies.training.leave=\(whole(1...60)) d", "policies.beds.acute-beds=\(whole(-9...6))",
      "policies.beds.recovery-beds=\(whole(-2...3))",
      "policies.beds.institutions=[county-hospital, mill-centre]",
      "policies.equipment.exam-rooms=\(whole(0...2))", "policies.standard.doctors=\(whole(0...4))",
      "policies.standard.acute-beds=\(whole(0...6))", "policies.standard.scope=\(share())",
      "policies.services.scope-gain=\(share())", "policies.centre.scope-gain=\(share())",
      "policies.centre.registration-left=\(share())", "policies.gate.observed-share=\(share())",
      "policies.step-down.offer-at-base=0.9", "listed-share=1",
      "policies.experts.members=[ford-centre, mill-centre, hill-clinic]",
    ]
    if draw.below(2) > 0 {
      settings += ["policies.gate.rule=penalty", "policies.gate.rate-cut=0.5"]
    }
    let all = Self.levers + ["opened"] + TestRegion.policies
    let region = try Self.read(all, settings)
    let run = region.begin(seed: UInt64(number))
    for end in [midnight(TestRegion.policyDay + 20), region.window.end] {
      run.advance(until: end)
      run.checkConservation()
    }
    #expect(run.counted(\.visits) > 500)
    #expect(
      ScenarioTests.Outcome(run) == ScenarioTests.Outcome(region.runWhole(seed: UInt64(number))))
  }

  // MARK: - Beds, rooms, standards

  @Test("from the first day on beds and rooms are as many as stated, and one at least is kept")
  func amounts() throws {
    let settings = [
      "policies.beds.acute-beds=-3", "policies.beds.recovery-beds=2",
      "policies.equipment.exam-rooms=2", "policies.standard.doctors=2",
      "policies.standard.acute-beds=4", "policies.standard.recovery-beds=1",
    ]
    let run = try Self.read(["beds", "equipment", "standard"], settings).begin()
    run.advance(until: midnight(TestRegion.policyDay))
    #expect(run.capacity(.acuteBed, at: "county-hospital") == 7)
    #expect(run.capacity(.examRoom, at: "hill-centre") == 0)
    run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    #expect(run.capacity(.acuteBed, at: "county-hospital") == 4)
    #expect(run.capacity(.recoveryBed, at: "county-hospital") == 2)
    #expect(run.capacity(.examRoom, at: "hill-centre") == 2)
    // Ford has 2 doctors and 4 beds, mill 2 and 3, hill 1 and 2.
    for (centre, recovery) in [("ford-centre", 1), ("mill-centre", 1), ("hill-centre", 2)] {
      #expect(run.capacity(.acuteBed, at: centre) == 4)
      #expect(run.capacity(.recoveryBed, at: centre) == recovery)
    }
    // A Sunday; on Monday the second doctor of the hill is there.
    run.advance(until: midnight(TestRegion.policyDay + 1) + .hours(1))
    #expect(run.capacity(.doctor, at: "hill-centre") == 2)
    #expect(run.capacity(.doctor, at: "ford-centre") == 2)
    run.checkConservation()

    let bare = try Self.read(["beds"], ["policies.beds.acute-beds=-50"]).begin()
    bare.advance(until: midnight(120))
    #expect(bare.capacity(.acuteBed, at: "county-hospital") == 1)
    bare.checkConservation()
  }

  @Test("exams are done where there were none, by those who needed one before")
  func equipment() throws {
    let settings = ["policies.equipment.exam-rooms=3"]
    let base = try Self.read([], settings).runWhole()
    let run = try Self.read(["equipment"], settings).runWhole()
    let hill = run.site("hill-centre")
    func cell(_ run: RegionRun) -> FlowCell { run.simulation.model.domain.tally.site(.after, hill) }
    #expect(cell(base).exams == 0)
    // A quarter of outpatients is examined (exam_probability); refills are not.
    let exams = Int(cell(run).exams)
    #expect(exams > 30 && exams < Int(cell(run).visits))
    #expect(run.statistics(.examRoom, at: "hill-centre").grants == exams)
  }

  @Test("a service widens the scope for its needs alone, a standard for all, up to the standard")
  func scopes() throws {
    let settings = ["policies.services.scope-gain=0.2", "policies.standard.scope=0.75"]
    func scopes(_ names: [String]) throws -> [Double] {
      let run = try Self.read(names, settings).begin()
      run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
      return ["hill-centre", "ford-centre"].flatMap { centre in
        (0..<2).map { need in
          run.simulation.model.domain.scope(
            of: run.site(centre),
            for: Visit(
              resident: 0, need: UInt16(need), careClass: .outpatient, severity: 0.5,
              isEmergency: false, owner: 0, episode: 0))
        }
      }
    }
    func expect(_ scopes: [Double], _ expected: [Double]) {
      for (one, other) in zip(scopes, expected) { #expect(abs(one - other) < 1e-12) }
    }
    // The needs are cold and other-outpatient.
    expect(try scopes([]), [0.68, 0.68, 0.68, 0.68])
    expect(try scopes(["services"]), [0.88, 0.68, 0.68, 0.68])
    expect(try scopes(["standard"]), [0.75, 0.75, 0.75, 0.75])
    expect(try scopes(["services", "standard"]), [0.95, 0.75, 0.75, 0.75])
  }

  // MARK: - New institutions

  @Test("an institution that opens stands in the choice beside the usual ones, where it is near")
  func opening() throws {
    let region = try Self.read(["opened"])
    let run = region.begin()
    func sets(_ run: RegionRun) -> [[String]] {
      region.model.villages.indices.map { village in
        let resident = run.simulation.model.domain.population.residents.indices.first {
          Int(run.simulation.model.domain.population.residents[$0].village) == village
        }!
        run.simulation.model.domain.weighOffers(
          for: Visit(
            resident: resident, need: 0, careClass: .outpatient, severity: 0.3, isEmergency: false,
            owner: 0, episode: 0))
        return run.simulation.model.domain.choiceAtHand.offers.map {
          region.model.institutions[Int($0.institution)].name
        }
      }
    }
    run.advance(until: midnight(TestRegion.policyDay))
    let before = sets(run)
    #expect(before.allSatisfy { !$0.contains("hill-clinic") })
    run.advance(until: midnight(TestRegion.policyDay + 1) + .hours(1))
    let after = sets(run)
    var near = 0
    for (village, (before, after)) in zip(before, after).enumerated() {
      #expect(after.filter { $0 != "hill-clinic" } == before)
      // Near: of two of the four centres that are open the clinic is one.
      let minutes = ["ford-centre", "mill-centre", "hill-centre", "hill-clinic"].map {
        region.model.travelMinutes(village: UInt16(village), to: run.site($0))
      }
      let isNear = minutes[..<3].count { $0 <= minutes[3] } < 2
      #expect(after.contains("hill-clinic") == isNear)
      near += isNear ? 1 : 0
    }
    #expect(near >= 2 && near < region.model.villages.count)
    #expect(run.capacity(.doctor, at: "hill-clinic") == 2)
    #expect(run.capacity(.acuteBed, at: "hill-clinic") == 2)
    run.advance(until: region.window.end)
    run.checkConservation()
    #expect(run.simulation.model.domain.tally.site(.after, run.site("hill-clinic")).visits > 100)
  }

  @Test("opening an institution draws visits from no tier but by its nest: the logit by hand")
  func openingShares() throws {
    // By hand: nests of tiers, λ = 0.4, each with the offers' utilities as they are weighed.
    let run = try Self.read(["opened"]).begin()
    run.advance(until: midnight(TestRegion.policyDay + 1) + .hours(1))
    let hill = run.simulation.model.domain.population.residents.indices.first {
      run.simulation.model.domain.population.residents[$0].town == 2
    }!
    run.simulation.model.domain.weighOffers(
      for: Visit(
        resident: hill, need: 0, careClass: .outpatient, severity: 0.3, isEmergency: false,
        owner: 0, episode: 0))
    let choice = run.simulation.model.domain.choiceAtHand
    let money = run.model.choice.moneyOutpatient * choice.moneyWeight(run.model.choice)
    var nests: [Tier: Double] = [:]
    func utility(_ offer: Offer) -> Double { offer.utility + money * offer.outOfPocket }
    for offer in choice.offers { nests[offer.tier, default: 0] += exp(utility(offer) / 0.4) }
    let total = nests.values.reduce(0) { $0 + pow($1, 0.4) }
    let place = choice.offers.firstIndex { Int($0.institution) == run.site("hill-clinic") }!
    let offer = choice.offers[place]
    let sum = nests[offer.tier]!
    let share = pow(sum, 0.4) / total * exp(utility(offer) / 0.4) / sum
    #expect(abs(choice.share(place) - share) < 1e-12)
  }
}
