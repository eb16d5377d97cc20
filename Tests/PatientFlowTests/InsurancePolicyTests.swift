// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The levers of insurance in the hamlet: what they do to the bills people expect, at zero strength,
/// and all at once.
@Suite struct InsurancePolicyTests {
  /// The hamlet with one more policy, in force from the policy day on.
  static func hamlet(_ policies: [String], settings: [String] = []) throws -> TestRegion {
    var text = ""
    for (place, policy) in policies.enumerated() {
      text += "  extra-\(place):\n    in-force: yes\n    start: 2019-06-02\n"
      for line in policy.split(separator: "\n") { text += "    \(line)\n" }
    }
    let copy = try RegionCopy(edits: ["policies.yaml": { $0 + text }])
    let region = try TestRegion.read(settings, folder: copy.folder)
    return withExtendedLifetime(copy) { region }
  }

  static let schemes = "schemes: [resident, employee]\n"

  /// Settings that leave everything as it is in the hamlet's files.
  static let zeros = [
    "lever: benefit-terms\ncare: both\n" + schemes,
    "lever: outpatient-pooling\ntiers: [county, city]\n" + schemes,
    "lever: station-settlement\nsettles: yes\n" + schemes,
    "lever: chronic-drug-cover\nconditions: [hypertension, diabetes]\nrate: 0\n" + schemes,
    "lever: catalogue-breach\ncatalogue: township\ntiers: [county, city]\nlisted-share: 1\n"
      + schemes,
    "lever: major-illness-cover\nbands: [{above: 0 CNY, rate: 0}]\n" + schemes,
    "lever: out-of-area-rules\npenalty: 0.05\n" + schemes,
    "lever: deductible-rule\nrule: recharged\n" + schemes,
    """
    lever: tiered-rates
    care: both
    referred: no
    village: 0
    township: 0
    community: 0
    county: 0
    city: 0
    outside: 0

    """ + schemes,
  ]

  @Test("at zero strength a lever changes not one number")
  func zeroStrength() throws {
    let base = try TestRegion.read().runWhole()
    let observations = base.allObservations
    for policy in Self.zeros {
      let run = try Self.hamlet([policy]).runWhole()
      #expect(run.checksum == base.checksum, "\(policy)")
      #expect(run.allObservations == observations, "\(policy)")
    }
  }

  /// Levers with where they act, and whether a patient there expects to pay less.
  static let directions: [(policy: String, tiers: Set<Tier>, isCheaper: Bool)] = [
    (
      "lever: benefit-terms\ncare: both\ntiers: [county]\nrate: 0.95\ndeductible: 0 CNY\n"
        + "eligible-share: 1\nceiling: 200000 CNY\n" + schemes, [.county], true
    ),
    (
      "lever: benefit-terms\ncare: both\ntiers: [county]\nrate: 0\n" + schemes, [.county], false
    ),
    (
      "lever: outpatient-pooling\ntiers: [city]\nrate: 0.5\n" + schemes, [.city], true
    ),
    (
      "lever: station-settlement\nsettles: no\ntiers: [village]\n" + schemes, [.village], false
    ),
    (
      "lever: chronic-drug-cover\nconditions: [hypertension]\nrate: 0.9\nmonthly-cap: 50 CNY\n"
        + "ceiling: 500 CNY\ntiers: [county, township]\n" + schemes, [.county, .township], true
    ),
    (
      "lever: catalogue-breach\ncatalogue: township\ntiers: [county, city]\nlisted-share: 0.5\n"
        + "rate-cut: 0.6\npenalty: 0.3\n" + schemes, [.county, .city], false
    ),
    (
      "lever: major-illness-cover\nbands: [{above: 500 CNY, rate: 0.5}]\n" + schemes,
      Set(Tier.allCases), true
    ),
    (
      "lever: out-of-area-rules\npenalty: 0.3\n" + schemes, [.outside], false
    ),
  ]

