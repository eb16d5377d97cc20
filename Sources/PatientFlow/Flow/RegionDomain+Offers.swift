// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import SimulationKernel

/// What narrows or tilts a choice that follows an earlier contact.
package struct ChoiceContext: BitwiseCopyable {
  /// The lowest tier considered.
  package var lowestTier = Tier.village
  /// An institution left out, or −1.
  package var without = -1
  /// Utility added at hospitals.
  package var hospitalBonus = 0.0

  package init(
    lowestTier: Tier = .village, without: Int = -1, hospitalBonus: Double = 0
  ) {
    self.lowestTier = lowestTier
    self.without = without
    self.hospitalBonus = hospitalBonus
  }
}

extension RegionDomain {
  /// Weighs what each institution in reach offers a person with a need: ``choiceAtHand`` is ready.
  package mutating func weighOffers(for visit: Visit, _ context: ChoiceContext = ChoiceContext()) {
    let resident = population.residents[Int(visit.resident)]
    let careClass = visit.careClass
    let qualityWeight = choice.quality(severity.band(Double(visit.severity)))
    let horizon = expertHorizon(visit)
    choiceAtHand.clear()
    var tier = Tier.village
    var tierUtility = 0.0
    var halfTrust = 0.0
    var payment = 0.0
    var terms = UInt16.max
    let first = Int(alternativeStarts[Int(resident.village)])
    var end = Int(alternativeStarts[Int(resident.village) + 1])
    if !policies.gatekeepers.isEmpty { end = endOfGate(first..<end, for: visit, of: resident) }
    for row in first..<end {
      let alternative = alternatives[row]
      let site = Int(alternative.institution)
      if alternative.tier.rawValue < context.lowestTier.rawValue || site == context.without {
        continue
      }
      if careClass == .admission && !sites[site].canAdmit { continue }
      if termsOfSite[site] != terms {
        terms = termsOfSite[site]
        tier = alternative.tier
        tierUtility =
          constants[careClass, tier] + tierPreference(tier, resident, careClass, context)
        halfTrust = 0.5 * resident.trust(in: tier)
        payment = moneyTerm(at: site, tier, for: visit, of: resident)
      }
      let appeal = appeals[site]
      let quality = appeal.quality + halfTrust
      var utility =
        tierUtility + alternative.travelUtility + qualityWeight * quality
        + (careClass == .admission ? appeal.stay : appeal.visit)
      if careClass == .refill && !policies.siteStock.isEmpty {
        utility += choice.drugs * (policies.stock(at: site, tier) - policies.drugStock[tier.row])
      }
      var offer = Offer(
        institution: alternative.institution, tier: tier, utility: utility,
        perceivedQuality: quality, outOfPocket: payment)
      // In the share form a shift is part of what a bill comes to, which does not count there.
      if hasCostShift && money.form == .cost {
        offer.outOfPocket += expectedShift(site, careClass, payment)
      }
      if horizon >= 0 && states[site].expertDay >= 0 {
        addExpert(site, visit, resident, qualityWeight, horizon, &offer)
      }
      choiceAtHand.add(offer)
    }
    var weight = careClass == .admission ? choice.moneyInpatient : choice.moneyOutpatient
    if movesMoney { weight *= moneyWeight(resident) }
    if hasTitles && careClass != .admission { addTitles(resident, qualityWeight, weight) }
    choiceAtHand.weigh(money: weight, choice)
  }

  /// Puts together anew what an institution's waits and quality are worth.
  mutating func renewAppeal(_ site: Int) {
    let state = states[site]
    let wait = choice.wait * state.perceivedWait
    appeals[site].visit = wait + choice.waitDays * Double(state.slotWaitDays)
    appeals[site].stay = wait + choice.waitDays * state.perceivedBedWait
    appeals[site].quality =
      0.5
      * (tiers[sites[site].tier.row].quality + policies.abilities[site].quality
        + care.skillQualityWeight * state.skill)
  }

  /// Utilities that all institutions of a tier share.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func tierPreference(
    _ tier: Tier, _ resident: Resident, _ careClass: CareClass, _ context: ChoiceContext
  ) -> Double {
    var utility = 0.0
    if tier.isPrimary {
      utility += careClass == .admission ? admissionDrift : visitDrift
      if resident.hasContract { utility += choice.contract }
    } else {
      utility += context.hospitalBonus
    }
    if resident.habitTier == tier.rawValue { utility += choice.habit }
    if careClass == .refill { utility += choice.drugs * policies.drugStock[tier.row] }
    return utility
  }

  // MARK: - Experts

  /// How many days ahead a person looks for an expert: none if the need is severe and no bed is
  /// needed, −1 if it is not one for an expert.
  @inline(__always)
  private func expertHorizon(_ visit: Visit) -> Int {
    guard !policies.experts.isEmpty else { return -1 }
    switch visit.careClass {
    case .refill: return -1
    case .outpatient:
      return severity.band(Double(visit.severity)) == .severe ? 0 : ExpertPosting.horizon
    case .admission: return experts.hasSurgery ? ExpertPosting.horizon : -1
    }
  }

  /// Adds what an expert is worth at a member to whoever knows the calendar: his quality, less the
  /// days until he comes.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func addExpert(
    _ site: Int, _ visit: Visit, _ resident: Resident, _ qualityWeight: Double, _ horizon: Int,
    _ offer: inout Offer
  ) {
    var best = 0.0
    var quality = 0.0
    for post in experts.posts(at: site) where experts.serves(post, visit) {
      let row = experts.posts[post]
      let days = row.nextDay - today
      guard days >= 0, days <= horizon, (Double(resident.newsRank) + 0.5) / 256 < row.known else {
        continue
      }
      let gain = qualityWeight * 0.5 * row.qualityGain + choice.waitDays * Double(days)
      if gain > best { (best, quality) = (gain, row.qualityGain) }
    }
    guard best > 0 else { return }
    offer.utility += best
    offer.perceivedQuality += 0.5 * quality
    offer.isForExpert = true
  }
}
