// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Glibc
import Randomness
import SimulationKernel

/// How institutions are paid for what is settled, and how that moves what they do.
extension RegionDomain {
  // MARK: - At a settlement

  /// The part of a bill that an institution moves out of what insurance covers.
  @inline(__always)
  func shifted(of bill: Bill, _ kind: CareKind, at site: Int) -> Money {
    let share =
      kind == .inpatient ? intensities[site].stayShift : intensities[site].visitShift
    return share > 0 ? bill.charges.share(share) : .zero
  }

  /// Pays the institution for a bill.
  @inline(__always)
  mutating func pay(
    _ settlement: Settlement, _ bill: Bill, shifted: Money, _ kind: CareKind, _ visit: Visit,
    at site: Int, stage: SpellStage
  ) {
    if policies.payment.isActive || shifted.fen > 0 {
      payByRule(settlement, bill, shifted: shifted, kind, visit, at: site, stage: stage)
    }
  }

  /// Pays an institution by its rule, out of the account that is to pay.
  @inline(never)
  private mutating func payByRule(
    _ settlement: Settlement, _ bill: Bill, shifted: Money, _ kind: CareKind, _ visit: Visit,
    at site: Int, stage: SpellStage
  ) {
    let scheme = population.residents[Int(visit.resident)].scheme
    let rule = policies.payment[site, kind]
    let claim = settlement.fund
    var amount = claim
    if rule.kind != .feeForService, isCovered(scheme, kind, visit, at: site, stage: stage),
      stage != .transferDown || rule.kind == .perDiem
    {
      let band = severity.band(Double(visit.severity))
      let isEmergency = visit.flags.contains(.isEmergency)
      let price = rule.price(
        days: kind == .inpatient ? billedDays(visit, stage: stage) : 1, band,
        isEmergency: isEmergency)
      let patientPaid = settlement.patient - shifted
      amount = rule.fundPays(of: price, patientPaid: patientPaid)
      if rule.kind == .dip {
        let points =
          policies.payment.pointsOfWeightOne[site] * rule.weights[band, isEmergency: isEmergency]
        payments.pools[rule.pool].add(
          at: site, points: Int64((points * 1000).rounded()), patientPaid: patientPaid,
          advanced: amount)
      }
    }
    let kept = withhold(from: amount, bill, at: site)
    payments.pay(
      amount, claim: claim, kept: kept, to: site,
      account: policies.payment.budgetOfScheme[Int(scheme)], isInRegion: sites[site].isInRegion,
      shifted: shifted)
    tally.count(at: site, tier: sites[site].tier, home: Int(visit.town)) { cell in
      cell.fundGained += (amount - kept - claim).fen
      cell.shifted += shifted.fen
    }
  }

  /// Whether insurance pays for such care at all.
  @inline(__always)
  private func isCovered(
    _ scheme: UInt8, _ kind: CareKind, _ visit: Visit, at site: Int, stage: SpellStage
  ) -> Bool {
    let isReferred = visit.flags.contains(.isRegistered) || stage == .transferDown
    return policies.siteCovers[site].settles(scheme)
      && policies.plan[
        scheme: scheme, kind: kind, tier: sites[site].tier.rawValue, referred: isReferred
      ].rate > .none
  }

  /// Days of the stay, or of the part of it, that is settled.
  @inline(__always)
  private func billedDays(_ visit: Visit, stage: SpellStage) -> Double {
    if stage == .transferDown { return Double(visit.recoveryDays) }
    return Double(visit.acuteDays)
      + (visit.flags.contains(.isSteppedDown) ? 0 : Double(visit.recoveryDays))
  }

  // MARK: - Assessments

  /// Notes what an assessment looks at, and keeps its part of a payment.
  private mutating func withhold(from amount: Money, _ bill: Bill, at site: Int) -> Money {
    var kept = Money.zero
    for number in payments.assessments.indices {
      let rule = payments.assessments[number].rule
      guard let place = rule.institutions.firstIndex(of: site) else { continue }
      let part = min(amount - kept, amount.share(rule.withheld))
      kept += part
      payments.assessments[number].records[place].withheld += part
      payments.assessments[number].records[place].drugs += bill.drugs.fen
      payments.assessments[number].records[place].billed += bill.total.fen
    }
    return kept
  }

