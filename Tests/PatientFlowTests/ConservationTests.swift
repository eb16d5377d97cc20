// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct ConservationTests {
  /// A variant of the hamlet: other capacities, habits and policies.
  static func variant(_ number: Int) -> [String] {
    var draw = RandomStream(
      RandomRoot(seed: 1_234, replication: 1), Purpose("variant"), owner: UInt64(number))
    func whole(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(draw.below(UInt32(range.count)))
    }
    func share() -> Double { (1000 * draw.uniform()).rounded() / 1000 }
    let beds = whole(1...14)
    var settings = [
      "institutions[county-hospital].acute_beds=\(beds)",
      "institutions[county-annex].acute_beds=\(whole(0...5))",
      "institutions[hill-centre].acute_beds=\(whole(0...3))",
      "institutions[county-hospital].clinic_doctors_weekday=\(whole(1...4))",
      "institutions[county-hospital].clinic_doctors_weekend=\(whole(0...2))",
      "institutions[ford-centre].clinic_doctors_weekend=\(whole(0...1))",
      "institutions[county-hospital].exam_rooms=\(whole(0...2))",
      "institutions[mill-centre].recovery_beds=\(whole(0...2))",
      "tiers[county].slots_per_doctor_day=\(whole(0...12))",
      "tiers[county].consult_minutes=\(whole(5...60))", "recognition=\(share())",
      "defensive-referral=\(0.3 * share())", "no-show=\(share())", "most-contacts=\(whole(1...6))",
      "return-delay=\(whole(0...40)) d", "admission-patience=\(whole(1...20)) d",
      "refill.interval=\(whole(5...40)) d", "listed-share=\(share())",
      "policies.experts.days-per-month=\(min(21, whole(0...25)))",
      "policies.experts.session-capacity=\(whole(0...8))",
      "policies.referral.registered-share=\(share())",
      "policies.referral.reserved-share=\(share())",
      "policies.referral.release=\(whole(0...300)) h",
      "policies.referral.hand-down-share=\(share())",
      "policies.referral.accepted-share=\(share())",
      "policies.referral.most-slot-days=\(whole(0...14)) d",
      "policies.referral.green-channel=[\(["none", "consult", "exam, bed"][whole(0...2)])]",
      "policies.referral.green-channel-for-contracted=\(draw.below(2) == 0 ? "yes" : "no")",
      "policies.referral.reserved-beds=\(min(beds - 1, whole(0...4)))",
      "policies.referral.defensive-gain=\(share())", "policies.referral.booking-gain=\(share())",
      "policies.referral.follow-up-share=\(share())",
      "policies.records.in-force=\(draw.below(2) == 0 ? "yes" : "no")",
      "policies.deductible.rule=\(draw.below(2) == 0 ? "continuous" : "recharged")",
      "policies.step-down.offer-at-base=0.8", "run.warm-up=\(whole(0...70)) d",
    ]
    for policy in TestRegion.policies where draw.below(3) > 0 {
      settings.append("policies.\(policy).in-force=yes")
    }
    return settings
  }

  @Test("needs, episodes, visits and money are conserved in any variant", arguments: 1...20)
  func variants(number: Int) throws {
    let region = try TestRegion.read(Self.variant(number))
    let run = region.begin(seed: UInt64(number))
    // Traps when anything is lost; here it is said in numbers, and half-way too.
    for end in [midnight(100), region.window.end] {
      run.advance(until: end)
      run.checkConservation()
      let domain = run.simulation.model.domain
      for period in domain.tally.needs {
        #expect(period.arisen == period.sought + period.forgone)
      }
      let present = Int64(run.present.count)
      // Follow-ups after a discharge are episodes, and no needs.
      let followedUp = run.needs(\.aftercareEnded)
      #expect(
        run.needs(\.sought) + run.needs(\.aftercareAgreed)
          == run.needs(\.met) + run.needs(\.unmet) + followedUp + present)
      #expect(domain.episodesBegun == run.needs(\.sought) + run.needs(\.aftercareAgreed))
      #expect(domain.episodesEnded == run.needs(\.met) + run.needs(\.unmet) + followedUp)
      #expect(domain.ledger.isBalanced)
      #expect(domain.ledger.billedTotal == domain.ledger.receivedTotal)
      #expect(
        domain.ledger.patientTotal + domain.ledger.fundTotal == domain.ledger.billedTotal)
      #expect(run.counted(\.patientsPaid) == domain.ledger.patientTotal.fen)
      #expect(run.counted(\.fundPaid) == domain.ledger.fundTotal.fen)
      // Counted by month and by home, it is the same.
      func byMonth(_ field: KeyPath<FlowCell, Int64>) -> Int64 {
        region.model.demand.monthNames.indices.reduce(0) { sum, month in
          sum
            + Tier.allCases.reduce(0) {
              $0 + domain.tally.month(month, tier: $1)[keyPath: field]
            }
        }
      }
      for field in [\FlowCell.visits, \.admissions, \.patientsPaid, \.fundPaid, \.exams] {
        #expect(byMonth(field) == run.counted(field))
      }
    }
    #expect(run.counted(\.visits) > 500)
  }

  @Test(
    "every bed-day held is a day of some stay, a wait for the bed below, or a move",
    arguments: 1...6)
  func bedDays(number: Int) throws {
    // Demand ends in July, so by December all beds are empty. All days of stays cost 100 CNY, so
    // the bills of stays, to the fen, say how many days there were.
    let ends = try RegionCopy(edits: [
      "seasons.csv": { text in
        text.withRows { rows in
          rows.enumerated().map { $0 >= 6 ? "\($0 + 1),0,0" : $1 }
        }
      },
      "tiers.csv": { text in
        text.withRows { rows in
          rows.map { row in
            var cells = row.split(separator: ",").map(String.init)
            cells[24] = "100"
            cells[25] = "100"
            return cells.joined(separator: ",")
          }
        }
      },
    ])
    var settings = [
      "run.warm-up=0 d", "run.length=290 d", "run.start=2019-03-04", "refill.interval=1000 d",
      "institutions[county-hospital].acute_beds=\(3 + number)",
    ]
    if number % 2 == 0 {
      settings += StepDownTests.rush + ["policies.step-down.start=2019-03-04"]
    }
    let region = try TestRegion.read(settings, folder: ends.folder)
    let run = region.begin(seed: UInt64(number))
    run.advance(until: region.window.end)
    run.checkConservation()
    var held = 0.0
    var blocked = 0.0
    var stays = 0
    var billed = 0.0
    let ledger = run.simulation.model.domain.ledger
    for (site, institution) in region.model.institutions.enumerated()
    where !institution.isExternal {
      let receipts = ledger.receipts(institution: site, kind: .inpatient)
      billed += receipts.billed.inYuan / 100
      stays += Int(receipts.settlements)
      for role in [RegionVocabulary.Role.acuteBed, .recoveryBed] {
        guard
          run.simulation.model.flow.resource(role: role.rawValue, site: UInt16(site)) != nil
        else { continue }
        let statistics = run.statistics(role, at: institution.name)
        held += Double(statistics.heldIntegral) / 8.64e10
        #expect(statistics.heldIntegral <= statistics.capacityIntegral)
        let resource = run.resource(role, at: institution.name)
        #expect(run.simulation.model.flow.resources.held(resource) == 0)
        if role == .recoveryBed { blocked += Double(statistics.waitingIntegral) / 8.64e10 }
      }
    }
    let moves = Double(run.counted(\.stepDowns))
    #expect(stays > 100 && (number % 2 == 1 || moves > 10))
    // A move of 90 minutes holds both beds. A fen of a bill is 8.64 seconds of a bed.
    let expected = billed + blocked + moves * 2 * 90 / 1440
    #expect(abs(held - expected) <= 1e-4 * Double(stays))
  }

  @Test("occupancy by observation is beds held over beds provided")
  func occupancy() throws {
    let run = try TestRegion.read().runWhole()
    var held = 0.0
    var provided = 0.0
    for (site, institution) in run.model.institutions.enumerated() where !institution.isExternal {
      for role in [RegionVocabulary.Role.acuteBed, .recoveryBed] {
        guard
          run.simulation.model.flow.resource(role: role.rawValue, site: UInt16(site)) != nil
        else { continue }
        // Since the end of the warm-up; the policy period is the part from day 90 on.
        let statistics = run.statistics(role, at: institution.name)
        held += Double(statistics.heldIntegral)
        provided += Double(statistics.capacityIntegral)
      }
    }
    let before = try run.value("occupancy", "period", "before")
    let after = try run.value("occupancy", "period", "after")
    #expect(abs((30 * before + 90 * after) / 120 - held / provided) < 1e-9)
    #expect(try run.value("occupancy") == after)
  }
}
