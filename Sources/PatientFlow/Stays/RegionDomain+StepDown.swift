// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// The end of an acute phase under a step-down agreement: who is offered a bed below, and who accepts.
extension RegionDomain {
  /// A place to recover in, and what going there is worth to a patient.
  package struct PlaceBelow: BitwiseCopyable {
    package var site: Int
    /// Logit of the probability that he accepts.
    package var utility: Double
  }

  /// Whether a patient who is stable is offered a move, and accepts; then the acute phase is settled,
  /// and the bed is blocked until there is one below.
  @inline(never)
  mutating func isSteppedDown(
    _ entity: EntityIndex, at site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Bool {
    let visit = visits[Int(entity.rawValue)]
    guard let policy = policies.stepDown(ledBy: site), isListed(visit, policy),
      let place = placeBelow(policy, visit, from: site)
    else { return false }
    tally.count { $0.stepDownsEligible += 1 }
    let profile = tiers[sites[site].tier.row]
    let beds = flow.resource(role: RegionVocabulary.Role.acuteBed.rawValue, site: UInt16(site))!
    let offer = policy.offerProbability(
      isQueued: flow.resources.waiting(beds) > 0, acuteDay: profile.acuteDayBill,
      recoveryDay: profile.recoveryDayBill, recoveryDayBelow: recoveryDayBill(at: place.site),
      terms: bedDayTerms(visit, at: site, below: place.site))
    var offerDraw = stream(Draw.offer, visit)
    guard offerDraw.uniform() < offer else { return false }
    tally.count { $0.stepDownsOffered += 1 }
    var acceptanceDraw = stream(Draw.acceptance, visit)
    guard acceptanceDraw.uniform() < logistic(place.utility) else {
      tally.count { $0.stepDownsDeclined += 1 }
      return false
    }
    tally.count { $0.stepDownsAccepted += 1 }
    settleAcute(visit, at: site)
    countAssessed(\.down, at: site)
    visits[Int(entity.rawValue)].flags.insert(.isSteppedDown)
    flow.entities[entity].destination = UInt16(place.site)
    bedBook.block(at: site, now)
    return true
  }

  @inline(__always)  // a call from a mutating function copies the whole domain
  private func isListed(_ visit: Visit, _ policy: StepDown) -> Bool {
    guard Double(visit.recoveryDays) >= care.listedLeastRecoveryDays else { return false }
    if let listed = policy.listedNeeds { return listed.contains(Int(visit.need)) }
    var draw = RandomStream(root, Draw.listed, owner: visit.owner, episode: visit.episode)
    return draw.uniform() < care.listedShare
  }

  /// The place that is offered: of each kind of member the nearest with beds to recover in, and of
  /// these the one that the patient would rather go to.
  @inline(__always)
  package func placeBelow(
    _ policy: StepDown, _ visit: Visit, from site: Int
  ) -> PlaceBelow? {
    let resident = population.residents[Int(visit.resident)]
    var best: PlaceBelow?
    for kind in policy.kindsOfPlaces {
      var nearest = -1
      var nearestMinutes = Float.infinity
      for member in policy.members where model.institutions[member].role == kind {
        guard sites[member].hasRecoveryBeds, policies.takesPart(member) else { continue }
        let minutes = model.travelMinutes(village: resident.village, to: member)
        if minutes < nearestMinutes {
          (nearest, nearestMinutes) = (member, minutes)
        }
      }
      guard nearest >= 0 else { continue }
      let utility = utility(of: nearest, policy, visit, resident, from: site)
      if utility > best?.utility ?? -.infinity {
        best = PlaceBelow(site: nearest, utility: utility)
      }
    }
    return best
  }

  @inline(__always)
  private func utility(
    of below: Int, _ policy: StepDown, _ visit: Visit, _ resident: Resident, from site: Int
  ) -> Double {
    // At home nobody travels.
    let isAtHome = model.institutions[below].role == .homeCare
    let minutesBelow =
      isAtHome ? 0 : model.travelMinutes(village: resident.village, to: below)
    let saved = Double(model.travelMinutes(village: resident.village, to: site) - minutesBelow) / 60
    let quality =
      0.5
      * (tiers[sites[below].tier.row].quality + policies.abilities[below].quality
        + care.skillQualityWeight * states[below].skill)
      + 0.5 * resident.trust(in: sites[below].tier)
    return policy.acceptanceUtility(
      extraCost: extraCost(of: visit, resident, from: site, to: below),
      money: choice.moneyInpatient, quality: quality, hoursSaved: saved)
  }

  /// CNY that a patient pays more by moving for the days of recovery than by staying: by what either
  /// place charges, at its prices, and by what insurance pays there.
  @inline(__always)
  package func extraCost(
    of visit: Visit, _ resident: Resident, from site: Int, to below: Int
  ) -> Double {
    let days = Double(visit.recoveryDays)
    let acute = Double(visit.acuteDays) * tiers[sites[site].tier.row].acuteDayBill
    // What the patient owes after the acute phase decides what the rest will cost him.
    var account = resident.account
    _ = policies.plan.settle(
      stayClaim(acute, visit, resident, at: site, .admission), account: &account)
    // Staying continues the spell at the same tier: of the deductible only what the acute phase left
    // open is due.
    let staying = policies.plan.quote(
      stayClaim(
        days * tiers[sites[site].tier.row].recoveryDayBill, visit, resident, at: site, .transferUp),
      account: account)
    let moving = policies.plan.quote(
      stayClaim(days * recoveryDayBill(at: below), visit, resident, at: below, .transferDown),
      account: account)
    return moving.patient.inYuan - staying.patient.inYuan
  }

  /// Days in bed as the insurance counter of an institution will see them.
  @inline(__always)
  private func stayClaim(
    _ yuan: Double, _ visit: Visit, _ resident: Resident, at site: Int, _ stage: SpellStage
  ) -> InsuranceClaim {
    let bill = policies.prices[site].priced(stayBill(yuan, at: site))
    var claim = InsuranceClaim(
      bill.charges, scheme: resident.scheme, kind: .inpatient, tier: sites[site].tier.rawValue,
      year: year)
    claim.month = UInt8(truncatingIfNeeded: tally.month)
    // Who stays goes on with the stay that he was admitted to, as far as penalties go.
    claim.stage = stage == .transferUp ? .admission : stage
    claim.isReferred = visit.flags.contains(.isRegistered) || stage == .transferDown
    claim.settles = policies.siteCovers[site].settles(resident.scheme)
    claim.outsideCatalogue = shifted(of: bill, .inpatient, at: site)
    if !policies.gatekeepers.isEmpty {
      Gatekeeping.mark(
        &claim, visit, resident, at: sites[site].tier, policies.gatekeepers,
        key: residentKey(Int(visit.resident)), root)
    }
    if !policies.breaches.isEmpty {
      CatalogueBreach.mark(
        &claim, visit, at: sites[site].tier, policies.breaches, catalogues: tiers, root)
    }
    claim.stage = stage
    return claim
  }
}
