// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension RegionDomain {
  /// Chooses one of the offers at hand and sets out for it.
  ///
  /// - Parameter left: the institution that the patient comes from; −1: none.
  /// - Returns: the institution; `nil` where there is none to go to.
  @discardableResult
  mutating func goToChosen(
    _ visit: Visit, leaving left: Int = -1, after delay: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) -> Int? {
    guard !choiceAtHand.offers.isEmpty else {
      endUnmet(visit)
      return nil
    }
    var draw = stream(Draw.institution, visit)
    let offer = choiceAtHand.choose(draw.uniform())
    var visit = visit
    if offer.isForExpert { visit.flags.insert(.seeksExpert) }
    if Int(offer.institution) == left { visit.comes(from: offer.tier, by: .sameSite) }
    if hasTitles && visit.careClass != .admission { chooseTitle(&visit, offer.tier) }
    setOut(visit, to: Int(offer.institution), after: delay, &flow, now)
    return Int(offer.institution)
  }

  /// Chooses anew, after a contact that did not end the need; see ``goToChosen(_:leaving:after:_:_:)``.
  @discardableResult
  mutating func chooseAgain(
    _ visit: Visit, at site: Int, by way: TransferWay, _ context: ChoiceContext,
    after delay: TimeSpan, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int? {
    guard var next = nextContact(of: visit, from: site) else {
      endUnmet(visit)
      return nil
    }
    if !policies.gatekeepers.isEmpty
      && (context.lowestTier != .village || visit.flags.contains(.isRegistered))
    {
      next.flags.insert(.isThroughGate)
    }
    next.comes(from: sites[site].tier, by: way)
    weighOffers(for: next, context)
    let chosen = goToChosen(next, leaving: site, after: delay, &flow, now)
    if chosen != nil {
      tally.count { cell in
        if delay == .zero { cell.diverted += 1 } else { cell.putOff += 1 }
      }
    }
    return chosen
  }

  /// The next contact of an episode, with the results of this one; `nil` when there were enough.
  @inline(__always)  // a call from a mutating function copies the whole domain
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
      endUnmet(visit)
      return
    }
    let minutes = Double(bestMinutes)
    enter(visit, at: best, travel: minutes, arriving: now + .minutes(minutes), &flow, now)
  }

  /// A patient who was handed down goes to the nearest township or community centre.
  mutating func goToOwnPrimary(
    _ visit: Visit, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    setOut(visit, to: ownPrimary(of: visit), after: .zero, &flow, now)
  }

  /// When a patient could be at a door, and the first date on which he is seen there.
  struct Journey: BitwiseCopyable {
    var door: SimulationTime
    var doorDay: Int
    /// Hours of that day.
    var hour: Double
    var date: Int
    var minutes: Double
  }

  @inline(__always)  // a call from a mutating function copies the whole domain
  func journey(
    of visit: Visit, to site: Int, after delay: TimeSpan, _ now: SimulationTime
  ) -> Journey {
    let village = population.residents[Int(visit.resident)].village
    let minutes = Double(model.travelMinutes(village: village, to: site))
    let door = now + delay + .minutes(minutes)
    let doorDay = day(of: door)
    let hour = (door - SimulationTime(microseconds: Int64(doorDay) * microsecondsPerDay)).inHours
    let isOpen = hour < tiers[sites[site].tier.row].closesHour
    return Journey(
      door: door, doorDay: doorDay, hour: hour, date: isOpen ? doorDay : doorDay + 1,
      minutes: minutes)
  }

  /// Travels to an institution, for a time when it takes patients.
  mutating func setOut(
    _ visit: Visit, to site: Int, after delay: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    var visit = visit
    let journey = journey(of: visit, to: site, after: delay, now)
    let opens = tiers[sites[site].tier.row].opensHour
    let doorDay = journey.doorDay
    var date = journey.date
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
    var arrival = journey.door
    if date > doorDay || journey.hour < opens {
      // People who come for the morning come within its first hour or so.
      var draw = stream(Draw.morningDelay, visit)
      arrival =
        SimulationTime(microseconds: Int64(date) * microsecondsPerDay)
        + .hours(opens + draw.uniform() * RegionDomain.morningHours)
    }
    enter(visit, at: site, travel: journey.minutes, arriving: arrival, &flow, now)
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
    if visit.contact > 0 { tally.count { $0.furtherContacts += 1 } }
    let entity = flow.enter(
      model.visitPathway, site: UInt16(site), classIndex: UInt16(visit.careClass.row),
      priority: priority(of: visit, at: site), owner: visit.owner, episode: visit.episode,
      pass: UInt32(visit.contact) << 16, at: now)
    let index = Int(entity.rawValue)
    if index == visits.count { visits.append(visit) } else { visits[index] = visit }
  }
}
