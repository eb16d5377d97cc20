// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// What care costs whom: bills drawn, divided and booked, and bills expected.
extension RegionDomain {
  /// What a person expects to pay for the mean visit or stay of a need at an institution.
  ///
  /// - Parameter fee: a flat fee beside the one in the institution's bills.
  @inline(__always)  // a call from a mutating function copies the whole domain
  package func expectedPayment(
    at site: Int, for visit: Visit, of resident: Resident, fee: Money = .zero
  ) -> ExpectedPayment {
    policies.plan.expectedPayment(
      for: expectedClaim(at: site, for: visit, of: resident, fee: fee), account: resident.account)
  }

  /// The mean bill of a need at an institution, as insurance sees it.
  @inline(__always)
  func expectedClaim(
    at site: Int, for visit: Visit, of resident: Resident, fee: Money
  ) -> InsuranceClaim {
    let bills = expectedBills[Int(termsOfSite[site])]
    let isStay = visit.careClass == .admission
    let bill = isStay ? bills.stay : bills.visit
    var claim = InsuranceClaim(
      bill.charges, scheme: resident.scheme, kind: isStay ? .inpatient : .outpatient,
      tier: bills.tier.rawValue, year: year)
    claim.fee = bill.fee + fee
    claim.month = UInt8(truncatingIfNeeded: tally.month)
    claim.settles = bills.cover.settles(resident.scheme)
    if bills.cover.drugCovers != 0 && visit.careClass == .refill {
      claim.drugs = bill.drugs
      claim.conditions = resident.treated
      claim.drugCovers = bills.cover.drugCovers
    }
    if !policies.breaches.isEmpty {
      CatalogueBreach.mark(
        &claim, visit, at: bills.tier, policies.breaches, catalogues: tiers, root)
    }
    if !policies.gatekeepers.isEmpty {
      Gatekeeping.mark(
        &claim, visit, resident, at: bills.tier, policies.gatekeepers,
        key: residentKey(Int(visit.resident)), root)
    }
    return claim
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
    if policies.fees.isCharged {
      let fee = policies.fees[tier, titles.has(tier) ? visit.title ?? .attending : .attending]
      let resident = population.residents[Int(visit.resident)]
      bill.fee = fee.amount
      bill.feeCovered = fee.covered(scheme: resident.scheme, age: resident.ageGroup)
    }
    if visit.flags.contains(.wasConsulted), let desk = deskNumber(of: site) {
      bill.fee = bill.fee + policies.desks[desk].rule.fee
      let scheme = population.residents[Int(visit.resident)].scheme
      bill.feeCovered = bill.feeCovered + policies.desks[desk].rule.covered(scheme: scheme)
    }
    if !policies.longPrescriptions.isEmpty && visit.careClass == .refill {
      bill.drugs = bill.drugs.share(refillInterval(Int(visit.resident)) / care.refillDays)
    }
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
      stayBill(Double(visit.recoveryDays) * recoveryDayBill(at: site), at: site),
      .inpatient, visit, at: site, stage: .transferDown)
  }

  /// CNY of a recovery day for those who were sent to recover.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func recoveryDayBill(at site: Int) -> Double {
    let bill = tiers[sites[site].tier.row].recoveryDayBill
    return policies.recoveryPrices.isEmpty ? bill : bill * policies.recoveryPrices[site]
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
  func stayBill(_ yuan: Double, at site: Int) -> Bill {
    let row = sites[site].tier.row
    var bill = Bill(
      Money.bill(yuan: yuan), drugShare: tiers[row].stayDrugShare,
      examShare: tiers[row].stayExamShare)
    bill.drugs = bill.drugs.share(intensities[site].stayDrugs)
    bill.exams = bill.exams.share(intensities[site].stayExams)
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
    var claim = InsuranceClaim(
      bill.charges, scheme: scheme, kind: kind, tier: tier.rawValue, year: year)
    claim.month = UInt8(truncatingIfNeeded: tally.month)
    claim.stage = stage
    // Who is moved down is referred by agreement, as the bill shown to him said.
    claim.isReferred = visit.flags.contains(.isRegistered) || stage == .transferDown
    let cover = policies.siteCovers[site]
    claim.settles = cover.settles(scheme)
    // Where nothing is settled, the flat part of a fee is not either.
    let covered = claim.settles ? bill.feeCovered : .zero
    claim.fee = bill.fee - covered
    if cover.drugCovers != 0 && visit.careClass == .refill {
      claim.drugs = bill.drugs
      claim.conditions = population.residents[row].treated
      claim.drugCovers = cover.drugCovers
      claim.monthsOfDrugs = monthsOfDrugs(row)
    }
    let shifted = shifted(of: bill, kind, at: site)
    claim.outsideCatalogue = shifted
    if !policies.breaches.isEmpty {
      CatalogueBreach.mark(
        &claim, visit, at: tier, policies.breaches, catalogues: tiers, root)
    }
    if !policies.gatekeepers.isEmpty {
      Gatekeeping.mark(
        &claim, visit, population.residents[row], at: tier, policies.gatekeepers,
        key: residentKey(row), root)
    }
    var settlement = policies.plan.settle(claim, account: &population.residents[row].account)
    if covered > .zero { settlement.add(covered: covered) }
    ledger.record(settlement, scheme: scheme, institution: site, kind: kind)
    tally.count(at: site, tier: tier, home: Int(visit.town)) { cell in
      cell.patientsPaid += settlement.patient.fen
      cell.fundPaid += settlement.fund.fen
      cell.drugCoverPaid += settlement.drugCover.fen
      cell.repaid += settlement.repaid.fen
      cell.penalties += settlement.penalty.fen
      cell.drugsBilled += bill.drugs.fen
      cell.examsBilled += bill.exams.fen
      cell.servicesBilled += bill.treatment.fen + bill.fee.fen
    }
    pay(settlement, bill, shifted: shifted, kind, visit, at: site, stage: stage)
    if countsResidents { countPaid(settlement, row) }
  }
}
