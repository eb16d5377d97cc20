// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import Testing

/// One claim of an episode, and what a clerk makes of it with pencil and paper; all in fen.
struct WorkedClaim: Sendable {
  /// Its scheme is the episode's.
  var claim: InsuranceClaim
  var settled: Settlement

  private init(
    _ claim: InsuranceClaim, eligible: Int64, deductible: Int64, cover: Int64, repaid: Int64,
    fund: Int64, patient: Int64, penalty: Int64
  ) {
    self.claim = claim
    settled = Settlement(
      bill: claim.charges + claim.fee, eligible: Money(fen: eligible),
      deductible: Money(fen: deductible), fund: Money(fen: fund), patient: Money(fen: patient))
    settled.drugCover = Money(fen: cover)
    settled.repaid = Money(fen: repaid)
    settled.penalty = Money(fen: penalty)
  }

  static func visit(
    _ tier: UInt8, _ charges: Int64, fee: Int64 = 0, drugs: Int64 = 0, conditions: UInt8 = 0,
    covers: UInt8 = 0, months: UInt8 = 1, settles: Bool = true, outsideCatalogue: Int64 = 0,
    rateCut: Double = 0, year: Int16 = 1, month: UInt8 = 1, eligible: Int64,
    deductible: Int64 = 0, cover: Int64 = 0, repaid: Int64 = 0, fund: Int64, patient: Int64
  ) -> WorkedClaim {
    var claim = InsuranceClaim(
      Money(fen: charges), scheme: 0, kind: .outpatient, tier: tier, year: year)
    claim.fee = Money(fen: fee)
    claim.drugs = Money(fen: drugs)
    claim.conditions = conditions
    claim.drugCovers = covers
    claim.monthsOfDrugs = months
    claim.settles = settles
    claim.outsideCatalogue = Money(fen: outsideCatalogue)
    claim.rateCut = BillShare(rateCut)
    claim.month = month
    return WorkedClaim(
      claim, eligible: eligible, deductible: deductible, cover: cover, repaid: repaid, fund: fund,
      patient: patient, penalty: 0)
  }

  static func stay(
    _ tier: UInt8, _ charges: Int64, referred: Bool = false, stage: SpellStage = .admission,
    isInsideGroup: Bool = true, settles: Bool = true, outsideCatalogue: Int64 = 0,
    rateCut: Double = 0, penaltyShare: Double = 0, year: Int16 = 1, eligible: Int64,
    deductible: Int64 = 0, repaid: Int64 = 0, fund: Int64, patient: Int64, penalty: Int64 = 0
  ) -> WorkedClaim {
    var claim = InsuranceClaim(
      Money(fen: charges), scheme: 0, kind: .inpatient, tier: tier, year: year)
    claim.isReferred = referred
    claim.stage = stage
    claim.isInsideGroup = isInsideGroup
    claim.settles = settles
    claim.outsideCatalogue = Money(fen: outsideCatalogue)
    claim.rateCut = BillShare(rateCut)
    claim.penaltyShare = BillShare(penaltyShare)
    return WorkedClaim(
      claim, eligible: eligible, deductible: deductible, cover: 0, repaid: repaid, fund: fund,
      patient: patient, penalty: penalty)
  }
}

/// Claims of one person, settled one after the other on an account that starts unused.
struct ClaimEpisode: Sendable, CustomTestStringConvertible {
  var name: String
  var scheme: UInt8
  var claims: [WorkedClaim]

  init(_ name: String, _ scheme: UInt8, _ claims: [WorkedClaim]) {
    self.name = name
    self.scheme = scheme
    self.claims = claims
  }

  var testDescription: String { name }
}

extension WorkedPlan {
  /// The schemes of ``plan`` with what schemes may have beside their rules.
  static let withCovers: InsurancePlan = {
    var plan = WorkedPlan.plan
    plan.add(
      DrugCover(
        schemes: 1 << UInt64(residents), conditions: 0b11, rate: BillShare(0.5),
        monthlyCap: Money(yuan: 40), annualCeiling: Money(yuan: 400)))
    plan.add(
      DrugCover(
        schemes: 1 << UInt64(employees), conditions: 0b01, rate: BillShare(0.8),
        eligibleShare: BillShare(0.9), monthlyCap: Money(yuan: 150),
        annualCeiling: Money(yuan: 1200)))
    plan.add(
      DrugCover(
        schemes: 1 << UInt64(residents), conditions: 0b10, rate: BillShare(0.7),
        annualCeiling: Money(yuan: 100)))
    plan[majorIllnessOf: residents] = MajorIllnessCover(
      bands: [
        MajorIllnessCover.Band(above: Money(yuan: 10_000), rate: BillShare(0.6)),
        MajorIllnessCover.Band(above: Money(yuan: 50_000), rate: BillShare(0.7)),
      ], annualCeiling: Money(yuan: 300_000))
    plan[majorIllnessOf: employees] = MajorIllnessCover(
      bands: [MajorIllnessCover.Band(above: Money(yuan: 5000), rate: BillShare(0.5))],
      countsVisits: true)
    plan[spellOf: residents].isInsideGroupOnly = true
    plan[spellOf: employees].up = .recharged
    return plan
  }()
}
