// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// What claims say beside what is predicted, with both uncertainties, a row a claim: those in per cent as
/// they are, all others as multiples of what was observed, so that claims of any unit share an axis.
public struct ScorecardChart {
  public let chart: Chart

  /// - Throws: ``RunnerFault`` when no claim with a number has results.
  public init(_ card: Scorecard, _ context: ChartContext) throws {
    let language = context.language
    let rows = card.rows.compactMap { ScorecardMark($0, language) }
    guard !rows.isEmpty else {
      throw RunnerFault.invalid(
        "no claim with a number has results that could be drawn; run yilian scorecard without "
          + "--reuse-only")
    }
    let verdicts = Self.verdicts.filter { verdict in rows.contains { $0.verdict == verdict } }
    let nameColumns = context.width == .full ? 44 : 22
    // Both panels alike, so that marks stand below each other.
    let names = rows.map { $0.name.cutInTheMiddle(to: nameColumns) }
    let left = (names.map(ChartStyle.pixels(of:)).max() ?? 0) + 10
    let right =
      (rows.map { ChartStyle.pixels(of: ScorecardPhrase.verdict($0.verdict).text(language)) }.max()
        ?? 0) + 12
    let width = max(120, context.width.pixels - left - right)
    let groups: [(title: Phrase, axis: Phrase, rows: [ScorecardMark])] = [
      (
        ScorecardPhrase.inPerCent, ScorecardPhrase.perCentAxis, rows.filter(\.isInPerCent)
      ),
      (
        ScorecardPhrase.asMultiples, ScorecardPhrase.multiplesAxis,
        rows.filter { !$0.isInPerCent }
      ),
    ].filter { !$0.2.isEmpty }
    let panels = groups.map { group in
      Self.panel(
        group.rows, title: group.title.text(language), axis: group.axis.text(language),
        width: width, nameColumns: nameColumns, verdicts, context)
    }
    let title = ScorecardPhrase.chartTitle.text(language)
    let quick = QuickLook(
      title: title,
      groups: groups.map { group in
        QuickLook.Group(
          title: group.title.text(language),
          rows: group.rows.map { row in
            QuickLook.Row(
              label: row.name, mean: row.stated, low: row.from, high: row.to, text: row.text)
          })
      }, notes: [])
    let notes = [ScorecardPhrase.marks, ScorecardPhrase.drawnClaims].map { $0.text(language) }
    chart = Chart(
      .observed, context, title: title, notes: notes, words: quick.words(language),
      quickLook: quick,
      body: [
        "vconcat": .list(panels), "spacing": 12,
        "resolve": ["scale": ["color": "shared", "shape": "shared"]],
      ])
  }

  private static let verdicts: [ClaimVerdict] = [
    .hit, .directionRight, .miss, .undetermined, .recovered, .notRecovered, .reached, .notReached,
  ]

  private static func colour(_ verdict: ClaimVerdict) -> String {
    switch verdict {
    case .hit, .directionRight, .reached: ChartStyle.up
    case .miss, .notReached: ChartStyle.down
    default: ChartStyle.faint
    }
  }

  private static func panel(
    _ rows: [ScorecardMark], title: String, axis: String, width: Int, nameColumns: Int,
    _ verdicts: [ClaimVerdict], _ context: ChartContext
  ) -> JSONValue {
    let language = context.language
    let names = ChartRows(rows.map(\.name), columns: nameColumns)
    let values = rows.enumerated().map { place, row -> JSONValue in
      [
        "row": .integer(place), "name": .text(row.name), "observed": .number(row.observed),
        "predicted": .number(row.stated), "low": .number(row.low), "high": .number(row.high),
        "from": .number(row.from), "to": .number(row.to),
        "verdict": .text(ScorecardPhrase.verdict(row.verdict).text(language)),
      ]
    }
    var scale = ChartAxis(axis, language, tickCount: 6)
    scale.domain = ChartAxis.domain(
      [0] + rows.flatMap { [$0.observed, $0.stated, $0.low, $0.high, $0.from, $0.to] },
      pixels: width, left: 8, right: 8)
    var series = ChartSeries(
      "verdict", verdicts.map { ScorecardPhrase.verdict($0).text(language) },
      colours: verdicts.map(colour), width: context.width)
    // The word stands beside each row.
    series.legend = nil
    let isMultiple = !(rows.first?.isInPerCent ?? true)
    return [
      "title": ["text": .text(title), "fontSize": 12, "offset": 4],
      "width": .integer(width), "height": names.step(20), "data": ["values": .list(values)],
      "encoding": .object(names.place()),
      "layer": [
        IntervalMarks.upright(at: isMultiple ? 1 : 0),
        IntervalMarks.lines(from: "from", to: "to", width: 8, colour: "#c9d7e3"),
        IntervalMarks.lines(),
        IntervalMarks.points("predicted", on: scale, of: series),
        [
          "mark": [
            "type": "point", "shape": "diamond", "filled": false, "size": 90, "strokeWidth": 2,
            "color": .text(ChartStyle.ink),
          ],
          "encoding": ["x": ["field": "observed", "type": "quantitative"]],
        ],
        IntervalMarks.texts("verdict"),
      ],
    ]
  }
}

/// A claim as it is drawn.
private struct ScorecardMark {
  var name: String
  var isInPerCent: Bool
  var observed: Double
  /// Every assumption as stated, with run noise.
  var stated: Double
  var low: Double
  var high: Double
  /// The ends over the assumptions, widened by run noise.
  var from: Double
  var to: Double
  var verdict: ClaimVerdict
  var text: String

  /// - Returns: `nil` of a claim without a number or without results, and of zero, of which nothing is a
  ///   multiple.
  init?(_ row: Scorecard.Row, _ language: Language) {
    guard let test = row.test, let prediction = row.prediction, let verdict = row.verdict,
      case .number(let number, _, _) = test.observed
    else { return nil }
    isInPerCent = test.scale == 100
    guard isInPerCent || number != 0 else { return nil }
    let unit = isInPerCent ? 1 : number
    let ends = [prediction.widened.lowerBound / unit, prediction.widened.upperBound / unit].sorted()
    let noise = [prediction.stated.low / unit, prediction.stated.high / unit].sorted()
    let cells = ScorecardCells(row: row, language: language)
    name = "\(row.claim.id) \(cells.subject)"
    observed = number / unit
    stated = prediction.stated.value / unit
    (low, high, from, to) = (noise[0], noise[1], ends[0], ends[1])
    self.verdict = verdict
    text = "\(cells.observed) / \(cells.predicted): \(cells.verdict)"
  }
}
