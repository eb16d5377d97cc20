// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension RegionDomain {
  /// At the end of the acute phase the patient is stable: does he recover here, or below?
  mutating func endAcutePhase(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    let index = Int(entity.rawValue)
    let site = Int(flow.entities[entity].site)
    let tier = sites[site].tier
    var draw = stream(Draw.recoveryStay, visits[index])
    visits[index].recoveryDays = Float(
      service[tier.row].recovery.draw(&draw) * intensities[site].stay)
    guard let policy = policies.stepDown(ledBy: site), isListed(visits[index]) else { return 0 }
    let visit = visits[index]
    let resident = population.residents[Int(visit.resident)]
    guard let below = placeBelow(policy, resident) else { return 0 }
    let profile = tiers[tier.row]
    let profileBelow = tiers[sites[below].tier.row]
    let beds = flow.resource(role: RegionVocabulary.Role.acuteBed.rawValue, site: UInt16(site))!
    let offer = policy.offerProbability(
      isQueued: flow.resources.waiting(beds) > 0, acuteDay: profile.acuteDayBill,
      recoveryDay: profile.recoveryDayBill, recoveryDayBelow: profileBelow.recoveryDayBill,
      terms: bedDayTerms(visit, at: site, below: below))
    var offerDraw = stream(Draw.offer, visit)
    guard offerDraw.uniform() < offer else { return 0 }
    tally.count { $0.stepDownsOffered += 1 }
    let acceptance = acceptance(of: policy, visit, resident, from: site, to: below)
    var acceptanceDraw = stream(Draw.acceptance, visit)
    guard acceptanceDraw.uniform() < acceptance else { return 0 }
    settleAcute(visit, at: site)
    countAssessed(\.down, at: site)
    visits[index].flags.insert(.isSteppedDown)
    flow.entities[entity].destination = UInt16(below)
    return 1
  }

  private func isListed(_ visit: Visit) -> Bool {
    guard Double(visit.recoveryDays) >= care.listedLeastRecoveryDays else { return false }
    var draw = RandomStream(root, Draw.listed, owner: visit.owner, episode: visit.episode)
    return draw.uniform() < care.listedShare
  }

  /// The nearest member with recovery beds; the patient's own town's, where it has one.
  private func placeBelow(_ policy: StepDown, _ resident: Resident) -> Int? {
    policy.members
      .filter { sites[$0].hasRecoveryBeds }
      .min {
        let one = model.travelMinutes(village: resident.village, to: $0)
        let other = model.travelMinutes(village: resident.village, to: $1)
        return (one, $0) < (other, $1)
      }
  }

  private func acceptance(
    of policy: StepDown, _ visit: Visit, _ resident: Resident, from site: Int, to below: Int
  ) -> Double {
    let days = Double(visit.recoveryDays)
    let top = sites[site].tier
    let tierBelow = sites[below].tier
    // What the patient owes after the acute phase decides what the rest will cost him.
    var account = resident.account
    _ = policies.plan.settle(
      Money.bill(yuan: Double(visit.acuteDays) * tiers[top.row].acuteDayBill),
      scheme: resident.scheme,
      kind: .inpatient, tier: top.rawValue, referred: visit.flags.contains(.isRegistered),
      account: &account, year: year)
    let extra = StepDown.extraCost(
      plan: policies.plan, account: account, scheme: resident.scheme, year: year, from: top,
      to: tierBelow, stayingBill: days * tiers[top.row].recoveryDayBill,
      movingBill: days * tiers[tierBelow.row].recoveryDayBill)
    let quality =
      0.5 * (tiers[tierBelow.row].quality + care.skillQualityWeight * states[below].skill)
      + 0.5 * resident.trust(in: tierBelow)
    let saved =
      Double(
        model.travelMinutes(village: resident.village, to: site)
          - model.travelMinutes(village: resident.village, to: below)) / 60
    return policy.acceptanceProbability(
      extraCost: extra, money: choice.moneyInpatient, quality: quality, hoursSaved: saved)
  }

  /// A stay ends: the bill is settled, and the need is met.
  mutating func discharge(_ entity: EntityIndex, _ flow: inout PathwayFlow) -> Int {
    let visit = visits[Int(entity.rawValue)]
    let site = Int(flow.entities[entity].site)
    if visit.flags.contains(.isSteppedDown) {
      settleRecovery(visit, at: site)
    } else {
      settleStay(visit, at: site)
    }
    experience(care.resolvedResult, visit, at: site)
    end(isMet: true)
    return 0
  }

  /// Patience for a bed has ended: another hospital, and after that one, out of the area.
  mutating func goWithoutBed(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    var visit = visits[Int(entity.rawValue)]
    let site = Int(flow.entities[entity].site)
    tally.count { $0.leaked += 1 }
    experience(care.failedResult, visit, at: site)
    let context = ChoiceContext(
      lowestTier: visit.flags.contains(.hasLeaked) ? .outside : .county, without: site)
    visit.flags.insert(.hasLeaked)
    chooseAgain(visit, at: site, context, after: .zero, &flow, now)
    return 0
  }
}
