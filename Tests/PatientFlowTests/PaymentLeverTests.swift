// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The payment levers in the hamlet, over the turn of a year.
@Suite struct PaymentLeverTests {
  /// The hamlet with every payment lever, from 1 October 2019, off; the run ends in March 2020.
  static func hamlet() throws -> RegionCopy {
    try RegionCopy(edits: [
      "policies.yaml": { $0 + policies },
      "model.yaml": { $0.replacing("length: 120 d", by: "length: 320 d") },
    ])
  }

  static let policies = """
      budget: {lever: global-budget, in-force: no, start: 2019-10-01, lead: county-hospital,
        members: [ford-centre, mill-centre, hill-centre, ford-east, mill-upper],
        schemes: [resident], fund-per-head: 700 CNY, reserve: 0.05, budget-share: 0.95, retained: 1,
        county-share: 0.6, township-share: 0.3, village-share: 0.1, pressure-limit: 0.3,
        shift-per-pressure: 0.3}
      per-diem: {lever: payment-rule, in-force: no, start: 2019-10-01, rule: per-diem,
        care: inpatient, tiers: [township, county], level: 1}
      per-case: {lever: payment-rule, in-force: no, start: 2019-10-01, rule: per-case, care: both,
        tiers: [township, county], level: 1}
      drg: {lever: payment-rule, in-force: no, start: 2019-10-01, rule: drg, care: inpatient,
        institutions: [county-hospital], level: 1, weight-mild: 0.8, weight-emergency: 1.2}
      own-fees: {lever: payment-rule, in-force: no, start: 2019-10-01, rule: fee-for-service,
        care: both, tiers: [village, township, county, city, outside], level: 1}
      dip: {lever: dip-points, in-force: no, start: 2019-10-01, tiers: [township, county],
        budget: 3000000 CNY, assumed-value: 50 CNY, reference-tier: [county], weight-mild: 0.9}
      assessment: {lever: performance-assessment, in-force: no, start: 2019-10-01,
        institutions: [county-hospital, ford-centre, mill-centre], withheld: 0.05, down-weight: 1,
        down-target: 30, up-weight: 1, up-target: 60, drug-weight: 1, drug-target: 0.35,
        first-grade: 0.9, second-grade: 0.75, third-grade: 0.6, first-share: 4, second-share: 3,
        third-share: 2, referral-response: 0.02 1/CNY}
      pay: {lever: pay-rule, in-force: no, start: 2019-10-01, tiers: [village, township, county],
        revenue-targets: no, tie: 1, apart-from-drugs-and-exams: yes}
    payment: {intensity-response: 0.3, stay-response: 0.3, admission-response: 0.3,
      cost-shift-response: 0.05, pay-tie: 1, drug-mark-up: 0.15, variable-cost-share: 0.6}

    """

  static func read(_ names: [String], _ settings: [String] = []) throws -> TestRegion {
    let copy = try hamlet()
    // The folder lasts as long as the copy.
    return try withExtendedLifetime(copy) {
      try TestRegion.read(TestRegion.inForce(names) + settings, folder: copy.folder)
    }
  }

  static let noResponse = [
    "payment.intensity-response=0", "payment.stay-response=0", "payment.admission-response=0",
    "payment.cost-shift-response=0",
  ]

  /// What a run shows, but for what institutions received.
  static func flow(_ run: RegionRun) -> [Observation] {
    run.checkConservation()
    let money = Set(
      RegionMeasures.catalogue.map(\.name).filter {
        ["revenue", "fund-to-institutions", "payment-gain", "point-value"].contains($0)
          || $0.hasPrefix("budget")
      })
    return run.allObservations.filter { !money.contains($0.measure) }
  }

  @Test("a responses' section and rules that stay change no number")
  func idle() throws {
    let base = ScenarioTests.Outcome(
      try TestRegion.read(["run.length=320 d"]).runWhole())
    #expect(ScenarioTests.Outcome(try Self.read([]).runWhole()) == base)
    let same = try Self.read(["own-fees"]).runWhole()
    #expect(same.allObservations == base.observations)
    // A tie as in the base.
    let tied = try Self.read(
      ["pay"],
      ["policies.pay.revenue-targets=yes", "policies.pay.apart-from-drugs-and-exams=no"]
    ).runWhole()
    #expect(ScenarioTests.Outcome(tied) == base)
    // Nothing withheld.
    let none = try Self.read(["assessment"], ["policies.assessment.withheld=0"]).runWhole()
    #expect(none.allObservations == base.observations)
  }

