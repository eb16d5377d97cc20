// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Own quality and own share at the settings of Lanshan.
///
/// The weight of money falls with the gap between the best quality and the best primary one. So an
/// institution that raises its quality also changes how much its price counts against the others':
/// the checks here say when its share cannot fall all the same.
@Suite struct ChoiceMonotonicityTests {
  static let region = Result { try TestRegion.read(folder: TestRegion.folder("lanshan")) }

  /// A random person's choice in Lanshan, with random waits and skills, and trust up to `spread`
  /// from the start's.
  static func offers(
    _ run: RegionRun, spread: Double, _ draw: inout RandomStream
  ) -> (offers: [Offer], money: Double, qualityWeight: Double, line: String) {
    let model = run.model
    let person = Int(draw.below(UInt32(model.residentCount)))
    for tier in Tier.allCases {
      let trust = model.tiers[tier].trust + spread * (2 * draw.uniform() - 1)
      run.simulation.model.domain.population.residents[person].setTrust(trust, in: tier)
    }
    let visit = Visit(
      resident: person, need: 0, careClass: CareClass(rawValue: UInt8(draw.below(3)))!,
      severity: draw.uniform(), isEmergency: false, owner: 0, episode: 0)
    run.simulation.model.domain.weighOffers(for: visit)
    let band = model.severity.band(Double(visit.severity))
    let qualityWeight = model.choice.quality(band)
    let isStay = visit.careClass == .admission
    let offers = run.simulation.model.domain.choiceAtHand.offers.map { offer in
      var offer = offer
      if !model.institutions[Int(offer.institution)].isExternal {
        offer.utility += model.choice.wait * 60 * draw.uniform()
        offer.utility += model.choice.waitDays * 10 * draw.uniform()
        let gain = 0.5 * model.care.skillQualityWeight * model.care.skillLimit * draw.uniform()
        offer.utility += qualityWeight * gain
        offer.perceivedQuality += gain
      }
      return offer
    }
    return (
      offers, isStay ? model.choice.moneyInpatient : model.choice.moneyOutpatient, qualityWeight,
      "\(visit.careClass) \(band)"
    )
  }

  /// Of random people's choices, in how many a rise of one offer's quality lowers its share, and
  /// how far at worst.
  static func falls(
    spread: Double, count: Int, rise: Double = 0.05
  ) throws -> (count: Int, worst: Double, line: String) {
    let region = try region.get()
    let run = region.begin()
    run.advance(until: .zero + .hours(1))
    var draw = NestedLogitTests.stream("own-quality")
    var falls = 0
    var worst = 0.0
    var line = ""
    for _ in 0..<count {
      var (offers, money, qualityWeight, kind) = Self.offers(run, spread: spread, &draw)
      let before = NestedLogitTests.weighed(offers, money: money, region.model.choice)
      let place = Int(draw.below(UInt32(offers.count)))
      let rise = rise * draw.uniform()
      offers[place].perceivedQuality += rise
      offers[place].utility += qualityWeight * rise
      let after = NestedLogitTests.weighed(offers, money: money, region.model.choice)
      let change = after.share(place) / before.share(place) - 1
      if change < -1e-12 {
        falls += 1
        if change < worst { (worst, line) = (change, "\(kind) \(offers[place].tier): \(change)") }
      }
    }
    return (falls, worst, line)
  }

  @Test(
    "a share never falls when its own quality rises, however people trust",
    arguments: [0, 0.15, 1])
  func ownQuality(spread: Double) throws {
    let falls = try Self.falls(spread: spread, count: 20_000)
    #expect(falls.count == 0, "at worst \(falls.line)")
  }

  @Test("a share never falls when its own price falls")
  func ownPrice() throws {
    let region = try Self.region.get()
    let run = region.begin()
    run.advance(until: .zero + .hours(1))
    var draw = NestedLogitTests.stream("own-price-lanshan")
    for _ in 0..<20_000 {
      var (offers, money, _, _) = Self.offers(run, spread: 0.15, &draw)
      let choice = NestedLogitTests.weighed(offers, money: money, region.model.choice)
      let place = Int(draw.below(UInt32(offers.count)))
      offers[place].outOfPocket *= draw.uniform()
      let after = NestedLogitTests.weighed(offers, money: money, region.model.choice)
      #expect(after.share(place) >= choice.share(place) - 1e-12)
    }
  }

