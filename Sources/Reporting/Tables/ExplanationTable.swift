// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// How much of a scenario's effect each of its levers brings, and what levers do to each other.
public struct ExplanationTable {
  private let source: EffectExplanation
  private let results: [(label: SeriesLabel, result: EffectExplanation.Result)]

  /// - Parameter measures: Those asked for; empty for those that a report of the file shows.
  /// - Throws: ``RunnerFault`` when the file is not of an explanation, or has no such measure.
  public init(_ file: ResultsFile, measures: [MeasureSeries]) throws {
    let source = try EffectExplanation(file)
    self.source = source
    let all = measures.isEmpty ? try file.defaultSeries() : measures
    results = try all.flatMap { series in
      let label = SeriesLabel(series, file.header)
      return try source.results(of: series).map { (label, $0) }
    }
  }

  private var levers: [String] { source.explanation.levers.map(\.name) }
  private var isExact: Bool { source.explanation.orders == nil }

  // MARK: For a program

  public var json: JSONValue {
    let explanation = source.explanation
    return .object([
      ("results", .text(source.path)), ("scenario", .text(explanation.scenario)),
      ("baseline", .text(explanation.baseline)),
      ("replications", .integer(source.replications)), ("level", .number(0.95)),
      ("method", .text(isExact ? "every-combination" : "sampled-orders")),
      ("orders", explanation.orders.map { .integer($0) } ?? .null),
      (
        "levers",
        .list(
          explanation.levers.map {
            .object([
              ("lever", .text($0.name)), ("paths", .list($0.paths.map { .text($0) })),
            ])
          })
      ),
      ("effects", .list(results.map { json($0.label, $0.result) })),
    ])
  }

  private func json(_ label: SeriesLabel, _ result: EffectExplanation.Result) -> JSONValue {
    var fields = label.json
    fields.append(("money_form", result.moneyForm.map { .text($0) } ?? .null))
    fields += SensitivityJSON.fields("baseline_value", result.baseline)
    guard let found = result.attribution else { return .object(fields + [("parts", .null)]) }
    fields += SensitivityJSON.fields("total", found.total)
    let parts = zip(levers, found.parts).map { name, part in
      JSONValue.object(
        [("lever", .text(name))] + SensitivityJSON.fields("part", part.share)
          + SensitivityJSON.fields("alone", part.alone) + SensitivityJSON.fields("last", part.last))
    }
    let interactions = found.interactions.map { pair in
      JSONValue.object(
        [("first", .text(levers[pair.first])), ("second", .text(levers[pair.second]))]
          + SensitivityJSON.fields("index", pair.index)
          + [("p_value", .number(pair.index.pValue)), ("p_holm", .number(pair.adjustedPValue))])
    }
    return .object(
      fields + [
        ("parts", .list(parts)),
        ("interactions", isExact ? .list(interactions) : .null),
      ])
  }

  // MARK: For a reader

  public func text(_ language: Language, width: Int) -> String {
    blocks(language).text(width: width)
  }

  func blocks(_ language: Language) -> [TextBlock] {
    let explanation = source.explanation
    let (comma, space, colon) = language == .english ? (", ", " ", ": ") : ("，", "", "：")
    func word(_ phrase: SensitivityPhrase) -> String { phrase.text(language) }
    let ways =
      isExact
      ? "\(explanation.subsets.count)\(space)\(word(.combinations))"
      : "\(explanation.orders ?? 0)\(space)\(word(.orders))"
    let replications = ReportPhrase.replications.text(language)
    let titles = ScenarioTitles(
      [explanation.scenario, explanation.baseline], source.header.titles, language)
    var title =
      titles.title(of: explanation.scenario) + " − "
      + titles.title(of: explanation.baseline) + colon
    title += "\(levers.count)\(space)\(word(.levers))\(comma)\(ways)\(comma)"
    title += "\(source.replications)\(space)\(replications)"
    var blocks: [TextBlock] = [.heading(title)]
    for (label, result) in results {
      guard let found = result.attribution else { continue }
      let form = result.moneyForm.map { form in
        (form == "share" ? ReportPhrase.shareForm : .costForm).text(language)
      }
      let name = label.title(language, isDifference: true) + (form.map { ": \($0)" } ?? "")
      blocks += [.gap, .heading(name), .gap, .table(parts(found, label.scale, language))]
      if !found.interactions.isEmpty, found.total.mean != 0 || hasInteraction(found) {
        blocks += [
          .gap, .heading(word(.interactions)), .gap, .table(pairs(found, label.scale, language)),
        ]
      }
    }
    var notes: [SensitivityPhrase] = [.partNote, isExact ? .exactNote : .sampledNote]
    if isExact, levers.count > 1 { notes.append(.pairNote) }
    if source.replications == 1 { notes.append(.noReplications) }
    return blocks + [.gap] + notes.map { .paragraph(word($0)) }
  }

  private func hasInteraction(_ found: LeverAttribution) -> Bool {
    found.interactions.contains { $0.index.mean != 0 }
  }

  private static func cell(_ effect: PairedEffect, _ scale: Double) -> String {
    NumberText.text(
      mean: effect.mean, low: effect.interval?.low, high: effect.interval?.high, scale: scale,
      isSigned: true)
  }

  private func parts(
    _ found: LeverAttribution, _ scale: Double, _ language: Language
  ) -> TextTable {
    var table = TextTable(
      labelTitle: SensitivityPhrase.lever.text(language),
      columns: [SensitivityPhrase.part, .share, .alone, .last].enumerated().map {
        (title: $1.text(language), group: max(0, $0 - 1))
      })
    let total = found.total
    // Shares of a total that may be zero, or whose sign is open, would mean nothing.
    let isClear = total.interval.map { $0.low > 0 || $0.high < 0 } ?? (total.mean != 0)
    for (name, part) in zip(levers, found.parts) {
      let share =
        isClear ? NumberText.text(100 * part.share.mean / total.mean, decimals: 0) + " %" : "-"
      table.rows.append(
        .cells(
          label: name, depth: 0,
          [
            Self.cell(part.share, scale), share, Self.cell(part.alone, scale),
            Self.cell(part.last, scale),
          ]))
    }
    table.rows.append(
      .cells(
        label: SensitivityPhrase.all.text(language), depth: 0,
        [Self.cell(total, scale), isClear ? "100 %" : "-", "", ""]))
    return table
  }

  private func pairs(
    _ found: LeverAttribution, _ scale: Double, _ language: Language
  ) -> TextTable {
    var table = TextTable(
      labelTitle: SensitivityPhrase.pair.text(language),
      columns: [SensitivityPhrase.index, .chanceOfPair].map {
        (title: $0.text(language), group: 0)
      })
    let order = found.interactions.sorted {
      (-abs($0.index.mean), $0.first, $0.second) < (-abs($1.index.mean), $1.first, $1.second)
    }
    for pair in order {
      table.rows.append(
        .cells(
          label: "\(levers[pair.first]) × \(levers[pair.second])", depth: 0,
          [
            Self.cell(pair.index, scale),
            pair.adjustedPValue.map { NumberText.text(probability: $0) } ?? "-",
          ]))
    }
    return table
  }
}
