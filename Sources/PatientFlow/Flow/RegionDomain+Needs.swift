// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension RegionDomain {
  mutating func scheduleOnset(_ source: Int, _ calendar: inout Calendar) {
    if let instant = sources[source].next(demand, root) {
      // Drawn ahead, so that the person's row can be brought near in time.
      var draw = RandomStream(
        root, Draw.onsetResident, owner: sources[source].owner, episode: sources[source].onset)
      let town = Int(sources[source].town)
      sources[source].resident = UInt32(
        movesAges
          ? drawAgedResident(source, town: town, day: day(of: instant), &draw)
          : drawResident(source, town: town, &draw))
      calendar.schedule(.domain(.onset(UInt16(source))), at: instant)
    }
  }

  /// Somebody of a town falls ill, is hurt, gives birth.
  mutating func onset(_ number: Int, _ flow: inout PathwayFlow, _ calendar: inout Calendar) {
    let source = sources[number]
    scheduleOnset(number, &calendar)
    let need = needs[Int(source.need)]
    let resident = Int(source.resident)
    if need.uncontrolledRelativeRisk > 1 {
      let person = population.residents[resident]
      let isAtRisk = person.isHypertensive && !person.isHypertensionControlled
      var draw = RandomStream(root, Draw.onsetRisk, owner: source.owner, episode: source.onset)
      if !isAtRisk && draw.uniform() * need.uncontrolledRelativeRisk > 1 { return }
      tally.count { $0.complications += 1 }
    }
    var quantile = RandomStream(root, Draw.severity, owner: source.owner, episode: source.onset)
    let uniform = quantile.uniform()
    let severity =
      need.careClass == .admission
      ? self.severity.admissionSeverity(
        uniform, townshipScope: tiers[Tier.township.row].scope,
        countyScope: tiers[Tier.county.row].scope)
      : uniform
    let visit = Visit(
      resident: resident, need: source.need, careClass: need.careClass, severity: severity,
      isEmergency: need.isEmergency, owner: source.owner, episode: source.onset)
    begin(visit, seekLogit: need.seekLogit, &flow, calendar.now)
  }

  /// The person whom an onset befalls: an age group by its weight, then anyone in it.
  @inline(__always)  // a call from a mutating function copies the whole domain
  package func drawResident(_ source: Int, town: Int, _ draw: inout RandomStream) -> Int {
    let ages = ageWeights.count / sources.count
    let first = source * ages
    let level = draw.uniform() * ageWeights[first + ages - 1]
    var age = 0
    while age < ages - 1 && ageWeights[first + age] <= level { age += 1 }
    return anyone(of: age, town: town, &draw)
  }

  /// The same on a day when the ages have moved since the start.
  @inline(never)
  package mutating func drawAgedResident(
    _ source: Int, town: Int, day: Int, _ draw: inout RandomStream
  ) -> Int {
    let ages = ageWeights.count / sources.count
    let first = source * ages
    var ends: [Double] = []
    var sum = 0.0
    for age in 0..<ages {
      let weight = ageWeights[first + age] - (age == 0 ? 0 : ageWeights[first + age - 1])
      sum += weight * trends.ageFactor(age, day: day)
      ends.append(sum)
    }
    let level = draw.uniform() * sum
    return anyone(of: ends.firstIndex { $0 > level } ?? ages - 1, town: town, &draw)
  }

  @inline(__always)
  private func anyone(of group: Int, town: Int, _ draw: inout RandomStream) -> Int {
    var age = group
    var rows = population.rows(town: town, age: age)
    // Rounding alone can lead to an age group of weight 0 without people.
    while rows.isEmpty && age > 0 {
      age -= 1
      rows = population.rows(town: town, age: age)
    }
    return rows.lowerBound + Int(draw.below(UInt32(rows.count)))
  }

  /// A chronic patient's drugs run out; the next date is fixed by this one, whatever comes of it.
  mutating func refillDue(_ row: Int, _ flow: inout PathwayFlow, _ calendar: inout Calendar) {
    population.residents[row].refills += 1
    if !followUpRecords.isEmpty { renewControl(row) }
    calendar.schedule(.domain(.refillDue(UInt32(row))), after: .days(refillInterval(row)))
    let visit = Visit(
      resident: row, need: Visit.refill, careClass: .refill, severity: 0, isEmergency: false,
      owner: residentKey(row), episode: UInt64(population.residents[row].refills))
    begin(visit, seekLogit: logit(care.refillSeekShare), &flow, calendar.now)
  }

  /// A need arises: is care sought, and where?
  private mutating func begin(
    _ visit: Visit, seekLogit: Double, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    var visit = visit
    visit.flags.insert(.isFirstContact)
    tally.count { $0.arisen += 1 }
    if visit.flags.contains(.isEmergency) {
      tally.count { $0.sought += 1 }
      episodesBegun += 1
      rushToNearest(visit, &flow, now)
      return
    }
    if visit.careClass == .refill && population.residents[Int(visit.resident)].isHandedDown {
      tally.count { $0.sought += 1 }
      episodesBegun += 1
      visit.flags.insert(.isHandedDown)
      visit.comes(from: population.residents[Int(visit.resident)].handedDownBy, by: .handedDown)
      goToOwnPrimary(visit, &flow, now)
      return
    }
    weighOffers(for: visit)
    let band = severity.band(Double(visit.severity))
    // Drift moves where people go, not whether: to first order it adds its size times the share of
    // primary institutions to the logsum, which is taken out again.
    let drift = visit.careClass == .admission ? admissionDrift : visitDrift
    var logsum = choiceAtHand.seekingLogsum - drift * choiceAtHand.primaryShare
    countLogsum(logsum, visit.careClass, band)
    var pharmacyShare = 0.0
    if pharmacy.share > 0 && visit.careClass == .refill {
      pharmacyShare = weighPharmacy(Int(visit.resident), &logsum)
    }
    var draw = RandomStream(root, Draw.seek, owner: visit.owner, episode: visit.episode)
    let probability = choice.seekProbability(
      shareLogit: seekLogit, logsum: logsum, visit.careClass, band)
    guard draw.uniform() < probability else {
      tally.count { $0.forgone += 1 }
      if recordsResidents { recordForgone(visit) }
      return
    }
    tally.count { $0.sought += 1 }
    episodesBegun += 1
    if pharmacyShare > 0 && buysAtPharmacy(visit, pharmacyShare) { return }
    goToChosen(visit, after: .zero, &flow, now)
  }

  private mutating func countLogsum(
    _ logsum: Double, _ careClass: CareClass, _ band: SeverityBand
  ) {
    // Where nobody offers the care there is no utility to speak of.
    guard logsum.isFinite else { return }
    let cell = careClass.row * SeverityBand.count + band.row
    tally.count {
      $0.logsums[cell] += logsum
      $0.logsumCounts[cell] += 1
    }
  }

  /// A need ends, met.
  mutating func endMet() {
    episodesEnded += 1
    tally.count { $0.met += 1 }
  }

  /// A need ends, and nobody has met it.
  mutating func endUnmet(_ visit: Visit) {
    episodesEnded += 1
    tally.count { $0.unmet += 1 }
    if recordsResidents { recordUnmet(visit) }
  }
}