  /// Counts a referral that an assessment looks at.
  mutating func countAssessed(
    _ what: WritableKeyPath<AssessmentAccount.Record, Int64>, at site: Int
  ) {
    for number in payments.assessments.indices {
      guard let place = payments.assessments[number].rule.institutions.firstIndex(of: site) else {
        continue
      }
      payments.assessments[number].records[place][keyPath: what] += 1
    }
  }

  /// What a bed-day is worth to the lead of a step-down by how it is paid.
  func bedDayTerms(_ visit: Visit, at site: Int, below: Int) -> BedDayTerms {
    var terms = BedDayTerms()
    // Under a budget nothing more is earned below: what is saved counts instead.
    if !policies.alliances.isEmpty, policies.payment.budgetOfSite[below] < 0 {
      terms.shareBelow = policies.alliance(of: site, with: below)?.earningsShare ?? 0
    }
    guard policies.payment.isActive else { return terms }
    let revenue = marginalRevenue(site)
    terms.newDay = revenue.newDay
    terms.recoveryDay = revenue.lastDay
    let budget = policies.payment.budgetOfSite[site]
    if budget >= 0 {
      // A year in deficit pays nobody for a saving.
      let isOverspent = payments.accounts[budget].years.last?.months.last?.isOverspent ?? false
      let rule = policies.payment.budgets[budget]
      terms.savingShare =
        isOverspent ? 0 : min(1, rule.retainedShare * rule.share(of: sites[site].tier))
    }
    if visit.recoveryDays > 0 {
      terms.award = intensities[site].worthOfSendingDown / Double(visit.recoveryDays)
    }
    return terms
  }

  // MARK: - Under-provision

  /// Whether an elective admission is refused for want of budget.
  @inline(__always)  // a call from a mutating function copies the whole domain
  func isRefused(_ visit: Visit, at site: Int) -> Bool {
    guard !visit.flags.contains(.isEmergency) else { return false }
    let scheme = population.residents[Int(visit.resident)].scheme
    guard policies.payment.budgetOfScheme[Int(scheme)] == policies.payment.budgetOfSite[site]
    else { return false }
    var draw = stream(Draw.refusal, visit)
    return draw.uniform() < intensities[site].refusal
  }

  /// Refuses a bed: the patient comes again later, here or elsewhere, or gives up.
  mutating func refuse(
    _ visit: Visit, at site: Int, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let comesAgain = nextContact(of: visit, from: site) != nil
    tally.count(at: site, tier: sites[site].tier, home: Int(visit.town)) { cell in
      cell.refused += 1
      if comesAgain { cell.delayed += 1 }
    }
    payments.accounts[policies.payment.budgetOfSite[site]].countRefusal()
    experience(care.failedResult, visit, at: site)
    var draw = stream(Draw.returnDelay, visit)
    chooseAgain(
      visit, at: site, by: .again, ChoiceContext(),
      after: .days(draw.exponential() * care.returnDays), &flow, now)
  }

  /// CNY that people expect to pay more because an institution moves costs on to them: the fund's
  /// part of what is moved of a mean bill.
  @inline(__always)
  func expectedShift(_ site: Int, _ careClass: CareClass, _ outOfPocket: Double) -> Double {
    let isStay = careClass == .admission
    let share = isStay ? intensities[site].stayShift : intensities[site].visitShift
    let bills = expectedBills[Int(termsOfSite[site])]
    let bill = isStay ? bills.stay : bills.visit
    return max(0, share * (bill.total.inYuan - outOfPocket))
  }

  // MARK: - Terms and calendar

  func marginalRevenue(_ site: Int) -> MarginalRevenue {
    MarginalRevenue(
      visits: policies.payment[site, .outpatient], stays: policies.payment[site, .inpatient],
      isBudgeted: policies.payment.budgetOfSite[site] >= 0, tier: tiers[sites[site].tier.row])
  }

