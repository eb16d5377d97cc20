// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

@Suite("ledger")
struct LedgerTests {
  private static let visit = Settlement(
    bill: Money(fen: 4500), eligible: Money(fen: 4050), deductible: .zero, fund: Money(fen: 2430),
    patient: Money(fen: 2070))
  private static let stay = Settlement(
    bill: Money(fen: 500_000), eligible: Money(fen: 450_000), deductible: Money(fen: 50_000),
    fund: Money(fen: 300_000), patient: Money(fen: 200_000))

  @Test("who paid what to whom, by hand")
  func byHand() {
    var ledger = Ledger(schemes: 2, institutions: 3)
    ledger.record(Self.visit, scheme: 0, institution: 2, kind: .outpatient)
    ledger.record(Self.visit, scheme: 1, institution: 2, kind: .outpatient)
    ledger.record(Self.stay, scheme: 1, institution: 0, kind: .inpatient)
    #expect(ledger.payments(scheme: 0, kind: .outpatient).patients == Money(fen: 2070))
    #expect(ledger.payments(scheme: 1, kind: .outpatient).fund == Money(fen: 2430))
    #expect(ledger.payments(scheme: 1, kind: .inpatient).settlements == 1)
    #expect(ledger.receipts(institution: 2, kind: .outpatient).billed == Money(fen: 9000))
    #expect(ledger.receipts(institution: 2, kind: .outpatient).fromFund == Money(fen: 4860))
    #expect(ledger.receipts(institution: 0, kind: .inpatient).received == Money(fen: 500_000))
    #expect(ledger.receipts(institution: 1, kind: .inpatient).billed == .zero)
    #expect(ledger.patientTotal == Money(fen: 204_140))
    #expect(ledger.fundTotal == Money(fen: 304_860))
    #expect(ledger.billedTotal == Money(fen: 509_000))
    #expect(ledger.receivedTotal == Money(fen: 509_000))
    #expect(ledger.isBalanced)
  }

  @Test("a settlement that loses a fen unbalances the ledger")
  func unbalanced() {
    var ledger = Ledger(schemes: 1, institutions: 1)
    var wrong = Self.visit
    wrong.patient -= Money(fen: 1)
    ledger.record(wrong, scheme: 0, institution: 0, kind: .outpatient)
    #expect(!ledger.isBalanced)
  }

  @Test("the end of the warm-up empties it")
  func reset() {
    var ledger = Ledger(schemes: 2, institutions: 3)
    ledger.record(Self.stay, scheme: 1, institution: 0, kind: .inpatient)
    ledger.reset()
    #expect(ledger == Ledger(schemes: 2, institutions: 3))
  }

  @Test("a hundred thousand random settlements balance, and add up to what was settled")
  func random() {
    var generator = SeededGenerator(state: 18)
    var plan = InsurancePlan(schemes: 3, tiers: 4)
    for scheme in 0..<UInt8(3) {
      for kind in CareKind.allCases {
        for tier in 0..<UInt8(4) {
          for referred in [false, true] {
            plan[scheme: scheme, kind: kind, tier: tier, referred: referred] =
              .random(using: &generator)
          }
        }
      }
    }
    var ledger = Ledger(schemes: 3, institutions: 50)
    var accounts = Array(repeating: InsuranceAccount(year: 1), count: 3000)
    var billed = Money.zero
    var fund = Money.zero
    for settlement in 0..<100_000 {
      let person = Int.random(in: 0..<3000, using: &generator)
      let bill = RandomBill(
        year: Int16(1 + settlement / 40_000), tiers: 4, using: &generator)
      let scheme = UInt8(person % 3)
      let paid = plan.settle(bill, scheme: scheme, account: &accounts[person])
      billed += bill.bill + bill.fee
      fund += paid.fund
      ledger.record(
        paid, scheme: scheme, institution: Int.random(in: 0..<50, using: &generator),
        kind: bill.kind)
      if settlement % 1000 == 0 { #expect(ledger.isBalanced) }
    }
    #expect(ledger.isBalanced)
    #expect(ledger.billedTotal == billed)
    #expect(ledger.fundTotal == fund)
    #expect(ledger.patientTotal == billed - fund)
  }
}
