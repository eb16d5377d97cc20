// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// A measure month by month under each scenario, and below it the difference from the baseline with
/// its intervals and simultaneous bands; the day on which policies begin is marked.
struct ThroughTimeChart {
  let chart: Chart

  /// What is drawn where nothing is asked for: the first that the file has by month.
  private static let first = [
    "primary-visit-share", "first-contact-primary-share", "in-region-visit-share", "visits",
    "admissions", "wait-minutes",
  ]

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let (language, dimension) = (context.language, "month")
    let measure =
      context.measure?.measure.measure
      ?? Self.first.first { !source.rows($0, by: dimension).isEmpty }
      ?? source.summary.first { $0.dimension == dimension }?.measure
    let rows = measure.map { source.rows($0, by: dimension) } ?? []
    guard let measure, !rows.isEmpty else {
      throw source.missing(
        .throughTime,
        "run the experiment with measures: [\(measure ?? Self.first[0]) by \(dimension)]")
    }
    let label = source.label(measure)
    let scenarios = source.scenarios.filter { name in rows.contains { $0.scenario == name } }
    let baseline = source.title(ofScenario: source.baseline)
    let curve = try ThroughTime(
      source.results, MeasureRequest(measure: measure, dimension: dimension),
      baseline: source.baselineAsked)
    let contrasts = curve.contrasts.filter { source.points.contains($0.point) }

    let isFull = context.width == .full
    let day = source.header.provenance["policy-start"].map { day in
      PolicyDay(day, months: curve.members, contrasts, isNarrow: !isFull)
    }
    let series = ChartSeries(of: scenarios, source, context.width, isLines: true)
    let levels = Panel(
      width: isFull ? 620 : 280, height: isFull ? 170 : 130,
      axis: ChartAxis(label.axisTitle(language), language), policy: day,
      policyText: day?.words.text(language), series: series)
    let changes = Panel(
      width: levels.width, height: isFull ? 130 : 110,
      axis: ChartAxis(
        ChartPhrase.difference(from: baseline).text(language),
        unit: label.axisTitle(language, isDifference: true), language, columns: isFull ? 24 : 20,
        isSigned: true),
      policy: day, policyText: nil, series: series)
    var panels = [levels.spec(rows: Self.rows(rows, source, label.scale), bands: [])]
    let differences = Self.rows(contrasts, curve.members, source, label.scale)
    if !differences.isEmpty {
      panels.append(
        changes.spec(rows: differences, bands: ["bandLow", "bandHigh"]))
    }

    let title = source.compared(
      ChartPhrase.byMonth(label.bareName(language), language), scenarios)
    // Months before the policies are shown, too.
    let span = DateText.window(
      from: curve.members.first ?? "", to: curve.members.last ?? "", language)
    let hasIntervals = rows.contains { $0.low != nil }
    var notes = [
      source.circumstances(language, span: span),
      (hasIntervals ? ChartPhrase.lineAndShade : ChartPhrase.noInterval).text(language),
    ]
    if !differences.isEmpty { notes.append(ChartPhrase.bandNote.text(language)) }
    notes.append(WeekPhrase.axisFromAnywhere.text(language))
    if let day, !day.day.hasSuffix("-01"), curve.members.contains(String(day.day.prefix(7))) {
      notes.append(ChartPhrase.partlyAfter(day.day).text(language))
    }
    chart = Chart(
      .throughTime, context, title: title, notes: notes,
      words: Self.words(title, contrasts, curve.members, source, label, language),
      quickLook: Self.quickLook(title, contrasts, curve.members, source, label, language),
      body: ["vconcat": .list(panels), "spacing": 12])
  }

  private static func bracketed(_ unit: String, _ language: Language) -> String {
    language == .english ? " (\(unit))" : "（\(unit)）"
  }

  private static func rows(
    _ rows: [SummaryRow], _ source: ChartSource, _ scale: Double
  ) -> [JSONValue] {
    rows.sorted { $0.member < $1.member }.map { row in
      .object(
        [
          ("month", .text(row.member + "-15")),
          ("scenario", .text(source.title(ofScenario: row.scenario))),
        ] + ChartEstimate(row).json(scale))
    }
  }

  private static func rows(
    _ contrasts: [ThroughTime.Contrast], _ members: [String], _ source: ChartSource,
    _ scale: Double
  ) -> [JSONValue] {
    contrasts.flatMap { contrast in
      zip(members, contrast.bands.instants).compactMap { member, instant -> JSONValue? in
        guard let difference = instant.difference else { return nil }
        return [
          "month": .text(member + "-15"),
          "scenario": .text(source.title(ofScenario: contrast.scenario)),
          "mean": .number(difference.mean * scale), "low": .number(difference.low * scale),
          "high": .number(difference.high * scale),
          "bandLow": .number(instant.bandLow.map { $0 * scale }),
          "bandHigh": .number(instant.bandHigh.map { $0 * scale }),
        ]
      }
    }
  }

  // MARK: In words

  private static func words(
    _ title: String, _ contrasts: [ThroughTime.Contrast], _ members: [String],
    _ source: ChartSource, _ label: SeriesLabel, _ language: Language
  ) -> String {
    let parts = contrasts.compactMap { contrast -> String? in
      guard
        let last = Array(zip(members, contrast.bands.instants))
          .last(where: { $0.1.difference != nil }),
        let difference = last.1.difference
      else { return nil }
      return ChartPhrase.differenceIn(
        month: last.0, scenario: source.title(ofScenario: contrast.scenario),
        baseline: source.title(ofScenario: contrast.baseline),
        NumberText.text(
          mean: difference.mean, low: difference.low, high: difference.high, scale: label.scale,
          isSigned: true) + " " + label.axisTitle(language, isDifference: true)
      ).text(language)
    }
    let stop = language == .english ? ". " : "。"
    return ([title] + parts).joined(separator: stop) + (language == .english ? "." : "。")
  }

  private static func quickLook(
    _ title: String, _ contrasts: [ThroughTime.Contrast], _ members: [String],
    _ source: ChartSource, _ label: SeriesLabel, _ language: Language
  ) -> QuickLook {
    QuickLook(
      title: title,
      groups: contrasts.map { contrast in
        QuickLook.Group(
          title: source.title(ofScenario: contrast.scenario) + " − "
            + source.title(ofScenario: contrast.baseline)
            + bracketed(label.axisTitle(language, isDifference: true), language),
          rows: zip(members, contrast.bands.instants).compactMap { member, instant in
            instant.difference.map { difference in
              QuickLook.Row(
                label: member, mean: difference.mean * label.scale,
                low: difference.low * label.scale, high: difference.high * label.scale,
                text: NumberText.text(
                  mean: difference.mean, low: difference.low, high: difference.high,
                  scale: label.scale, form: .halfWidth, isSigned: true))
            }
          })
      }, notes: [source.circumstances(language)])
  }
}

