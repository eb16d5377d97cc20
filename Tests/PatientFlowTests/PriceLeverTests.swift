// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import SimulationKernel
import Testing

/// The levers that change prices: every amount by hand, to the fen.
@Suite struct PriceLeverTests {
  /// A region on the day after its policies have begun.
  static func domain(_ settings: [String]) throws -> RegionDomain {
    let run = try TestRegion.read(settings).begin()
    run.advance(until: midnight(TestRegion.policyDay) + .hours(1))
    return run.simulation.model.domain
  }

  /// The same person in another scheme and age group, with an unused account.
  static func resident(_ domain: RegionDomain, scheme: UInt8, age: UInt8) -> Resident {
    var resident = domain.population.residents[0]
    resident.scheme = scheme
    resident.ageGroup = age
    resident.account = InsuranceAccount(year: 2019)
    return resident
  }

  static func payment(
    _ domain: RegionDomain, _ site: String, scheme: UInt8 = 2, age: UInt8 = 1,
    _ careClass: CareClass = .outpatient
  ) -> Double {
    let number = (try? TestRegion.read().begin().site(site)) ?? 0
    return domain.moneyTerm(
      at: number, resident(domain, scheme: scheme, age: age), careClass)
  }

  @Test("bills expected without a scheme are those of the price list, before and after, to the fen")
  func expectedBills() throws {
    // County: 140.00 a visit, 58.80 of it drugs, and 0.45 exams of 140 each, 63.00.
    let base = try Self.domain([])
    #expect(Self.payment(base, "county-hospital") == 203.00)
    // Without mark-up drugs are 58.80 / 1.15 = 51.13; half of the loss of 7.67 is a fee of 3.84.
    let markUp = try Self.domain(TestRegion.inForce(["mark-up"]))
    #expect(abs(Self.payment(markUp, "county-hospital") - (203 - 7.67 + 3.84)) < 1e-9)
    #expect(Self.payment(markUp, "city-hospital") == Self.payment(base, "city-hospital"))
    // A stay has 5.8 × 820 + 4 × 410 = 6,396.00, of it drugs 1,918.80, then 1,668.52; no fee.
    #expect(Self.payment(base, "county-hospital", .admission) == 6396)
    #expect(
      abs(Self.payment(markUp, "county-hospital", .admission) - (6396 - 1918.80 + 1668.52)) < 1e-9)
    // Village: 45.00, drugs 29.25, by 0.15 less 24.86; township: 62.00, drugs 34.10, then 28.99
    // (28.985 half up), and exams of 10.00.
    let volume = try Self.domain(TestRegion.inForce(["volume"]))
    #expect(abs(Self.payment(volume, "ford-east") - (45 - 29.25 + 24.86)) < 1e-9)
    #expect(abs(Self.payment(volume, "ford-centre") - (72 - 34.10 + 28.99)) < 1e-9)
    #expect(Self.payment(volume, "county-hospital") == 203)
    // Exams of 63.00 at 0.8: 50.40; of a stay 1,151.28: 921.02.
    let exams = try Self.domain(TestRegion.inForce(["exams"]))
    #expect(abs(Self.payment(exams, "county-hospital") - 190.40) < 1e-9)
    #expect(
      abs(Self.payment(exams, "county-hospital", .admission) - (6396 - 1151.28 + 921.02)) < 1e-9)
    // All at once, to the fen: 140 − 58.80 + 51.13 + 50.40, and the fee on top.
    let all = try Self.domain(TestRegion.inForce(["mark-up", "volume", "exams"]))
    #expect(abs(Self.payment(all, "county-hospital") - (81.20 + 51.13 + 50.40 + 3.84)) < 1e-9)
  }

  @Test("a flat fee is paid by the insured less the fund's part, by the old not at all")
  func serviceFee() throws {
    let base = try Self.domain([])
    let fee = try Self.domain(TestRegion.inForce(["fee"]))
    func dearer(_ scheme: UInt8, _ age: UInt8, _ careClass: CareClass = .outpatient) -> Double {
      Self.payment(fee, "county-hospital", scheme: scheme, age: age, careClass)
        - Self.payment(base, "county-hospital", scheme: scheme, age: age, careClass)
    }
    for scheme in [0, 1] as [UInt8] {
      #expect(abs(dearer(scheme, 1) - 10) < 1e-9)
      #expect(abs(dearer(scheme, 3)) < 1e-9)
    }
    #expect(abs(dearer(2, 1) - 30) < 1e-9)
    #expect(abs(dearer(2, 3) - 30) < 1e-9)
    #expect(dearer(0, 1, .admission) == 0)
  }

  @Test("what a fee brings is the fee times the visits, and is shared as the rule says")
  func feeRevenue() throws {
    // Money weighs nothing and no ceiling binds a fee: the same people go to the same places.
    let still = ["money-outpatient=0 1/CNY", "policies.fee.start=2019-03-04"]
    let free = ["policies.fee.fund-pays=80 CNY", "policies.fee.schemes=[resident, employee, none]"]
    let base = try TestRegion.read(still).runWhole()
    for (settings, isPaidByFund) in [([], false), (free, true)] {
      let run = try TestRegion.read(still + TestRegion.inForce(["fee"]) + settings).runWhole()
      let site = run.site("county-hospital")
      let now = run.simulation.model.domain.ledger.receipts(institution: site, kind: .outpatient)
      let then = base.simulation.model.domain.ledger.receipts(institution: site, kind: .outpatient)
      #expect(now.settlements == then.settlements && now.settlements > 200)
      #expect(now.billed - then.billed == Money(fen: 3000 * now.settlements))
      if isPaidByFund { #expect(now.fromPatients == then.fromPatients) }
      let village = run.site("ford-east")
      #expect(
        run.simulation.model.domain.ledger.receipts(institution: village, kind: .outpatient)
          == base.simulation.model.domain.ledger.receipts(institution: village, kind: .outpatient))
    }
  }

  /// Levers at zero strength.
  static let idle: [(policy: String, settings: [String])] = [
    (
      "fee",
      ["fee", "fund-pays", "associate-chief-fee", "associate-chief-fund-pays", "chief-fee"].map {
        "policies.fee.\($0)=0 CNY"
      }
    ),
    ("mark-up", ["policies.mark-up.mark-up=0"]),
    ("volume", ["policies.volume.price-cut=0"]),
    ("volume", ["policies.volume.covered-share=0"]),
    ("exams", ["policies.exams.factor=1"]),
    ("long-prescription", ["policies.long-prescription.uptake=0"]),
    ("long-prescription", ["policies.long-prescription.days=30 d"]),
    ("parity", ["policies.parity.gap-closed=0"]),
    ("pharmacies", ["policies.pharmacies.rate=0"]),
    ("pharmacies", []),
    ("treat-first", ["policies.treat-first.time-saved=0"]),
  ]

  @Test("a lever at zero strength changes no number", arguments: idle.indices)
  func zero(number: Int) throws {
    let (policy, settings) = Self.idle[number]
    let base = try TestRegion.read(settings).runWhole()
    let scenario = try TestRegion.read(settings + TestRegion.inForce([policy])).runWhole()
    #expect(ScenarioTests.Outcome(scenario) == ScenarioTests.Outcome(base))
  }

  @Test(
    "every lever changes something from its start on, and copied there it runs as whole",
    arguments: [
      "fee", "mark-up", "volume", "exams", "long-prescription", "parity", "treat-first",
    ])
  func effect(policy: String) throws {
    let base = try TestRegion.read()
    let region = try TestRegion.read(TestRegion.inForce([policy]))
    let whole = region.runWhole()
    #expect(ScenarioTests.Outcome(whole) != ScenarioTests.Outcome(base.runWhole()))
    let trunk = base.begin()
    trunk.advance(until: midnight(TestRegion.policyDay))
    let copy = trunk.copy(under: region.model)
    copy.advance(until: region.window.end)
    #expect(ScenarioTests.Outcome(copy) == ScenarioTests.Outcome(whole))
  }

  @Test("registration takes as much less time as is saved")
  func registration() throws {
    // Nobody waits for a doctor: the wait is registration alone, 6 minutes and then 3.
    let settings = [
      "policies.treat-first.start=2019-03-04",
      "institutions[county-hospital].clinic_doctors_weekday=500",
      "institutions[county-hospital].clinic_doctors_weekend=500",
      "institutions[county-annex].clinic_doctors_weekday=500",
      "institutions[county-annex].clinic_doctors_weekend=500",
    ]
    let base = try TestRegion.read(settings).runWhole()
    let saved = try TestRegion.read(settings + TestRegion.inForce(["treat-first"])).runWhole()
    #expect(try abs(base.value("wait-minutes", "tier", "county") - 6) < 1e-6)
    #expect(try abs(saved.value("wait-minutes", "tier", "county") - 3) < 1e-6)
  }
}
