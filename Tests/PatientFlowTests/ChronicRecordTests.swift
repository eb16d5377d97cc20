// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import Testing

/// The parts of chronic care by themselves: records, sign-up, services.
@Suite struct ChronicRecordTests {
  @Test("a record knows the last four quarters, whatever came before")
  func record() {
    for sample in 0..<200 {
      var draw = WorkloadLineTests.stream("record", sample)
      var record = FollowUpRecord()
      var seen: Set<Int> = []
      var quarter = Int(draw.below(300))
      #expect(record.service == FollowUpRecord.nobody)
      for _ in 0..<40 {
        quarter += Int(draw.below(3))
        if draw.uniform() < 0.05 { quarter += 9 }
        if draw.uniform() < 0.7 {
          record.followUp(in: quarter, by: 3, withTeam: draw.uniform() < 0.3)
          seen.insert(quarter)
        } else {
          record.turn(to: quarter)
        }
        let count = (quarter - 3...quarter).count { seen.contains($0) }
        #expect(record.dose == Double(count) / 4)
        #expect(record.isStandard == (count == 4))
        if count == 0 { #expect(!record.hasTeamPlan) }
      }
    }
    #expect(MemoryLayout<FollowUpRecord>.size == 4)
  }

  @Test("sign-up follows its curve, and a higher target signs the same people, sooner, and more")
  func signUp() {
    let (base, tau) = (0.3, 120.0)
    func day(_ rank: Double, target: Double) -> Double? {
      ContractRoll.delay(rank: rank, base: base, target: target, meanDays: tau)
    }
    for target in [0.4, 0.75, 1] {
      for days in [0.5, 60, 120, 700] {
        let signed = (0..<100_000).count {
          day((Double($0) + 0.5) / 100_000, target: target).map { $0 <= days } ?? false
        }
        let expected = (target - base) * (1 - exp(-days / tau))
        #expect(abs(Double(signed) / 100_000 - expected) < 1.1e-5)
      }
    }
    for place in 0..<1000 {
      let rank = (Double(place) + 0.5) / 1000
      let (low, high) = (day(rank, target: 0.6), day(rank, target: 0.8))
      #expect((low == nil) == (rank < base || rank >= 0.6))
      if let low { #expect(high! < low) }
      #expect(day(rank, target: 0.2) == nil)
    }
    #expect(ContractRoll.delay(rank: 0.5, base: 0.3, target: 0.6, meanDays: 0) == 0)
  }

  @Test("the roll gives each out once, on his day, from several groups")
  func roll() {
    var roll = ContractRoll()
    roll.add([(5, 1), (3, 2), (9, 3)])
    #expect(Array(roll.due(by: 4)) == [2])
    roll.add([(4, 7), (9, 6)])
    #expect(Array(roll.due(by: 5)) == [7, 1])
    #expect(roll.due(by: 8).isEmpty)
    #expect(Array(roll.due(by: 20)) == [3, 6])
    #expect(roll.due(by: 99).isEmpty)
  }

  static func service(
    days: Int = 7, patients: Int = .max, team: FollowUpService.Team? = nil
  ) -> FollowUpService {
    FollowUpService(
      institutions: 4, members: [1, 2], ages: 0, conditions: 0, needsContract: false,
      daysPerWeek: days, patientsPerDay: patients, minutes: [1, 2, 3], gains: [0, 0.4, 0.2],
      team: team)
  }

  @Test("a clinic takes its patients on its days, and a specialist his minutes of severe ones")
  func service() {
    var clinic = Self.service(days: 5, patients: 3)
    for day in 0..<14 {
      for site in [1, 2] {
        let taken = (0..<5).count { _ in
          clinic.take(at: site, day: day, weekday: day % 7, grade: .severe) != nil
        }
        #expect(taken == (day % 7 < 5 ? 3 : 0))
      }
    }
    #expect(clinic.followUps == 60 && clinic.teamFollowUps == 0)
    let team = FollowUpService.Team(lead: 0, minutes: 10, minutesPerDay: 25, gain: 0.3)
    var service = Self.service(team: team)
    for day in 0..<3 {
      let joined = (0..<4).map {
        service.take(at: 1 + $0 % 2, day: day, weekday: 0, grade: .severe)
      }
      #expect(joined == [true, true, false, false])
      #expect(service.take(at: 1, day: day, weekday: 0, grade: .moderate) == false)
    }
    #expect(service.followUps == 15 && service.teamFollowUps == 6)
  }

  @Test("of those out of control a share by grade is controlled, in proportion to the quarters")
  func control() {
    let team = FollowUpService.Team(lead: 0, minutes: 10, minutesPerDay: 25, gain: 0.3)
    let service = Self.service(team: team)
    for (grade, gain) in [(ChronicGrade.mild, 0.0), (.moderate, 0.4), (.severe, 0.2)] {
      for quarters in 0...4 {
        for hasTeamPlan in [false, true] {
          let dose = Double(quarters) / 4
          let controlled = (0..<1000).count {
            service.controls(
              rank: (Double($0) + 0.5) / 1000, grade: grade, dose: dose, hasTeamPlan: hasTeamPlan)
          }
          let expected = 1000 * dose * (gain + (hasTeamPlan ? 0.3 : 0))
          #expect(abs(Double(controlled) - expected) < 1)
        }
      }
    }
  }
}
