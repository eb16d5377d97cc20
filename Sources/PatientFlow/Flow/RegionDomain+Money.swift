// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// What care costs whom: bills drawn, divided and booked, and bills expected.
extension RegionDomain {
  /// CNY that a person of a scheme expects to pay for a mean visit or stay at a tier.
  package func expectedOutOfPocket(
    _ tier: Tier, _ scheme: UInt8, _ careClass: CareClass, _ account: InsuranceAccount
  ) -> Double {
    let isStay = careClass == .admission
    let outlook = outlooks[tier.row]
    return policies.plan.quote(
      isStay ? outlook.stayBill : outlook.visitBill, scheme: scheme,
      kind: isStay ? .inpatient : .outpatient,
      tier: tier.rawValue, referred: false, account: account, year: year
    ).patient.inYuan
  }

  /// Draws and divides the bill of a visit.
  mutating func settleVisit(_ visit: Visit, at site: Int) {
    let tier = sites[site].tier
    var draw = stream(Draw.visitBill, visit)
    let drawn = service[tier.row].bill.draw(&draw)
    let examFee = visit.flags.contains(.wasExamined) ? tiers[tier.row].examFee : 0
    let exams = Money.bill(yuan: examFee)
    let rest = Money.bill(yuan: drawn + examFee) - exams
    var bill = Bill(rest, drugShare: tiers[tier.row].visitDrugShare)
    bill.drugs = bill.drugs.share(intensities[site].drugs)
    bill.exams = exams
    settle(bill, .outpatient, visit, at: site, stage: .admission)
  }

  /// Settles the acute phase of a stay that goes on elsewhere.
  mutating func settleAcute(_ visit: Visit, at site: Int) {
    settle(
      stayBill(Double(visit.acuteDays) * tiers[sites[site].tier.row].acuteDayBill, at: site),
      .inpatient, visit, at: site, stage: .admission)
  }

  /// Settles the recovery, at the place below, of a patient who was moved down.
  mutating func settleRecovery(_ visit: Visit, at site: Int) {
    settle(
      stayBill(Double(visit.recoveryDays) * tiers[sites[site].tier.row].recoveryDayBill, at: site),
      .inpatient, visit, at: site, stage: .transferDown)
  }

  /// Settles a stay that begins and ends at one place.
  mutating func settleStay(_ visit: Visit, at site: Int) {
    let row = sites[site].tier.row
    let acute = Double(visit.acuteDays) * tiers[row].acuteDayBill
    let recovery = Double(visit.recoveryDays) * tiers[row].recoveryDayBill
    settle(stayBill(acute + recovery, at: site), .inpatient, visit, at: site, stage: .admission)
  }

  /// What days in bed cost, by its parts.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func stayBill(_ yuan: Double, at site: Int) -> Bill {
    let row = sites[site].tier.row
    var bill = Bill(
      Money.bill(yuan: yuan), drugShare: tiers[row].stayDrugShare,
      examShare: tiers[row].stayExamShare)
    bill.drugs = bill.drugs.share(intensities[site].drugs)
    bill.exams = bill.exams.share(intensities[site].exams)
    return bill
  }

  /// Divides a bill, books it, and counts it where it arises.
  mutating func settle(
    _ bill: Bill, _ kind: CareKind, _ visit: Visit, at site: Int, stage: SpellStage
  ) {
    let bill = policies.prices[site].priced(bill)
    let row = Int(visit.resident)
    let scheme = population.residents[row].scheme
    let tier = sites[site].tier
    // Who is moved down is referred by agreement, as the bill shown to him said.
    let isReferred = visit.flags.contains(.isRegistered) || stage == .transferDown
    let settlement = policies.plan.settle(
      bill.charges, fee: bill.fee, scheme: scheme, kind: kind, tier: tier.rawValue,
      referred: isReferred, stage: stage, account: &population.residents[row].account, year: year)
    ledger.record(settlement, scheme: scheme, institution: site, kind: kind)
    tally.count(at: site, tier: tier, home: Int(visit.town)) { cell in
      cell.patientsPaid += settlement.patient.fen
      cell.fundPaid += settlement.fund.fen
    }
  }
}
