// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

/// One bill of an episode, and what a clerk makes of it with pencil and paper; all in fen.
struct WorkedBill: Sendable {
  var kind: CareKind
  var tier: UInt8
  var bill: Int64
  var fee: Int64 = 0
  var referred = false
  var stage = SpellStage.admission
  var year: Int16 = 1
  var eligible: Int64
  var deductible: Int64
  var fund: Int64
  var patient: Int64

  static func visit(
    _ tier: UInt8, _ bill: Int64, fee: Int64 = 0, year: Int16 = 1, eligible: Int64,
    deductible: Int64 = 0, fund: Int64, patient: Int64
  ) -> WorkedBill {
    WorkedBill(
      kind: .outpatient, tier: tier, bill: bill, fee: fee, year: year, eligible: eligible,
      deductible: deductible, fund: fund, patient: patient)
  }

  static func stay(
    _ tier: UInt8, _ bill: Int64, referred: Bool = false, _ stage: SpellStage = .admission,
    year: Int16 = 1, eligible: Int64, deductible: Int64, fund: Int64, patient: Int64
  ) -> WorkedBill {
    WorkedBill(
      kind: .inpatient, tier: tier, bill: bill, referred: referred, stage: stage, year: year,
      eligible: eligible, deductible: deductible, fund: fund, patient: patient)
  }
}

/// Bills of one person, settled one after the other on an account that starts unused.
struct WorkedEpisode: Sendable, CustomTestStringConvertible {
  var name: String
  var scheme: UInt8
  var bills: [WorkedBill]

  init(_ name: String, _ scheme: UInt8, _ bills: [WorkedBill]) {
    self.name = name
    self.scheme = scheme
    self.bills = bills
  }

  var testDescription: String { name }
}

@Suite("settlements worked by hand")
struct WorkedEpisodeTests {
  @Test("every fen is where the clerk puts it", arguments: workedVisits + workedStays)
  func episode(episode: WorkedEpisode) {
    let plan = WorkedPlan.plan
    var account = InsuranceAccount(year: 1)
    for bill in episode.bills {
      let settlement = plan.settle(
        Money(fen: bill.bill), fee: Money(fen: bill.fee), scheme: episode.scheme, kind: bill.kind,
        tier: bill.tier, referred: bill.referred, stage: bill.stage, account: &account,
        year: bill.year)
      #expect(
        settlement
          == Settlement(
            bill: Money(fen: bill.bill + bill.fee), eligible: Money(fen: bill.eligible),
            deductible: Money(fen: bill.deductible), fund: Money(fen: bill.fund),
            patient: Money(fen: bill.patient)))
    }
  }

  @Test("at least thirty episodes are worked")
  func count() {
    #expect(workedVisits.count + workedStays.count >= 30)
  }

  @Test("a rule in place of the plan's own: a penalty, or an institution that cannot settle")
  func ruleInPlace() {
    let plan = WorkedPlan.plan
    var account = InsuranceAccount(year: 1)
    let full = BenefitRule(
      deductible: Money(yuan: 10), rate: .all, annualCeiling: .unlimited, eligibleShare: .all)
    let paid = plan.settle(
      Money(yuan: 100), under: full, scheme: WorkedPlan.residents, kind: .outpatient,
      account: &account, year: 1)
    #expect(paid.fund == Money(fen: 9000))
    #expect(paid.patient == Money(fen: 1000))
    let unpaid = plan.settle(
      Money(yuan: 100), under: .withoutBenefit, scheme: WorkedPlan.residents, kind: .outpatient,
      account: &account, year: 1)
    #expect(unpaid.fund == .zero)
    #expect(unpaid.patient == Money(yuan: 100))
    #expect(account.outpatientFundPaid == 9000)
  }

  @Test("an account stays small: there is one per resident")
  func layout() {
    #expect(MemoryLayout<InsuranceAccount>.stride <= 32)
  }
}
