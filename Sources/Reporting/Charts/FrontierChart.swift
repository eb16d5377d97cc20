// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Metamodels
import OutputAnalysis

/// What each level of a target takes: the settings that a search ran, the frontier, the targets and the
/// choice.
struct FrontierChart {
  let chart: Chart

  init(_ source: ChartSource, _ context: ChartContext) throws {
    guard case .search = source.header.stopping else {
      throw source.missing(.frontier, "yilian seek EXPERIMENT makes such a file")
    }
    let outcome = try SearchOutcome(source.results)
    guard !outcome.rule.targets.isEmpty else {
      throw source.missing(
        .frontier,
        "its search has no targets, and so no frontier; yilian seek \(source.results.path) "
          + "tells the choice")
    }
    let language = context.language
    let rule = outcome.rule
    let aim = source.label(rule.aim.series)
    let panels = rule.targets.indices.map {
      FrontierPanel(outcome, target: $0, source, context)
    }
    let reached = source.label(rule.targets[0].series)
    let title = AnalysisPhrase.frontier(
      aim.bareName(language), reached.bareName(language), isChange: rule.targets[0].isChange
    ).text(language)
    var notes = [
      [
        source.window(language),
        AnalysisPhrase.searched(
          outcome.run.count, of: outcome.candidates, replications: outcome.spent
        ).text(language),
      ].compactMap(\.self).joined(separator: AnalysisPhrase.comma.text(language))
    ]
    notes.append(
      AnalysisPhrase.sought(
        aim.bareName(language), isLeast: rule.best == .lowest,
        targets: rule.targets.indices.map { panels[$0].targetText }
      ).text(language))
    notes.append(AnalysisPhrase.frontierMarks.text(language))
    notes.append(panels[0].answer)
    let key = panels[0].key
    let words =
      [title + AnalysisPhrase.stop.text(language)] + notes
      + key.map {
        AnalysisPhrase.frontierStep($0.name, $0.reached, $0.aim, isRun: $0.isRun).text(language)
      }
    let isFull = context.width == .full
    let plots: JSONValue =
      panels.count == 1
      ? panels[0].body(height: isFull ? 280 : 230)
      : [
        "vconcat": .list(panels.map { $0.body(height: 210) }), "spacing": 12,
        "resolve": ["scale": ["color": "shared", "shape": "shared"]],
      ]
    chart = Chart(
      .frontier, context, title: title, notes: notes,
      words: words.joined(separator: language == .english ? " " : ""),
      body: ["vconcat": [plots, panels[0].keyBody], "spacing": 14])
  }
}

/// The settings along one target.
private struct FrontierPanel {
  /// A step of the frontier, as its line below the plot tells it.
  struct Line {
    var name: String
    var reached: String
    var aim: String
    var isRun: Bool
  }

  private let outcome: SearchOutcome
  private let place: Int
  private let context: ChartContext
  private let aim: SeriesLabel
  private let reached: SeriesLabel
  private var language: Language { context.language }
  private var target: (isChange: Bool, isAtLeast: Bool, bound: Double, tolerance: Double) {
    let target = outcome.rule.targets[place]
    return (target.isChange, target.isAtLeast, target.bound, target.tolerance)
  }

  init(
    _ outcome: SearchOutcome, target place: Int, _ source: ChartSource, _ context: ChartContext
  ) {
    self.outcome = outcome
    self.place = place
    self.context = context
    aim = source.label(outcome.rule.aim.series)
    reached = source.label(outcome.rule.targets[place].series)
  }

  /// What differs from the model as it is.
  private func name(_ settings: [(factor: String, value: String)]) -> String {
    // What is switched on says so by its name.
    let changed = outcome.changes(in: settings).map { change in
      change.hasSuffix(" yes") ? String(change.dropLast(4)) : change
    }
    return changed.isEmpty
      ? AnalysisPhrase.asItIs.text(language)
      : changed.joined(separator: AnalysisPhrase.comma.text(language))
  }

  var targetText: String {
    let name = reached.bareName(language)
    let unit = reached.axisTitle(language, isDifference: target.isChange)
    let bound =
      "\(NumberText.plain(target.bound * reached.scale)) ± "
      + "\(NumberText.plain(target.tolerance * reached.scale)) \(unit)"
    return AnalysisPhrase.target(
      name, isChange: target.isChange, isAtLeast: target.isAtLeast, bound
    ).text(language)
  }

  var answer: String {
    if let chosen = outcome.chosen {
      return AnalysisPhrase.chosen(name(outcome.run[chosen].settings)).text(language)
    }
    if outcome.isDecided { return AnalysisPhrase.noneMeets.text(language) }
    return AnalysisPhrase.undecided(
      outcome.leader.map { name(outcome.run[$0].settings) }
    ).text(language)
  }

