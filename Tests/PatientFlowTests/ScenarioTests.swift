// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct ScenarioTests {
  /// A run's outcome, down to the last bit.
  struct Outcome: Equatable {
    var events: UInt64
    var checksum: UInt64
    var observations: [Observation]

    init(_ run: RegionRun) {
      run.checkConservation()
      events = run.eventCount
      checksum = run.checksum
      observations = run.allObservations
    }
  }

  @Test("two runs of one scenario in one process are equal, two replications differ")
  func repetition() throws {
    let region = try TestRegion.read(TestRegion.inForce(TestRegion.policies))
    let one = Outcome(region.runWhole())
    #expect(Outcome(region.runWhole()) == one)
    let again = try TestRegion.read(TestRegion.inForce(TestRegion.policies))
    #expect(Outcome(again.runWhole()) == one)
    let other = Outcome(region.runWhole(replication: 2))
    #expect(other.checksum != one.checksum)
    #expect(other.observations != one.observations)
    #expect(Outcome(region.runWhole(seed: 5)).checksum != one.checksum)
  }

  /// Policies switched on that change nothing.
  static let idle: [(name: String, settings: [String])] = [
    ("experts who never come", ["policies.experts.days-per-month=0"]),
    ("experts of whom none complies", ["policies.experts.compliance=0"]),
    (
      "a referral agreement without referrals",
      [
        "policies.referral.registered-share=0", "policies.referral.reserved-share=0",
        "policies.referral.exam-recognition=no", "policies.referral.hand-down-share=0",
      ]
    ),
    (
      "rates that stay",
      ["village", "township", "community", "county", "city", "outside"].map {
        "policies.rates.\($0)=0"
      }
    ),
    ("the deductible's own rule", ["policies.deductible.rule=recharged"]),
    ("step-downs of no disease", ["listed-share=0"]),
  ]

  static let policyOf = [
    "experts", "experts", "referral", "rates", "deductible", "step-down",
  ]

  @Test("a scenario that changes nothing changes no number", arguments: idle.indices)
  func idleScenario(number: Int) throws {
    let settings = Self.idle[number].settings
    let base = try TestRegion.read(settings).runWhole()
    let scenario = try TestRegion.read(
      settings + TestRegion.inForce([Self.policyOf[number]])
    ).runWhole()
    #expect(Outcome(scenario) == Outcome(base))
  }

  @Test("a deductible rule without step-downs changes no number")
  func deductibleAlone() throws {
    let base = try TestRegion.read().runWhole()
    let scenario = try TestRegion.read(TestRegion.inForce(["deductible"])).runWhole()
    #expect(Outcome(scenario) == Outcome(base))
  }

  @Test("every policy changes something", arguments: TestRegion.policies)
  func effect(policy: String) throws {
    // The rule of the deductible acts on step-downs alone.
    let others = policy == "deductible" ? ["step-down"] : []
    let settings = ["policies.step-down.offer-at-base=0.9", "listed-share=1"]
    let base = try TestRegion.read(settings + TestRegion.inForce(others)).runWhole()
    let scenario = try TestRegion.read(settings + TestRegion.inForce(others + [policy])).runWhole()
    #expect(Outcome(scenario).checksum != Outcome(base).checksum)
  }

  static let scenarios: [[String]] =
    [[]] + TestRegion.policies.map { [$0] } + [["experts", "referral", "step-down"]]
    + [TestRegion.policies]

  @Test(
    "a copy at the policy's start goes on as the scenario run whole, bit by bit",
    arguments: scenarios)
  func copies(policies: [String]) throws {
    let base = try TestRegion.read()
    let scenario = try TestRegion.read(TestRegion.inForce(policies))
    let whole = Outcome(scenario.runWhole())

    let run = base.begin()
    run.advance(until: midnight(TestRegion.policyDay))
    let copy = run.copy(under: scenario.model)
    copy.advance(until: scenario.window.end)
    #expect(Outcome(copy) == whole)
    // The copy has left the original alone.
    run.advance(until: base.window.end)
    #expect(Outcome(run) == Outcome(base.runWhole()))
  }

  @Test("a run cut at odd instants, and copied at each, is the run made at once")
  func slices() throws {
    let scenario = try TestRegion.read(TestRegion.inForce(TestRegion.policies))
    let base = try TestRegion.read()
    let whole = Outcome(scenario.runWhole())
    var draw = RandomStream(RandomRoot(seed: 7, replication: 1), Purpose("slices"), owner: 0)
    for _ in 0..<3 {
      var run = base.begin()
      var now = SimulationTime.zero
      while now < scenario.window.end {
        now = min(now + .hours(200 * draw.uniform()), scenario.window.end)
        let policyStart = midnight(TestRegion.policyDay)
        // Under the base until the policies begin, stopping there or not.
        if run.now < policyStart && now >= policyStart {
          run.advance(until: policyStart)
          run = run.copy(under: scenario.model)
        } else {
          run = run.copy(under: run.model)
        }
        run.advance(until: now)
      }
      #expect(Outcome(run) == whole)
    }
  }

  @Test("a scenario and its base are one until the policies begin")
  func sharedTime() throws {
    let base = try TestRegion.read().begin()
    let scenario = try TestRegion.read(TestRegion.inForce(TestRegion.policies)).begin()
    for day in stride(from: 9, through: TestRegion.policyDay, by: 9) {
      base.advance(until: midnight(day))
      scenario.advance(until: midnight(day))
      #expect(base.checksum == scenario.checksum)
      #expect(base.eventCount == scenario.eventCount)
    }
    base.advance(until: midnight(TestRegion.policyDay + 5))
    scenario.advance(until: midnight(TestRegion.policyDay + 5))
    #expect(base.checksum != scenario.checksum)
  }

  @Test("policies that begin at different times are copied into at each of them")
  func staggered() throws {
    let early = ["policies.experts.start=2019-05-13"] + TestRegion.inForce(["experts"])
    let late = ["policies.referral.start=2019-07-01"] + TestRegion.inForce(["referral"])
    let base = try TestRegion.read()
    let one = try TestRegion.read(early)
    let both = try TestRegion.read(early + late)
    var run = base.begin()
    run.advance(until: midnight(70))
    run = run.copy(under: one.model)
    run.advance(until: midnight(119))
    run = run.copy(under: both.model)
    run.advance(until: base.window.end)
    #expect(Outcome(run) == Outcome(both.runWhole()))
  }

  @Test("the order in which policies stand in the file does not matter where they do not meet")
  func order() throws {
    let settings = TestRegion.inForce(["experts", "rates"])
    let swapped = try RegionCopy(edits: [
      "policies.yaml": { text in
        let parts = text.split(separator: "  rates:\n", maxSplits: 1).map(String.init)
        let rest = parts[1].split(separator: "  deductible:\n", maxSplits: 1).map(String.init)
        let head = parts[0].split(separator: "policies:\n", maxSplits: 1).map(String.init)
        return head[0] + "policies:\n  rates:\n" + rest[0] + head[1] + "  deductible:\n" + rest[1]
      }
    ])
    let one = Outcome(try TestRegion.read(settings).runWhole())
    let other = Outcome(try TestRegion.read(settings, folder: swapped.folder).runWhole())
    #expect(one == other)
  }

  @Test("policies change neither what befalls people nor what they draw: common random numbers")
  func commonNumbers() throws {
    let runs = try [[], TestRegion.policies].map { policies in
      let region = try TestRegion.read(TestRegion.inForce(policies))
      let run = region.begin()
      let contacts = JourneyTests.contacts(run, until: region.window.end)
      return (run, contacts)
    }
    let (base, other) = (runs[0], runs[1])
    for period in Period.allCases {
      let one = base.0.simulation.model.domain.tally.needs[period.rawValue]
      let two = other.0.simulation.model.domain.tally.needs[period.rawValue]
      #expect(one.arisen == two.arisen)
    }
    var shared = 0
    var stays = 0
    for (key, contact) in base.1 {
      guard let same = other.1[key] else { continue }
      shared += 1
      #expect(contact.visit.resident == same.visit.resident)
      #expect(contact.visit.severity == same.visit.severity)
      #expect(contact.visit.careClass == same.visit.careClass)
      // Who is in a bed of the same tier stays as long.
      let tiers = [contact, same].map { base.0.model.institutions[$0.site].tier }
      guard tiers[0] == tiers[1], contact.visit.acuteDays > 0, same.visit.acuteDays > 0,
        !contact.visit.flags.contains(.isSteppedDown), !same.visit.flags.contains(.isSteppedDown)
      else { continue }
      stays += 1
      #expect(contact.visit.acuteDays == same.visit.acuteDays)
    }
    #expect(shared > 5000 && stays > 50)
  }
}
