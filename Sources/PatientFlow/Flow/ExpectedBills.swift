// SPDX-License-Identifier: GPL-3.0-or-later

/// What decides what people expect to pay at an institution: those with equal terms are asked once.
struct BillTerms: Hashable {
  var tier: Tier
  var prices: SitePrices
  var cover: SiteCover
}

/// The mean bills of institutions with equal terms, at their prices.
struct ExpectedBills: BitwiseCopyable {
  var visit: Bill
  var stay: Bill
  /// What the drugs of each cost more than at the prices that the model states.
  var visitDrugChange: Money
  var stayDrugChange: Money
  var cover: SiteCover
  var tier: Tier

  init(_ terms: BillTerms, _ profile: TierProfile, _ outlook: TierOutlook) {
    let exams = Money.bill(yuan: profile.examProbability * profile.examFee)
    var visit = Bill(outlook.visitBill - exams, drugShare: profile.visitDrugShare)
    visit.exams = exams
    self.visit = terms.prices.priced(visit)
    let stay = Bill(
      outlook.stayBill, drugShare: profile.stayDrugShare, examShare: profile.stayExamShare)
    self.stay = terms.prices.priced(stay)
    visitDrugChange = self.visit.drugs - visit.drugs
    stayDrugChange = self.stay.drugs - stay.drugs
    cover = terms.cover
    tier = terms.tier
  }
}

extension RegionDomain {
  /// Works out anew what people expect to pay where; due when a policy begins or prices move.
  mutating func renewExpectedBills() {
    var places: [BillTerms: UInt16] = [:]
    expectedBills.removeAll()
    for site in sites.indices {
      let terms = BillTerms(
        tier: sites[site].tier, prices: policies.prices[site], cover: policies.siteCovers[site])
      if let place = places[terms] {
        termsOfSite[site] = place
        continue
      }
      let place = UInt16(expectedBills.count)
      places[terms] = place
      termsOfSite[site] = place
      expectedBills.append(ExpectedBills(terms, tiers[terms.tier.row], outlooks[terms.tier.row]))
    }
  }
}
