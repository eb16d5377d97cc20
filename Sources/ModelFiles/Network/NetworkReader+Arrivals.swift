// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

extension NetworkReader {
  package static let processes = ["poisson", "weekly", "rates", "renewal", "scheduled", "recorded"]

  mutating func readArrivals() -> [ArrivalSource] {
    let sources = model.sections("arrivals").map { name, section in
      places.sources[name] = section.place
      return source(name, section)
    }
    if sources.isEmpty, model.has("arrivals") {
      model.fault("arrivals", "has no source", "write NAME: {pathway: …, poisson: {rate: 5 /h}}")
    }
    return sources
  }

  private mutating func source(_ name: String, _ section: ModelSection) -> ArrivalSource {
    let before = faults.count
    let opening = opening(of: section)
    let process = process(of: section, opening)
    // What a log with faults leaves open is not asked for again.
    let isBroken = faults.count > before
    var source = ArrivalSource(
      name: name, process: process, pathway: pathway(of: section, process, isBroken),
      classes: classes(of: section, process, isBroken), opening: opening,
      seasons: process.hasRate ? seasons(of: section) : nil)
    if !process.hasRate, section.has("seasons") {
      section.fault(
        "seasons", "stands beside a process without a rate",
        "seasons go with poisson, weekly or rates")
    }
    source.batch = section.distributionIfPresent("batch", .plain)
    source.until = section.numberIfPresent("until", .days, in: 0...36_500)
      .map { .zero + .days($0) }
    source.most = section.integerIfPresent("most", in: 1...Int(Int32.max)).map { UInt64($0) }
    if faults.count == before {
      let unit = TimeSpan.seconds(timeUnit.factor)
      for fault in source.faults(timeUnit: unit, weekStart: run.weekStart) {
        faults.record(places.modelFault(for: fault))
      }
    }
    return source
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

  /// `class: NAME`, or `classes: {NAME: 30 %, …}`, or nothing where there is one class or a log
  /// names the class of every row.
  private func classes(
    of section: ModelSection, _ process: ArrivalProcess, _ isBroken: Bool
  ) -> [ArrivalSource.ClassShare] {
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
    if case .recorded(let rows, _) = process {
      if isBroken { return [] }
      if let first = rows.first?.entityClass, rows.allSatisfy({ $0.entityClass != nil }) {
        return [.init(first, share: 1)]
      }
    }
    section.fault(
      "has no class", "add class: \(description.classes.joined(separator: " or "))")
    return []
  }

  /// `pathway: NAME`, or nothing where a log names the pathway of every row.
  private func pathway(
    of section: ModelSection, _ process: ArrivalProcess, _ isBroken: Bool
  ) -> String {
    if case .recorded(let rows, _) = process, !section.has("pathway") {
      if isBroken { return "" }
      if let first = rows.first?.pathway, rows.allSatisfy({ $0.pathway != nil }) { return first }
    }
    return section.text("pathway")
  }

  private mutating func process(
    of section: ModelSection, _ opening: OpeningHours?
  ) -> ArrivalProcess {
    let written = Self.processes.filter(section.has)
    guard written.count == 1 else {
      section.fault(
        written.isEmpty ? "does not say when they arrive" : "has \(written.count) processes",
        "write one of \(Self.processes.joined(separator: ", "))")
      return .poisson(rate: 1)
    }
    for (key, owner) in [("first", "renewal"), ("repeat-every", "rates")]
    where owner != written[0] && section.has(key) {
      section.fault(key, "stands beside \(written[0])", "it goes with \(owner)")
    }
    switch written[0] {
    case "poisson":
      return .poisson(
        rate: section.section("poisson").number("rate", rateUnit, in: ModelSection.positive))
    case "renewal": return renewal(of: section)
    case "rates": return rates(of: section)
    case "scheduled": return .scheduled(times(of: section, opening))
    case "recorded": return recorded(of: section.table("recorded"), opening)
    default: return weekly(of: section)
    }
  }

  private var rateUnit: ModelUnit { ModelUnit("1/\(timeUnitName)") }
  /// A century, in seconds.
  private static var longest: ClosedRange<Double> { 0...36_500.0 * 86_400 }

  // MARK: - Renewal

  /// `renewal: {erlang: {stages: 2, mean: 5 min}}` or the name of a duration; `first: stationary`, or
  /// a distribution of its own.
  private mutating func renewal(of section: ModelSection) -> ArrivalProcess {
    let interval = interval("renewal", of: section)
    guard section.has("first") else { return .renewal(interval) }
    if section.node["first"]?.text == "stationary" { return .renewal(interval, first: .stationary) }
    return .renewal(interval, first: .own(self.interval("first", of: section)))
  }

  /// The distribution that a key names or spells out.
  private mutating func interval(_ key: String, of section: ModelSection) -> Distribution {
    guard let name = section.node[key]?.text, Quantity(name) == nil,
      Quantity.unknownUnit(in: name) == nil
    else {
      if case .distribution = computedDistribution(key, in: section) {
        section.fault(
          key, "hangs on an entity, which an interval between arrivals is not of",
          "write numbers; rates that change are written under rates, weekly or seasons")
        return Self.placeholder
      }
      return section.distribution(key, timeUnit)
    }
    _ = section.text(key)
    let durations = model.sectionIfPresent("durations")
    guard let durations, durations.has(name) else {
      section.fault(
        key, "\(name.quotedBriefly) is not a duration",
        remedy(
          for: name, among: durations?.keys ?? [],
          kind: key == "first"
            ? "named duration, only stationary and times such as 0 min"
            : "named duration, only times such as 5 min"))
      return Self.placeholder
    }
    description.usedRules.insert(name)
    return durations.distribution(name, timeUnit)
  }

  private static var placeholder: Distribution {
    guard let one = try? Distribution.constant(1) else { preconditionFailure("1 is a number") }
    return one
  }

  // MARK: - Given instants

  private static let columnUnits: [(name: String, unit: ModelUnit)] = [
    ("seconds", .seconds), ("minutes", .minutes), ("hours", .hours), ("days", .days),
  ]

  /// The column of times of a table, `time_minutes` for instance, and its unit.
  private func timeColumn(
    _ prefix: String, of table: ModelTable
  ) -> (name: String, unit: ModelUnit)? {
    let columns = Self.columnUnits.map { ("\(prefix)_\($0.name)", $0.unit) }
    if let found = columns.first(where: { table.columns.contains($0.0) }) { return found }
    if !table.columns.isEmpty {
      table.fault(
        "has no column of times", "name it \(prefix)_minutes, \(prefix)_hours or \(prefix)_days")
    }
    return nil
  }

  private func instant(
    _ column: (name: String, unit: ModelUnit), of row: ModelRow, _ opening: OpeningHours?
  ) -> SimulationTime {
    let unit = column.unit
    let factor = unit.factor
    let before = faults.count
    let time =
      SimulationTime.zero
      + .seconds(
        row.number(column.name, unit, in: 0...Self.longest.upperBound / factor) * factor)
    if faults.count == before, let opening, !opening.isOpen(at: time, weekStart: run.weekStart) {
      row.fault(column.name, "is outside the open hours", "change either")
    }
    return time
  }

  /// `scheduled: {times: [10 min, 1 h]}`, or a table with `time_seconds`, `time_minutes`,
  /// `time_hours` or `time_days`, counted from time 0, in any order.
  private func times(of section: ModelSection, _ opening: OpeningHours?) -> [SimulationTime] {
    if case .table? = section.node["scheduled"]?.content {
      let table = section.table("scheduled")
      guard let column = timeColumn("time", of: table) else { return [] }
      return table.rows.map { instant(column, of: $0, opening) }.sorted()
    }
    let scheduled = section.section("scheduled")
    let times = scheduled.numbers("times", .seconds, in: Self.longest)
      .map { SimulationTime.zero + .seconds($0) }
    if let opening,
      let place = times.firstIndex(where: { !opening.isOpen(at: $0, weekStart: run.weekStart) })
    {
      faults.record(
        scheduled.placeOf("times").appending("[\(place + 1)]"), "is outside the open hours",
        "change either")
    }
    return times.sorted()
  }

  /// `recorded: {table: log.csv, key: patient}`: a row each, with a column of times as above; if
  /// there, `class`, `priority` and `pathway`, and attributes by name, of which cells may be empty.
  private func recorded(of table: ModelTable, _ opening: OpeningHours?) -> ArrivalProcess {
    guard let column = timeColumn("time", of: table) else { return .recorded([]) }
    let pathways = model.node["pathways"]?.entries.map(\.key) ?? []
    let attributes = attributeColumns(of: table)
    return .recorded(
      table.rows.map { row in
        ArrivalProcess.RecordedArrival(
          instant(column, of: row, opening),
          entityClass: row.textIfPresent("class", oneOf: description.classes),
          priority: priority(of: row),
          pathway: row.textIfPresent("pathway", oneOf: pathways),
          attributes: attributes.map { column in
            row.numberIfPresent(column.name, column.unit).map { $0 * column.factor }
          })
      }, attributes: attributes.map(\.attribute))
  }

  private struct AttributeColumn {
    var attribute: String
    var name: String
    var unit: ModelUnit
    /// What a number of the column is worth in the model's units.
    var factor: Double
  }

  /// Columns named as attributes are, `severity`, or, for times, with their unit, `stay_days`.
  private func attributeColumns(of table: ModelTable) -> [AttributeColumn] {
    description.attributes.compactMap { attribute in
      for (suffix, unit) in Self.columnUnits where table.has(column: "\(attribute)_\(suffix)") {
        return AttributeColumn(
          attribute: attribute, name: "\(attribute)_\(suffix)", unit: unit,
          factor: unit.factor / timeUnit.factor)
      }
      guard table.has(column: attribute), !["class", "priority", "pathway"].contains(attribute)
      else { return nil }
      return AttributeColumn(attribute: attribute, name: attribute, unit: .plain, factor: 1)
    }
  }

  private func priority(of row: ModelRow) -> UInt8? {
    guard !priorities.isEmpty else {
      return row.integerIfPresent("priority", in: 1...16).map { UInt8($0 - 1) }
    }
    return row.textIfPresent("priority", oneOf: priorities).flatMap(priorities.firstIndex)
      .map { UInt8($0) }
  }

  // MARK: - Rates that change

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

  /// `rates: [{from: 0 h, rate: 5 /h}, …]` from time 0 on, with `repeat-every: 12 h` over and over;
  /// or a table with `from_hours` and `rate_per_hour`.
  private func rates(of section: ModelSection) -> ArrivalProcess {
    typealias Change = ArrivalProcess.RateChange
    let period = section.numberIfPresent("repeat-every", .seconds, in: ModelSection.positive)
      .map { TimeSpan.seconds($0) }
    var last: TimeSpan?
    // The place of an offset that is no later than the one before it, or not within the period.
    func check(_ offset: TimeSpan, _ place: @autoclosure () -> SourcePlace) {
      if let last, offset <= last {
        faults.record(place(), "is not after the one before", "list rates by time")
      }
      if let period, offset >= period {
        faults.record(place(), "is not within repeat-every", "write a shorter time")
      }
      last = offset
    }
    if case .table? = section.node["rates"]?.content {
      let table = section.table("rates")
      guard let column = timeColumn("from", of: table) else { return .rates([], every: period) }
      let unit = column.unit
      let changes = table.rows.map { row in
        let offset = TimeSpan.seconds(
          row.number(column.name, unit, in: 0...Self.longest.upperBound / unit.factor)
            * unit.factor)
        check(offset, row.placeOf(column.name))
        let rate = row.number("rate_per_hour", .perHour, in: ModelSection.zeroOrMore)
        return Change(offset: offset, rate: rate * timeUnit.factor / 3600)
      }
      return .rates(changes, every: period)
    }
    let changes = section.items("rates").map { item in
      _ = item.textIfPresent("name")
      let offset = TimeSpan.seconds(item.number("from", .seconds, in: Self.longest))
      check(offset, item.placeOf("from"))
      return Change(
        offset: offset, rate: item.number("rate", rateUnit, in: ModelSection.zeroOrMore))
    }
    return .rates(changes, every: period)
  }
}
