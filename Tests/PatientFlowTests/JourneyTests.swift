// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct JourneyTests {
  /// Every contact of a run, as it was when last seen, looked at each quarter of an hour.
  static func contacts(_ run: RegionRun, until end: SimulationTime) -> [Contact.Key: Contact] {
    var contacts: [Contact.Key: Contact] = [:]
    while run.now < end {
      run.advance(until: min(end, run.now + .minutes(15)))
      for contact in run.present { contacts[contact.key] = contact }
    }
    return contacts
  }

  @Test("nobody but an emergency comes before opening, after closing, or on a day without doctors")
  func openingHours() throws {
    let region = try TestRegion.read(
      ["return-delay=20 d", "recognition=0.5"] + TestRegion.inForce(["experts", "referral"]))
    let run = region.begin()
    var early = 0
    for contact in Self.contacts(run, until: midnight(150)).values {
      guard !contact.visit.flags.contains(.isEmergency) else { continue }
      let institution = region.model.institutions[contact.site]
      let tier = region.model.tiers[institution.tier]
      let instant = contact.visit.arrives.microseconds
      let hour = Double(instant % 86_400_000_000) / 3.6e9
      #expect(hour >= tier.opensHour && hour < tier.closesHour)
      let day = Int(instant / 86_400_000_000)
      // The hamlet's year begins on a Monday.
      let isWeekend = day % 7 >= 5
      let doctors = isWeekend ? institution.doctorsAtWeekends : institution.doctorsOnWeekdays
      #expect(institution.isExternal || doctors > 0)
      if contact.site == run.site("mill-centre") { #expect(!isWeekend) }
      if hour < tier.opensHour + 2 { early += 1 }
    }
    #expect(early > 1000)
  }

  @Test("visits are counted in opening hours alone when there are no emergencies")
  func countedHours() throws {
    let run = try TestRegion.read([
      "needs[injury].rate_per_year=0", "needs[stroke].rate_per_year=0",
    ]).begin()
    for day in 0..<40 {
      for (hour, isOpen) in [(7.0, false), (19.0, true), (24.0, false)] {
        let before = run.counted(\.visits)
        run.advance(until: midnight(day) + .hours(hour))
        // The clinics of villages open at seven, and all are closed by seven in the evening.
        if !isOpen { #expect(run.counted(\.visits) == before) }
      }
    }
    #expect(run.counted(\.visits) > 1000)
  }

  @Test("an emergency goes to the nearest place that can treat it, has beds, and doctors today")
  func emergencies() throws {
    let region = try TestRegion.read([
      "needs[injury].rate_per_year=2", "institutions[county-hospital].clinic_doctors_weekend=0",
    ])
    let run = region.begin()
    var weekend = 0
    for contact in Self.contacts(run, until: midnight(60)).values
    where contact.visit.flags.contains(.isEmergency) && contact.visit.contact == 0 {
      let resident = run.simulation.model.domain.population.residents[Int(contact.visit.resident)]
      let village = region.model.villages[Int(resident.village)].position
      func minutes(_ site: Int) -> Double {
        region.model.travel.emergencyMinutes(
          from: village, to: region.model.institutions[site].position)
      }
      // The day on which the ambulance set out.
      let left = contact.visit.arrives - .minutes(minutes(contact.site))
      let day = Int(left.microseconds / 86_400_000_000)
      let able = region.model.institutions.indices.filter { site in
        let institution = region.model.institutions[site]
        let doctors =
          day % 7 >= 5 ? institution.doctorsAtWeekends : institution.doctorsOnWeekdays
        return (institution.isExternal || institution.acuteBeds > 0 && doctors > 0)
          && region.model.tiers[institution.tier].scope >= Double(contact.visit.severity)
      }
      let best = able.map(minutes).min()!
      #expect(minutes(contact.site) <= best + 1e-4)
      if day % 7 >= 5 {
        weekend += 1
        #expect(contact.site != run.site("county-hospital"))
      }
    }
    #expect(weekend > 100)
  }

  @Test("slots are never promised twice, but on the last day of the horizon")
  func slots() throws {
    let region = try TestRegion.read(
      TestRegion.inForce(["referral"]) + [
        "return-delay=1 d", "tiers[county].slots_per_doctor_day=7",
      ])
    let run = region.begin()
    let slots = [7 * 3, 7]
    var busy = 0
    for day in 0..<150 {
      run.advance(throughDay: day)
      // Of those who have a date at the lead within the horizon, no day has more than its slots.
      var dates = [Int](repeating: 0, count: 200)
      for contact in run.present where contact.site == run.site("county-hospital") {
        guard !contact.visit.flags.contains(.isEmergency), contact.visit.arrives >= run.now
        else { continue }
        dates[min(199, Int(contact.visit.arrives.microseconds / 86_400_000_000))] += 1
      }
      for ahead in 1..<SlotBook.horizon {
        let isWeekend = (day + ahead) % 7 >= 5
        #expect(dates[day + ahead] <= slots[isWeekend ? 1 : 0])
        if dates[day + ahead] >= 7 { busy += 1 }
      }
    }
    #expect(busy > 20)
  }

  @Test("who has booked fails to come with the stated probability, who has not always comes")
  func noShows() throws {
    // Slots so few that most must book; looked at each midnight, when all booked are still to come.
    let region = try TestRegion.read([
      "tiers[county].slots_per_doctor_day=2", "run.warm-up=0 d", "run.length=600 d", "no-show=0.3",
    ])
    let run = region.begin()
    var booked = Set<Contact.Key>()
    for day in 0..<400 {
      run.advance(throughDay: day)
      for contact in run.present
      where contact.visit.flags.contains(.isBooked) && contact.visit.arrives > run.now {
        booked.insert(contact.key)
      }
    }
    run.advance(until: midnight(400))
    let pending = run.present.count {
      $0.visit.flags.contains(.isBooked) && $0.visit.arrives >= run.now
    }
    let program = run.model.program
    let reason = UInt16(program.leaveReasons.firstIndex(of: "absent")!)
    var absent = 0
    for careClass in 0..<3 as Range<UInt16> {
      absent += Int(run.simulation.model.flow.measures.left(class: careClass, reason: reason))
    }
    // 6,200 bookings: finds a rate off by 0.057.
    #expect(booked.count - pending > 5000)
    expectBinomial(absent, of: booked.count - pending, probability: 0.3)
  }

  @Test("travel on foot or by road is the quicker of the two, and trunk roads begin beyond")
  func travel() {
    let rule = TravelRule(
      roadFactor: 1.5, roadSpeed: 30, roadAccess: 8, trunkAfter: 30, trunkFactor: 1.3,
      trunkSpeed: 70, walkingSpeed: 4.5, emergencyFactor: 1.5)
    let home = Position(latitude: 30, longitude: 110)
    // A degree of latitude is 111.195 km on a sphere of 6,371 km.
    func north(_ kilometres: Double) -> Position {
      Position(latitude: 30 + kilometres / 111.194927, longitude: 110)
    }
    #expect(abs(home.kilometres(to: north(10)) - 10) < 1e-6)
    #expect(abs(rule.minutes(from: home, to: north(0.5)) - 60 * 0.5 / 4.5) < 1e-6)
    #expect(abs(rule.minutes(from: home, to: north(10)) - (8 + 60 * 15 / 30)) < 1e-6)
    #expect(
      abs(rule.minutes(from: home, to: north(100)) - (8 + 60 * (45 / 30 + 70 * 1.3 / 70))) < 1e-5)
    #expect(
      abs(rule.emergencyMinutes(from: home, to: north(100)) - 60 * (1.5 + 1.3) / 1.5) < 1e-5)
  }
}
