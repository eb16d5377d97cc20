// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

extension RegionRun {
  /// What the run has to say, at its end; the same rows in every replication.
  ///
  /// - Parameter requested: measures by dimensions beyond the whole, tier and period.
  package func observations(requested: [MeasureRequest]) -> [Observation] {
    var rows = cellRows("", [("", view(.after))])
    rows += cellRows("period", [("before", view(.before)), ("after", view(.after))])
    rows += siteRows("tier", Tier.allCases.map { ($0.name, tierView($0)) })
    rows += needRows("", [("", .after)])
    rows += needRows("period", [("before", .before), ("after", .after)])
    rows += shareRows() + capacityRows("occupancy", .beds) + capacityRows("utilisation", .doctors)
    rows += trustRows() + skillRows() + logsumRows()
    rows += paymentRows(asked: Set(requested.map(\.dimension))) + accountRows()
    rows += chronicRows()
    rows += pharmacyRows("", [("", .after)])
    rows += pharmacyRows("period", [("before", .before), ("after", .after)])
    rows += titleRows() + incomeRows() + allianceRows() + capacityChangeRows() + warmUpRows()
    let asked = Set(requested.map { $0.dimension })
    if asked.contains("institution") {
      rows += siteRows(
        "institution",
        model.institutions.indices.map { (model.institutions[$0].name, institutionView($0)) })
    }
    if asked.contains("town") {
      rows += cellRows(
        "town", model.towns.indices.map { (model.towns[$0].name, townView($0)) })
    }
    if asked.contains("month") {
      rows += cellRows("month", monthsCovered.map { (model.demand.monthNames[$0], monthView($0)) })
    }
    rows += weekdayRows(asked: asked) + transferRows()
    let wanted = Set(requested)
    let always = MeasureDefinition.alwaysWritten
    return toldOfAll(rows).filter {
      always.contains($0.dimension)
        || wanted.contains(MeasureRequest(measure: $0.measure, dimension: $0.dimension))
    }
  }

  private var tally: FlowTally { simulation.model.domain.tally }

  private var regionTiers: [Bool] {
    Tier.allCases.map { tier in
      model.institutions.contains { $0.tier == tier && $0.town != nil }
    }
  }

  func emptyView() -> RegionMeasures.View {
    RegionMeasures.View(regionTiers: regionTiers, residents: model.residentCount)
  }

  func view(_ period: Period) -> RegionMeasures.View {
    var view = emptyView()
    for site in model.institutions.indices {
      view.tiers[model.institutions[site].tier.row] += tally.site(period, site)
    }
    return view
  }

  func tierView(_ tier: Tier) -> RegionMeasures.View {
    var one = emptyView()
    one.tiers[tier.row] = view(.after).tiers[tier.row]
    return one
  }

  func institutionView(_ site: Int) -> RegionMeasures.View {
    var one = emptyView()
    one.tiers[model.institutions[site].tier.row] = tally.site(.after, site)
    return one
  }

  private func townView(_ town: Int) -> RegionMeasures.View {
    var one = emptyView()
    one.residents = model.towns[town].population
    for tier in Tier.allCases { one.tiers[tier.row] = tally.home(.after, town: town, tier: tier) }
    return one
  }

  func monthView(_ month: Int) -> RegionMeasures.View {
    var one = emptyView()
    for tier in Tier.allCases { one.tiers[tier.row] = tally.month(month, tier: tier) }
    return one
  }

  /// Running months that lie wholly after the warm-up and within the run.
  var monthsCovered: [Int] {
    let first = day(of: window.warmUpEnd + TimeSpan(microseconds: microsecondsPerDay - 1))
    let last = min(day(of: window.end), model.demand.dayCount)
    let months = model.demand.runningMonthOfDay
    return Set(months[first..<last]).map(Int.init).sorted().filter { month in
      let isCutBefore = first > 0 && months[first - 1] == month
      let isCutAfter = last < months.count && months[last] == month
      return !isCutBefore && !isCutAfter
    }
  }

  // MARK: - Rows

  private func cellRows(
    _ dimension: String, _ members: [(String, RegionMeasures.View)]
  ) -> [Observation] {
    members.flatMap { member, view in
      RegionMeasures.cellMeasures.map {
        Observation(
          measure: $0.name, dimension: dimension, member: member, value: $0.value(view))
      }
    }
  }

