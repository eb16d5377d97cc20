// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

extension NetworkReader {
  static let processes = ["poisson", "scheduled", "weekly"]

  mutating func readArrivals() -> [ArrivalSource] {
    let sources = model.sections("arrivals").map { name, section in
      places.sources[name] = section.place
      return ArrivalSource(
        name: name, process: process(of: section), pathway: section.text("pathway"),
        classes: classes(of: section))
    }
    if sources.isEmpty, model.has("arrivals") {
      model.fault("arrivals", "has no source", "write NAME: {pathway: …, poisson: {rate: 5 /h}}")
    }
    return sources
  }

  /// Names of pathways and classes that a source gives and the model does not have.
  func reportUnknownNames(in sources: [ArrivalSource]) {
    let pathways = description.pathways.map(\.name)
    for source in sources {
      let place = places.sources[source.name] ?? places.model
      if !pathways.contains(source.pathway), !source.pathway.isEmpty {
        faults.record(
          place.appending("pathway"), "\(source.pathway.quotedBriefly) is not a pathway",
          remedy(for: source.pathway, among: pathways, kind: "pathway"))
      }
      for part in source.classes where !description.classes.contains(part.name) {
        guard !part.name.isEmpty else { continue }
        faults.record(
          place.appending("class"), "\(part.name.quotedBriefly) is not a class",
          remedy(for: part.name, among: description.classes, kind: "class"))
      }
    }
  }

  /// `class: NAME`, or `classes: {NAME: 30 %, …}`, or nothing where there is one class.
  private func classes(of section: ModelSection) -> [ArrivalSource.ClassShare] {
    if section.has("classes") {
      if section.has("class") { section.fault("class", "stands beside classes", "keep one") }
      let shares = section.section("classes")
      let parts = shares.keys.map { name in
        ArrivalSource.ClassShare(name, share: shares.number(name, .share, in: 0...1))
      }
      let sum = parts.reduce(0) { $0 + $1.share }
      if abs(sum - 1) > 1e-9 * Double(parts.count) {
        section.fault("classes", "has shares that sum to \(plainNumber(sum))", "let them sum to 1")
      }
      return parts
    }
    if let name = section.textIfPresent("class") { return [.init(name, share: 1)] }
    if description.classes.count == 1 { return [.init(description.classes[0], share: 1)] }
    section.fault(
      "has no class", "add class: \(description.classes.joined(separator: " or "))")
    return []
  }

  private func process(of section: ModelSection) -> ArrivalProcess {
    let written = Self.processes.filter(section.has)
    guard written.count == 1 else {
      section.fault(
        written.isEmpty ? "does not say when they arrive" : "has \(written.count) processes",
        "write one of \(Self.processes.joined(separator: ", "))")
      return .poisson(rate: 1)
    }
    switch written[0] {
    case "poisson":
      return .poisson(
        rate: section.section("poisson").number("rate", rateUnit, in: ModelSection.positive))
    case "scheduled": return .scheduled(times(of: section))
    default: return weekly(of: section)
    }
  }

  private var rateUnit: ModelUnit { ModelUnit("1/\(timeUnitName)") }

  // MARK: - Scheduled

  /// `scheduled: {times: [10 min, 1 h]}`, or a table with `time_seconds`, `time_minutes`,
  /// `time_hours` or `time_days`, counted from time 0, in any order.
  private func times(of section: ModelSection) -> [SimulationTime] {
    let longest = 0...36_500.0 * 86_400
    let seconds: [Double]
    if case .table? = section.node["scheduled"]?.content {
      let table = section.table("scheduled")
      let units: [(String, ModelUnit)] = [
        ("time_seconds", .seconds), ("time_minutes", .minutes), ("time_hours", .hours),
        ("time_days", .days),
      ]
      guard let (column, unit) = units.first(where: { table.columns.contains($0.0) }) else {
        if !table.columns.isEmpty {
          table.fault("has no column of times", "name it time_minutes, time_hours or time_days")
        }
        return []
      }
      seconds = table.rows.map { row in
        row.number(column, unit, in: 0...36_500.0 * 86_400 / unit.factor) * unit.factor
      }
    } else {
      seconds = section.section("scheduled").numbers("times", .seconds, in: longest)
    }
    return seconds.sorted().map { .zero + .seconds($0) }
  }

  // MARK: - Weekly rates

  /// `weekly: [{days: Mon-Fri, hours: 08:00-12:00, rate: 5 /h}]`; overlapping spans add up. Or a
  /// table with a row for each hour of the day, 0…23, and a column for each weekday or one for all.
  private func weekly(of section: ModelSection) -> ArrivalProcess {
    var steps = WeeklySteps()
    if case .table? = section.node["weekly"]?.content {
      addHours(of: section.table("weekly"), to: &steps)
    } else {
      for span in section.items("weekly") {
        _ = span.textIfPresent("name")
        steps.add(
          span.number("rate", rateUnit, in: ModelSection.zeroOrMore), during: span.weeklyHours())
      }
    }
    let changes = steps.isEmpty ? [(0, 0.0)] : steps.changes
    return .periodic(
      period: .days(7),
      changes.map { .init(offset: .minutes(Double($0.0)), rate: $0.1) })
  }

  private func addHours(of table: ModelTable, to steps: inout WeeklySteps) {
    let perDay = WeeklyHours.dayNames.map { "\($0)_per_hour" }
    let isDaily = table.columns.contains("rate_per_hour")
    for row in table.rows {
      guard let hour = Int(row.key), (0...23).contains(hour) else {
        row.fault("hour", "\(row.key.quotedBriefly) is not an hour of the day", "write 0 to 23")
        continue
      }
      for (day, column) in perDay.enumerated() {
        let rate = row.number(
          isDaily ? "rate_per_hour" : column, .perHour, in: ModelSection.zeroOrMore)
        let inTimeUnits = rate * timeUnit.factor / 3600
        steps.add(
          inTimeUnits,
          during: WeeklyHours(days: [day], opens: hour * 60, closes: (hour + 1) * 60))
      }
    }
  }
}
