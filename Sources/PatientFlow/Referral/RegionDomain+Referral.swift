// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// How a patient is sent up: by a registered referral, or with advice alone.
extension RegionDomain {
  /// What the lead says to a referral.
  private enum Answer { case accepted, withoutSlot, declined }

  /// Sends a patient up: by a registered referral, or with the advice to see a hospital.
  mutating func sendUp(
    _ visit: Visit, from site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let referral = policies.referral(from: site)
    if let referral, isOffered(visit, from: site, referral) {
      guard var next = nextContact(of: visit, from: site) else {
        endUnmet(visit)
        return
      }
      next.flags.insert(.isRegistered)
      next.comes(from: sites[site].tier, by: .referral)
      tally.count { $0.referralsOffered += 1 }
      let answer = answer(to: next, referral, now)
      tally.count {
        switch answer {
        case .accepted: $0.registered += 1
        case .withoutSlot: $0.referralsWithoutSlot += 1
        case .declined: $0.referralsDeclined += 1
        }
      }
      if answer == .accepted {
        countAssessed(\.up, at: site)
        setOut(next, to: referral.lead, after: .zero, &flow, now)
        return
      }
    }
    tally.count { $0.advised += 1 }
    let tier = sites[site].tier
    guard tier != .outside else {
      // Nobody is above the last place: the need stays unmet.
      endUnmet(visit)
      return
    }
    let context = ChoiceContext(
      lowestTier: Tier(rawValue: max(tier.rawValue + 1, Tier.township.rawValue))!, without: site,
      hospitalBonus: choice.hospitalAfterAdvice)
    let chosen = chooseAgain(visit, at: site, by: .advice, context, after: .zero, &flow, now)
    // An agreement under which nobody refers is none.
    if let referral, referral.registeredShare > 0 { countUpward(to: chosen, referral) }
  }

  /// Whether a member offers a patient to the lead.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func isOffered(_ visit: Visit, from site: Int, _ referral: TwoWayReferral) -> Bool {
    var draw = stream(Draw.registered, visit)
    return draw.uniform() < registeredShare(of: referral, for: visit, from: site)
  }

  @inline(__always)
  private func answer(
    to visit: Visit, _ referral: TwoWayReferral, _ now: SimulationTime
  ) -> Answer {
    if referral.mostSlotDays < SlotBook.horizon {
      let journey = journey(of: visit, to: referral.lead, after: .zero, now)
      let free = dayOfFreeSlot(referral.lead, from: journey.date, now, isMember: true)
      let isTaken =
        slotDay(referral.lead, free, now).map {
          !slots.hasRoom(referral.lead, day: free, $0, isMember: true)
        } ?? false
      if free - journey.date > referral.mostSlotDays || isTaken { return .withoutSlot }
    }
    if referral.acceptedShare < 1 {
      var draw = stream(Draw.referralAcceptance, visit)
      if draw.uniform() >= referral.acceptedShare { return .declined }
    }
    return .accepted
  }

  /// Where somebody went whom a member had sent up with advice alone.
  private mutating func countUpward(to chosen: Int?, _ referral: TwoWayReferral) {
    let isInside = chosen.map { referral.isParty($0) }
    tally.count {
      switch isInside {
      case true?: $0.advisedInside += 1
      case false?: $0.advisedOutside += 1
      case nil: $0.advisedNowhere += 1
      }
    }
  }

  /// φ: the share of referrals up that an institution offers: the agreement's, raised by what an
  /// assessment pays, and by booking where the record is shared.
  @inline(__always)
  package func registeredShare(
    of referral: TwoWayReferral, for visit: Visit, from site: Int
  ) -> Double {
    var more = intensities[site].referralLogit
    if referral.bookingGain > 0 && isRecordThere(visit, of: site, at: referral.lead) {
      more += referral.bookingGain
    }
    guard more != 0, referral.registeredShare > 0, referral.registeredShare < 1 else {
      return referral.registeredShare
    }
    return logistic(logit(referral.registeredShare) + more)
  }

  /// Probability of sending up what is within an institution's scope.
  @inline(__always)
  package func defensiveShare(at site: Int) -> Double {
    guard !policies.referrals.isEmpty, let referral = policies.referral(from: site),
      referral.defensiveGain > 0, care.defensiveReferral > 0, care.defensiveReferral < 1
    else { return care.defensiveReferral }
    return logistic(logit(care.defensiveReferral) + referral.defensiveGain)
  }

  /// Whether one institution has another's record of a patient.
  @inline(__always)
  func isRecordThere(_ visit: Visit, of one: Int, at other: Int) -> Bool {
    let share = policies.recordsShared(one, other, on: today)
    guard share > 0 else { return false }
    var draw = stream(Draw.record, visit)
    return draw.uniform() < share
  }
}