  private func siteRows(
    _ dimension: String, _ members: [(String, RegionMeasures.View)]
  ) -> [Observation] {
    members.flatMap { member, view in
      RegionMeasures.cellMeasures.filter(\.isOfOneTier).map {
        Observation(
          measure: $0.name, dimension: dimension, member: member, value: $0.value(view))
      }
    }
  }

  private func needRows(_ dimension: String, _ members: [(String, Period)]) -> [Observation] {
    members.flatMap { member, period in
      (RegionMeasures.needMeasures + RegionMeasures.allianceMeasures
        + RegionMeasures.referralMeasures).map {
          Observation(
            measure: $0.name, dimension: dimension, member: member,
            value: $0.value(tally.needs[period.rawValue]))
        }
    }
  }

  private func pharmacyRows(_ dimension: String, _ members: [(String, Period)]) -> [Observation] {
    members.flatMap { member, period in
      RegionMeasures.pharmacyMeasures.map {
        Observation(
          measure: $0.name, dimension: dimension, member: member,
          value: $0.value(tally.pharmacy[period.rawValue]))
      }
    }
  }

  private func titleRows() -> [Observation] {
    guard !model.titles.isEmpty else { return [] }
    return Title.allCases.map {
      Observation(
        measure: "title-visits", dimension: "title", member: $0.name,
        value: Double(tally.title(.after, $0)))
    }
  }

  private func incomeRows() -> [Observation] {
    model.trends.incomeGroups.enumerated().flatMap { group, name in
      var view = emptyView()
      view.tiers[0] = tally.income(.after, group)
      return RegionMeasures.incomeMeasures.map {
        Observation(
          measure: $0.name, dimension: "income", member: name, value: $0.value(view))
      }
    }
  }

  private func shareRows() -> [Observation] {
    let whole = view(.after)
    func share(_ measure: String, _ field: KeyPath<FlowCell, Int64>) -> [Observation] {
      let total = whole.total[keyPath: field]
      return Tier.allCases.map { tier in
        Observation(
          measure: measure, dimension: "tier", member: tier.name,
          value: total == 0
            ? nil : Double(whole.tiers[tier.row][keyPath: field]) / Double(total))
      }
    }
    return share("visit-share", \.visits) + share("admission-share", \.admissions)
  }

  private func capacityRows(_ measure: String, _ kind: CapacityKind) -> [Observation] {
    func row(_ dimension: String, _ member: String, _ uses: [CapacityUse]) -> Observation {
      Observation(
        measure: measure, dimension: dimension, member: member,
        value: uses.reduce(CapacityUse(), +).share)
    }
    let after = use(of: kind, in: .after)
    var rows = [
      row("", "", after), row("period", "before", use(of: kind, in: .before)),
      row("period", "after", after),
    ]
    for tier in Tier.allCases {
      rows.append(
        row(
          "tier", tier.name,
          after.indices.filter { model.institutions[$0].tier == tier }.map { after[$0] }))
    }
    return rows
      + after.indices.map { row("institution", model.institutions[$0].name, [after[$0]]) }
  }

  private func trustRows() -> [Observation] {
    let residents = simulation.model.domain.population.residents
    return Tier.allCases.map { tier in
      let sum = residents.reduce(Int64(0)) { $0 + Int64($1.trust[tier.row]) }
      return Observation(
        measure: "trust", dimension: "tier", member: tier.name,
        value: Double(sum) / 65535 / Double(residents.count))
    }
  }

  private func skillRows() -> [Observation] {
    let skills = simulation.model.domain.states.map(\.skill)
    let members = Set(
      model.policies.flatMap { policy in
        (policy.lever as? any SendsExperts)?.posting.members
          ?? (policy.lever as? TrainingLeave)?.institutions ?? []
      })
    let mean =
      members.isEmpty
      ? 0 : members.sorted().reduce(0) { $0 + skills[$1] } / Double(members.count)
    return [Observation(measure: "skill", value: mean)]
      + skills.indices.map {
        Observation(
          measure: "skill", dimension: "institution", member: model.institutions[$0].name,
          value: skills[$0])
      }
  }

  private func logsumRows() -> [Observation] {
    let cell = tally.needs[Period.after.rawValue]
    return RegionMeasures.careMembers.map { member, place in
      Observation(
        measure: "logsum", dimension: "care", member: member,
        value: cell.logsumCounts[place] == 0
          ? nil : cell.logsums[place] / Double(cell.logsumCounts[place]))
    }
  }
}
