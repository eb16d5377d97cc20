// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import Testing

@Suite struct NestedLogitTests {
  /// The formula written out, term by term: shares in the order of the offers, and the logsum.
  static func enumerate(
    _ offers: [Offer], money: Double, _ parameters: ChoiceParameters
  ) -> (shares: [Double], logsum: Double) {
    let best = offers.map(\.perceivedQuality).max() ?? 0
    let bestPrimary = offers.filter { $0.tier.isPrimary }.map(\.perceivedQuality).max() ?? 0
    let gap = min(max((best - bestPrimary) / parameters.fullGap, 0), 1)
    let priced = money * (1 - (1 - parameters.fullGapMoneyWeight) * gap)
    let scale = parameters.nestScale
    let weights = offers.map { exp(($0.utility + priced * $0.outOfPocket) / scale) }
    var nests: [Tier: Double] = [:]
    for (offer, weight) in zip(offers, weights) { nests[offer.tier, default: 0] += weight }
    let total = nests.values.sorted().reduce(0) { $0 + pow($1, scale) }
    let shares = zip(offers, weights).map { offer, weight in
      weight / nests[offer.tier]! * pow(nests[offer.tier]!, scale) / total
    }
    return (shares, log(total))
  }

  static func weighed(
    _ offers: [Offer], money: Double, _ parameters: ChoiceParameters
  ) -> NestedLogit {
    var choice = NestedLogit()
    choice.clear()
    for offer in offers { choice.add(offer) }
    choice.weigh(money: money, parameters)
    return choice
  }

  /// A choice set of up to 20 offers, with parameters over their ranges.
  static func random(
    _ draw: inout RandomStream
  ) -> (offers: [Offer], money: Double, parameters: ChoiceParameters) {
    var parameters = ChoiceParameters()
    parameters.nestScale = 0.2 + 0.8 * draw.uniform()
    parameters.fullGapMoneyWeight = draw.uniform()
    parameters.fullGap = 0.1 + 0.5 * draw.uniform()
    let offers = (0...draw.below(20)).map { number in
      Offer(
        institution: UInt16(number), tier: Tier(rawValue: UInt8(draw.below(6)))!,
        utility: 6 * draw.uniform() - 3, perceivedQuality: draw.uniform(),
        outOfPocket: 400 * draw.uniform())
    }
    return (
      offers.sorted { $0.tier.rawValue < $1.tier.rawValue }, -0.03 * draw.uniform(), parameters
    )
  }

  static func stream(_ name: String) -> RandomStream {
    RandomStream(RandomRoot(seed: 20_190_304, replication: 1), Purpose(name), owner: 0)
  }

  @Test("shares and logsum are the formula's, written out")
  func formula() {
    var draw = Self.stream("formula")
    for _ in 0..<5000 {
      let (offers, money, parameters) = Self.random(&draw)
      let choice = Self.weighed(offers, money: money, parameters)
      let expected = Self.enumerate(offers, money: money, parameters)
      for place in offers.indices {
        #expect(abs(choice.share(place) - expected.shares[place]) < 1e-11)
      }
      #expect(abs(choice.logsum - expected.logsum) < 1e-11)
      let primary = offers.indices.filter { offers[$0].tier.isPrimary }
        .reduce(0) { $0 + expected.shares[$1] }
      #expect(abs(choice.primaryShare - primary) < 1e-11)
    }
  }

  @Test("with a nest scale of 1 tiers do not matter: multinomial logit")
  func multinomial() {
    var draw = Self.stream("multinomial")
    for _ in 0..<1000 {
      var (offers, money, parameters) = Self.random(&draw)
      parameters.nestScale = 1
      parameters.fullGapMoneyWeight = 1
      let choice = Self.weighed(offers, money: money, parameters)
      let weights = offers.map { exp($0.utility + money * $0.outOfPocket) }
      let total = weights.reduce(0, +)
      for place in offers.indices {
        #expect(abs(choice.share(place) - weights[place] / total) < 1e-12)
      }
      #expect(abs(choice.logsum - log(total)) < 1e-12)
      // Which tier an offer belongs to is then a name.
      offers = offers.map { offer in
        var other = offer
        other.tier = .county
        return other
      }
      let alike = Self.weighed(offers, money: money, parameters)
      for place in offers.indices {
        #expect(abs(choice.share(place) - alike.share(place)) < 1e-12)
      }
    }
  }

