// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension InsurancePlan {
  /// Any plan that can be written down: random rules, spells, drug covers and major-illness bands.
  static func random(
    schemes: Int, tiers: Int, using generator: inout SeededGenerator
  ) -> InsurancePlan {
    var plan = InsurancePlan(schemes: schemes, tiers: tiers)
    for scheme in 0..<UInt8(schemes) {
      for kind in CareKind.allCases {
        for tier in 0..<UInt8(tiers) {
          for referred in [false, true] {
            plan[scheme: scheme, kind: kind, tier: tier, referred: referred] =
              .random(using: &generator)
          }
        }
      }
      plan[spellOf: scheme].up = Bool.random(using: &generator) ? .continuous : .recharged
      plan[spellOf: scheme].down = Bool.random(using: &generator) ? .continuous : .recharged
      plan[spellOf: scheme].isInsideGroupOnly = Bool.random(using: &generator)
      if Bool.random(using: &generator) {
        var above = Int64.random(in: 0...500_000, using: &generator)
        let bands = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
          above += Int64.random(in: 1...3_000_000, using: &generator)
          return MajorIllnessCover.Band(
            above: Money(fen: above),
            rate: BillShare(Double.random(in: 0...1, using: &generator)))
        }
        plan[majorIllnessOf: scheme] = MajorIllnessCover(
          bands: bands,
          annualCeiling: Bool.random(using: &generator)
            ? .unlimited : Money(fen: Int64.random(in: 0...20_000_000, using: &generator)),
          countsVisits: Bool.random(using: &generator))
      }
    }
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      plan.add(
        DrugCover(
          schemes: UInt64.random(in: 0..<1 << UInt64(schemes), using: &generator),
          conditions: UInt8.random(in: 0...7, using: &generator),
          rate: BillShare(Double.random(in: 0...1, using: &generator)),
          eligibleShare: BillShare(Double.random(in: 0...1, using: &generator)),
          monthlyCap: Bool.random(using: &generator)
            ? .unlimited : Money(fen: Int64.random(in: 0...20_000, using: &generator)),
          annualCeiling: Bool.random(using: &generator)
            ? .unlimited : Money(fen: Int64.random(in: 0...200_000, using: &generator))))
    }
    return plan
  }
}

extension InsuranceClaim {
  /// A claim at random; rare things (no settlement, a breach, charges moved out) in one of eight.
  static func random(
    scheme: UInt8, year: Int16, month: UInt8, tiers: Int, using generator: inout SeededGenerator
  ) -> InsuranceClaim {
    let bill = RandomBill(year: year, tiers: tiers, using: &generator)
    var claim = InsuranceClaim(
      bill.bill, scheme: scheme, kind: bill.kind, tier: bill.tier, year: year)
    claim.fee = bill.fee
    claim.isReferred = bill.referred
    claim.stage = bill.stage
    claim.month = month
    claim.isInsideGroup = Bool.random(using: &generator)
    func isRare() -> Bool { Int.random(in: 0..<8, using: &generator) == 0 }
    claim.settles = !isRare()
    if isRare() { claim.rateCut = BillShare(Double.random(in: 0...1, using: &generator)) }
    if isRare() { claim.penaltyShare = BillShare(Double.random(in: 0...1, using: &generator)) }
    if isRare() {
      claim.outsideCatalogue = Money(
        fen: Int64.random(in: 0...bill.bill.fen, using: &generator))
    }
    if bill.kind == .outpatient && Bool.random(using: &generator) {
      claim.drugs = Money(fen: Int64.random(in: 0...bill.bill.fen, using: &generator))
      claim.conditions = UInt8.random(in: 0...7, using: &generator)
      claim.drugCovers = UInt8.random(in: 0...7, using: &generator)
      claim.monthsOfDrugs = UInt8.random(in: 1...3, using: &generator)
    }
    return claim
  }
}
