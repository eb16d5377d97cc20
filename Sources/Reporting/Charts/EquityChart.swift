// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// How an outcome is shared out among the same residents under two policies, and who gains and loses.
struct EquityChart {
  let chart: Chart

  init(_ source: ChartSource, _ context: ChartContext) throws {
    guard source.header.twins != nil else {
      throw source.missing(.equity, "yilian twins EXPERIMENT makes such a file")
    }
    let findings = try TwinFindings(source.results)
    let outcome = try Self.outcome(context, source)
    let language = context.language
    let curves = try TwinConcentration(source.results, of: outcome)
    let dimension = try Self.dimension(context, findings, curves)
    let name = TwinPhrase.name(outcome).text(language)
    let isFull = context.width == .full
    var panels: [JSONValue] = []
    if let curves { panels.append(EquityCurves(curves, findings, source, context).body) }
    let groups = EquityGroups(
      outcome, dimension, dimension == "distance" || dimension == "income" ? curves?.groups : nil,
      findings, language)
    panels.append(groups.body(isFull ? (curves == nil ? 720 : 400) : 350, isFull: isFull))
    let settings = findings.settings
    let title = AnalysisPhrase.equity(
      name, source.title(ofScenario: settings.scenario),
      source.title(ofScenario: settings.baseline)
    ).text(language)
    let isReplicated = findings.replications > 1
    var notes = [
      [
        source.window(language), ChartPhrase.replications(findings.replications).text(language),
        AnalysisPhrase.sameResidents.text(language),
      ].compactMap(\.self).joined(separator: AnalysisPhrase.comma.text(language))
    ]
    if let curves {
      notes.append(AnalysisPhrase.curveNote(curves.rank).text(language))
      if let index = Self.index(findings, curves, source) { notes.append(index) }
    }
    if let people = Self.people(findings, outcome, language) { notes.append(people) }
    notes.append((isReplicated ? AnalysisPhrase.twinLines : ChartPhrase.noInterval).text(language))
    let quick = QuickLook(title: title, groups: [groups.quick], notes: notes)
    chart = Chart(
      .equity, context, title: title, notes: notes,
      words: ([quick.words(language)] + notes).joined(separator: " "), quickLook: quick,
      body: panels.count == 1
        ? panels[0]
        : [isFull ? "hconcat" : "vconcat": .list(panels), "spacing": .integer(isFull ? 26 : 16)])
  }

  /// What residents pay, or what was asked for.
  private static func outcome(_ context: ChartContext, _ source: ChartSource) throws -> TwinOutcome
  {
    guard let measure = context.measure?.measure.measure else { return .outOfPocket }
    if let outcome = TwinOutcome(rawValue: measure) { return outcome }
    let known = TwinOutcome.allCases.map(\.rawValue)
    let hint = nearestName(to: measure, among: known).map { "did you mean \($0)? " } ?? ""
    throw RunnerFault.invalid(
      "--measure \(measure): twins have no such outcome; \(hint)there are "
        + known.joined(separator: ", "))
  }

  /// The groups that are told apart: those asked for, else those by which residents are ranked.
  private static func dimension(
    _ context: ChartContext, _ findings: TwinFindings, _ curves: TwinConcentration?
  ) throws -> String {
    guard let asked = context.measure?.measure.dimension, !asked.isEmpty else {
      return curves?.rank == .income ? "income" : "distance"
    }
    guard findings.dimensions.contains(asked) else {
      throw RunnerFault.invalid(
        "--measure: twins are not told apart by \(asked); there are "
          + findings.dimensions.joined(separator: ", "))
    }
    return asked
  }

  /// The index under both policies, and its change.
  private static func index(
    _ findings: TwinFindings, _ curves: TwinConcentration, _ source: ChartSource
  ) -> String? {
    let measure = TwinMeasures.concentration(curves.outcome, by: curves.rank)
    let texts = TwinMeasures.arms.compactMap { arm in
      findings.row(measure, "arm", arm).map {
        NumberText.text(
          mean: $0.mean, low: $0.low, high: $0.high, scale: 1, form: .halfWidth,
          isSigned: arm == "change")
      }
    }
    guard texts.count == 3 else { return nil }
    return AnalysisPhrase.index(
      curves.rank, source.title(ofScenario: findings.settings.baseline), texts[0],
      source.title(ofScenario: findings.settings.scenario), texts[1], change: texts[2]
    ).text(source.language)
  }

  private static func people(
    _ findings: TwinFindings, _ outcome: TwinOutcome, _ language: Language
  ) -> String? {
    let texts = [TwinStatistic.lessShare, .moreShare].compactMap { statistic in
      findings.row(TwinMeasures.name(outcome, statistic)).map {
        NumberText.text(mean: $0.mean, low: $0.low, high: $0.high, scale: 100, form: .halfWidth)
      }
    }
    guard texts.count == 2 else { return nil }
    return AnalysisPhrase.people(less: texts[0], more: texts[1], outcome.isGainWhenLess)
      .text(language)
  }
}

/// Concentration curves of both policies, with the line of equality.
private struct EquityCurves {
  let curves: TwinConcentration
  let findings: TwinFindings
  let source: ChartSource
  let context: ChartContext

