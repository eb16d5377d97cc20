// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// What another place does for a patient who stays where he is: exams read at a shared centre, and
/// doctors asked from afar.
extension RegionDomain {
  // MARK: - Exams read elsewhere

  /// At an exam that is ordered: a centre that reads it is noted at the visit.
  ///
  /// The rank decides at once whether and where, so that more of a centre's share never takes an exam
  /// back from it.
  @inline(never)
  mutating func sendToCentre(_ index: Int, from site: Int) {
    let visit = visits[index]
    // Who is in danger does not wait for a centre; nor does a place that stays out.
    guard !visit.flags.contains(.isEmergency), !policies.isOut[site] else { return }
    var draw = stream(Draw.examCentre, visit)
    let rank = draw.uniform()
    var sum = 0.0
    for number in policies.examCentres.indices
    where policies.examCentres[number].has(member: site) {
      let rule = policies.examCentres[number].rule
      let shared = policies.recordsShared(site, rule.lead, on: today)
      sum += rule.share * (shared + (1 - shared) * rule.withoutPlatform)
      if rank < sum {
        visits[index].examCentre = number + 1
        return
      }
    }
  }

  /// After an exam: is it read here, 0, or elsewhere, 1?
  mutating func readsExam(_ entity: EntityIndex, _ flow: inout PathwayFlow) -> Int {
    guard visits[Int(entity.rawValue)].examCentre > 0 else { return 0 }
    tally.count { $0.examsSentAway += 1 }
    return 1
  }

  /// The part of an exam's time that taking it needs.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func takingTime(_ visit: Visit, of whole: TimeSpan) -> TimeSpan {
    .minutes(whole.inMinutes * policies.examCentres[visit.examCentre - 1].rule.takingShare)
  }

  /// An exam has been taken, and goes to the centre.
  @inline(never)
  mutating func transportToCentre(_ visit: Visit, at site: Int, _ now: SimulationTime) -> TimeSpan {
    let way = policies.examCentres[visit.examCentre - 1].transport(
      at: now, opensHour: tiers[sites[site].tier.row].opensHour)
    tally.count { $0.reportTime += way.microseconds }
    return way
  }

  /// An exam is at the centre, and waits for a reader; the patient sees his doctor again at the next
  /// opportunity after the report.
  @inline(never)
  mutating func readAtCentre(_ visit: Visit, from site: Int, _ now: SimulationTime) -> TimeSpan {
    let number = visit.examCentre - 1
    var draw = stream(Draw.examReading, visit)
    let service = TimeSpan.minutes(
      policies.examCentres[number].reading.draw(&draw) * policies.examCentres[number].stretch)
    let report = policies.examCentres[number].line.take(service, at: now).ends
    tally.count {
      $0.reports += 1
      $0.reportTime += (report - now).microseconds
    }
    return comeBack(visit, to: site, left: visit.registered, after: report) - now
  }

  // MARK: - Doctors asked from afar

  /// The desk that an institution may ask.
  @inline(__always)
  func deskNumber(of site: Int) -> Int? {
    for number in policies.desks.indices where policies.desks[number].has(member: site) {
      return number
    }
    return nil
  }

  /// Before a visit is concluded: is a doctor of another place asked, 0, or nobody, 1?
  mutating func asksFromAfar(
    _ entity: EntityIndex, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) -> Int {
    guard !policies.desks.isEmpty else { return 1 }
    return asksDesk(Int(entity.rawValue), at: Int(flow.entities[entity].site), now) ? 0 : 1
  }

  /// Whether the desk is asked: the need is beyond the scope, not by too much, the doctor sees it, and
  /// neither he nor the record nor the line stands against it.
  @inline(never)
  private mutating func asksDesk(_ index: Int, at site: Int, _ now: SimulationTime) -> Bool {
    let visit = visits[index]
    guard visit.careClass != .refill, !visit.flags.contains(.isEmergency), !policies.isOut[site],
      let desk = deskNumber(of: site)
    else { return false }
    let gap = Double(visit.severity) - scope(of: site, for: visit)
    guard gap > 0, gap <= policies.desks[desk].rule.gapLimit else { return false }
    // The same number by which the visit's conclusion will ask whether he sees it.
    var recognition = stream(Draw.recognition, visit)
    guard recognition.uniform() < care.recognition else { return false }
    let shared = policies.recordsShared(site, policies.desks[desk].rule.lead, on: today)
    let possible = shared + (1 - shared) * policies.desks[desk].rule.withoutPlatform
    var request = stream(Draw.remoteRequest, visit)
    guard request.uniform() < policies.desks[desk].rule.requestShare * possible else {
      return false
    }
    guard policies.desks[desk].line.wait(at: now) <= policies.desks[desk].rule.limit else {
      tally.count { $0.remoteDeclined += 1 }
      return false
    }
    visits[index].flags.insert(.wasConsulted)
    tally.count { $0.remoteAsked += 1 }
    return true
  }

  /// The desk is asked: for how long the patient waits for its advice.
  @inline(never)
  mutating func consultFromAfar(_ visit: Visit, at site: Int, _ now: SimulationTime) -> TimeSpan {
    guard let desk = deskNumber(of: site) else { return .zero }
    var draw = stream(Draw.remoteConsult, visit)
    let service = TimeSpan.minutes(policies.desks[desk].consult.draw(&draw))
    let (begins, ends) = policies.desks[desk].line.take(service, at: now)
    let isResolved = Double(visit.severity) <= scope(of: site, for: visit)
    tally.count {
      if isResolved { $0.remoteResolved += 1 }
      $0.remoteWaited += (begins - now).microseconds
      $0.remoteTime += service.microseconds
    }
    return comeBack(visit, to: site, left: now, after: ends) - now
  }

  // MARK: - What is known later

  /// When a patient who waits for something sees his doctor again: as soon as it is there, or if that
  /// is after closing, at the next opening, for which he travels again.
  ///
  /// - Parameter left: when he was last there.
  private mutating func comeBack(
    _ visit: Visit, to site: Int, left: SimulationTime, after instant: SimulationTime
  ) -> SimulationTime {
    let (opens, closes) = (
      tiers[sites[site].tier.row].opensHour, tiers[sites[site].tier.row].closesHour
    )
    var date = day(of: instant)
    let hour = (instant - SimulationTime(microseconds: Int64(date) * microsecondsPerDay)).inHours
    var seen = instant
    if hour < opens || hour >= closes || !hasDoctors(site, on: date) {
      if hour >= closes { date += 1 }
      // Bounded, should a place have no doctors at all for longer.
      let last = date + SlotBook.horizon
      while !hasDoctors(site, on: date) && date < last { date += 1 }
      seen = max(
        instant, SimulationTime(microseconds: Int64(date) * microsecondsPerDay) + .hours(opens))
    }
    if day(of: seen) > day(of: left) {
      let town = Int(visit.town)
      tally.count { $0.calledBack += 1 }
      tally.count(at: site, tier: sites[site].tier, home: town) {
        $0.travelled += Int64(2 * 60 * visit.travelMinutes)
      }
      if recordsResidents { recordTravel(visit) }
    }
    return seen
  }

  /// The share in which results that a patient brings are recognised at a place.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func recognisedShare(_ visit: Visit, at site: Int) -> Double {
    let from = Int(visit.resultsFrom)
    return policies.recognisedShare(
      from: from, sites[from].tier, at: site, sites[site].tier,
      isFromCentre: visit.flags.contains(.bringsCentreResults), on: today)
  }
}
