// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension RegionDomain {
  /// A patient is at the door: does he come, and does an expert see him?
  mutating func arrive(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    let index = Int(entity.rawValue)
    let site = Int(flow.entities[entity].site)
    var visit = visits[index]
    if visit.flags.contains(.isBooked) {
      var draw = stream(Draw.attendance, visit)
      if draw.uniform() < care.noShow {
        visits[index].flags.insert(.hasArrived)
        if visit.flags.contains(.isAftercare) {
          endAftercare(attended: false)
          return 1
        }
        if visit.flags.contains(.isRegistered) { tally.count { $0.registeredMissed += 1 } }
        endUnmet(visit)
        return 1
      }
    }
    visit.registered = now
    visit.flags.insert(.hasArrived)
    if !policies.experts.isEmpty && takeToExpert(visit, at: site) { visit.flags.insert(.sawExpert) }
    let town = Int(visit.town)
    if visit.flags.contains(.isHandedDown) {
      population.residents[Int(visit.resident)].isHandedDown = false
    }
    tally.count(at: site, tier: sites[site].tier, home: town) { cell in
      cell.visits += 1
      if visit.flags.contains(.isFirstContact) { cell.firstContacts += 1 }
      if visit.flags.contains(.isRegistered) { cell.referralsUp += 1 }
      if visit.flags.contains(.isHandedDown) { cell.referralsDown += 1 }
      if visit.flags.contains(.isAftercare) { cell.aftercareVisits += 1 }
      if visit.flags.contains(.sawExpert) { cell.expertVisits += 1 }
      cell.travelled += Int64(2 * 60 * visit.travelMinutes)
    }
    if let way = visit.way {
      tally.count(transfer: way, from: visit.cameFrom, to: sites[site].tier)
    }
    if hasTitles || countsResidents { countBeyond(visit, at: site) }
    visits[index] = visit
    return 0
  }

  /// After the first consult: is an exam needed, or one brought along done again?
  mutating func needsExam(_ entity: EntityIndex, _ flow: inout PathwayFlow) -> Bool {
    let index = Int(entity.rawValue)
    let visit = visits[index]
    if visit.careClass == .refill { return false }
    let site = Int(flow.entities[entity].site)
    let tier = sites[site].tier
    var probability = tiers[tier.row].examProbability
    // A place without rooms of its own makes do without exams.
    guard probability > 0, sites[site].hasExams else { return false }
    let isRepeat = visit.flags.contains(.bringsResults)
    if isRepeat {
      let isRecognised = policies.areResultsRecognised(
        from: Int(visit.resultsFrom), at: site)
      probability = isRecognised ? care.repeatExamRecognised : care.repeatExamUnrecognised
      if !isRecognised && policies.recognisesByLevel {
        let share = recognisedShare(visit, at: site)
        probability += share * (care.repeatExamRecognised - care.repeatExamUnrecognised)
      }
    }
    var draw = stream(Draw.examNeed, visit)
    guard draw.uniform() < probability * intensities[site].exams else { return false }
    visits[index].flags.insert(.wasExamined)
    if !policies.examCentres.isEmpty { sendToCentre(index, from: site) }
    let town = Int(visit.town)
    tally.count(at: site, tier: tier, home: town) { cell in
      cell.exams += 1
      if isRepeat { cell.repeatedExams += 1 }
    }
    return true
  }

  /// After the last consult: the bill is settled, and the need is treated, sent up, admitted, or
  /// not seen for what it is.
  mutating func concludeVisit(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    let visit = visits[Int(entity.rawValue)]
    let site = Int(flow.entities[entity].site)
    settleVisit(visit, at: site)
    population.residents[Int(visit.resident)].habitTier = sites[site].tier.rawValue
    if visit.careClass == .refill {
      concludeRefill(visit, at: site, &flow, now)
      return 0
    }
    if visit.flags.contains(.isAftercare) {
      experience(care.resolvedResult, visit, at: site)
      endAftercare(attended: true)
      return 0
    }
    let tier = sites[site].tier
    let isWithinScope = Double(visit.severity) <= scope(of: site, for: visit)
    var draw = stream(isWithinScope ? Draw.defensive : Draw.recognition, visit)
    let uniform = draw.uniform()
    if isWithinScope {
      let isSentUp = tier.rawValue < Tier.city.rawValue && uniform < defensiveShare(at: site)
      if !isSentUp { return treat(visit, at: site, &flow, now) }
    } else if uniform >= care.recognition {
      experience(care.failedResult, visit, at: site)
      var draw = stream(Draw.returnDelay, visit)
      chooseAgain(
        visit, at: site, by: .again, ChoiceContext(),
        after: .days(draw.exponential() * care.returnDays), &flow, now)
      return 0
    }
    experience(care.referredResult, visit, at: site)
    sendUp(visit, from: site, &flow, now)
    return 0
  }

  /// The severity up to which an institution can treat this patient today.
  @inline(__always)  // a call from a mutating function copies the whole domain
  package func scope(of site: Int, for visit: Visit) -> Double {
    let tier = sites[site].tier
    var scope =
      tiers[tier.row].scope + care.skillScopeWeight * states[site].skill
      + policies.scopeAdded(at: site, for: visit.need)
    if visit.flags.contains(.sawExpert) { scope += expertScope(at: site, visit) }
    if visit.examCentre > 0 {
      scope += policies.examCentres[visit.examCentre - 1].rule.scopeGain
    }
    if visit.flags.contains(.wasConsulted), let desk = deskNumber(of: site) {
      scope += policies.desks[desk].rule.scopeGain
    }
    return scope
  }

  /// Treats what is within scope: here and now, or in a bed.
  private mutating func treat(
    _ visit: Visit, at site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    var needsBed = visit.careClass == .admission
    if !needsBed {
      var draw = stream(Draw.admission, visit)
      needsBed =
        draw.uniform()
        < needs[Int(visit.need)].admissionProbability * intensities[site].admission
    }
    if needsBed && sites[site].canAdmit {
      if intensities[site].refusal > 0 && isRefused(visit, at: site) {
        refuse(visit, at: site, &flow, now)
        return 0
      }
      return 1
    }
    experience(care.resolvedResult, visit, at: site)
    endMet()
    return 0
  }

  private mutating func concludeRefill(
    _ visit: Visit, at site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let tier = sites[site].tier
    var stock = stream(Draw.drugStock, visit)
    guard stock.uniform() < policies.stock(at: site, tier) else {
      experience(care.failedResult, visit, at: site)
      guard tier != .outside else {
        endUnmet(visit)
        return
      }
      let above = Tier(rawValue: max(Tier.county.rawValue, tier.rawValue + 1))!
      chooseAgain(
        visit, at: site, by: .outOfStock, ChoiceContext(lowestTier: above), after: .zero, &flow, now
      )
      return
    }
    experience(care.resolvedResult, visit, at: site)
    endMet()
    guard let referral = policies.referral(ledBy: site) else { return }
    var draw = stream(Draw.handDown, visit)
    if draw.uniform() < referral.handDownShare {
      population.residents[Int(visit.resident)].isHandedDown = true
      population.residents[Int(visit.resident)].handedDownBy = tier
      tally.count { $0.handedDown += 1 }
      countAssessed(\.down, at: site)
    }
  }

  mutating func experience(_ result: Double, _ visit: Visit, at site: Int) {
    trust.experience(
      result, of: &population.residents[Int(visit.resident)], at: sites[site].tier, visit.careClass)
  }
}
