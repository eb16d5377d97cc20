// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension RegionDomain {
  package mutating func duration(
    _ rule: UInt16, _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> TimeSpan {
    let index = Int(entity.rawValue)
    let visit = visits[index]
    let site = Int(flow.entities[entity].site)
    let tier = sites[site].tier
    switch RegionVocabulary.Rule(rawValue: rule)! {
    case .journey:
      // A pathway may name the journey again further on: whoever has arrived is there.
      return max(.zero, visit.arrives - now)
    case .registration:
      let own = tiers[tier.row].registrationMinutes * policies.registration[tier.row]
      if visit.flags.contains(.isEmergency) && !policies.emergencyCentres.isEmpty {
        return .minutes(
          own * policies.registrationLeft(at: site, for: visit.need)
            + sites[site].externalWaitMinutes)
      }
      return .minutes(own + sites[site].externalWaitMinutes)
    case .firstConsult:
      let stretch = sites[site].consultStretch
      let consult = minutes(service[tier.row].consult, Draw.firstConsult, visit, stretch)
      return visit.flags.contains(.isFollowedUp)
        ? consult + followUpTime(visit, stretch) : consult
    case .exam:
      let whole = minutes(
        service[tier.row].exam, Draw.examTime, visit, sites[site].examStretch)
      return visit.examCentre == 0 ? whole : takingTime(visit, of: whole)
    case .examTransport:
      return visit.examCentre == 0 ? .zero : transportToCentre(visit, at: site, now)
    case .examReading:
      return visit.examCentre == 0 ? .zero : readAtCentre(visit, from: site, now)
    case .remoteConsult:
      return visit.flags.contains(.wasConsulted) ? consultFromAfar(visit, at: site, now) : .zero
    case .secondConsult:
      return minutes(
        service[tier.row].secondConsult, Draw.secondConsult, visit, sites[site].consultStretch)
    case .bedNotice:
      let mean = sites[site].externalBedWaitDays
      guard mean > 0, !visit.flags.contains(.isEmergency) else { return .zero }
      var draw = stream(Draw.bedNotice, visit)
      return .days(mean * draw.exponential())
    case .admissionPatience:
      guard !visit.flags.contains(.isEmergency) else { return PathwayFlow.unlimited }
      var draw = stream(Draw.patience, visit)
      return .days(care.patienceDays * draw.exponential())
    case .acuteStay:
      var draw = stream(Draw.acuteStay, visit)
      visits[index].acuteDays = Float(
        service[tier.row].acute.draw(&draw) * intensities[site].stay)
      return .days(Double(visits[index].acuteDays))
    case .recoveryStay:
      return .days(Double(visit.recoveryDays))
    case .transferJourney:
      return .minutes(care.transferMinutes)
    }
  }

  @inline(__always)  // a call from a mutating function copies the whole domain
  private func minutes(
    _ time: LogTime, _ purpose: Purpose, _ visit: Visit, _ stretch: Double
  ) -> TimeSpan {
    var draw = stream(purpose, visit)
    return .minutes(time.draw(&draw) * stretch)
  }

  package mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    let index = Int(entity.rawValue)
    let site = Int(flow.entities[entity].site)
    switch RegionVocabulary.Role(rawValue: role)! {
    case .doctor:
      guard !visits[index].flags.contains(.hasBegunConsult) else { return }
      visits[index].flags.insert(.hasBegunConsult)
      if !policies.followUps.isEmpty && visits[index].careClass == .refill {
        beginFollowUp(index, at: site)
      }
      let wait = (now - visits[index].registered).microseconds
      states[site].consults += 1
      states[site].waited += wait
      if visits[index].flags.contains(.isEmergency) { countEmergency(visits[index], now) }
      let town = Int(visits[index].town)
      tally.count(at: site, tier: sites[site].tier, home: town) { cell in
        cell.consults += 1
        cell.waited += wait
      }
      if recordsResidents { recordWait(wait, of: visits[index]) }
      if !policies.channels.isEmpty {
        countChannelWait(entity, wait, &flow)
        turn(entity, to: .exam, &flow)
      }
    case .acuteBed:
      let town = Int(visits[index].town)
      let bed = flow.resource(role: role, site: UInt16(site))!
      bedBook.take(bed, at: now)
      tally.count(at: site, tier: sites[site].tier, home: town) { $0.admissions += 1 }
      if recordsResidents { recordAdmission(visits[index]) }
      guard !sites[site].isExternal else { return }
      states[site].beds += 1
      states[site].bedWaited += waited.microseconds
      tally.count {
        $0.bedsGranted += 1
        $0.bedWaited += waited.microseconds
      }
      tally.count(at: site, tier: sites[site].tier, home: town) { cell in
        cell.bedsGranted += 1
        cell.bedWaited += waited.microseconds
      }
    case .recoveryBed:
      let below = Int(flow.entities[entity].destination)
      bedBook.take(flow.resource(role: role, site: UInt16(below))!, at: now)
      bedBook.unblock(at: site, now)
      visits[index].flags.insert(.hasBedBelow)
      let town = Int(visits[index].town)
      tally.count(at: below, tier: sites[below].tier, home: town) { cell in
        cell.stepDowns += 1
        cell.referralsDown += 1
      }
      tally.count(transfer: .stepDown, from: sites[site].tier, to: sites[below].tier)
    case .examRoom:
      // After the exam he is seen again.
      turn(entity, to: .consult, &flow)
    }
  }
}
