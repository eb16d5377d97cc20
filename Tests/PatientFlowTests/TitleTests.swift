// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// The third level of the choice.
@Suite struct TitleTests {
  static func nest(scale: Double = 0.3) -> TitleNest {
    var nest = TitleNest()
    nest.scale = scale
    for tier in [Tier.county, .city] {
      for (title, share, gain) in [
        (Title.attending, 0.6, 0.0), (.associateChief, 0.3, 0.08), (.chief, 0.1, 0.15),
      ] {
        nest[tier, title].share = share
        nest[tier, title].qualityGain = gain
      }
    }
    return nest
  }

  /// The hamlet with titles at county and city.
  static func hamlet() throws -> RegionCopy {
    let copy = try RegionCopy(edits: [
      "choice.yaml": {
        $0 + "title-scale: 0.3\ntitles: {table: titles.csv, key: name}\n"
      }
    ])
    try """
    name,tier,title,share,quality_gain,fee_yuan
    a,county,attending,0.6,0,5
    b,county,associate-chief,0.3,0.08,7
    c,county,chief,0.1,0.15,14
    d,city,attending,0.5,0,5
    e,city,associate-chief,0.3,0.08,7
    f,city,chief,0.2,0.15,14

    """.write(toFile: copy.folder + "/titles.csv", atomically: false, encoding: .utf8)
    return copy
  }

  @Test("tier, institution and title are chosen as the three-level formula says, written out")
  func threeLevels() {
    var draw = NestedLogitTests.stream("titles")
    for _ in 0..<2000 {
      var (offers, money, parameters) = NestedLogitTests.random(&draw)
      parameters.qualityModerate = 2
      let scale = parameters.nestScale * (0.2 + 0.8 * draw.uniform())
      let nest = Self.nest(scale: scale)
      let step = 2 * draw.uniform() - 1
      var dearer = InlineArray<3, Double>(repeating: 0)
      for row in 0..<3 { dearer[row] = 60 * draw.uniform() - 10 }
      // m of the whole choice.
      let unweighed = NestedLogitTests.weighed(offers, money: money, parameters)
      let priced = money * unweighed.moneyWeight(parameters)
      var choice = NestedLogit()
      for offer in offers { choice.add(offer) }
      var weighed: [Tier: TitleNest.Weighed] = [:]
      for tier in [Tier.county, .city] {
        let titles = nest.weigh(tier, qualityStep: step, money: priced, dearer: dearer)
        weighed[tier] = titles
        choice.raise(tier, by: titles.inclusive)
      }
      choice.weigh(money: money, parameters)
      // By hand: each title of each institution, summed from below.
      let shares = [0.6, 0.3, 0.1]
      let gains = [0, 0.08, 0.15]
      func titleWeight(_ row: Int, _ money: Double) -> Double {
        shares[row] * exp((step * gains[row] + money * dearer[row]) / scale)
      }
      let now = (0..<3).reduce(0) { $0 + titleWeight($1, priced) }
      let base = (0..<3).reduce(0) { $0 + titleWeight($1, 0) }
      let inclusive = scale * (log(now) - log(base))
      for place in offers.indices where weighed[offers[place].tier] != nil {
        offers[place].utility += inclusive
      }
      let expected = NestedLogitTests.enumerate(offers, money: money, parameters)
      #expect(abs(choice.logsum - expected.logsum) < 1e-10)
      for place in offers.indices {
        #expect(abs(choice.share(place) - expected.shares[place]) < 1e-10)
        guard let titles = weighed[offers[place].tier] else { continue }
        for row in 0..<3 {
          #expect(
            abs(
              choice.share(place) * titles.shares[row] - expected.shares[place]
                * titleWeight(row, priced) / now) < 1e-10)
        }
      }
    }
  }

  @Test("a moderate need at the base finds the stated shares, and titles move nobody")
  func base() {
    let none = InlineArray<3, Double>(repeating: 0)
    for step in [-0.5, 0, 0.75] {
      let weighed = Self.nest().weigh(.county, qualityStep: step, money: -0.006, dearer: none)
      #expect(weighed.inclusive == 0)
      let shares = (0..<3).map { weighed.shares[$0] }
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
      if step == 0 {
        #expect(zip(shares, [0.6, 0.3, 0.1]).allSatisfy { abs($0 - $1) < 1e-12 })
      } else {
        #expect((shares[2] > 0.1) == (step > 0))
      }
    }
  }

  @Test("a dearer title loses, the others and other tiers gain, and fewer seek care")
  func direction() {
    var draw = NestedLogitTests.stream("dearer titles")
    for _ in 0..<2000 {
      let nest = Self.nest(scale: 0.1 + 0.3 * draw.uniform())
      let step = 2 * draw.uniform() - 1
      var dearer = InlineArray<3, Double>(repeating: 0)
      for row in 0..<3 { dearer[row] = 100 * draw.uniform() - 50 }
      let before = nest.weigh(.city, qualityStep: step, money: -0.006, dearer: dearer)
      let raised = Int(draw.below(3))
      dearer[raised] += 1 + 50 * draw.uniform()
      let after = nest.weigh(.city, qualityStep: step, money: -0.006, dearer: dearer)
      #expect(after.inclusive < before.inclusive)
      for row in 0..<3 {
        #expect(
          row == raised
            ? after.shares[row] < before.shares[row] : after.shares[row] > before.shares[row])
      }
    }
  }

  @Test("titles without a fee change which people go nowhere, and are counted by their shares")
  func statedTitles() throws {
    let free = (["a", "b", "c", "d", "e", "f"]).map { "titles[\($0)].fee_yuan=0" }
    let base = try TestRegion.read().runWhole()
    let copy = try Self.hamlet()
    let titled = try TestRegion.read(free, folder: copy.folder).runWhole()
    #expect(base.eventCount == titled.eventCount && base.checksum == titled.checksum)
    let visits = try Title.allCases.map { try titled.value("title-visits", "title", $0.name) }
    let hospital =
      try titled.value("visits", "tier", "county") + titled.value("visits", "tier", "city")
    #expect(visits.reduce(0, +) == hospital)
    #expect(visits[0] > visits[1] && visits[1] > visits[2] && visits[2] > 0)
  }

  @Test("a title's fee is billed to whoever saw it, and draws people to the others")
  func fees() throws {
    let copy = try Self.hamlet()
    let start = ["policies.fee.start=2019-03-04", "policies.fee.chief-fee=200 CNY"]
    let base = try TestRegion.read(start, folder: copy.folder)
    let dear = try TestRegion.read(start + TestRegion.inForce(["fee"]), folder: copy.folder)
    var chiefs = (before: 0.0, after: 0.0)
    for replication in 1...3 as ClosedRange<UInt32> {
      let before = base.runWhole(replication: replication)
      let after = dear.runWhole(replication: replication)
      chiefs.before += try before.value("title-visits", "title", "chief")
      chiefs.after += try after.value("title-visits", "title", "chief")
    }
    // 180 CNY dearer at a weight of at least 0.0021 and a scale of 0.3 leave at most e^−1.2 of the
    // odds; a tenth fewer is far within.
    #expect(chiefs.after < 0.9 * chiefs.before && chiefs.before > 100)
  }
}