  init(
    _ curves: TwinConcentration, _ findings: TwinFindings, _ source: ChartSource,
    _ context: ChartContext
  ) {
    self.curves = curves
    self.findings = findings
    self.source = source
    self.context = context
  }

  var body: JSONValue {
    let language = context.language
    let equality = AnalysisPhrase.equality.text(language)
    let settings = findings.settings
    let policies = [settings.baseline, settings.scenario].map(source.title(ofScenario:))
    var values: [JSONValue] = [0.0, 100].map { place in
      [
        "policy": .text(equality), "people": .number(place), "share": .number(place),
        "low": .null, "high": .null, "group": "",
      ]
    }
    for (name, points) in zip(policies, [curves.baseline, curves.scenario]) {
      values.append([
        "policy": .text(name), "people": 0, "share": 0, "low": .null, "high": .null, "group": "",
      ])
      for (group, point) in zip(curves.groups, points) {
        values.append([
          "policy": .text(name), "people": .number(100 * point.people),
          "share": .number(100 * point.share), "low": .number(point.interval.map { 100 * $0.low }),
          "high": .number(point.interval.map { 100 * $0.high }), "group": .text(group),
        ])
      }
    }
    func axis(_ title: Phrase) -> ChartAxis {
      var axis = ChartAxis(title.text(language), unit: "%", language, columns: 44)
      axis.domain = (0, 100)
      return axis
    }
    let across = axis(AnalysisPhrase.people(curves.rank)).encoding("people")
    let up = axis(AnalysisPhrase.shareOf(TwinPhrase.name(curves.outcome))).encoding("share")
    var series = ChartSeries(
      "policy", [equality] + policies,
      colours: [ChartStyle.faint, ChartStyle.baseline, ChartStyle.up], width: context.width,
      columns: 1, isLines: true)
    series.dashes = [[2, 3], [6, 3], [1, 0]]
    return [
      "width": 240, "height": 240, "data": ["values": .list(values)],
      "layer": [
        [
          "mark": ["type": "line", "strokeWidth": 1.8],
          "encoding": [
            "x": across, "y": up, "color": series.colour, "strokeDash": series.dash,
          ],
        ],
        [
          "mark": ["type": "rule", "strokeWidth": 1.4],
          "encoding": [
            "x": across, "y": ["field": "low", "type": "quantitative"], "y2": ["field": "high"],
            "color": series.colour,
          ],
        ],
        [
          "transform": [["filter": "datum.group !== ''"]],
          "mark": ["type": "point", "filled": true, "size": 26, "opacity": 1],
          "encoding": [
            "x": across, "y": up, "color": series.colour,
            "tooltip": [
              ["field": "group", "type": "nominal"], ["field": "policy", "type": "nominal"],
              ["field": "share", "type": "quantitative"],
            ],
          ],
        ],
      ],
    ]
  }
}

/// The mean change in each group of residents.
private struct EquityGroups {
  private let rows: [(name: String, row: SummaryRow)]
  private let outcome: TwinOutcome
  private let heading: String
  private let language: Language

  init(
    _ outcome: TwinOutcome, _ dimension: String, _ ranked: [String]?, _ findings: TwinFindings,
    _ language: Language
  ) {
    self.outcome = outcome
    self.language = language
    heading = TwinPhrase.dimension(dimension).text(language)
    rows = (ranked ?? findings.members(of: dimension)).compactMap { member in
      findings.row(TwinMeasures.name(outcome, .change), dimension, member).map {
        (TwinPhrase.member(member, of: dimension).text(language), $0)
      }
    }
  }

  private func text(_ row: SummaryRow) -> String {
    NumberText.text(
      mean: row.mean, low: row.low, high: row.high, scale: 1, form: .halfWidth, isSigned: true)
  }

  var quick: QuickLook.Group {
    QuickLook.Group(
      title: heading,
      rows: rows.map { name, row in
        QuickLook.Row(label: name, mean: row.mean, low: row.low, high: row.high, text: text(row))
      })
  }

  func body(_ pixels: Int, isFull: Bool) -> JSONValue {
    let names = ChartRows(rows.map(\.name), columns: isFull ? 18 : 16)
    let texts = (rows.map { ChartStyle.pixels(of: text($0.row)) }.max() ?? 0) + 8
    let axis = ChartAxis(
      AnalysisPhrase.changePerResident.text(language),
      unit: MeasureNames.unit(outcome.unit, language), language, isSigned: true, tickCount: 3)
    let values = rows.enumerated().map { place, row -> JSONValue in
      [
        "row": .integer(place), "group": .text(row.name), "change": .number(row.row.mean),
        "low": .number(row.row.low), "high": .number(row.row.high), "zero": 0,
        "text": .text(text(row.row)),
      ]
    }
    return [
      "title": ["text": .text(heading), "fontSize": 12, "offset": 6, "frame": "group"],
      "width": .integer(max(90, pixels - names.pixels - texts)), "height": ["step": 24],
      "data": ["values": .list(values)], "encoding": .object(names.place()),
      "layer": [
        [
          "mark": ["type": "bar", "color": .text(ChartStyle.palette[5])],
          "encoding": ["x": axis.encoding("change"), "x2": ["field": "zero"]],
        ],
        IntervalMarks.upright(at: 0), IntervalMarks.lines(), IntervalMarks.texts(),
      ],
    ]
  }
}
