// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension RegionDomain {
  /// Chooses one of the offers at hand and sets out for it.
  mutating func goToChosen(
    _ visit: Visit, after delay: TimeSpan, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    guard !choiceAtHand.offers.isEmpty else {
      end(isMet: false)
      return
    }
    var draw = stream(Draw.institution, visit)
    let offer = choiceAtHand.choose(draw.uniform())
    var visit = visit
    if offer.isForExpert { visit.flags.insert(.seeksExpert) }
    if hasTitles && visit.careClass != .admission { chooseTitle(&visit, offer.tier) }
    setOut(visit, to: Int(offer.institution), after: delay, &flow, now)
  }

  /// Chooses anew, after a contact that did not end the need.
  mutating func chooseAgain(
    _ visit: Visit, at site: Int, _ context: ChoiceContext, after delay: TimeSpan,
    _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    guard var next = nextContact(of: visit, from: site) else {
      end(isMet: false)
      return
    }
    if !policies.gatekeepers.isEmpty
      && (context.lowestTier != .village || visit.flags.contains(.isRegistered))
    {
      next.flags.insert(.isThroughGate)
    }
    weighOffers(for: next, context)
    goToChosen(next, after: delay, &flow, now)
  }

  /// The next contact of an episode, with the results of this one; `nil` when there were enough.
  func nextContact(of visit: Visit, from site: Int) -> Visit? {
    guard Int(visit.contact) + 1 < care.mostContacts else { return nil }
    var next = visit.next(from: site)
    if visit.examCentre > 0 {
      // What a centre has read is its lead's.
      next.resultsFrom = UInt16(policies.examCentres[visit.examCentre - 1].rule.lead)
      next.flags.insert(.bringsCentreResults)
    }
    return next
  }

  /// An emergency goes to the nearest place, by ambulance, that can treat it and has beds, and
  /// doctors today.
  mutating func rushToNearest(
    _ visit: Visit, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let village = Int(population.residents[Int(visit.resident)].village)
    var best = -1
    var bestMinutes = Float.infinity
    for site in sites.indices
    where sites[site].canAdmit && sites[site].isGeneral && hasDoctors(site, on: today) {
      guard
        tiers[sites[site].tier.row].scope + policies.scopeAdded(at: site, for: visit.need)
          >= Double(visit.severity)
      else { continue }
      let minutes = model.emergencyMinutes[village * sites.count + site]
      if minutes < bestMinutes { (best, bestMinutes) = (site, minutes) }
    }
    guard best >= 0 else {
      end(isMet: false)
      return
    }
    let minutes = Double(bestMinutes)
    enter(visit, at: best, travel: minutes, arriving: now + .minutes(minutes), &flow, now)
  }

  /// A patient who was handed down goes to the nearest township or community centre.
  mutating func goToOwnPrimary(
    _ visit: Visit, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let village = Int(population.residents[Int(visit.resident)].village)
    var best = Int(alternatives[Int(alternativeStarts[village])].institution)
    var bestMinutes = Float.infinity
    for row in Int(alternativeStarts[village])..<Int(alternativeStarts[village + 1]) {
      let alternative = alternatives[row]
      guard alternative.tier == .township || alternative.tier == .community else { continue }
      if alternative.travelMinutes < bestMinutes {
        (best, bestMinutes) = (Int(alternative.institution), alternative.travelMinutes)
      }
    }
    setOut(visit, to: best, after: .zero, &flow, now)
  }

  /// Travels to an institution, for a time when it takes patients.
  mutating func setOut(
    _ visit: Visit, to site: Int, after delay: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    var visit = visit
    let resident = population.residents[Int(visit.resident)]
    let minutes = Double(model.travelMinutes(village: resident.village, to: site))
    let (opens, closes) = (
      tiers[sites[site].tier.row].opensHour, tiers[sites[site].tier.row].closesHour
    )
    let door = now + delay + .minutes(minutes)
    let doorDay = day(of: door)
    let hour = (door - SimulationTime(microseconds: Int64(doorDay) * microsecondsPerDay)).inHours
    var date = hour < closes ? doorDay : doorDay + 1
    if visit.flags.contains(.seeksExpert),
      let (post, day) = expertDay(for: visit, at: site, from: date)
    {
      date = day
      bookExpert(post, day: date)
    } else {
      visit.flags.remove(.seeksExpert)
      let isRegistered = visit.flags.contains(.isRegistered)
      let free = dayOfFreeSlot(site, from: date, now, isMember: isRegistered)
      if free > date || isRegistered { visit.flags.insert(.isBooked) }
      date = free
      if date <= today + SlotBook.horizon, let slots = slotDay(site, date, now) {
        self.slots.book(site, day: date, slots, isMember: isRegistered)
        if date == today && !self.slots.hasRoom(site, day: date, slots, isMember: false) {
          renewSlotWait(site, now)
          renewAppeal(site)
        }
      }
    }
    if visit.flags.contains(.seeksExpert) && date > doorDay { visit.flags.insert(.isBooked) }
    while !hasDoctors(site, on: date) && date < doorDay + SlotBook.horizon { date += 1 }
    var arrival = door
    if date > doorDay || hour < opens {
      // People who come for the morning come within its first hour or so.
      var draw = stream(Draw.morningDelay, visit)
      arrival =
        SimulationTime(microseconds: Int64(date) * microsecondsPerDay)
        + .hours(opens + draw.uniform() * RegionDomain.morningHours)
    }
    enter(visit, at: site, travel: minutes, arriving: arrival, &flow, now)
  }

  /// Hours after opening within which those come who had to wait for a day to begin.
  private static let morningHours = 2.0

  private mutating func enter(
    _ visit: Visit, at site: Int, travel minutes: Double, arriving: SimulationTime,
    _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    var visit = visit
    visit.town = population.residents[Int(visit.resident)].town
    visit.travelMinutes = Float(minutes)
    visit.arrives = arriving
    if hasTitles && visit.title == nil { giveTitle(&visit, sites[site].tier) }
    let priority: UInt8 =
      visit.flags.contains(.isEmergency) ? 0 : visit.flags.contains(.isRegistered) ? 4 : 8
    let entity = flow.enter(
      model.visitPathway, site: UInt16(site), classIndex: UInt16(visit.careClass.row),
      priority: priority, owner: visit.owner, episode: visit.episode,
      pass: UInt32(visit.contact) << 16, at: now)
    let index = Int(entity.rawValue)
    if index == visits.count { visits.append(visit) } else { visits[index] = visit }
  }
}
