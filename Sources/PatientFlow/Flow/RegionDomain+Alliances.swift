// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// Who is in which alliance. Nothing here is called while no policy makes one.
extension RegionDomain {
  /// An alliance begins: private members decide for a first term, of which nobody has seen anything.
  mutating func beginAlliance(_ number: Int, on day: Int) {
    allianceTerms.append(AllianceTerm(end: day, brought: 0, begun: day))
    beginTerm(number, gain: 0, on: day)
  }

  /// Midnight: agreements that end are made anew, or not.
  mutating func turnAlliances() {
    for number in policies.alliances.indices where allianceTerms[number].end == today {
      let members = policies.alliances[number].members.filter { policies.takesPart($0) }
      let gain = allianceTerms[number].gain(
        brought: brought(policies.alliances[number]), on: today, members: members.count)
      beginTerm(number, gain: gain, on: today)
    }
  }

  private mutating func beginTerm(_ number: Int, gain: Double, on day: Int) {
    let terms = policies.alliances[number]
    let yearly = gain + terms.subsidy - terms.cost
    let probability = terms.joinProbability(gain: yearly)
    let paid = Money(yuan: terms.subsidy * Double(terms.termDays) / 365).fen
    for member in terms.members where model.institutions[member].ownership == .private {
      let name = Purpose("institution", model.institutions[member].name)
      var rank = RandomStream(root, Draw.joining, owner: name.rawValue)
      policies.isOut[member] = rank.uniform() >= probability
      if policies.takesPart(member) { tally.count { $0.allianceSubsidies += paid } }
    }
    allianceTerms[number] = AllianceTerm(
      end: day + terms.termDays, brought: brought(terms), begun: day)
  }

  /// CNY that experts' patients and patients moved down have left members over their cost so far.
  private func brought(_ terms: AllianceTerms) -> Double {
    let kept = sample.expansion * (1 - model.payment.variableCost)
    return terms.members.reduce(0) { sum, member in
      let profile = tiers[sites[member].tier.row]
      let stay = profile.recoveryDays * profile.recoveryDayBill
      return Period.allCases.reduce(sum) {
        let cell = tally.site($1, member)
        return $0
          + kept
          * (Double(cell.expertVisits) * profile.expectedVisitBill
            + Double(cell.stepDowns) * stay)
      }
    }
  }
}
