// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import PatientFlow
import Testing

/// The measures of money, put together to flows from patients and funds to institutions: nothing is
/// left over, to the fen.
@Suite struct MoneyFlowTests {
  /// Every way to pay an institution and every cover that the hamlet can have, over the turn of a year.
  static func hamlet() throws -> RegionRun {
    let copy = try RegionCopy(edits: [
      "policies.yaml": {
        $0 + """
            drugs: {lever: chronic-drug-cover, in-force: no, start: 2019-06-02,
              conditions: [hypertension, diabetes], rate: 0.6, monthly-cap: 30 CNY, pharmacies: yes,
              schemes: [resident]}
            serious: {lever: major-illness-cover, in-force: no, start: 2019-06-02, care: both,
              bands: [{above: 100 CNY, rate: 0.5}], schemes: [resident, employee]}
            breach: {lever: catalogue-breach, in-force: no, start: 2019-06-02, catalogue: township,
              tiers: [county, city], listed-share: 0.5, rate-cut: 0.6, penalty: 0.3,
              schemes: [resident, employee]}

          """ + PaymentLeverTests.policies
      },
      "care.yaml": { $0 + "retail-pharmacy: {share: 0.2, bill: 40 CNY}\n" },
      "model.yaml": { $0.replacing("length: 120 d", by: "length: 340 d") },
    ])
    let policies = [
      "budget", "dip", "assessment", "pay", "drugs", "serious", "breach", "pharmacies", "referral",
      "step-down", "mark-up",
    ]
    return try withExtendedLifetime(copy) {
      try TestRegion.read(
        TestRegion.inForce(policies) + ["run.warm-up=0 d"], folder: copy.folder
      ).runWhole()
    }
  }

  @Test("what tiers receive comes from patients and the fund's side, and adds up to the ledger")
  func closes() throws {
    let run = try Self.hamlet()
    let rows = Dictionary(
      uniqueKeysWithValues: run.allObservations.map {
        ([$0.measure, $0.dimension, $0.member], $0.value)
      })
    func fen(_ measure: String, _ dimension: String = "", _ member: String = "") throws -> Int64 {
      let row = try #require(rows[[measure, dimension, member]], "\(measure) by \(dimension)")
      return Int64((100 * (try #require(row))).rounded())
    }
    let measures = [
      "out-of-pocket", "fund-spend", "billed", "revenue", "fund-to-institutions", "payment-gain",
      "breach-penalties", "drug-cover-spend", "major-illness-spend",
    ]
    // Of each part of the window and of each tier alone, and over both the whole.
    let parts = Tier.allCases.map { ("tier", $0.name) } + [("period", "before"), ("", "")]
    for (dimension, member) in parts {
      func part(_ measure: String) throws -> Int64 { try fen(measure, dimension, member) }
      #expect(try part("billed") == part("out-of-pocket") + part("fund-spend"), "\(member)")
      #expect(try part("fund-to-institutions") == part("fund-spend") + part("payment-gain"))
      #expect(
        try part("revenue")
          == part("out-of-pocket") + part("fund-to-institutions") - part("breach-penalties"))
      #expect(try part("drug-cover-spend") + part("major-illness-spend") <= part("fund-spend"))
    }
    for measure in measures {
      let sum = try Tier.allCases.reduce(0) { $0 + (try fen(measure, "tier", $1.name)) }
      #expect(try fen(measure) == sum, "\(measure)")
      #expect(sum != 0, "\(measure)")
    }
    // The ledger is of the whole run, which has no warm-up.
    let ledger = run.simulation.model.domain.ledger
    func whole(_ measure: String) throws -> Int64 {
      try fen(measure, "period", "before") + fen(measure, "period", "after")
    }
    #expect(
      try whole("out-of-pocket") + whole("pharmacy-out-of-pocket") == ledger.patientTotal.fen)
    #expect(try whole("fund-spend") + whole("pharmacy-fund-spend") == ledger.fundTotal.fen)
    #expect(try whole("breach-penalties") == ledger.penaltyTotal.fen)
    var (covers, repaid) = (Int64(0), Int64(0))
    for scheme in 0..<ledger.schemes {
      for kind in CareKind.allCases {
        let payments = ledger.payments(scheme: UInt8(scheme), kind: kind)
        covers += payments.drugCover.fen
        repaid += payments.repaid.fen
      }
    }
    #expect(try whole("drug-cover-spend") + whole("pharmacy-drug-cover-spend") == covers)
    #expect(try whole("major-illness-spend") + whole("pharmacy-major-illness-spend") == repaid)
    #expect(try whole("pharmacy-drug-cover-spend") > 0)
    #expect(try whole("pharmacy-major-illness-spend") > 0)
  }
}