  var key: [Line] {
    outcome.frontier.map { step in
      Line(
        name: name(step.settings), reached: text(step.reached, reached),
        aim: text(step.aim, aim), isRun: step.replications > 0)
    }
  }

  private func text(_ value: Prediction, _ label: SeriesLabel) -> String {
    let interval = value.interval()
    return NumberText.text(
      mean: value.value, low: interval.lowerBound, high: interval.upperBound, scale: label.scale,
      form: .halfWidth)
  }

  // MARK: - The plot

  private var values: [JSONValue] {
    let steps = place == 0 ? outcome.frontier : []
    let looks = AnalysisPhrase.FrontierPoint.self
    var others: [JSONValue] = []
    // Drawn last, and so on top.
    var best: [JSONValue] = []
    for (index, candidate) in outcome.run.enumerated() {
      guard let y = candidate.aim, let x = candidate.targets[place] else { continue }
      let isChosen = index == outcome.chosen
      let step = steps.firstIndex { $0.point == candidate.point }
      // A step of the frontier stands for its run, with what all runs say of it.
      if !isChosen, step != nil { continue }
      let point = value(
        (x.mean, x.low, x.high), (y.mean, y.low, y.high), isChosen ? looks.chosen : .other,
        candidate.settings, number: isChosen ? step.map { $0 + 1 } : nil,
        replications: candidate.replications)
      if isChosen { best.append(point) } else { others.append(point) }
    }
    let chosen = outcome.chosen.map { outcome.run[$0].point }
    let frontier = steps.enumerated().filter { $0.element.point != chosen }.map { index, step in
      let (x, y) = (step.reached.interval(), step.aim.interval())
      return value(
        (step.reached.value, x.lowerBound, x.upperBound),
        (step.aim.value, y.lowerBound, y.upperBound),
        step.replications > 0 ? looks.run : .predicted, step.settings, number: index + 1,
        replications: step.replications)
    }
    return labelled(others + frontier + best)
  }

  /// With the number of each step beside its point; points that nearly cover each other share one label.
  private func labelled(_ points: [JSONValue]) -> [JSONValue] {
    func number(_ point: JSONValue, _ name: String) -> Double {
      guard case .object(let members) = point else { return .nan }
      return switch members.first(where: { $0.0 == name })?.1 {
      case .number(let value): value
      case .integer(let value): Double(value)
      default: .nan
      }
    }
    func span(_ name: String) -> Double {
      let values = points.map { number($0, name) }
      return max((values.max() ?? 0) - (values.min() ?? 0), 1e-300)
    }
    let near = context.width == .full ? (x: 0.02, y: 0.06) : (x: 0.04, y: 0.08)
    let (across, up) = (near.x * span("reached"), near.y * span("aim"))
    let steps = points.indices.filter { !number(points[$0], "number").isNaN }
      .sorted { number(points[$0], "number") < number(points[$1], "number") }
    var labels: [Int: String] = [:]
    var group: [Int] = []
    func close() {
      guard let first = group.first, let last = group.last else { return }
      let ends = [first, last].map { "\(Int(number(points[$0], "number")))" }
      labels[last] = first == last ? ends[0] : ends.joined(separator: "–")
    }
    for step in steps {
      if let last = group.last,
        abs(number(points[step], "reached") - number(points[last], "reached")) > across
          || abs(number(points[step], "aim") - number(points[last], "aim")) > up
      {
        close()
        group = []
      }
      group.append(step)
    }
    close()
    return points.indices.map { place in
      points[place].with(["label": labels[place].map { .text($0) } ?? .null])
    }
  }

  private typealias Ends = (value: Double, low: Double, high: Double)

  private func value(
    _ x: Ends, _ y: Ends, _ look: AnalysisPhrase.FrontierPoint,
    _ settings: [(factor: String, value: String)], number: Int?, replications: Int
  ) -> JSONValue {
    let (across, up) = (reached.scale, aim.scale)
    return [
      "reached": .number(across * x.value), "reachedLow": .number(across * x.low),
      "reachedHigh": .number(across * x.high), "aim": .number(up * y.value),
      "aimLow": .number(up * y.low), "aimHigh": .number(up * y.high),
      "look": .text(look.phrase.text(language)), "setting": .text(name(settings)),
      "number": number.map { .integer($0) } ?? .null, "replications": .integer(replications),
    ]
  }

