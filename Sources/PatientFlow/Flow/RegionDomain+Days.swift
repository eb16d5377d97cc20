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
      countBlocked(until: calendar.now)
      if tally.period == .after {
        weekdayUse.endDay(tally.weekday, flow, expertTime, wholeCapacity, at: calendar.now)
      }
      if !isWeekend(today) { weekdaysBefore += 1 }
    }
    today += 1
    guard today < demand.dayCount else { return }
    if policies.payment.isActive { turnPayments(on: today) }
    year = demand.yearOfDay[today]
    tally.beginDay(
      month: Int(demand.runningMonthOfDay[today]), weekday: demand.weekday(of: today))
    let years = Double(today) / 365.25
    visitDrift = choice.driftOfVisits * years
    admissionDrift = choice.driftOfAdmissions * years
    if movesMoney { moneyFactor = trends.moneyFactor(day: today) }
    if signing.isPending { signContracts() }
    slots.turn(to: today)
    if !sample.isWhole && today == 0 { openSample(&flow, calendar.now) }
    // Capacity first: the expert calendar asks how many doctors there are to send.
    if policies.capacity.isActive { turnCapacity(&flow, calendar.now) }
    if !policies.alliances.isEmpty { turnAlliances() }
    if !policies.experts.isEmpty { turnExperts(&calendar) }
    if !policies.duties.isEmpty { countDuties() }
    for site in sites.indices { setDoctors(site, &flow, calendar.now) }
    for site in sites.indices {
      renewSlotWait(site, calendar.now)
      renewAppeal(site)
    }
    calendar.schedule(
      .domain(.dayBegan), after: TimeSpan(microseconds: microsecondsPerDay), priority: .first)
  }

  @inline(__always)  // a call from a mutating function copies the whole domain
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
    if !policies.experts.isEmpty { endExpertDay() }
    for site in sites.indices { expertVisitsToday[site] = 0 }
  }

  /// Puts doctors in clinic: the day's roster, plus experts who are here, less those who are away.
  mutating func setDoctors(_ site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime) {
    guard !sites[site].isExternal else { return }
    var doctors = doctorsRostered(site, on: today) + expertTime.balance(at: site)
    if !policies.duties.isEmpty { doctors -= doctorsOnDuty(at: site, on: today) }
    doctors = max(0, doctors)
    guard sample.isWhole else {
      _ = setSampled(.doctor, at: site, to: doctors, &flow, now)
      return
    }
    let resource = flow.resource(
      role: RegionVocabulary.Role.doctor.rawValue, site: UInt16(site))!
    if flow.resources.capacity(resource) != doctors {
      flow.resources.setCapacity(resource, to: doctors, at: now)
    }
  }

  /// Doctors whom duties elsewhere keep out of a clinic; one stays in any case.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func doctorsOnDuty(at site: Int, on day: Int) -> Int {
    min(policies.doctorsOnDuty(at: site, on: day), max(0, doctorsRostered(site, on: day) - 1))
  }

  @inline(never)
  private mutating func countDuties() {
    for site in sites.indices where !sites[site].isExternal {
      let doctors = Int64(doctorsOnDuty(at: site, on: today))
      tally.count { $0.dutyDays += doctors }
    }
  }

  @inline(__always)  // a call from a mutating function copies the whole domain
  package func doctorsRostered(_ site: Int, on day: Int) -> Int {
    Int(isWeekend(day) ? sites[site].doctorsAtWeekends : sites[site].doctorsOnWeekdays)
  }

  @inline(__always)  // a call from a mutating function copies the whole domain
  func hasDoctors(_ site: Int, on day: Int) -> Bool {
    sites[site].isExternal || doctorsRostered(site, on: day) > 0
  }

  // MARK: - Slots

  /// The slots of a hospital on a day, or `nil` where nobody books.
  @inline(__always)  // a call from a mutating function copies the whole domain
  package func slotDay(_ site: Int, _ day: Int, _ now: SimulationTime) -> SlotBook.Day? {
    guard sites[site].tier == .county, !sites[site].isExternal else { return nil }
    let profile = tiers[Tier.county.row]
    var slots = Int(Double(doctorsRostered(site, on: day)) * profile.slotsPerDoctorDay)
    if !sample.isWhole && slots > 0 {
      slots = max(1, Int(sample.part(of: Double(slots)).rounded()))
    }
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
