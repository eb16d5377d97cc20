// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// What moves without policy: ages and incomes.
@Suite struct TrendTests {
  static let growth = [-0.05, 0.0, 0.1, 0.6]

  /// The hamlet with ages that move fast, and incomes that grow.
  static func moving(_ more: String = "") throws -> RegionCopy {
    try RegionCopy(edits: [
      "population.yaml": {
        $0 + "ageing: {0-14: -0.05 1/year, 15-44: 0 1/year, 45-64: 0.1 1/year, 65+: 0.6 1/year}\n"
          + more
      }
    ])
  }

  @Test("the rate of a need grows by the weights of the ages, by hand")
  func factor() {
    var trends = Trends()
    trends.ageGrowth = Self.growth
    // 0.5, 1, 2 and 4 by age; after two years weights of 0.9025, 1, 1.21 and 2.56.
    let shares = [0.2, 0.4, 0.3, 0.1]
    let rates = [0.5, 1, 2, 4]
    let before = 0.2 * 0.5 + 0.4 + 0.6 + 0.4
    let after = 0.1 * 0.9025 + 0.4 + 0.6 * 1.21 + 0.4 * 2.56
    // 1,461 days are four years.
    let four = 0.1 * 0.9025 * 0.9025 + 0.4 + 0.6 * 1.21 * 1.21 + 0.4 * 2.56 * 2.56
    #expect(abs(trends.needFactor(rates, shares: shares, day: 1461) - four / before) < 1e-12)
    #expect(trends.needFactor(rates, shares: shares, day: 0) == 1)
    #expect(four > after)
    trends.incomeGrowth = 0.05
    #expect(abs(trends.moneyFactor(day: 1461) - 1 / 1.21550625) < 1e-12)
  }

  @Test("onsets under ageing are Poisson with exactly that rate, day by day")
  func onsets() throws {
    let copy = try Self.moving()
    let region = try TestRegion.read(["run.length=1036 d"], folder: copy.folder)
    var (source, calendar) = try DemandTests.source("injury", in: region)
    source.ratePerDay = 140
    var counts = [Int](repeating: 0, count: calendar.dayCount)
    for onset in DemandTests.onsets(source, calendar) {
      counts[Int(onset.microseconds / 86_400_000_000)] += 1
    }
    var trends = Trends()
    trends.ageGrowth = Self.growth
    let need = try #require(region.model.needs.first { $0.name == "injury" })
    // Over 1,156 days and 190,000 onsets: finds days off by 4.5 %, root mean square; in 12 stretches
    // of 96 days means off by 2 %.
    let means = counts.indices.map {
      140
        * trends.needFactor(need.relativeRates, shares: region.model.population.ageShares, day: $0)
    }
    #expect(means.last! > 1.4 * means[0])
    expectPoissonCounts(counts, means: means)
    func stretches<Value: AdditiveArithmetic>(_ days: [Value]) -> [Value] {
      stride(from: 0, to: days.count, by: 96).map { days[$0..<min($0 + 96, days.count)] }
        .map { $0.reduce(.zero, +) }
    }
    expectPoissonCounts(stretches(counts), means: stretches(means))
  }

  @Test("who is befallen is as old as the day has it")
  func ages() throws {
    let copy = try Self.moving()
    let region = try TestRegion.read(folder: copy.folder)
    var domain = region.begin().simulation.model.domain
    let source = domain.sources[0]
    let shares = region.model.population.ageGroups.count
    for day in [0, 1461] {
      var counts = [Int](repeating: 0, count: shares)
      for onset in 0..<50_000 as Range<UInt64> {
        var draw = RandomStream(
          RandomRoot(seed: 1, replication: 1), Purpose("test"), owner: source.owner, episode: onset)
        let person = domain.drawAgedResident(0, town: Int(source.town), day: day, &draw)
        counts[Int(domain.population.residents[person].ageGroup)] += 1
      }
      let weights = (0..<shares).map { age in
        Double(domain.population.rows(town: Int(source.town), age: age).count)
          * region.model.needs[Int(source.need)].relativeRates[age]
          * pow(1 + Self.growth[age], Double(day) / 365.25)
      }
      // Finds ages off by 5 %, root mean square.
      expectCounts(counts, inProportionTo: weights)
    }
  }

  @Test("a control arm is not flat: older, needs are never fewer and on the whole more")
  func controlArm() throws {
    // Only weights that grow: each source's onsets come no later, so this holds run by run.
    let copy = try Self.moving()
    let young = try TestRegion.read()
    let old = try TestRegion.read(["ageing.0-14=0 1/year"], folder: copy.folder)
    let (before, after) = (young.runWhole(), old.runWhole())
    #expect(after.needs(\.arisen) > before.needs(\.arisen))
    // Growth that is stated and is 0 changes no number.
    let still = try TestRegion.read(
      ["0-14", "15-44", "45-64", "65+"].map { "ageing.\($0)=0 1/year" }, folder: copy.folder)
    #expect(ScenarioTests.Outcome(still.runWhole()) == ScenarioTests.Outcome(before))
  }

  @Test("as incomes grow money weighs less, so the same offers are worth more")
  func income() throws {
    let copy = try RegionCopy(edits: [
      "choice.yaml": { $0 + "income-growth: 0.5 1/year\n" }
    ])
    let visit = Visit(
      resident: 3, need: Visit.refill, careClass: .refill, severity: 0, isEmergency: false,
      owner: 1, episode: 1)
    func logsum(_ folder: String) throws -> Double {
      let run = try TestRegion.read(
        ["drift.visits=0 1/year"], folder: folder
      ).begin()
      run.advance(until: midnight(1) + .minutes(1))
      var domain = run.simulation.model.domain
      domain.weighOffers(for: visit)
      return domain.choiceAtHand.logsum
    }
    #expect(try logsum(copy.folder) > logsum(TestRegion.folder("hamlet")))
    let still = try TestRegion.read(["income-growth=0 1/year"], folder: copy.folder)
    #expect(
      ScenarioTests.Outcome(still.runWhole())
        == ScenarioTests.Outcome(try TestRegion.read().runWhole()))
  }

  @Test("income groups have their shares, and what they do sums to the whole")
  func incomeGroups() throws {
    let copy = try Self.moving(
      "income-groups:\n  low: {share: 0.4, money-weight: 1.6}\n"
        + "  high: {share: 0.6, money-weight: 0.6}\n")
    let region = try TestRegion.read(folder: copy.folder)
    let run = region.runWhole()
    let residents = run.simulation.model.domain.population.residents
    expectBinomial(
      residents.indices.count { residents[$0].incomeGroup == 0 }, of: residents.count,
      probability: 0.4)
    let visits = try ["low", "high"].map { try run.value("income-visits", "income", $0) }
    #expect(try visits.reduce(0, +) == run.value("visits"))
    let paid = try ["low", "high"].map { try run.value("income-out-of-pocket", "income", $0) }
    #expect(try abs(paid.reduce(0, +) - run.value("out-of-pocket")) < 0.006)
    // Weights of 1 tell them apart and change nothing but the rows.
    let even = try TestRegion.read(
      ["income-groups.low.money-weight=1", "income-groups.high.money-weight=1"]
        + ["0-14", "15-44", "45-64", "65+"].map { "ageing.\($0)=0 1/year" }, folder: copy.folder
    ).runWhole()
    let base = try TestRegion.read().runWhole()
    #expect(even.checksum == base.checksum && even.eventCount == base.eventCount)
  }
}