  func body(height: Int) -> JSONValue {
    let isFull = context.width == .full
    let ticks = isFull ? 7 : 4
    let unit = reached.axisTitle(language, isDifference: target.isChange)
    var across = ChartAxis(
      AnalysisPhrase.reached(reached.bareName(language), isChange: target.isChange).text(language),
      unit: unit, language, columns: isFull ? 100 : 44, isSigned: target.isChange,
      tickCount: ticks)
    var up = ChartAxis(
      aim.bareName(language), unit: aim.axisTitle(language), language, columns: height / 6)
    (across.hasZero, up.hasZero) = (false, false)
    let looks = AnalysisPhrase.FrontierPoint.allCases
    let series = ChartSeries(
      "look", looks.map { $0.phrase.text(language) }, colours: looks.map(\.colour),
      shapes: looks.map(\.shape), width: context.width)
    // What was not run is hollow.
    let fills = ChartSeries(
      "look", series.names, colours: looks.map(\.fill), width: context.width)
    let bound = target.bound * reached.scale
    func whisker(_ fields: [(String, JSONValue)]) -> JSONValue {
      ["mark": ["type": "rule", "color": "#8a8a8a"], "encoding": .object(fields)]
    }
    let marks: [JSONValue] = [
      [
        "transform": [["filter": "datum.number !== null"]],
        "mark": ["type": "line", "color": .text(ChartStyle.faint), "strokeWidth": 1],
        "encoding": [
          "x": across.encoding("reached"), "y": up.encoding("aim"),
          "order": ["field": "number", "type": "quantitative"],
        ],
      ],
      whisker([
        ("x", across.encoding("reachedLow")), ("x2", ["field": "reachedHigh"]),
        ("y", up.encoding("aim")),
      ]),
      whisker([
        ("y", up.encoding("aimLow")), ("y2", ["field": "aimHigh"]),
        ("x", across.encoding("reached")),
      ]),
      [
        "mark": [
          "type": "rule", "color": .text(ChartStyle.down), "strokeDash": [6, 3],
          "strokeWidth": 1.5,
        ],
        "encoding": ["x": ["datum": .number(bound), "type": "quantitative"]],
      ],
      [
        "mark": ["type": "point", "filled": true, "size": 70, "opacity": 1, "strokeWidth": 1.5],
        "encoding": [
          "x": across.encoding("reached"), "y": up.encoding("aim"),
          "shape": series.shape, "fill": fills.colour, "stroke": series.colour,
          "tooltip": .list(
            ["setting", "look"].map { ["field": .text($0), "type": "nominal"] }
              + ["reached", "aim", "replications"].map {
                ["field": .text($0), "type": "quantitative"]
              }),
        ],
      ],
      [
        "transform": [["filter": "datum.label !== null"]],
        "mark": [
          "type": "text", "dx": 7, "dy": -8, "align": "left", "fontWeight": "bold",
          "color": .text(ChartStyle.ink),
        ],
        "encoding": [
          "x": across.encoding("reached"), "y": up.encoding("aim"),
          "text": ["field": "label", "type": "nominal"],
        ],
      ],
    ]
    return [
      "width": .integer(context.width.pixels - 80), "height": .integer(height),
      "data": ["values": .list(values)], "layer": .list(marks),
    ]
  }

  /// The steps of the frontier by their number; in half the width their settings alone.
  var keyBody: JSONValue {
    let isFull = context.width == .full
    let heads = [
      AnalysisPhrase.setting.text(language),
      AnalysisPhrase.reached(reached.bareName(language), isChange: target.isChange).text(language),
      aim.bareName(language),
    ]
    let columns: [(field: String, at: Int)] =
      isFull
      ? [("number", 0), ("setting", 22), ("reached", 400), ("aim", 560)]
      : [("number", 0), ("setting", 22)]
    var values: [JSONValue] = []
    func add(_ number: String, _ setting: String, _ reached: String, _ aim: String) {
      // All of a setting is told: what is cut of two may be what differs.
      for (line, text) in setting.wrapped(to: isFull ? 60 : 48).enumerated() {
        values.append([
          "row": .integer(values.count), "number": .text(line == 0 ? number : ""),
          "setting": .text(text), "reached": .text(line == 0 ? reached : ""),
          "aim": .text(line == 0 ? aim : ""),
        ])
      }
    }
    let tops = heads.map { $0.wrapped(to: 25) }
    for line in 0..<(isFull ? tops.map(\.count).max() ?? 1 : 1) {
      let texts = tops.map { line < $0.count ? $0[line] : "" }
      values.append([
        "row": .integer(values.count), "number": "", "setting": .text(texts[0]),
        "reached": .text(texts[1]), "aim": .text(texts[2]),
      ])
    }
    for (index, line) in key.enumerated() {
      add(
        "\(index + 1)",
        line.isRun ? line.name : AnalysisPhrase.predicted(line.name).text(language),
        line.reached, line.aim)
    }
    return [
      "width": .integer(context.width.pixels - 80), "height": ["step": 15],
      "data": ["values": .list(values)],
      "encoding": [
        "y": [
          "field": "row", "type": "nominal", "sort": .null, "axis": .null,
        ]
      ],
      "layer": .list(
        columns.map { column in
          [
            "mark": ["type": "text", "align": "left", "color": .text(ChartStyle.ink)],
            "encoding": [
              "x": ["value": .integer(column.at)],
              "text": ["field": .text(column.field), "type": "nominal"],
            ],
          ]
        }),
    ]
  }
}