  @Test("a patient expects to pay less, or more, where a lever acts, and the same elsewhere")
  func direction() throws {
    for (policy, tiers, isCheaper) in Self.directions {
      let run = try Self.hamlet([policy]).begin()
      run.advance(until: midnight(TestRegion.policyDay))
      let before = run.simulation.model.domain
      run.advance(until: midnight(TestRegion.policyDay) + TimeSpan(microseconds: 1))
      let after = run.simulation.model.domain
      var draw = NestedLogitTests.stream("expected")
      var moved = 0
      for _ in 0..<3000 {
        let person = Int(draw.below(UInt32(run.model.residentCount)))
        let careClass = CareClass(rawValue: UInt8(draw.below(3)))!
        let visit = Visit(
          resident: person, need: careClass == .refill ? Visit.refill : 0, careClass: careClass,
          severity: careClass == .refill ? 0 : draw.uniform(), isEmergency: false,
          owner: UInt64(person), episode: UInt64(draw.below(1000)))
        // Equal accounts: what was settled at the instant itself is none of the lever's business.
        let resident = before.population.residents[person]
        for site in run.model.institutions.indices {
          let one = before.expectedPayment(at: site, for: visit, of: resident)
          let other = after.expectedPayment(at: site, for: visit, of: resident)
          let change = other.outOfPocket - one.outOfPocket
          let isThere = tiers.contains(run.model.institutions[site].tier)
          #expect(isThere ? (isCheaper ? change <= 0 : change >= 0) : change == 0, "\(policy)")
          if change != 0 { moved += 1 }
        }
      }
      #expect(moved > 100, "\(policy)")
    }
  }

  @Test("with all of them in force every fen is paid and received, and each cover pays something")
  func allAtOnce() throws {
    let policies =
      Self.directions.map(\.policy) + [
        "lever: chronic-drug-cover\nconditions: [hypertension, diabetes]\nrate: 0.5\n"
          + "monthly-cap: 30 CNY\npharmacies: yes\nschemes: [resident]\n",
        "lever: deductible-rule\nrule: continuous\ndirection: both\ninside-group: yes\n"
          + "schemes: [resident]\n",
      ]
    let run = try Self.hamlet(policies, settings: TestRegion.inForce(TestRegion.policies))
      .runWhole()
    #expect(try run.value("drug-cover-spend") > 0)
    #expect(try run.value("major-illness-spend") > 0)
    #expect(try run.value("breach-penalties") > 0)
    #expect(run.simulation.model.domain.ledger.isBalanced)
    let ledger = run.simulation.model.domain.ledger
    #expect(run.counted(\.drugCoverPaid) > 0)
    #expect(run.counted(\.penalties) == ledger.penaltyTotal.fen)
  }

  @Test("places that cannot settle by the institutions' own table take no fund's money")
  func designation() throws {
    let copy = try RegionCopy(edits: [
      "institutions.csv": { text in
        text.split(separator: "\n").enumerated().map { place, line in
          line + (place == 0 ? ",settles" : line.hasPrefix("ford-centre") ? ",no" : ",")
        }.joined(separator: "\n") + "\n"
      }
    ])
    let run = try TestRegion.read(folder: copy.folder).runWhole()
    let ledger = run.simulation.model.domain.ledger
    let ford = run.site("ford-centre")
    for kind in CareKind.allCases {
      #expect(ledger.receipts(institution: ford, kind: kind).fromFund == .zero)
    }
    #expect(ledger.receipts(institution: ford, kind: .outpatient).billed > .zero)
    let mill = run.site("mill-centre")
    #expect(ledger.receipts(institution: mill, kind: .outpatient).fromFund > .zero)
  }

  @Test("optional columns of the benefits: later deductible and share in the catalogue, by hand")
  func columns() throws {
    let copy = try RegionCopy(edits: [
      "benefits.csv": { text in
        text.split(separator: "\n").enumerated().map { place, line in
          line
            + (place == 0
              ? ",later_deductible_yuan,eligible_share"
              : line.hasPrefix("resident-inpatient-county,") ? ",250,0.8" : ",,")
        }.joined(separator: "\n") + "\n"
      }
    ])
    let plan = try TestRegion.read(folder: copy.folder).model.plan
    var account = InsuranceAccount(year: 2019)
    func stay() -> Settlement {
      plan.settle(
        Money(yuan: 5000), scheme: 0, kind: .inpatient, tier: Tier.county.rawValue,
        referred: false, account: &account, year: 2019)
    }
    // 0.75 × (0.8 × 5000 − 500), and with 250 the second time.
    #expect(stay().fund == Money(fen: 262_500))
    #expect(stay().fund == Money(fen: 281_250))
  }

  @Test("charges moved out of the catalogue are the patient's")
  func costShift() throws {
    let region = try TestRegion.read()
    let run = region.begin()
    for site in region.model.institutions.indices {
      run.simulation.model.domain.intensities[site].visitShift = 0.2
      run.simulation.model.domain.intensities[site].stayShift = 0.2
    }
    run.advance(until: region.window.end)
    run.checkConservation()
    let base = region.runWhole()
    let shifted = run.simulation.model.domain.ledger
    let plain = base.simulation.model.domain.ledger
    #expect(
      Double(shifted.fundTotal.fen) / Double(shifted.billedTotal.fen)
        < 0.9 * Double(plain.fundTotal.fen) / Double(plain.billedTotal.fen))
  }
}
