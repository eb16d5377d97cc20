// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Long prescriptions, stock, and retail pharmacies.
@Suite struct RefillTests {
  static let fromStart = "policies.long-prescription.start=2019-03-04"

  @Test("drugs for 60 days fall due half as often, for the share that takes them up")
  func longPrescription() throws {
    let base = try TestRegion.read()
    let region = try TestRegion.read(
      [Self.fromStart] + TestRegion.inForce(["long-prescription"]))
    let before = base.runWhole().simulation.model.domain.population.residents
    let after = region.runWhole().simulation.model.domain.population.residents
    var eligible = 0
    var taken = 0
    for row in before.indices where before[row].treated != 0 {
      let (old, new) = (before[row].refills, after[row].refills)
      if before[row].ageGroup < 2 {
        #expect(new == old)
      } else {
        // Dates are f, f + 30 d …; then f, f + 60 d …: every other one, the first one in.
        #expect(new == old || new == (old + 1) / 2)
        if old > 1 {
          eligible += 1
          if new != old { taken += 1 }
        }
      }
    }
    #expect(eligible > 100)
    expectBinomial(taken, of: eligible, probability: 0.35)
    // The draw is the person's own: twice the uptake has all of them again, and more.
    let more = try TestRegion.read(
      [Self.fromStart, "policies.long-prescription.uptake=0.7"]
        + TestRegion.inForce(["long-prescription"])
    ).runWhole().simulation.model.domain.population.residents
    for row in before.indices where after[row].refills != before[row].refills {
      #expect(more[row].refills == after[row].refills)
    }
  }

  @Test("a refill for twice the days costs twice the drugs, once the rest")
  func longBill() throws {
    // One tier, one price without spread, nothing but refills, no insurance.
    let settings = [
      Self.fromStart, "policies.long-prescription.uptake=1", "refill.seek-share=0.99",
      "policies.long-prescription.ages=[0-14, 15-44, 45-64, 65+]",
      "tiers[village].visit_bill_cv=0", "eligible-share=0",
    ]
    let run = try TestRegion.read(
      settings + TestRegion.inForce(["long-prescription"])
        + ["cold", "other-outpatient", "injury", "stroke", "other-admission"].map {
          "needs[\($0)].rate_per_year=0"
        }
    ).runWhole()
    let site = run.site("ford-east")
    let receipts = run.simulation.model.domain.ledger.receipts(
      institution: site, kind: .outpatient)
    // 45.00 a visit, 29.25 of it drugs.
    #expect(receipts.settlements > 5)
    #expect(receipts.billed == Money(fen: (4500 + 2925) * receipts.settlements))
  }

  @Test("a fuller stock draws refills to its tier and lets more of them succeed")
  func parity() throws {
    let base = try PriceLeverTests.domain([])
    let full = try PriceLeverTests.domain(TestRegion.inForce(["parity"]))
    #expect(full.policies.drugStock == [0.98, 0.98, 0.98, 0.98, 1, 1])
    #expect(base.policies.drugStock == [0.55, 0.88, 0.92, 0.98, 1, 1])
    // Village gains 1.2 × 0.43, township 1.2 × 0.10 in utility, and nothing else moves.
    var (one, other) = (base, full)
    for row in stride(from: 0, to: 300, by: 7) {
      let visit = Visit(
        resident: row, need: Visit.refill, careClass: .refill, severity: 0, isEmergency: false,
        owner: 1, episode: 1)
      one.weighOffers(for: visit)
      other.weighOffers(for: visit)
      for (before, after) in zip(one.choiceAtHand.offers, other.choiceAtHand.offers) {
        let gain = before.tier == .village ? 0.516 : before.tier == .township ? 0.12 : 0
        #expect(abs(after.utility - before.utility - gain) < 1e-9)
      }
      #expect(other.choiceAtHand.logsum > one.choiceAtHand.logsum)
      #expect(other.choiceAtHand.primaryShare > one.choiceAtHand.primaryShare)
    }
  }

  /// The hamlet with retail pharmacies.
  static func pharmacies(share: Double = 0.2) throws -> RegionCopy {
    try RegionCopy(edits: [
      "care.yaml": { $0 + "retail-pharmacy: {share: \(share), bill: 40 CNY}\n" }
    ])
  }

  @Test("at the reference logsum pharmacies have their share, and seeking is as without them")
  func pharmacyShare() throws {
    let copy = try Self.pharmacies()
    var domain = try TestRegion.read(folder: copy.folder).begin().simulation.model.domain
    // The hamlet's reference logsum of refills is 1.9.
    for (given, share) in [
      (1.9, 0.2), (2.9, 0.25 / (0.25 + exp(1.0))), (0.9, 0.25 / (0.25 + exp(-1))),
    ] {
      var logsum = given
      let probability = domain.weighPharmacy(0, &logsum)
      #expect(abs(probability - share) < 1e-12)
      #expect(abs(logsum - (log(exp(given) + 0.25 * exp(1.9)) + log(0.8))) < 1e-12)
    }
  }

  @Test("a refill at a pharmacy is no visit, and its cover is paid by the fund, to the fen")
  func pharmacyCover() throws {
    let copy = try Self.pharmacies()
    let start = ["policies.pharmacies.start=2019-03-04"]
    let base = try TestRegion.read(start, folder: copy.folder).runWhole()
    let without = try TestRegion.read().runWhole()
    let purchases = base.simulation.model.domain.tally.pharmacy
    #expect(purchases.reduce(0) { $0 + $1.purchases } > 100)
    #expect(base.counted(\.visits) < without.counted(\.visits))
    for cell in purchases {
      #expect(cell.patientsPaid == 4000 * cell.purchases && cell.fundPaid == 0)
    }
    let covered = try TestRegion.read(
      start + TestRegion.inForce(["pharmacies"]), folder: copy.folder
    ).runWhole()
    var (sum, fund) = (Int64(0), Int64(0))
    for cell in covered.simulation.model.domain.tally.pharmacy {
      #expect(cell.patientsPaid + cell.fundPaid == 4000 * cell.purchases)
      sum += cell.purchases
      fund += cell.fundPaid
    }
    // At most half of 0.9 of 40.00 each, and something.
    #expect(fund > 0 && fund <= 1800 * sum)
    #expect(sum > purchases.reduce(0) { $0 + $1.purchases })
  }
}
