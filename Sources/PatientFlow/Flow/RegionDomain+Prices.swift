// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Glibc
import Randomness
import SimulationKernel

/// What prices change in choices: expected bills, titles, retail pharmacies, the weight of money.
///
/// Nothing here is called in a model that states none of it while no policy of it is in force.
extension RegionDomain {
  // MARK: - Money

  /// CNY that count in the choice of an institution, but for the fees of titles, which are weighed
  /// with the titles.
  ///
  /// It changes nothing; it is mutating because a call of another kind would copy the whole domain.
  @inline(never)
  mutating func moneyTerm(
    at site: Int, _ tier: Tier, for visit: Visit, of resident: Resident
  ) -> Double {
    var fee = Money.zero
    if policies.fees.isCharged && visit.careClass != .admission && !titles.has(tier) {
      let charged = policies.fees[tier, .attending]
      fee =
        policies.siteCovers[site].settles(resident.scheme)
        ? charged.own(scheme: resident.scheme, age: resident.ageGroup) : charged.amount
    }
    let claim = expectedClaim(at: site, for: visit, of: resident, fee: fee)
    guard money.form == .share else {
      return policies.plan.expectedOutOfPocket(for: claim, account: resident.account)
    }
    let payment = policies.plan.expectedPayment(for: claim, account: resident.account)
    let bills = expectedBills[Int(termsOfSite[site])]
    return money.term(
      payment,
      drugChange: visit.careClass == .admission ? bills.stayDrugChange : bills.visitDrugChange,
      visit.careClass, tier)
  }

  /// The same for a person with a need of a class.
  package func moneyTerm(
    at site: Int, _ resident: Resident, _ careClass: CareClass
  ) -> Double {
    let visit = Visit(
      resident: 0, need: careClass == .refill ? Visit.refill : 0, careClass: careClass, severity: 0,
      isEmergency: false, owner: 0, episode: 0)
    var domain = self
    return domain.moneyTerm(at: site, sites[site].tier, for: visit, of: resident)
  }

  /// What growth and the person's income leave of the weight of money.
  @inline(__always)
  func moneyWeight(_ resident: Resident) -> Double {
    guard !trends.incomeWeights.isEmpty else { return moneyFactor }
    return moneyFactor * trends.incomeWeights[Int(resident.incomeGroup)]
  }

  @inline(never)
  mutating func countPaid(_ settlement: Settlement, _ row: Int) {
    if recordsResidents { recordPaid(settlement, row) }
    guard hasIncomes else { return }
    tally.count(income: population.residents[row].incomeGroup) { cell in
      cell.patientsPaid += settlement.patient.fen
      cell.fundPaid += settlement.fund.fen
    }
  }

  // MARK: - Titles

  /// Weighs the titles of each tier and adds what the choice among them is worth to its offers.
  @inline(never)
  mutating func addTitles(_ resident: Resident, _ qualityWeight: Double, _ money: Double) {
    let priced = money * choiceAtHand.moneyWeight(choice)
    let step = 0.5 * (qualityWeight - choice.qualityModerate)
    for tier in Tier.allCases where titles.has(tier) {
      var dearer = InlineArray<3, Double>(repeating: 0)
      for title in Title.allCases {
        let now = policies.fees[tier, title].own(scheme: resident.scheme, age: resident.ageGroup)
        let base = baseFees[tier, title].own(scheme: resident.scheme, age: resident.ageGroup)
        dearer[title.row] = (now - base).inYuan
      }
      let weighed = titles.weigh(tier, qualityStep: step, money: priced, dearer: dearer)
      titlesAtHand[tier.row] = weighed
      choiceAtHand.raise(tier, by: weighed.inclusive)
    }
  }

  /// Chooses whom to see at the chosen institution.
  @inline(never)
  mutating func chooseTitle(_ visit: inout Visit, _ tier: Tier) {
    guard titles.has(tier) else { return }
    var draw = stream(Draw.title, visit)
    visit.title = titlesAtHand[tier.row].choose(draw.uniform())
  }

  /// Who did not choose a place sees whom the base shares say.
  @inline(never)
  mutating func giveTitle(_ visit: inout Visit, _ tier: Tier) {
    guard titles.has(tier) else { return }
    var draw = stream(Draw.title, visit)
    visit.title = titles.weigh(
      tier, qualityStep: 0, money: 0, dearer: InlineArray(repeating: 0)
    ).choose(draw.uniform())
  }

  /// Counts a visit where titles, incomes or residents are told apart.
  @inline(never)
  mutating func countBeyond(_ visit: Visit, at site: Int) {
    if recordsResidents { recordVisit(visit, at: site) }
    if let title = visit.title { tally.count(visitWith: title) }
    if hasIncomes {
      tally.count(income: population.residents[Int(visit.resident)].incomeGroup) { $0.visits += 1 }
    }
  }

  // MARK: - Refills