/// The day that an experiment calls the begin of its policies.
private struct PolicyDay {
  var day: String
  var words: Phrase
  /// Whether it lies so late that words have room on its left alone.
  var isLate: Bool

  init(_ day: String, months: [String], _ contrasts: [ThroughTime.Contrast], isNarrow: Bool) {
    self.day = day
    let before = months.count { $0 < day.prefix(7) }
    // A policy may have a date of its own in the model; then the day is that of the statistics alone.
    let isBegin = contrasts.allSatisfy { contrast in
      contrast.bands.instants.prefix(before).allSatisfy { ($0.difference?.mean ?? 0) == 0 }
    }
    words = isBegin ? ChartPhrase.policyBegins(day) : ChartPhrase.statisticsBegin(day)
    isLate = before * 5 > months.count * (isNarrow ? 2 : 3)
  }
}

/// Curves over months with their bands.
private struct Panel {
  var width: Int
  var height: Int
  var axis: ChartAxis
  /// The day on which policies begin, if the experiment says it, and the words beside it.
  var policy: PolicyDay?
  var policyText: String?
  var series: ChartSeries

  func spec(rows: [JSONValue], bands: [String]) -> JSONValue {
    // A month stands at its middle.
    let month: JSONValue = [
      "field": "month", "type": "temporal", "title": .null, "scale": ["type": "utc"],
      "axis": [
        "format": "%Y-%m", "labelOverlap": "greedy", "grid": false, "labelFlush": true,
        "tickCount": .integer(width > 400 ? 8 : 4),
      ],
    ]
    var axis = axis
    axis.hasZero = false
    func vertical(_ field: String) -> JSONValue { axis.encoding(.text(field)) }
    func area(_ low: String, _ high: String, _ opacity: JSONValue) -> JSONValue {
      [
        "mark": ["type": "area", "opacity": opacity],
        "encoding": [
          "x": month, "y": vertical(low), "y2": ["field": .text(high)],
          "color": series.colour,
        ],
      ]
    }
    var layers: [JSONValue] = []
    if bands.count == 2 { layers.append(area(bands[0], bands[1], 0.14)) }
    layers.append(area("low", "high", 0.3))
    layers.append([
      "mark": ["type": "line", "strokeWidth": 1.6, "point": ["size": 12]],
      "encoding": ["x": month, "y": vertical("mean"), "color": series.colour],
    ])
    if !bands.isEmpty {
      layers.append([
        "mark": ["type": "rule", "color": .text(ChartStyle.faint), "strokeWidth": 0.8],
        "encoding": ["y": ["datum": 0, "type": "quantitative"]],
      ])
    }
    if let policy {
      let data: JSONValue = ["values": [["month": .text(policy.day)]]]
      layers.append([
        "data": data,
        "mark": ["type": "rule", "strokeDash": [4, 3], "color": .text(ChartStyle.ink)],
        "encoding": ["x": month],
      ])
      if let policyText {
        layers.append([
          "data": data,
          "mark": [
            // Above the curves.
            "type": "text", "align": policy.isLate ? "right" : "left", "baseline": "bottom",
            "dx": .integer(policy.isLate ? 4 : -4), "y": -4,
            "color": .text(ChartStyle.ink),
          ],
          "encoding": ["x": month, "text": ["value": .text(policyText)]],
        ])
      }
    }
    return [
      "width": .integer(width), "height": .integer(height), "data": ["values": .list(rows)],
      "layer": .list(layers),
    ]
  }
}
