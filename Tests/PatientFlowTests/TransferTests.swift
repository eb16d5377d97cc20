// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import PatientFlow
import SimulationKernel
import Testing

/// Who came from which tier to which, and by what way.
@Suite struct TransferTests {
  /// Everything that moves patients, from the first day on; small hospitals, so that some give up.
  static let moving = Result {
    try TestRegion.read(
      TestRegion.inForce(["referral", "step-down", "records"]) + [
        "run.warm-up=0 d", "policies.referral.start=2019-03-04",
        "policies.step-down.start=2019-03-04", "policies.records.start=2019-03-04",
        "policies.referral.follow-up-share=0.5", "policies.step-down.offer-at-base=0.8",
        "institutions[county-hospital].acute_beds=4", "admission-patience=4 d", "listed-share=1",
        "listed-least-recovery=0 d",
      ])
  }

  private func byKey(_ run: RegionRun) -> [[String]: Double] {
    Dictionary(
      uniqueKeysWithValues: run.allObservations.map {
        ([$0.measure, $0.dimension, $0.member], $0.value ?? .nan)
      })
  }

  @Test("what is told by tier at the place of arrival is the sum over where patients came from")
  func ties() throws {
    let rows = byKey(try Self.moving.get().runWhole())
    let tiers = ["village", "township", "county", "city", "outside"]
    func transfers(_ from: String, _ to: String, _ way: String) throws -> Double {
      try #require(rows[["transfers", "from+to+way", "\(from)+\(to)+\(way)"]])
    }
    func came(_ to: String, _ ways: String...) throws -> Double {
      try ways.reduce(0) { sum, way in
        try tiers.reduce(sum) { $0 + (try transfers($1, to, way)) }
      }
    }
    for tier in tiers {
      #expect(try came(tier, "referral") == rows[["referrals-up", "tier", tier]])
      #expect(try came(tier, "step-down") == rows[["step-downs", "tier", tier]])
      #expect(
        try came(tier, "step-down", "handed-down") == rows[["referrals-down", "tier", tier]])
      #expect(try came(tier, "aftercare") == rows[["aftercare-visits", "tier", tier]])
    }
    for way in TransferWay.transfers {
      let sum = try tiers.reduce(0) { $0 + (try came($1, way.name)) }
      #expect(sum > 0, "\(way.name)")
      #expect(rows[["transfers", "way", way.name]] == sum)
    }
    for from in tiers {
      for to in tiers {
        let sum = try TransferWay.transfers.reduce(0) {
          $0 + (try transfers(from, to, $1.name))
        }
        #expect(rows[["transfers", "from+to", "\(from)+\(to)"]] == sum)
      }
    }
    // No community centre is in the hamlet, and no row.
    #expect(rows[["transfers", "from+to", "community+county"]] == nil)
  }

  /// Counted over the whole run: (way, from, to).
  private func counts(_ run: RegionRun) -> [(way: TransferWay, from: Tier, to: Tier, count: Int64)]
  {
    let transfers = run.simulation.model.domain.tally.transfers
    return TransferWay.allCases.flatMap { way in
      Tier.allCases.flatMap { from in
        Tier.allCases.map { to in
          (
            way, from, to,
            Period.allCases.reduce(0) { $0 + transfers.count(way, from: from, to: to, $1) }
          )
        }
      }
    }
  }

  @Test("each way leads where it can lead, up, down and out of the region")
  func directions() throws {
    let counts = counts(try Self.moving.get().runWhole())
    for (way, from, to, count) in counts where count > 0 {
      let isPossible =
        switch way {
        case .referral: from == .township && to == .county
        case .advice: to.rawValue > from.rawValue
        case .outOfStock: to.rawValue > from.rawValue && !to.isPrimary
        case .noBed: !to.isPrimary
        case .again: true
        case .stepDown, .handedDown, .aftercare: from == .county && to == .township
        case .sameSite: from == to
        }
      #expect(isPossible, "\(way.name) from \(from.name) to \(to.name)")
    }
    func some(_ way: TransferWay, _ isMeant: (Tier, Tier) -> Bool) -> Bool {
      counts.contains { $0.way == way && $0.count > 0 && isMeant($0.from, $0.to) }
    }
    #expect(some(.again) { $0.rawValue > $1.rawValue })
    #expect(some(.noBed) { $0 == .county && $1 == .outside })
    #expect(some(.noBed) { $0 == .county && $1 == .county })
  }

  @Test("who was sent on came, is on the way, or did not keep the booking")
  func accounts() throws {
    let region = try TestRegion.read(
      TestRegion.inForce(["referral"]) + [
        "run.warm-up=0 d", "policies.referral.start=2019-03-04", "no-show=0",
        "institutions[county-hospital].acute_beds=4", "admission-patience=4 d", "listed-share=1",
        "listed-least-recovery=0 d",
      ])
    let run = region.begin()
    for end in [midnight(60), region.window.end] {
      run.advance(until: end)
      var ways = [TransferWay: Int64]()
      for row in counts(run) { ways[row.way, default: 0] += row.count }
      for contact in run.present where !contact.visit.flags.contains(.hasArrived) {
        if let way = contact.visit.way { ways[way, default: 0] += 1 }
      }
      func sum(_ some: TransferWay...) -> Int64 { some.reduce(0) { $0 + (ways[$1] ?? 0) } }
      #expect(sum(.advice, .outOfStock, .noBed) == run.needs(\.diverted))
      #expect(sum(.again, .sameSite) == run.needs(\.putOff))
      #expect(sum(.referral) == run.needs(\.registered))
      #expect(sum(.noBed) > 20 && sum(.noBed) <= run.needs(\.leaked))
      #expect(sum(.sameSite) > 20 && sum(.again) > 20)
    }
  }

  @Test("patients followed from minute to minute are seen to come from where it is told")
  func followed() throws {
    // Registration takes longer than a minute, so whoever has arrived is seen.
    let tiers = ["village", "township", "county", "city", "outside"]
    let region = try TestRegion.read(
      TestRegion.inForce(["referral", "records"]) + [
        "run.warm-up=0 d", "policies.referral.start=2019-03-04",
        "policies.records.start=2019-03-04", "policies.referral.follow-up-share=0.5",
      ] + tiers.map { "tiers[\($0)].registration_minutes=2" })
    let run = region.begin()
    struct Pair: Hashable {
      var from, to: Tier
    }
    var places: [Contact.Key: Int] = [:]
    var pairs: [Pair: Int64] = [:]
    for minute in 1...20 * 24 * 60 {
      run.advance(until: .zero + .minutes(Double(minute)))
      for contact in run.present
      where contact.visit.flags.contains(.hasArrived) && places[contact.key] == nil {
        places[contact.key] = contact.site
        guard contact.key.contact > 0 else { continue }
        var before = contact.key
        before.contact -= 1
        let from = try #require(places[before], "nobody is seen first at his second contact")
        guard from != contact.site else { continue }
        let pair = Pair(
          from: run.model.institutions[from].tier, to: run.model.institutions[contact.site].tier)
        pairs[pair, default: 0] += 1
      }
    }
    var told: [Pair: Int64] = [:]
    for (way, from, to, count) in counts(run) where count > 0 {
      // These are no further contacts, and not seen here.
      guard ![.sameSite, .handedDown, .stepDown].contains(way) else { continue }
      told[Pair(from: from, to: to), default: 0] += count
    }
    #expect(pairs.values.reduce(0, +) > 100 && pairs.count > 5)
    #expect(pairs == told)
  }
}