  /// Days from one refill of a person to the next.
  @inline(__always)
  func refillInterval(_ row: Int) -> Double {
    guard !policies.longPrescriptions.isEmpty else { return care.refillDays }
    return LongPrescription.interval(
      policies.longPrescriptions, of: population.residents[row], key: residentKey(row),
      usual: care.refillDays, root)
  }

  /// Months for which a refill of a person is, by which monthly caps of insurance count.
  @inline(__always)
  func monthsOfDrugs(_ row: Int) -> UInt8 {
    guard !policies.longPrescriptions.isEmpty else { return 1 }
    return UInt8(max(1, min(255, (refillInterval(row) / care.refillDays).rounded())))
  }

  /// Brings retail pharmacies into the choice of a refill.
  ///
  /// - Parameter logsum: of the institutions; on return of all, less what pharmacies add at the
  ///   reference.
  /// - Returns: The probability of a pharmacy for who seeks the refill.
  @inline(never)
  package mutating func weighPharmacy(_ row: Int, _ logsum: inout Double) -> Double {
    let resident = population.residents[row]
    let bill = Money.bill(yuan: pharmacy.bill)
    var payment = ExpectedPayment(outOfPocket: bill.inYuan, rate: 0, flat: 0)
    if let rule = pharmacyRule(resident) {
      let settlement = policies.plan.divide(
        pharmacyClaim(bill, resident), under: rule,
        account: resident.account.turned(
          to: year, month: UInt8(truncatingIfNeeded: tally.month))
      ).settlement(of: pharmacyClaim(bill, resident))
      let beyond = bill - settlement.deductible
      payment = ExpectedPayment(
        outOfPocket: settlement.patient.inYuan,
        rate: beyond > .zero ? settlement.fund.inYuan / beyond.inYuan : 0,
        flat: settlement.deductible.inYuan)
    }
    var weight = choice.moneyOutpatient
    if movesMoney { weight *= moneyWeight(resident) }
    weight *= choiceAtHand.moneyWeight(choice)
    let dearer = money.gain(payment, from: bill.inYuan, .refill)
    let utility =
      logit(pharmacy.share) + choice[referenceLogsum: .refill, .mild] + weight * dearer
    let best = max(utility, logsum)
    let both = best + log(exp(utility - best) + exp(logsum - best))
    logsum = both + log(1 - pharmacy.share)
    return exp(utility - both)
  }

  /// A purchase as it comes to insurance, with the drug covers that hold at pharmacies.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func pharmacyClaim(_ bill: Money, _ resident: Resident) -> InsuranceClaim {
    var claim = InsuranceClaim(
      bill, scheme: resident.scheme, kind: .outpatient, tier: Tier.township.rawValue, year: year)
    claim.month = UInt8(truncatingIfNeeded: tally.month)
    claim.drugs = bill
    claim.conditions = resident.treated
    claim.drugCovers = policies.pharmacyCover.drugCovers
    return claim
  }

  /// How insurance pays at a pharmacy; `nil`: not at all.
  @inline(__always)  // a call from a mutating function copies the whole domain
  private func pharmacyRule(_ resident: Resident) -> BenefitRule? {
    for cover in policies.pharmacyCovers where cover.schemes.contains(Int(resident.scheme)) {
      var rule =
        policies.plan[
          scheme: resident.scheme, kind: .outpatient, tier: Tier.township.rawValue, referred: false]
      rule.rate = BillShare(cover.rate)
      return rule
    }
    return policies.pharmacyCover.drugCovers != 0 ? .withoutBenefit : nil
  }

  /// Whether a refill is bought at a pharmacy; if so it is settled, and the need is met.
  @inline(never)
  mutating func buysAtPharmacy(_ visit: Visit, _ share: Double) -> Bool {
    var draw = stream(Draw.pharmacy, visit)
    guard draw.uniform() < share else { return false }
    let row = Int(visit.resident)
    let scheme = population.residents[row].scheme
    var bill = Money.bill(yuan: pharmacy.bill)
    if !policies.longPrescriptions.isEmpty {
      bill = bill.share(refillInterval(row) / care.refillDays)
    }
    var settlement = Settlement(
      bill: bill, eligible: .zero, deductible: .zero, fund: .zero, patient: bill)
    if let rule = pharmacyRule(population.residents[row]) {
      var claim = pharmacyClaim(bill, population.residents[row])
      claim.monthsOfDrugs = monthsOfDrugs(row)
      settlement = policies.plan.settle(
        claim, under: rule, account: &population.residents[row].account)
    }
    ledger.record(settlement, scheme: scheme, institution: sites.count, kind: .outpatient)
    tally.pharmacy[tally.period.rawValue].purchases += 1
    tally.pharmacy[tally.period.rawValue].patientsPaid += settlement.patient.fen
    tally.pharmacy[tally.period.rawValue].fundPaid += settlement.fund.fen
    tally.pharmacy[tally.period.rawValue].drugCoverPaid += settlement.drugCover.fen
    tally.pharmacy[tally.period.rawValue].repaid += settlement.repaid.fen
    if recordsResidents { recordPaid(settlement, row) }
    endMet()
    return true
  }
}
