// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// Experts of lead hospitals at their members: the calendar, the day's trips, who sees them, and
/// how willing they are.
///
/// Nothing here is called while no policy sends any.
extension RegionDomain {
  // MARK: - A posting begins

  mutating func beginPosting(_ number: Int, on day: Int) {
    policies.experts[number].startDay = day
    let posting = policies.experts[number]
    let profile = tiers[sites[posting.lead].tier.row]
    let days = posting.members.map { member in
      ExpertDay(
        opensHour: profile.opensHour, closesHour: profile.closesHour, sessions: posting.sessions,
        travel: posting.staysThere
          ? 0
          : model.travel.minutes(
            from: model.institutions[posting.lead].position,
            to: model.institutions[member].position))
    }
    let first = experts.posts.count
    experts.add(posting, number: number, weekdaysBefore: weekdays(before: day), days: days)
    expertEconomies.append(
      ExpertEconomy(
        day: day, leadVisits: visitsSoFar(posting.lead),
        expertVisits: experts.patients[number],
        lostPerDay: lostPerDoctorDay(of: posting.lead, on: day)))
    renewAim(number, on: day)
    // The midnight of this day is still to come, and with it the last day of the horizon.
    for ahead in day..<min(demand.dayCount, day + ExpertPosting.horizon) {
      for post in first..<experts.posts.count { fixExpertDay(post, ahead) }
    }
  }

  private func weekdays(before day: Int) -> Int {
    var count = weekdaysBefore
    for between in max(0, today)..<max(0, today, day) where !isWeekend(between) { count += 1 }
    return count
  }

  // MARK: - The calendar

  /// Midnight: the calendar moves on by a day, and today's experts are sent on their way.
  mutating func turnExperts(_ calendar: inout Calendar) {
    experts.turn(to: today)
    let ahead = today + ExpertPosting.horizon
    if ahead < demand.dayCount {
      // Whoever is first where the lead is short is another one each day.
      for place in experts.posts.indices {
        fixExpertDay((place + ahead) % experts.posts.count, ahead)
      }
    }
    for post in experts.posts.indices {
      let posting = policies.experts[experts.posts[post].posting]
      experts.setKnown(post, posting.share(knowingAfter: Double(today - posting.startDay)))
      if experts.isOn(post, today) { sendExpert(post, &calendar) }
    }
    for site in sites.indices { renewExpertDay(site) }
  }

  private mutating func fixExpertDay(_ post: Int, _ day: Int) {
    let row = experts.posts[post]
    let posting = policies.experts[row.posting]
    guard isPlanned(post, day) else {
      experts.fix(post, day: day, due: 0, hasRoom: false)
      return
    }
    let kept =
      posting.willingness == nil
      ? 1 : max(willingnessFloor(row.posting), experts.willingness[row.posting].level)
    experts.fix(
      post, day: day, due: posting.perWeekday * kept,
      hasRoom: canSpare(row.lead, on: day, beside: experts.out(of: row.lead, on: day)),
      room: sample.isWhole ? nil : sample.places(row.slots, on: day, line: post))
  }