  @Test(
    "without a response a rule of payment moves money and nobody",
    arguments: ["per-diem", "per-case", "drg", "dip", "assessment"])
  func noResponse(name: String) throws {
    let settings = Self.noResponse + ["policies.assessment.referral-response=0 1/CNY"]
    let base = try Self.read([], settings).runWhole()
    let run = try Self.read([name], settings).runWhole()
    #expect(Self.flow(run) == Self.flow(base))
    #expect(try run.value("payment-gain") != 0)
  }

  @Test("a budget that is ample and a tie of nothing move nobody without a response")
  func ampleBudget() throws {
    let settings = Self.noResponse + ["policies.budget.fund-per-head=20000 CNY"]
    let base = try Self.read([], settings).runWhole()
    let run = try Self.read(["budget"], settings).runWhole()
    #expect(Self.flow(run) == Self.flow(base))
    #expect(try run.value("budget-surplus") > 0 && run.value("budget-deficit") == 0)
    let pay = try Self.read(["pay"], settings).runWhole()
    #expect(Self.flow(pay) == Self.flow(base))
  }

  @Test("a budget pays what the fund owed its enrollees, to the fen, and shares what is left")
  func budgetByLedger() throws {
    let region = try Self.read(["budget"])
    let run = region.begin()
    run.advance(until: midnight(211))
    let before = run.simulation.model.domain.ledger
    run.advance(until: midnight(303))
    let ended = run.simulation.model.domain.ledger
    run.advance(until: region.window.end)
    run.checkConservation()
    func fund(_ ledger: Ledger) -> Money {
      ledger.payments(scheme: 0, kind: .outpatient).fund
        + ledger.payments(scheme: 0, kind: .inpatient).fund
    }
    let account = run.budgetAccounts[0]
    let year = account.years[0]
    #expect(year.spent == fund(ended) - fund(before))
    // 1 October is day 211 of the run; 92 of 365 days are left.
    let heads = run.simulation.model.domain.population.residents.indices.reduce(0) {
      $0 + (run.simulation.model.domain.population.residents[$1].scheme == 0 ? 1 : 0)
    }
    #expect(year.days == 92 && year.heads == heads)
    #expect(year.fund == Money(yuan: 700 * Double(heads) * 92 / 365))
    #expect(year.budget == (year.fund - year.reserve).share(0.95))
    #expect(year.advanced == year.budget && year.months.count == 3 && year.isSettled)
    let left = year.budget - year.spent
    #expect(left == (left > .zero ? year.surplus : Money.zero - year.carriedOut))
    #expect(year.shares.reduce(.zero) { $0 + $1.amount } == year.surplus)
    let next = account.years[1]
    #expect(next.carriedIn == year.carriedOut && next.days == 366 && !next.isSettled)
    #expect(account.balance == account.advanced - account.paid - account.shared)
  }

