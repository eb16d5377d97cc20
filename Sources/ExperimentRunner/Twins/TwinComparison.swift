// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import PatientFlow
import SimulationKernel

/// The residents of one replication under two policies, in pairs.
struct TwinComparison {
  let settings: TwinSettings
  let model: RegionModel
  let population: Population
  /// Of each resident, by row of the population.
  let records: (baseline: [ResidentRecord], scenario: [ResidentRecord])
  let groups: TwinGroups
  private let runs: (baseline: RegionRun, scenario: RegionRun)

  init(_ baseline: RegionRun, _ scenario: RegionRun, _ settings: TwinSettings) {
    self.settings = settings
    runs = (baseline, scenario)
    model = baseline.model
    population = baseline.simulation.model.domain.population
    records = (baseline.residentRecords, scenario.residentRecords)
    groups = TwinGroups(model, population, records.baseline)
    precondition(
      records.baseline.count == population.residents.count
        && records.scenario.count == records.baseline.count,
      "every resident has a twin")
  }

  /// The same rows in every replication.
  var observations: [Observation] {
    var rows = countRows()
    for outcome in TwinOutcome.allCases { rows += changeRows(outcome) }
    rows += TwinMeasures.unequal.flatMap { inequalityRows($0) }
    rows += accessRows()
    if settings.income != nil { rows += settings.thresholds.flatMap { catastrophicRows($0) } }
    return rows
  }

  private func countRows() -> [Observation] {
    var rows = [
      Observation(
        measure: TwinMeasures.residents,
        value: model.sample.expansion * Double(population.residents.count))
    ]
    for grouping in groups.all {
      var counts = [Int](repeating: 0, count: grouping.members.count)
      for place in grouping.places { counts[Int(place)] += 1 }
      for (member, count) in zip(grouping.members, counts) {
        rows.append(
          Observation(
            measure: TwinMeasures.residents, dimension: grouping.dimension, member: member,
            value: model.sample.expansion * Double(count)))
      }
    }
    return rows
  }

  // MARK: - Changes

  private func changeRows(_ outcome: TwinOutcome) -> [Observation] {
    let before = records.baseline.map(outcome.amount)
    let after = records.scenario.map(outcome.amount)
    let changes = zip(after, before).map { $0 - $1 }
    // Ascending once for all groups, those without change in the middle unsorted.
    let ascending =
      changes.indices.filter { changes[$0] < 0 }.sorted { changes[$0] < changes[$1] }
      + changes.indices.filter { changes[$0] == 0 }
      + changes.indices.filter { changes[$0] > 0 }.sorted { changes[$0] < changes[$1] }
    var rows = rows(
      outcome, "", "", PairedChange(ascending: ascending.map { Double(changes[$0]) }),
      sums: (before.reduce(0, +), after.reduce(0, +)))
    for grouping in groups.all {
      var lists = [[Double]](repeating: [], count: grouping.members.count)
      var sums = [(before: Int64, after: Int64)](
        repeating: (0, 0), count: grouping.members.count)
      for row in ascending {
        let place = Int(grouping.places[row])
        lists[place].append(Double(changes[row]))
        sums[place].before += before[row]
        sums[place].after += after[row]
      }
      for (place, member) in grouping.members.enumerated() {
        rows += self.rows(
          outcome, grouping.dimension, member, PairedChange(ascending: lists[place]),
          sums: sums[place])
      }
    }
    return rows
  }

  private func rows(
    _ outcome: TwinOutcome, _ dimension: String, _ member: String, _ change: PairedChange?,
    sums: (before: Int64, after: Int64)
  ) -> [Observation] {
    TwinStatistic.allCases.map { statistic in
      let value = change.flatMap { change -> Double? in
        let people = Double(change.count)
        return switch statistic {
        case .baseline: outcome.scale * Double(sums.before) / people
        case .scenario: outcome.scale * Double(sums.after) / people
        case .change: outcome.scale * change.mean
        case .lessShare: change.lessShare
        case .sameShare: change.sameShare
        case .moreShare: change.moreShare
        case .changeOfLess: change.meanOfLess.map { outcome.scale * $0 }
        case .changeOfMore: change.meanOfMore.map { outcome.scale * $0 }
        case .p5, .p25, .p50, .p75, .p95:
          outcome.scale * change.quantiles[TwinStatistic.quantiles.firstIndex(of: statistic)!]
        }
      }
      return Observation(
        measure: TwinMeasures.name(outcome, statistic), dimension: dimension, member: member,
        value: value)
    }
  }

  // MARK: - Equity

