// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Glibc
import SimulationKernel

extension RegionDomain {
  /// Midnight: beliefs, skill, rosters and the calendar of experts move on by a day.
  mutating func beginDay(_ flow: inout PathwayFlow, _ calendar: inout Calendar) {
    if today >= 0 {
      // The expert calendar is still asked about the day that ends.
      endDay()
      if !isWeekend(today) { weekdaysBefore += 1 }
    }
    today += 1
    guard today < demand.dayCount else { return }
    if policies.payment.isActive { turnPayments(on: today) }
    year = demand.yearOfDay[today]
    tally.month = Int(demand.runningMonthOfDay[today])
    let years = Double(today) / 365.25
    visitDrift = choice.driftOfVisits * years
    admissionDrift = choice.driftOfAdmissions * years
    if movesMoney { moneyFactor = trends.moneyFactor(day: today) }
    slots.turn(to: today)
    expertBook.turn(to: today)
    for site in sites.indices { rosterDoctors(site, &flow, calendar.now) }
    for site in sites.indices {
      renewSlotWait(site, calendar.now)
      renewExpertDay(site)
      renewAppeal(site)
    }
    calendar.schedule(
      .domain(.dayBegan), after: TimeSpan(microseconds: microsecondsPerDay), priority: .first)
  }

  package func isWeekend(_ day: Int) -> Bool {
    demand.weekdayOfDay[min(day, demand.dayCount - 1)] >= 5
  }

  /// Checks and takes up what the day that ends has shown.
  private mutating func endDay() {
    let decay = exp2(-1 / care.skillHalfLifeDays)
    for site in sites.indices {
      if !sites[site].isExternal { states[site].endDay(weight: care.perceivedWaitWeight) }
      states[site].skill *= decay
    }
    for experts in policies.experts {
      for (place, member) in experts.members.enumerated() where isExpertDay(experts, place, today) {
        precondition(
          expertVisitsToday[member] <= Int64(experts.slotsPerDay),
          "an expert saw more patients than he had slots")
        states[member].skill = min(care.skillLimit, states[member].skill + experts.skillPerDay)
        tally.count { $0.expertDays += 1 }
      }
    }
    for site in sites.indices { expertVisitsToday[site] = 0 }
  }

  /// Puts today's doctors in clinic: the roster, plus experts who come, less experts who are away.
  private mutating func rosterDoctors(
    _ site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    guard !sites[site].isExternal else { return }
    var doctors = doctorsRostered(site, on: today)
    for experts in policies.experts {
      for (place, member) in experts.members.enumerated() where isExpertDay(experts, place, today) {
        if member == site { doctors += 1 }
        if experts.lead == site { doctors = max(1, doctors - 1) }
      }
    }
    let resource = flow.resource(
      role: RegionVocabulary.Role.doctor.rawValue, site: UInt16(site))!
    if flow.resources.capacity(resource) != doctors {
      flow.resources.setCapacity(resource, to: doctors, at: now)
    }
  }

  package func doctorsRostered(_ site: Int, on day: Int) -> Int {
    Int(isWeekend(day) ? sites[site].doctorsAtWeekends : sites[site].doctorsOnWeekdays)
  }

  func hasDoctors(_ site: Int, on day: Int) -> Bool {
    sites[site].isExternal || doctorsRostered(site, on: day) > 0
  }

  // MARK: - Experts

  /// Whether a member has an expert on a day from today on. A policy that begins tonight has none
  /// on the day that ends.
  package func isExpertDay(_ experts: RotatingExperts, _ place: Int, _ day: Int) -> Bool {
    guard day >= experts.startDay, day < demand.dayCount else { return false }
    var weekdays = weekdaysBefore
    for between in today..<max(today, day) where !isWeekend(between) { weekdays += 1 }
    return experts.isExpertDay(
      member: place, isWeekend: isWeekend(day), weekdaysBefore: weekdays)
  }

  /// The expert policy and the place in it of a member.
  func experts(at site: Int) -> (experts: RotatingExperts, place: Int)? {
    for experts in policies.experts {
      if let place = experts.members.firstIndex(of: site) { return (experts, place) }
    }
    return nil
  }

  /// Takes a slot of the expert at a member; who asks after the last one is shown another day.
  mutating func bookExpert(_ site: Int, day: Int) {
    expertBook.book(site, day: day)
    guard let (experts, _) = experts(at: site) else { return }
    if expertBook.bookedSlots(site, day: day) >= experts.slotsPerDay { renewExpertDay(site) }
  }

  /// Looks for the next day with an expert and a free slot of his.
  mutating func renewExpertDay(_ site: Int) {
    states[site].expertDay = -1
    guard !policies.experts.isEmpty, let (experts, place) = experts(at: site) else { return }
    for day in today...today + RotatingExperts.horizon
    where isExpertDay(experts, place, day)
      && expertBook.bookedSlots(site, day: day) < experts.slotsPerDay
    {
      states[site].expertDay = day
      return
    }
  }

  // MARK: - Slots

  /// The slots of a hospital on a day, or `nil` where nobody books.
  @inline(__always)  // a call from a mutating function copies the whole domain
  package func slotDay(_ site: Int, _ day: Int, _ now: SimulationTime) -> SlotBook.Day? {
    guard sites[site].tier == .county, !sites[site].isExternal else { return nil }
    let profile = tiers[Tier.county.row]
    let slots = Int(Double(doctorsRostered(site, on: day)) * profile.slotsPerDoctorDay)
    guard let referral = policies.referral(ledBy: site) else {
      return SlotBook.Day(slots: slots, reserved: 0, isReleased: true)
    }
    let opening =
      SimulationTime(microseconds: Int64(day) * microsecondsPerDay)
      + .hours(profile.opensHour - referral.releaseHours)
    return SlotBook.Day(
      slots: slots, reserved: Int(Double(slots) * referral.reservedShare),
      isReleased: now >= opening)
  }

  /// The first day from a given one on with a free slot; the last of the horizon if there is none,
  /// and any day beyond the horizon, for which nobody books.
  @inline(__always)
  func dayOfFreeSlot(_ site: Int, from day: Int, _ now: SimulationTime, isMember: Bool) -> Int {
    let last = today + SlotBook.horizon
    guard day <= last else { return day }
    for candidate in day...last {
      guard let slots = slotDay(site, candidate, now) else { return day }
      if slots.slots > 0 && self.slots.hasRoom(site, day: candidate, slots, isMember: isMember) {
        return candidate
      }
    }
    return last
  }

  mutating func renewSlotWait(_ site: Int, _ now: SimulationTime) {
    guard sites[site].tier == .county, !sites[site].isExternal else { return }
    states[site].slotWaitDays = dayOfFreeSlot(site, from: today, now, isMember: false) - today
  }
}
