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
    let changed = outcome.changes(in: settings)
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
    return others + frontier + best
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
    let across = ChartAxis(
      title: AnalysisPhrase.reachedAxis(
        reached.bareName(language), unit, isChange: target.isChange
      ).text(language), isSigned: target.isChange, tickCount: ticks, hasZero: false)
    let up = ChartAxis(title: aim.title(language), tickCount: 5, hasZero: false)
    let looks = AnalysisPhrase.FrontierPoint.allCases
    let domain: JSONValue = .list(looks.map { .text($0.phrase.text(language)) })
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
          "shape": [
            "field": "look", "type": "nominal", "title": "",
            "scale": ["domain": domain, "range": .list(looks.map { .text($0.shape) })],
            "legend": ["columns": isFull ? 4 : 2],
          ],
          "fill": [
            "field": "look", "type": "nominal", "title": "",
            "scale": ["domain": domain, "range": .list(looks.map { .text($0.fill) })],
          ],
          "stroke": [
            "field": "look", "type": "nominal", "title": "",
            "scale": ["domain": domain, "range": .list(looks.map { .text($0.colour) })],
          ],
          "tooltip": .list(
            ["setting", "look"].map { ["field": .text($0), "type": "nominal"] }
              + ["reached", "aim", "replications"].map {
                ["field": .text($0), "type": "quantitative"]
              }),
        ],
      ],
      [
        "transform": [["filter": "datum.number !== null"]],
        "mark": [
          "type": "text", "dx": 7, "dy": -8, "align": "left", "fontWeight": "bold",
          "color": .text(ChartStyle.ink),
        ],
        "encoding": [
          "x": across.encoding("reached"), "y": up.encoding("aim"),
          "text": ["field": "number", "type": "nominal"],
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
    let lines = key
    let heads = [
      "", AnalysisPhrase.setting.text(language),
      AnalysisPhrase.reachedAxis(
        reached.bareName(language), "", isChange: target.isChange
      ).text(language), aim.bareName(language),
    ]
    let columns: [(field: String, at: Int)] =
      isFull
      ? [("number", 0), ("setting", 22), ("reached", 380), ("aim", 550)]
      : [("number", 0), ("setting", 22)]
    let cut = isFull ? 56 : 50
    var values: [JSONValue] = [
      [
        "row": 0, "number": "", "setting": .text(heads[1]),
        "reached": .text(heads[2].cutInTheMiddle(to: 26)),
        "aim": .text(heads[3].cutInTheMiddle(to: 26)),
      ]
    ]
    for (index, line) in lines.enumerated() {
      let name =
        line.isRun ? line.name : AnalysisPhrase.predicted(line.name).text(language)
      values.append([
        "row": .integer(index + 1), "number": .text("\(index + 1)"),
        "setting": .text(name.cutInTheMiddle(to: cut)), "reached": .text(line.reached),
        "aim": .text(line.aim),
      ])
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