  @Test("utilities far apart neither overflow nor lose the sum of shares")
  func extremes() {
    var draw = Self.stream("extremes")
    for _ in 0..<1000 {
      var (offers, money, parameters) = Self.random(&draw)
      parameters.nestScale = 0.05
      for place in offers.indices { offers[place].utility *= 300 }
      let choice = Self.weighed(offers, money: money, parameters)
      let sum = offers.indices.reduce(0) { $0 + choice.share($1) }
      #expect(abs(sum - 1) < 1e-12)
      #expect(choice.logsum.isFinite)
    }
  }

  @Test("an added offer draws on its own nest first, and on the others in proportion")
  func addedOffer() {
    var draw = Self.stream("added")
    for _ in 0..<2000 {
      var (offers, money, parameters) = Self.random(&draw)
      // Of no quality that could move the weight of money.
      let added = Offer(
        institution: 99, tier: offers[0].tier, utility: 6 * draw.uniform() - 3,
        perceivedQuality: 0, outOfPocket: 400 * draw.uniform())
      let before = Self.weighed(offers, money: money, parameters)
      let old = offers.indices.map { before.share($0) }
      offers.insert(added, at: 0)
      let after = Self.weighed(offers, money: money, parameters)
      let new = old.indices.map { after.share($0 + 1) }
      let isSame = old.indices.map { offers[$0 + 1].tier == added.tier }
      // Within the nest, and among all the others, the odds stay what they were.
      let odds = old.indices.map { new[$0] / old[$0] }
      let own = old.indices.filter { isSame[$0] }.map { odds[$0] }
      let others = old.indices.filter { !isSame[$0] }.map { odds[$0] }
      for one in own { #expect(abs(one - own[0]) < 1e-9) }
      for one in others { #expect(abs(one - others[0]) < 1e-9) }
      if let one = own.first, let other = others.first { #expect(one <= other + 1e-12) }
      for one in odds { #expect(one <= 1 + 1e-12) }
      #expect(after.logsum >= before.logsum - 1e-12)
    }
  }

  @Test("a share never falls when its own price falls, whatever the parameters")
  func ownPrice() {
    var draw = Self.stream("own-price")
    for _ in 0..<20_000 {
      var (offers, money, parameters) = Self.random(&draw)
      let place = Int(draw.below(UInt32(offers.count)))
      let before = Self.weighed(offers, money: money, parameters).share(place)
      offers[place].outOfPocket *= draw.uniform()
      let after = Self.weighed(offers, money: money, parameters).share(place)
      #expect(after >= before - 1e-12)
    }
  }

  @Test("the choice by inversion has the shares' frequencies")
  func inversion() {
    var draw = Self.stream("inversion")
    for _ in 0..<20 {
      let (offers, money, parameters) = Self.random(&draw)
      let choice = Self.weighed(offers, money: money, parameters)
      let shares = offers.indices.map { choice.share($0) }
      // On an even grid of uniforms an offer comes up its share of times, but for one or two.
      let points = 20_000
      var counts = [Int](repeating: 0, count: offers.count)
      func place(_ offer: Offer) -> Int {
        offers.firstIndex { $0.institution == offer.institution }!
      }
      for point in 0..<points {
        counts[place(choice.choose((Double(point) + 0.5) / Double(points)))] += 1
      }
      for (count, share) in zip(counts, shares) {
        #expect(abs(Double(count) - share * Double(points)) < 2)
      }
      // And drawn: finds shares off by 8 % of themselves, root mean square.
      guard shares.max()! < 0.999 else { continue }
      var drawn = [Int](repeating: 0, count: offers.count)
      for _ in 0..<20_000 { drawn[place(choice.choose(draw.uniform()))] += 1 }
      expectCounts(drawn, inProportionTo: shares)
    }
  }

  @Test("the ends of the uniform choose offers that have a share")
  func ends() {
    let parameters = ChoiceParameters()
    var offers = (0..<3).map {
      Offer(
        institution: UInt16($0), tier: .county, utility: 0, perceivedQuality: 0.5, outOfPocket: 0)
    }
    offers[0].utility = -10_000
    offers[2].utility = -10_000
    let choice = Self.weighed(offers, money: 0, parameters)
    for uniform in [0x1p-53, 0.5, 1 - 0x1p-53, 1] {
      #expect(choice.choose(uniform).institution == 1)
    }
  }
}
