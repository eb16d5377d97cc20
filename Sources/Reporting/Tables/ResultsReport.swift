// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// What a results file says, as tables for a reader and as JSON for a program: the values of its views
/// `summary` and `contrast`.
public struct ResultsReport {
  let header: ResultsHeader
  let storedReplications: Int
  let summary: [SummaryRow]
  let contrasts: [ContrastRow]
  let correlations: [BatchCorrelationRow]
  let precision: PrecisionAchieved?
  let units: [String: String]
  let layout: ReportLayout
  private let path: String
  let forms: FormDependence
  private let warmUp: WarmUpStates
  private let titles: [Language: ScenarioTitles]
  /// Members of each measure and dimension; and those that are not zero in every scenario.
  let members: [MeasureRequest: Set<String>]
  let tellingMembers: [MeasureRequest: Set<String>]

  /// Reads the views.
  ///
  /// - Parameter baseline: The scenario that the others are compared with; `nil`: the experiment's.
  /// - Throws: ``RunnerFault`` when there is no such scenario or the file cannot be read.
  public init(_ results: ResultsFile, baseline: String? = nil) throws {
    path = results.path
    header = results.header
    if header.twins != nil {
      throw RunnerFault.invalid("\(path): holds twins; print them with yilian twins \(path)")
    }
    titles = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0, ScenarioTitles(results.header, $0)) })
    storedReplications = try results.storedReplications().count
    summary = try results.summary()
    contrasts = try results.contrasts(baseline: baseline)
    correlations = try results.batchCorrelations()
    precision = try PrecisionAchieved(results)
    warmUp = try results.warmUpStates()
    forms = FormDependence(header, contrasts)
    let catalogue = header.measureCatalogue
    let asked = header.measureRequests.map(\.measure)
    units = Dictionary(
      catalogue.flatMap { measure in
        (measure.observedNames + asked.filter { measure.statistic(named: $0) != nil })
          .map { ($0, measure.unit(of: $0)) }
      },
      uniquingKeysWith: { first, _ in first })
    var members: [MeasureRequest: Set<String>] = [:]
    var telling: [MeasureRequest: Set<String>] = [:]
    for row in summary {
      let name = MeasureRequest(measure: row.measure, dimension: row.dimension)
      members[name, default: []].insert(row.member)
      if row.mean != 0 { telling[name, default: []].insert(row.member) }
    }
    self.members = members
    tellingMembers = telling
    layout = ReportLayout(header, catalogue: catalogue, observed: Set(members.keys))
  }

  // MARK: For a program

  /// The scenarios, and every row of both views.
  public var json: JSONValue {
    let batches: [(String, JSONValue)] = [
      ("batch_correlations", .list(correlations.map(Self.json)))
    ]
    let fields: [(String, JSONValue)] = [
      ("results", .text(path)),
      ("experiment", .text(header.provenance["experiment"] ?? "")),
      ("replications", .integer(header.replications)),
      ("stored", .integer(storedReplications)),
      ("scenarios", .list(header.points.map { .text($0.scenario) })),
      ("summary", .list(summary.map(Self.json))),
      ("contrasts", .list(contrasts.map(json))),
    ]
    let years: [(String, JSONValue)] =
      warmUp.years > 0 ? [("warm_up", SlowStateTable(warmUp).json)] : []
    return .object(
      fields + designJSON + (header.isBatched ? batches : [])
        + (precision.map { [("precision", Self.json($0))] } ?? []) + years)
  }

  private static func json(_ row: SummaryRow) -> JSONValue {
    .object([
      ("point_id", .integer(row.point)), ("scenario", .text(row.scenario)),
      ("measure", .text(row.measure)), ("dimension", .text(row.dimension)),
      ("member", .text(row.member)), ("n", .integer(row.n)), ("mean", .number(row.mean)),
      ("sd", .number(row.standardDeviation)), ("ci_low", .number(row.low)),
      ("ci_high", .number(row.high)),
    ])
  }

  private func json(_ row: ContrastRow) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("point_id", .integer(row.point)), ("scenario", .text(row.scenario)),
      ("baseline", .text(row.baseline)), ("measure", .text(row.measure)),
      ("dimension", .text(row.dimension)), ("member", .text(row.member)), ("n", .integer(row.n)),
      ("mean_difference", .number(row.meanDifference)), ("ci_low", .number(row.low)),
      ("ci_high", .number(row.high)), ("variance_removed", .number(row.varianceRemoved)),
      ("variance_reduction", .number(row.varianceReduction)), ("p_value", .number(row.pValue)),
      ("p_holm", .number(row.adjustedPValue)),
    ]
    if let form = forms.forms[row.point] {
      let isDependent = forms.isFormDependent(FormDependence.Key(row))
      members += [
        ("money_form", .text(form)), ("form_dependent", isDependent.map { .flag($0) } ?? .null),
      ]
    }
    return .object(members)
  }

  // MARK: For a reader

  /// The tables, set for a width in columns of a terminal.
  public func text(_ language: Language, width: Int) -> String {
    guard !summary.isEmpty else { return ReportPhrase.nothing.text(language) + "\n" }
    var lines = title(language)
    if let note = SampleNote.phrase(header) { lines += note.text(language).wrapped(to: width) }
    if let design = header.storedDesign {
      lines += [""] + sweepBlocks(design, language).lines(width: width)
      return (lines + precisionLines(language, width: width)).joined(separator: "\n") + "\n"
    }
    if isIncomplete {
      lines += ReportPhrase.incomplete.text(language).wrapped(to: width)
    }
    let means = header.isBatched ? ReportPhrase.batchMeans : .means
    lines += ["", means.text(language), ""]
    lines += fitting(width) { meansTable(language, $0) }.lines(width: width)
    if summary.allSatisfy({ $0.n < 2 }) {
      lines += ["", ReportPhrase.noInterval.text(language)]
    }
    lines += batchLines(language, width: width)
    lines += precisionLines(language, width: width)
    if let (title, table) = baselineTable(language) {
      lines += ["", title, ""] + table.lines(width: width)
    }
    lines += warmUpLines(language, width: width)
    if !contrasts.isEmpty {
      lines += ["", contrastHeading(language), ""]
      let full = fitting(width) { contrastTable(language, $0, hasChance: true) }
        .lines(width: width)
      // Where a scenario does not fit the width by itself, JSON alone has its p-values.
      let hasChance = full.allSatisfy { $0.displayWidth <= width }
      lines +=
        hasChance
        ? full
        : fitting(width) { contrastTable(language, $0, hasChance: false) }.lines(width: width)
      lines += [""] + pairingNote.text(language).wrapped(to: width)
      if hasChance { lines += significanceNote.text(language).wrapped(to: width) }
      if forms.isTold { lines += ReportPhrase.formNote.text(language).wrapped(to: width) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The baseline beside what is known of the region, where the model says it.
  func baselineTable(_ language: Language) -> (title: String, table: TextTable)? {
    guard !header.baselineTargets.isEmpty,
      let baseline = header.points.first(where: { $0.scenario == header.provenance["baseline"] })
    else { return nil }
    let rows = Dictionary(
      summary.filter { $0.point == baseline.id }.map {
        (RowName($0.measure, $0.dimension, $0.member), $0)
      }, uniquingKeysWith: { first, _ in first })
    let table = BaselineTable(targets: header.baselineTargets, units: units) {
      rows[RowName($0.measure, $0.dimension, $0.member)]
    }
    let space = language == .english ? " " : ""
    let title = ReportPhrase.baselineTitle.text(language) + space
    return (title + scenarioTitle(baseline.scenario, language), table.table(language))
  }

  /// Whether the slow states of the baseline had settled when statistics began.
  private func warmUpLines(_ language: Language, width: Int) -> [String] {
    let baseline = header.points.first { $0.scenario == header.provenance["baseline"] }
    let lines = SlowStateTable(warmUp).lines(language, width: width, point: baseline?.id ?? 1)
    return lines.isEmpty ? [] : [""] + lines
  }

  private func title(_ language: Language) -> [String] {
    let provenance = header.provenance
    let (colon, comma, space) = language == .english ? (": ", ", ", " ") : ("：", "，", "")
    func word(_ phrase: ReportPhrase) -> String { phrase.text(language) }
    let unit = word(
      header.isBatched ? .batches : header.replications == 1 ? .oneReplication : .replications)
    var parts = ["\(header.replications)\(space)\(unit)"]
    parts.append("\(word(.seed)) \(provenance["seed"] ?? "")")
    if let start = provenance["window-start"], let end = provenance["window-end"] {
      parts.append("\(word(.window)) \(start) \(word(.to)) \(end)")
    }
    return [(provenance["experiment"] ?? path) + colon + parts.joined(separator: comma)]
  }

  /// The table with the ends of its intervals, unless half-widths bring more scenarios side by side.
  private func fitting(_ width: Int, _ table: (NumberText.IntervalForm) -> TextTable) -> TextTable {
    let (wide, narrow) = (table(.ends), table(.halfWidth))
    let isTooWide = wide.lines(width: width).contains { $0.displayWidth > width }
    return isTooWide || narrow.blockCount(width: width) < wide.blockCount(width: width)
      ? narrow : wide
  }

  func meansTable(_ language: Language, _ form: NumberText.IntervalForm) -> TextTable {
    var cells: [RowName: [Int: String]] = [:]
    for row in summary {
      cells[RowName(row.measure, row.dimension, row.member), default: [:]][row.point] =
        NumberText.text(
          mean: row.mean, low: row.low, high: row.high, scale: scale(row.measure), form: form)
    }
    let points = header.points.filter { point in summary.contains { $0.point == point.id } }
    return table(
      language, columns: points.enumerated().map { (title($1, language), $0) },
      isDifference: false
    ) { name in
      cells[name].map { row in points.map { row[$0.id] ?? "-" } }
    }
  }

  func contrastTable(
    _ language: Language, _ form: NumberText.IntervalForm, hasChance: Bool
  ) -> TextTable {
    var cells: [RowName: [Int: [String]]] = [:]
    for row in contrasts {
      let difference = NumberText.text(
        mean: row.meanDifference, low: row.low, high: row.high, scale: scale(row.measure),
        form: form, isSigned: true)
      let removed = row.varianceRemoved.map { NumberText.text(100 * $0, decimals: 0) + " %" }
      cells[RowName(row.measure, row.dimension, row.member), default: [:]][row.point] = [
        difference, removed ?? "-",
      ]
      if hasChance {
        cells[RowName(row.measure, row.dimension, row.member), default: [:]][row.point]?.append(
          row.adjustedPValue.map { NumberText.text(probability: $0) } ?? "-")
      }
    }
    let points = header.points.filter { point in contrasts.contains { $0.point == point.id } }
    let removed = ReportPhrase.varianceRemoved.text(language)
    let chance = significance.text(language)
    let mark = ReportPhrase.formDependent.text(language)
    // The verdict on both forms stands beside the last of them.
    let marked = forms.isTold ? Set(points.suffix(points.count / 2).map(\.id)) : []
    let columns = points.enumerated().flatMap {
      [(contrastTitle($1, language), $0), (removed, $0)]
        + (hasChance ? [(chance, $0)] : [])
        + (marked.contains($1.id) ? [(mark, $0)] : [])
    }
    return table(language, columns: columns, isDifference: true) { name in
      cells[name].map { row in
        points.flatMap { point in
          var texts = row[point.id] ?? Array(repeating: "-", count: hasChance ? 3 : 2)
          if marked.contains(point.id) {
            let key = FormDependence.Key(scenario: point.scenario, name: name)
            texts.append(forms.isFormDependent(key).map { $0 ? mark : "" } ?? "-")
          }
          return texts
        }
      }
    }
  }

  /// Whether a difference is told from chance by one comparison, or by several at once.
  private var isOneOfMany: Bool { Set(contrasts.map(\.scenario)).count > 1 }
  private var significance: ReportPhrase { isOneOfMany ? .holmValue : .chanceValue }
  var significanceNote: ReportPhrase { isOneOfMany ? .holmNote : .chanceNote }

  /// What the differences are differences from.
  func contrastHeading(_ language: Language) -> String {
    let names = baselineNames.map { scenarioTitle($0, language) }.joined(separator: ", ")
    return ReportPhrase.contrastTitle.text(language) + (language == .english ? " " : "") + names
  }

  var pairingNote: ReportPhrase {
    guard header.provenance["random-numbers"] != "independent" else { return .independentPairing }
    return header.isBatched ? .batchPairing : .pairing
  }

  private func scenarioTitle(_ name: String, _ language: Language) -> String {
    titles[language]?.title(of: name) ?? name
  }

  /// Whether replications are missing; of a selection or a search, each point has its own number of them.
  var isIncomplete: Bool {
    switch header.stopping {
    case .selection, .search: return false
    default: break
    }
    return storedReplications < header.points.count * header.replications
  }

  /// The scenarios that others are compared with, in the order of the table.
  var baselineNames: [String] {
    contrasts.reduce(into: []) { if !$0.contains($1.baseline) { $0.append($1.baseline) } }
  }

  /// A scenario's name, with that of the one it is compared with where these differ.
  private func contrastTitle(_ point: ResultsHeader.Point, _ language: Language) -> String {
    let title = title(point, language)
    guard baselineNames.count > 1,
      let baseline = contrasts.first(where: { $0.point == point.id })?.baseline
    else { return title }
    let other = scenarioTitle(baseline, language)
    return language == .english ? "\(title) − \(other)" : "\(title)－\(other)"
  }

  /// A scenario's name, with its form of money where there are several.
  private func title(_ point: ResultsHeader.Point, _ language: Language) -> String {
    let name = scenarioTitle(point.scenario, language)
    guard let form = forms.forms[point.id] else { return name }
    let word = (form == "share" ? ReportPhrase.shareForm : .costForm).text(language)
    return language == .english ? "\(name) (\(word))" : "\(name)（\(word)）"
  }
}