  private func armRows(
    _ measure: String, by dimension: String = "arm", of member: String = "", before: Double?,
    after: Double?
  ) -> [Observation] {
    let change = before.flatMap { before in after.map { $0 - before } }
    return zip(TwinMeasures.arms, [before, after, change]).map { arm, value in
      Observation(
        measure: measure, dimension: dimension, member: member.isEmpty ? arm : "\(arm)+\(member)",
        value: value)
    }
  }

  private func inequalityRows(_ outcome: TwinOutcome) -> [Observation] {
    func values(_ records: [ResidentRecord]) -> [Double] {
      records.map { Double(outcome.amount($0)) }
    }
    let (before, after) = (values(records.baseline), values(records.scenario))
    var rows = armRows(
      TwinMeasures.gini(outcome), before: Concentration.gini(of: before),
      after: Concentration.gini(of: after))
    for (rank, ranks) in self.ranks {
      rows += armRows(
        TwinMeasures.concentration(outcome, by: rank),
        before: Concentration.index(of: before, rankedBy: ranks),
        after: Concentration.index(of: after, rankedBy: ranks))
    }
    return rows
  }

  /// By what residents can be ranked, ascending.
  private var ranks: [(TwinMeasures.Rank, [Double])] {
    let nearness = groups.minutes.map { -$0 }
    guard model.trends.incomeGroups.count > 1 else { return [(.nearness, nearness)] }
    return [(.income, incomes(ofYears: 1)), (.nearness, nearness)]
  }

  /// CNY of each resident over so many years; 1 on the mean where no income is stated.
  private func incomes(ofYears years: Double) -> [Double] {
    let relative = model.relativeIncomes
    let mean = (settings.income ?? 1) * years
    return population.residents.map { mean * relative[Int($0.incomeGroup)] }
  }

  private func catastrophicRows(_ threshold: Double) -> [Observation] {
    let incomes = incomes(ofYears: windowDays / 365)
    func payments(_ records: [ResidentRecord]) -> [Double] {
      records.map { TwinOutcome.outOfPocket.scale * Double($0.patientPaid) }
    }
    let (before, after) = (payments(records.baseline), payments(records.scenario))
    func spending(_ payments: [Double], _ rows: [Int]) -> CatastrophicSpending? {
      CatastrophicSpending(
        payments: rows.map { payments[$0] }, incomes: rows.map { incomes[$0] },
        threshold: threshold)
    }
    let everybody = Array(incomes.indices)
    let (one, other) = (spending(before, everybody), spending(after, everybody))
    var rows = armRows(
      TwinMeasures.catastrophic(threshold), before: one?.share, after: other?.share)
    rows += armRows(
      TwinMeasures.overshoot(threshold), before: one?.meanOvershoot,
      after: other?.meanOvershoot)
    for grouping in groups.all {
      var lists = [[Int]](repeating: [], count: grouping.members.count)
      for (row, place) in grouping.places.enumerated() { lists[Int(place)].append(row) }
      for (member, list) in zip(grouping.members, lists) {
        rows += armRows(
          TwinMeasures.catastrophic(threshold), by: "arm+\(grouping.dimension)", of: member,
          before: spending(before, list)?.share, after: spending(after, list)?.share)
      }
    }
    return rows
  }

  private var windowDays: Double {
    let window = runs.baseline.window
    return (window.end - (window.policyStart ?? window.warmUpEnd)).inDays
  }

  // MARK: - Access

  private func accessRows() -> [Observation] {
    // Doctors are counted whole.
    let people = model.villages.map {
      model.sample.expansion * Double(model.towns[$0.town].population) * $0.share
    }
    func access(_ run: RegionRun) -> [Double] {
      FloatingCatchment(minutes: settings.catchment).access(
        supplies: run.clinicHours.map { 1000 * $0 / (windowDays / 7) }, people: people,
        travel: { Double(run.model.travelMinutes(village: UInt16($0), to: $1)) })
    }
    let (before, after) = (access(runs.baseline), access(runs.scenario))
    func mean(_ access: [Double], _ villages: [Int]) -> Double? {
      let total = villages.reduce(0) { $0 + people[$1] }
      guard total > 0 else { return nil }
      return villages.reduce(0) { $0 + access[$1] * people[$1] } / total
    }
    let everywhere = Array(model.villages.indices)
    var rows = armRows(
      TwinMeasures.access, before: mean(before, everywhere), after: mean(after, everywhere))
    for (town, settlement) in model.towns.enumerated() {
      let villages = everywhere.filter { model.villages[$0].town == town }
      rows += armRows(
        TwinMeasures.access, by: "arm+town", of: settlement.name,
        before: mean(before, villages), after: mean(after, villages))
    }
    return rows
  }
}