  @Test("a scarce budget refuses elective admissions, moves costs on and carries a deficit")
  func scarceBudget() throws {
    let scarce = ["policies.budget.fund-per-head=150 CNY"]
    let run = try Self.read(["budget"], scarce + Self.noResponse).runWhole()
    let months = run.budgetAccounts[0].years.flatMap(\.months)
    #expect(months.contains { $0.pressure == 0.3 })
    #expect(months[0].pressure == 0)
    #expect(run.budgetAccounts[0].years[0].carriedOut > .zero)
    #expect(try run.value("refused-admissions") > 0 && run.value("cost-shifted") > 0)
    #expect(try run.value("delayed-admissions") <= run.value("refused-admissions"))
    #expect(
      months.reduce(0) { $0 + $1.refused } == run.counted(\.refused))
    // Without pressure and without shifting nothing of it happens.
    let still = try Self.read(
      ["budget"], scarce + Self.noResponse + ["policies.budget.pressure-limit=0"]
    ).runWhole()
    #expect(try still.value("refused-admissions") == 0 && still.value("cost-shifted") == 0)
    #expect(Self.flow(still) == Self.flow(try Self.read([], Self.noResponse).runWhole()))
  }

  @Test("refusals are drawn with the pressure")
  func refusals() throws {
    // Nobody but residents, a budget of nothing, and hence pressure at its limit from the second
    // month on. 1,000 elective cases: finds a probability off by 0.15.
    let region = try Self.read(
      ["budget"],
      Self.noResponse + [
        "policies.budget.fund-per-head=1 CNY", "policies.budget.shift-per-pressure=0",
        "run.length=500 d",
      ])
    var refused = 0
    var beds = 0
    for replication in 1...2 as ClosedRange<UInt32> {
      let run = region.begin(replication: replication)
      // 1 November.
      run.advance(until: midnight(242))
      let lead = run.site("county-hospital")
      func counts() -> (Int, Int) {
        let domain = run.simulation.model.domain
        return (
          Int(Period.allCases.reduce(0) { $0 + domain.tally.site($1, lead).refused }),
          Int(Period.allCases.reduce(0) { $0 + domain.tally.site($1, lead).admissions })
        )
      }
      let before = counts()
      run.advance(until: region.window.end)
      run.checkConservation()
      refused += counts().0 - before.0
      beds += counts().1 - before.1
    }
    // Emergencies, other schemes and those who gave up a bed blur it: between a tenth and 0.35.
    #expect(refused > 50)
    let share = Double(refused) / Double(refused + beds)
    #expect(share > 0.1 && share < 0.35, "\(share)")
  }

  @Test("stays under prices a case are paid at the price, to the fen")
  func perCase() throws {
    let region = try Self.read(
      ["per-case"], Self.noResponse + ["policies.per-case.care=inpatient"])
    let run = region.begin()
    run.advance(until: midnight(211))
    let lead = run.site("county-hospital")
    let before = run.simulation.model.domain.ledger.receipts(institution: lead, kind: .inpatient)
    let uninsured = run.simulation.model.domain.ledger
    run.advance(until: region.window.end)
    let domain = run.simulation.model.domain
    let after = domain.ledger.receipts(institution: lead, kind: .inpatient)
    // 5.8 days at 820 and 4 at 410 make 6,396 a stay. Of all stays the fund's side paid at most the
    // price less what patients paid; of those of the insured just that.
    let stays = after.settlements - before.settlements
    let price = Money(yuan: 6396)
    let received = domain.payments.received[lead]
    let visits =
      domain.ledger.receipts(institution: lead, kind: .outpatient).fromFund
      - uninsured.receipts(institution: lead, kind: .outpatient).fromFund
    let paidForStays = received - visits
    #expect(stays > 100 && paidForStays > .zero)
    #expect(
      paidForStays.fen <= price.fen * stays
        && paidForStays.fen > price.fen * stays * 80 / 100
          - (after.fromPatients - before.fromPatients).fen
    )
    run.checkConservation()
  }

  @Test("a pool of points pays the budget of the part of the year, to the fen")
  func points() throws {
    let region = try Self.read(["dip"], Self.noResponse)
    let run = region.begin()
    run.advance(until: midnight(211))
    let start = run.simulation.model.domain.ledger
    run.advance(until: midnight(303))
    let book = run.simulation.model.domain.payments
    let pool = book.pools[0]
    #expect(pool.budget == Money(yuan: 3_000_000).share(92.0 / 365))
    let (owed, value) = pool.settlement()
    #expect(owed.reduce(.zero, +) == pool.budget && value > 0)
    // By another way: budget and patients' payments over points. Patients of the pool are the
    // insured, whose payments the pool knows; the ledger has those of everybody.
    let points = pool.points.reduce(0, +)
    let patients = pool.patients.reduce(.zero, +)
    let ledger = run.simulation.model.domain.ledger
    let everybody = pool.institutions.reduce(Money.zero) {
      $0 + ledger.receipts(institution: $1, kind: .inpatient).fromPatients
        - start.receipts(institution: $1, kind: .inpatient).fromPatients
    }
    #expect(patients > .zero && patients < everybody)
    if owed.allSatisfy({ $0 > .zero }) {
      #expect(abs(value - (pool.budget + patients).inYuan / (Double(points) / 1000)) < 1e-9)
    }
    run.advance(until: midnight(303) + .hours(1))
    let settled = run.simulation.model.domain.payments
    #expect(settled.pools[0].pointValue == value)
    #expect(
      settled.fromFund - book.fromFund
        == owed.reduce(.zero, +) - pool.advanced.reduce(.zero, +))
    run.advance(until: region.window.end)
    run.checkConservation()
    #expect(try run.value("point-value") == value)
  }

  @Test("what is withheld is returned, awarded or goes back, at the year's end")
  func assessment() throws {
    let region = try Self.read(["assessment", "referral"])
    let run = region.begin()
    run.advance(until: midnight(303))
    let before = run.simulation.model.domain.payments
    #expect(before.withheld > .zero)
    let (paid, toFund) = before.assessments[0].settlement(yearShare: 92.0 / 365)
    run.advance(until: midnight(303) + .hours(1))
    let after = run.simulation.model.domain.payments
    #expect(after.backToFund == toFund)
    #expect(paid.reduce(toFund, +) == before.withheld)
    #expect(after.assessments[0].records.allSatisfy { $0.withheld <= before.withheld })
    run.advance(until: region.window.end)
    run.checkConservation()
  }

  @Test("what a registered referral is worth raises its odds")
  func registeredReferrals() throws {
    let names = ["assessment", "referral"]
    let settings =
      Self.noResponse + [
        "policies.referral.registered-share=0.3", "policies.assessment.up-target=3000",
      ]
    let base = try Self.read(
      names, settings + ["policies.assessment.referral-response=0 1/CNY"]
    ).runWhole()
    let run = try Self.read(
      names, settings + ["policies.assessment.referral-response=1 1/CNY"]
    ).runWhole()
    #expect(run.needs(\.registered) > base.needs(\.registered))
  }

  // MARK: - Conservation over random schedules

  static let names = [
    "budget", "per-diem", "per-case", "drg", "dip", "assessment", "pay", "referral", "step-down",
    "experts", "rates", "deductible",
  ]

  /// Random levers in force from random dates with random prices and budgets.
  static func schedule(_ number: Int) -> [String] {
    var draw = RandomStream(
      RandomRoot(seed: 4_321, replication: 1), Purpose("schedule"), owner: UInt64(number))
    var settings = [
      "listed-share=0.5", "policies.budget.fund-per-head=\(Int(draw.below(1200))) CNY",
      "policies.budget.retained=\((100 * draw.uniform()).rounded() / 100)",
      "policies.budget.pressure-limit=\((100 * draw.uniform()).rounded() / 100)",
      "policies.dip.budget=\(100_000 * Int(draw.below(60))) CNY",
      "policies.dip.assumed-value=\(Int(draw.below(90))) CNY",
      "policies.per-diem.level=\((300 * draw.uniform()).rounded() / 100)",
      "policies.per-case.level=\((300 * draw.uniform()).rounded() / 100)",
      "policies.drg.level=\((300 * draw.uniform()).rounded() / 100)",
      "policies.assessment.withheld=\((50 * draw.uniform()).rounded() / 100)",
      "payment.cost-shift-response=\((50 * draw.uniform()).rounded() / 100)",
      "payment.intensity-response=\((100 * draw.uniform()).rounded() / 100)",
    ]
    for name in names where draw.below(2) == 0 {
      settings.append("policies.\(name).in-force=yes")
      let month = 3 + draw.below(12)
      let (year, shown) = month > 12 ? (2020, month - 12) : (2019, month)
      let day = 1 + draw.below(4) * 9
      let date =
        month == 3
        ? "2019-03-04"
        : "\(year)-\(shown < 10 ? "0" : "")\(shown)-"
          + "\(day < 10 ? "0" : "")\(day)"
      settings.append("policies.\(name).start=\(date)")
    }
    return settings
  }

  @Test("every fen paid is received, by every party, in any schedule", arguments: 1...24)
  func schedules(number: Int) throws {
    let region = try Self.read([], Self.schedule(number))
    let run = region.begin(seed: UInt64(number))
    for end in [midnight(150), midnight(303), region.window.end] {
      run.advance(until: end)
      // Traps when anything is lost; here it is said in numbers.
      run.checkConservation()
      let domain = run.simulation.model.domain
      let book = domain.payments
      #expect(book.isBalanced)
      let received = book.received.reduce(Money.zero, +)
      let paid = book.accounts.reduce(book.fromFund) { $0 + $1.paid + $1.shared }
      #expect(paid == received + book.withheld + book.backToFund)
      #expect(
        run.counted(\.patientsPaid) + run.counted(\.fundPaid) + run.counted(\.fundGained)
          == domain.ledger.billedTotal.fen
          + (received - book.claimed.reduce(.zero, +)).fen)
      #expect(
        run.counted(\.drugsBilled) + run.counted(\.examsBilled) + run.counted(\.servicesBilled)
          == domain.ledger.billedTotal.fen)
      for account in book.accounts {
        #expect(
          account.balance
            == account.advanced - account.paid - account.shared - account.returned)
      }
    }
  }

  @Test("a copy at the policies' start goes on as the run made whole, with every payment lever")
  func copies() throws {
    let base = try Self.read([])
    let scenario = try Self.read(
      ["budget", "drg", "assessment", "pay", "step-down"],
      ["policies.step-down.start=2019-10-01"])
    let whole = ScenarioTests.Outcome(scenario.runWhole())
    let run = base.begin()
    run.advance(until: midnight(211))
    let other = run.copy(under: scenario.model)
    other.advance(until: scenario.window.end)
    #expect(ScenarioTests.Outcome(other) == whole)
  }

  @Test("where a day stands in its year")
  func dates() throws {
    let demand = try Self.read([]).model.demand
    // 4 March 2019, 1 October, 31 December, 1 January 2020.
    #expect(demand.date(of: 0) == .init(month: 3, daysLeft: 303, yearDays: 365))
    #expect(demand.date(of: 211) == .init(month: 10, daysLeft: 92, yearDays: 365))
    #expect(demand.date(of: 302) == .init(month: 12, daysLeft: 1, yearDays: 365))
    #expect(demand.date(of: 303) == .init(month: 1, daysLeft: 366, yearDays: 366))
  }
}