  /// Whether a plan holds for a post on a day.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func isPlanned(_ post: Int, _ day: Int) -> Bool {
    let row = experts.posts[post]
    let posting = policies.experts[row.posting]
    return day >= posting.startDay && !isWeekend(day) && posting.perWeekday > 0
      && row.day.isWorthTheWay && policies.takesPart(row.member) && sites[row.member].isOpen
  }

  /// Whether a lead keeps a doctor in clinic when one more goes.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func canSpare(_ lead: Int, on day: Int, beside out: Int) -> Bool {
    sites[lead].isExternal
      || doctorsRostered(lead, on: day) - doctorsOnDuty(at: lead, on: day) - out >= 2
  }

  /// Sends today's expert of a post on his way, unless the lead has come to be too short of doctors
  /// or the member has left.
  private mutating func sendExpert(_ post: Int, _ calendar: inout Calendar) {
    let row = experts.posts[post]
    guard policies.takesPart(row.member),
      canSpare(row.lead, on: today, beside: experts.out(of: row.lead, on: today) - 1)
    else {
      experts.cancel(post, day: today)
      tally.count { $0.expertDaysCancelled += 1 }
      return
    }
    let midnight = SimulationTime(microseconds: Int64(today) * microsecondsPerDay)
    let instants = [row.day.leaves, row.day.arrives, row.day.departs, row.day.returns]
    for (stage, instant) in zip(ExpertTime.Stage.allCases, instants) {
      calendar.schedule(
        .domain(.expert(UInt16(post), stage)), at: midnight + TimeSpan(microseconds: instant))
    }
  }

  /// An expert leaves his hospital, begins or ends at the member, or is back.
  @inline(never)
  mutating func moveExpert(
    _ post: Int, _ stage: ExpertTime.Stage, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let row = experts.posts[post]
    expertTime.move(stage, lead: row.lead, member: row.member, at: now)
    switch stage {
    case .leaves, .returns: setDoctors(row.lead, &flow, now)
    case .arrives, .departs: setDoctors(row.member, &flow, now)
    }
    // Who leaves when the doors close at midnight has been taken off with the day.
    if stage == .departs && now.microseconds % microsecondsPerDay != 0 {
      experts.end(post)
      renewExpertDay(row.member)
    }
    guard stage == .returns else { return }
    let day = row.day
    let allowance = policies.experts[row.posting].willingness?.allowance ?? 0
    tally.count {
      $0.expertTimeTaken += day.returns - day.leaves
      $0.expertTimeReceived += day.departs - day.arrives
      $0.expertAllowances += Money(yuan: allowance).fen
    }
  }

  /// The end of a day: what its experts leave behind, and how willing they come to be.
  mutating func endExpertDay() {
    for post in experts.posts.indices where isPlanned(post, today) {
      let planned = policies.experts[experts.posts[post].posting].perWeekday
      tally.count { $0.expertDaysPlanned += Int64((1000 * planned).rounded()) }
    }
    for post in experts.posts.indices where experts.isOn(post, today) {
      let row = experts.posts[post]
      precondition(
        experts.seenToday(post) <= experts.slots(post, day: today),
        "an expert saw more patients than he had slots")
      states[row.member].skill = min(
        care.skillLimit, states[row.member].skill + row.skillPerDay)
      expertEconomies[row.posting].daysHeld += 1
      tally.count { $0.expertDays += 1 }
    }
    for number in policies.experts.indices
    where policies.experts[number].willingness != nil && policies.experts[number].startDay <= today
    {
      if expertEconomies[number].isDue(on: today + 1) { measureExperts(number) }
      experts.willingness[number].passDay()
    }
  }

  // MARK: - Who sees an expert

  /// Whether an expert sees a patient: one with his slot, or one who needs more than the house's own
  /// scope while a slot is free.
  @inline(never)
  mutating func takeToExpert(_ visit: Visit, at site: Int) -> Bool {
    let hasSlot = visit.flags.contains(.seeksExpert)
    if !hasSlot {
      guard Double(visit.severity) > scope(of: site, for: visit) else { return false }
    }
    for post in experts.posts(at: site) where experts.serves(post, visit) {
      if experts.see(post, today: today, hasSlot: hasSlot) {
        if !hasSlot { renewExpertDay(site) }
        expertVisitsToday[site] += 1
        return true
      }
    }
    return false
  }

  /// The scope that an expert adds for a patient who has seen him.
  @inline(__always)
  func expertScope(at site: Int, _ visit: Visit) -> Double {
    var gain = 0.0
    for post in experts.posts(at: site) where experts.serves(post, visit) {
      if experts.isOn(post, today) { return experts.posts[post].scopeGain }
      gain = max(gain, experts.posts[post].scopeGain)
    }
    return gain
  }

  /// The post at an institution whose expert a patient comes for on a day or later, and the day.
  @inline(__always)
  func expertDay(for visit: Visit, at site: Int, from date: Int) -> (post: Int, day: Int)? {
    var best: (post: Int, day: Int)?
    for post in experts.posts(at: site) where experts.serves(post, visit) {
      let day = experts.posts[post].nextDay
      if day >= date, day < best?.day ?? .max { best = (post, day) }
    }
    return best
  }

  /// Takes a slot of an expert; who asks after the last one is shown another day.
  mutating func bookExpert(_ post: Int, day: Int) {
    experts.book(post, day: day)
    if experts.bookedSlots(post, day: day) >= experts.slots(post, day: day) {
      renewExpertDay(experts.posts[post].member)
    }
  }

  /// Looks for the next day with an expert and a free slot of his.
  mutating func renewExpertDay(_ site: Int) {
    let day = experts.renewNextDays(at: site, today: today, dayCount: demand.dayCount)
    states[site].expertDay = policies.takesPart(site) ? day : -1
  }

  // MARK: - Willingness

  /// The share of its plan that a posting keeps in any case: what an audit ensures, or where the
  /// alliance has one staff, what assignment does.
  func willingnessFloor(_ number: Int) -> Double {
    let posting = policies.experts[number]
    let assigned = alliance(of: posting)?.assignedShare ?? 0
    return max(posting.willingness?.floor ?? 0, assigned)
  }

  /// The alliance within which a posting sends experts.
  private func alliance(of posting: ExpertPosting) -> AllianceTerms? {
    for member in posting.members {
      if let terms = policies.alliance(of: posting.lead, with: member) { return terms }
    }
    return nil
  }

  private func visitsSoFar(_ site: Int) -> Int64 {
    Period.allCases.reduce(0) { $0 + tally.site($1, site).visits }
  }

  /// CNY that a visit leaves over what it costs.
  private func netVisitBill(_ site: Int) -> Double {
    tiers[sites[site].tier.row].expectedVisitBill * (1 - model.payment.variableCost)
  }

  /// Days of doctors of a hospital from one day to another.
  private func doctorDays(_ site: Int, from first: Int, to end: Int) -> Double {
    (max(0, first)..<max(0, first, end)).reduce(0) { $0 + Double(doctorsRostered(site, on: $1)) }
  }

  /// CNY that a doctor's day at a hospital has brought in the run so far. Of places outside nothing
  /// is seen but the slots that a doctor has.
  private func lostPerDoctorDay(of lead: Int, on day: Int) -> Double {
    let days = doctorDays(lead, from: 0, to: day)
    let visits =
      days > 0 && !sites[lead].isExternal
      ? sample.expansion * Double(visitsSoFar(lead)) / days
      : tiers[sites[lead].tier.row].slotsPerDoctorDay
    return visits * netVisitBill(lead)
  }

  private mutating func measureExperts(_ number: Int) {
    let posting = policies.experts[number]
    let day = today + 1
    // Of the whole region's patients, for doctors are counted whole.
    let bills = posting.members.map { sample.expansion * netVisitBill($0) }
    expertEconomies[number].measure(
      day: day, leadVisits: visitsSoFar(posting.lead), expertVisits: experts.patients[number],
      doctorDays: sites[posting.lead].isExternal
        ? 0 : doctorDays(posting.lead, from: day - ExpertEconomy.quarterDays, to: day),
      leadBill: sample.expansion * netVisitBill(posting.lead),
      memberBill: bills.reduce(0, +) / Double(max(1, bills.count)))
    renewAim(number, on: day)
  }

  /// w* by what was measured last.
  private mutating func renewAim(_ number: Int, on day: Int) {
    let posting = policies.experts[number]
    guard let rule = posting.willingness else { return }
    let economy = expertEconomies[number]
    // Travel is lost to the lead as the session is.
    let first = experts.posts.first { $0.posting == number }
    let profile = tiers[sites[posting.lead].tier.row]
    let whole = (profile.closesHour - profile.opensHour) * 3.6e9
    let share = first.map { Double($0.day.returns - $0.day.leaves) / whole } ?? 1
    let gained =
      (alliance(of: posting)?.earningsShare ?? 0) * economy.earnedPerDay
      + savingPerDoctorDay(of: posting.lead, on: day)
    experts.willingness[number].aim = rule.aim(gained: gained, lost: share * economy.lostPerDay)
  }

  /// CNY of a budget's saving in the year so far that a doctor's day at the lead brings him: the
  /// lead's part of it over the days of its doctors. A year in deficit pays nothing.
  private func savingPerDoctorDay(of lead: Int, on day: Int) -> Double {
    let budget = policies.payment.budgetOfSite[lead]
    guard budget >= 0, budget < payments.accounts.count,
      let year = payments.accounts[budget].years.last, day > year.startDay
    else { return 0 }
    let elapsed = Double(day - year.startDay)
    let saved = year.available.inYuan * elapsed / Double(year.days) - year.spent.inYuan
    let days = doctorDays(lead, from: year.startDay, to: day)
    let rule = policies.payment.budgets[budget]
    let share = rule.retainedShare * rule.share(of: sites[lead].tier)
    return saved > 0 && days > 0 ? share * sample.expansion * saved / days : 0
  }
}