  /// A clinic that costs something, and a hospital that is best and costs nothing.
  static func shareOfBest(
    quality: Double, saving: Double, _ parameters: ChoiceParameters
  ) -> Double {
    let offers = [
      Offer(
        institution: 0, tier: .township, utility: 3, perceivedQuality: 0.4, outOfPocket: saving),
      Offer(
        institution: 1, tier: .county, utility: parameters.qualityMild * quality,
        perceivedQuality: quality, outOfPocket: 0),
    ]
    return NestedLogitTests.weighed(offers, money: parameters.moneyOutpatient, parameters).share(1)
  }

  @Test("a share does fall with quality where the best is cheaper than the rest by a bound")
  func bound() throws {
    // A better best takes weight from money. That costs it what it is cheaper than the others times
    // (1 − m_full) |b_c| / full gap, and gives it b_q: at Lanshan it would have to be cheaper by
    // about 90 CNY a visit, while the best there is the dearest.
    let parameters = try Self.region.get().model.choice
    let bound =
      parameters.qualityMild * parameters.fullGap
      / ((1 - parameters.fullGapMoneyWeight) * -parameters.moneyOutpatient)
    #expect(bound > 60)
    for (saving, rises) in [(0.95 * bound, true), (1.05 * bound, false)] {
      let before = Self.shareOfBest(quality: 0.5, saving: saving, parameters)
      let after = Self.shareOfBest(quality: 0.6, saving: saving, parameters)
      #expect((after > before) == rises)
    }
  }

  @Test("better primary care makes nobody forgo care, though it makes prices count for more")
  func seeking() throws {
    let region = try Self.region.get()
    let run = region.begin()
    run.advance(until: .zero + .hours(1))
    var draw = NestedLogitTests.stream("seeking")
    var fallsOfLogsum = 0
    for _ in 0..<5_000 {
      var (offers, money, qualityWeight, line) = Self.offers(run, spread: 0.1, &draw)
      let primary = offers.indices.filter { offers[$0].tier.isPrimary }
      guard !primary.isEmpty else { continue }
      let before = NestedLogitTests.weighed(offers, money: money, region.model.choice)
      let rise = 0.1 * draw.uniform()
      for place in primary {
        offers[place].perceivedQuality += rise
        offers[place].utility += qualityWeight * rise
      }
      let after = NestedLogitTests.weighed(offers, money: money, region.model.choice)
      if after.logsum < before.logsum { fallsOfLogsum += 1 }
      #expect(after.seekingLogsum >= before.seekingLogsum, "\(line)")
    }
    // The same with the weight at hand would often fall: the test can tell.
    #expect(fallsOfLogsum > 200)
  }

  @Test("the logsum of seeking is the one at the usual weight of money, to second order")
  func usualWeight() {
    var draw = NestedLogitTests.stream("usual-weight")
    for _ in 0..<2_000 {
      var (offers, money, parameters) = NestedLogitTests.random(&draw)
      parameters.usualGap = parameters.fullGap * draw.uniform()
      let choice = NestedLogitTests.weighed(offers, money: money, parameters)
      let usual = parameters.moneyWeight(gap: parameters.usualGap)
      let unusual = money * (choice.moneyWeight(parameters) - usual)
      for place in offers.indices {
        offers[place].utility += money * usual * offers[place].outOfPocket
        offers[place].outOfPocket = 0
      }
      let exact = NestedLogitTests.weighed(offers, money: 0, parameters).logsum
      let paid = choice.offers.map(\.outOfPocket)
      let range = unusual * (paid.max()! - paid.min()!)
      #expect(abs(choice.seekingLogsum - exact) <= range * range / 8 / parameters.nestScale + 1e-9)
    }
  }
}