  /// Sets anew what each institution does by how it is paid.
  mutating func renewIntensities(on day: Int) {
    hasCostShift = false
    for site in sites.indices {
      let budget = policies.payment.budgetOfSite[site]
      let pressure =
        budget >= 0 && budget < payments.accounts.count
        ? payments.accounts[budget].years.last?.months.last?.pressure ?? 0 : 0
      var intensity = SiteIntensity(
        marginalRevenue(site), tie: policies.payment.ties[site],
        drugMarkUp: policies.payment.drugMarkUps[site], model.payment, pressure: pressure,
        shiftPerPressure: budget >= 0 ? policies.payment.budgets[budget].shiftPerPressure : 0)
      for assessment in payments.assessments {
        let worth = assessment.worth(at: site, on: day)
        intensity.worthOfSendingDown += worth.down
        intensity.referralLogit += assessment.rule.referralResponse * worth.up
      }
      intensities[site] = intensity
      if intensity.visitShift > 0 || intensity.stayShift > 0 { hasCostShift = true }
    }
  }

  /// A policy has begun: its accounts are opened, and everybody answers to the new terms.
  mutating func beginPayments(on day: Int) {
    let today = min(day, demand.dayCount - 1)
    if payments.month >= 0 { turnPayments(on: today) }
    let date = demand.date(of: today)
    while payments.accounts.count < policies.payment.budgets.count {
      openAccount(policies.payment.budgets[payments.accounts.count], on: today, date)
    }
    while payments.pools.count < policies.payment.pools.count {
      let (lever, institutions) = policies.payment.pools[payments.pools.count]
      payments.pools.append(
        PointPool(
          institutions: institutions, yearlyBudget: Money(yuan: sample.part(of: lever.budget)),
          yearShare: Double(date.daysLeft) / Double(date.yearDays)))
    }
    while payments.assessments.count < policies.payment.assessments.count {
      payments.assessments.append(
        AssessmentAccount(
          policies.payment.assessments[payments.assessments.count], startDay: today))
    }
    if policies.payment.isActive { payments.month = Int(demand.runningMonthOfDay[today]) }
    renewIntensities(on: today)
  }

  private mutating func openAccount(
    _ rule: GlobalBudget, on day: Int, _ date: DemandCalendar.Date
  ) {
    let insured = population.residents.indices.reduce(0) {
      $0 + (rule.schemes.contains(Int(population.residents[$1].scheme)) ? 1 : 0)
    }
    var account = BudgetAccount(
      rule, heads: rule.enrollees.map { Int(sample.part(of: $0).rounded()) } ?? insured,
      tiers: rule.parties.map { sites[$0].tier })
    account.beginYear(demand.yearOfDay[day], on: day, days: date.daysLeft, of: date.yearDays)
    account.beginMonth(
      Int(demand.runningMonthOfDay[day]), on: day, monthsLeft: 13 - date.month,
      institutions: sites.count)
    payments.accounts.append(account)
  }

  /// On the first day of a month: the year that has ended is settled, the next advances come in,
  /// and everybody answers to how the budget stands.
  mutating func turnPayments(on day: Int) {
    let month = Int(demand.runningMonthOfDay[day])
    guard month != payments.month else { return }
    payments.month = month
    let date = demand.date(of: day)
    if date.month == 1 { endPaymentYear(on: day, date) }
    for number in payments.accounts.indices {
      payments.accounts[number].beginMonth(
        month, on: day, monthsLeft: 13 - date.month, institutions: sites.count)
    }
    renewIntensities(on: day)
  }

  private mutating func endPaymentYear(on day: Int, _ date: DemandCalendar.Date) {
    for number in payments.accounts.indices {
      for (site, amount) in payments.accounts[number].endYear() {
        payments.share(amount, with: site)
        tally.count(at: site, tier: sites[site].tier) { $0.fundGained += amount.fen }
      }
      payments.accounts[number].beginYear(
        demand.yearOfDay[day], on: day, days: date.yearDays, of: date.yearDays)
    }
    for number in payments.pools.indices {
      let institutions = payments.pools[number].institutions
      for (site, amount) in zip(institutions, payments.pools[number].endYear()) {
        payments.settlePoints(amount, with: site)
        tally.count(at: site, tier: sites[site].tier) { $0.fundGained += amount.fen }
      }
    }
    for number in payments.assessments.indices {
      let account = payments.assessments[number]
      let (paid, toFund) = account.settlement(yearShare: Double(day - account.startDay) / 365)
      let amounts = zip(account.rule.institutions, paid).map { (site: $0, amount: $1) }
      payments.release(amounts, toFund: toFund)
      for (site, amount) in amounts {
        tally.count(at: site, tier: sites[site].tier) { $0.fundGained += amount.fen }
      }
      payments.assessments[number].beginYear(on: day)
    }
  }
}
