// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import Metamodels
import OutputAnalysis

/// What a search has come to: what it takes, how sure that is, what came near, and the frontier.
public struct SearchTable {
  private let outcome: SearchOutcome
  private let path: String
  private let header: ResultsHeader

  public init(_ results: ResultsFile) throws {
    outcome = try SearchOutcome(results)
    path = results.path
    header = results.header
  }

  // MARK: For a program

  public var json: JSONValue {
    let rule = outcome.rule
    let gain: (String, JSONValue) =
      switch outcome.promise {
      case .gain(let gain): ("expected_gain", .number(gain))
      case .feasibility(let chance): ("best_chance", .number(chance))
      case nil: ("expected_gain", .null)
      }
    func point(_ index: Int?) -> JSONValue {
      index.map { .integer(outcome.run[$0].point) } ?? .null
    }
    return .object([
      ("results", .text(path)), ("aim", .text(rule.aim.description)),
      ("best", .text(rule.best.rawValue)),
      ("targets", .list(rule.targets.map { .text($0.description) })),
      ("confidence", .number(rule.confidence)), ("decided", .flag(outcome.isDecided)),
      ("ended", .flag(outcome.isEnded)), ("chosen_point_id", point(outcome.chosen)),
      ("leading_point_id", point(outcome.leader)), gain,
      ("points", .integer(outcome.candidates)), ("points_run", .integer(outcome.run.count)),
      ("replications", .integer(outcome.spent)), ("budget", .integer(rule.budget)),
      ("run", .list(outcome.run.map(Self.json))),
      ("frontier", .list(outcome.frontier.map(Self.json))),
      ("metamodels", .list(outcome.metamodels.map(Self.json))),
    ])
  }

  private static func json(_ model: SearchOutcome.Metamodel) -> JSONValue {
    let summary = model.quality.summary
    return .object([
      ("output", .text(model.series.description)), ("change", .flag(model.isChange)),
      ("logarithmic", .flag(model.quality.isLogarithmic)), ("points", .integer(summary.count)),
      ("explained_share", .number(summary.explainedShare)),
      ("coverage", .number(summary.coverage)),
    ])
  }

  private static func json(_ settings: [(factor: String, value: String)]) -> JSONValue {
    .object(settings.map { ($0.factor, .text($0.value)) })
  }

  private static func json(_ interval: ConfidenceInterval?) -> JSONValue {
    guard let interval else { return .null }
    return .object([
      ("mean", .number(interval.mean)), ("ci_low", .number(interval.low)),
      ("ci_high", .number(interval.high)),
    ])
  }

  private static func json(_ candidate: SearchOutcome.Candidate) -> JSONValue {
    .object([
      ("point_id", .integer(candidate.point)), ("settings", json(candidate.settings)),
      ("n", .integer(candidate.replications)), ("aim", json(candidate.aim)),
      ("change_of_aim", json(candidate.change)),
      ("targets", .list(candidate.targets.map { json($0) })),
      ("contender", .flag(candidate.isContender)),
      ("meets_targets", candidate.meetsTargets.map { .flag($0) } ?? .null),
      ("undefined", .flag(candidate.isUndefined)),
    ])
  }

  private static func json(_ step: SearchOutcome.Step) -> JSONValue {
    func prediction(_ value: Prediction) -> JSONValue {
      let interval = value.interval()
      return .object([
        ("value", .number(value.value)), ("standard_error", .number(value.standardError)),
        ("ci_low", .number(interval.lowerBound)), ("ci_high", .number(interval.upperBound)),
      ])
    }
    return .object([
      ("point_id", .integer(step.point)), ("settings", json(step.settings)),
      ("n", .integer(step.replications)), ("reached", prediction(step.reached)),
      ("aim", prediction(step.aim)),
    ])
  }

  // MARK: For a reader

  public func text(_ language: Language, width: Int) -> String {
    blocks(language).text(width: width)
  }

  func blocks(_ language: Language) -> [TextBlock] {
    var blocks: [TextBlock] = title(language).map { .heading($0) } + [.gap]
    blocks += answer(language).map { .paragraph($0) }
    blocks += [.gap, .table(contenders(language))]
    if !outcome.frontier.isEmpty {
      blocks += [
        .gap, .heading(SearchPhrase.frontier.text(language)), .table(frontier(language)),
      ]
    }
    return blocks + [.gap] + notes(language).map { .paragraph($0) }
  }

  private func name(_ series: MeasureSeries, isChange: Bool = false, _ language: Language)
    -> String
  {
    SeriesLabel(series, header).title(language, isDifference: isChange)
  }

  private func scale(_ series: MeasureSeries) -> Double { SeriesLabel(series, header).scale }

  private func number(_ value: Double, of series: MeasureSeries) -> String {
    String(format: "%.4g", value * scale(series))
  }

  private func title(_ language: Language) -> [String] {
    let rule = outcome.rule
    let aim = name(rule.aim.series, language)
    let head = rule.best == .lowest ? SearchPhrase.least(aim) : SearchPhrase.most(aim)
    return [head.text(language)]
      + rule.targets.map { target in
        "  "
          + SearchPhrase.target(
            name(target.series, language), isChange: target.isChange, isAtLeast: target.isAtLeast,
            number(target.bound, of: target.series), number(target.tolerance, of: target.series)
          ).text(language)
      }
  }

  private func answer(_ language: Language) -> [String] {
    var phrases: [Phrase] = []
    if let chosen = outcome.chosen {
      let settings = outcome.run[chosen].settings.map { "\($0.factor) \($0.value)" }
      phrases.append(SearchPhrase.chosen(settings.joined(separator: ", ")))
      let rule = outcome.rule
      let promised = String(format: "%.4g", 100 * rule.confidence)
      let compared = outcome.run.filter(\.isContender).count
      if compared > 1 {
        phrases.append(
          SearchPhrase.guarantee(
            promised, difference: number(rule.aim.difference, of: rule.aim.series), count: compared)
        )
      } else if !rule.targets.isEmpty {
        phrases.append(SearchPhrase.reaches(promised))
      }
    } else if outcome.isDecided {
      phrases.append(SearchPhrase.none)
    } else {
      let leader = outcome.leader.map { label(outcome.run[$0].settings, language) }
      phrases.append(SearchPhrase.undecided(leader: leader, isEnded: outcome.isEnded))
    }
    switch outcome.promise {
    case .gain(let gain):
      let label = SeriesLabel(outcome.rule.aim.series, header)
      phrases.append(
        SearchPhrase.gain(
          number(gain, of: outcome.rule.aim.series), of: label.title(language, isDifference: true)))
    case .feasibility(let chance):
      phrases.append(SearchPhrase.chance(NumberText.text(100 * chance, decimals: 1)))
    case nil: break
    }
    return phrases.map { $0.text(language) }
  }

  /// What differs from the model as it is.
  private func label(_ settings: [(factor: String, value: String)], _ language: Language) -> String
  {
    let changed = outcome.changes(in: settings)
    return changed.isEmpty
      ? SearchPhrase.asItIs.text(language) : changed.joined(separator: ", ")
  }

  private func contenders(_ language: Language) -> TextTable {
    let rule = outcome.rule
    var table = TextTable(
      labelTitle: SearchPhrase.point.text(language),
      columns: ([name(rule.aim.series, language)]
        + rule.targets.map { target in
          target.isChange
            ? SearchPhrase.change(name(target.series, language)).text(language)
            : name(target.series, language)
        } + [SearchPhrase.replications.text(language), SearchPhrase.verdict.text(language)]).map {
          (title: $0, group: 0)
        })
    for (index, candidate) in outcome.run.enumerated() where isShown(index, candidate) {
      let cells =
        [cell(candidate.aim, rule.aim.series)]
        + zip(candidate.targets, rule.targets).map { cell($0, $1.series) }
      table.rows.append(
        .cells(
          label: label(candidate.settings, language), depth: 0,
          cells + ["\(candidate.replications)", verdict(index, candidate).text(language)]))
    }
    return table
  }

  /// What was compared, now or before, and what would be better but for a little of a target.
  private func isShown(_ index: Int, _ candidate: SearchOutcome.Candidate) -> Bool {
    candidate.isContender || index == 0 || index == outcome.chosen || index == outcome.leader
      || candidate.meetsTargets != nil || isNearMiss(candidate)
  }

  private func isNearMiss(_ candidate: SearchOutcome.Candidate) -> Bool {
    guard candidate.isNearTargets, let aim = candidate.aim,
      let best = (outcome.chosen ?? outcome.leader).flatMap({ outcome.run[$0].aim })
    else { return false }
    let rule = outcome.rule
    return rule.best.merit(aim.mean) > rule.best.merit(best.mean) + rule.aim.difference
  }

  private func cell(_ interval: ConfidenceInterval?, _ series: MeasureSeries) -> String {
    guard let interval else { return "-" }
    return NumberText.text(
      mean: interval.mean, low: interval.low, high: interval.high,
      scale: scale(series))
  }

  private func verdict(_ index: Int, _ candidate: SearchOutcome.Candidate) -> Phrase {
    if index == outcome.chosen { return SearchPhrase.isChosen }
    if candidate.isUndefined { return SearchPhrase.undefined }
    if candidate.meetsTargets == false { return SearchPhrase.misses }
    if index == outcome.leader { return SearchPhrase.leads }
    if isNearMiss(candidate) { return SearchPhrase.near }
    if !candidate.isContender, candidate.meetsTargets == nil { return Phrase("", "") }
    return outcome.isDecided || !candidate.isContender ? SearchPhrase.behind : SearchPhrase.open
  }

  private func frontier(_ language: Language) -> TextTable {
    let rule = outcome.rule
    let target = rule.targets[0]
    let reached = name(target.series, language)
    var table = TextTable(
      labelTitle: SearchPhrase.point.text(language),
      columns: [
        target.isChange ? SearchPhrase.change(reached).text(language) : reached,
        name(rule.aim.series, language), SearchPhrase.replications.text(language),
      ].map { (title: $0, group: 0) })
    for step in outcome.frontier {
      func cell(_ prediction: Prediction, _ series: MeasureSeries) -> String {
        let interval = prediction.interval()
        return NumberText.text(
          mean: prediction.value, low: interval.lowerBound, high: interval.upperBound,
          scale: scale(series))
      }
      let isChosen = outcome.chosen.map { outcome.run[$0].point } == step.point
      table.rows.append(
        .cells(
          label: label(step.settings, language)
            + (isChosen ? ": " + SearchPhrase.isChosen.text(language) : ""), depth: 0,
          [
            cell(step.reached, target.series), cell(step.aim, rule.aim.series),
            "\(step.replications)",
          ]))
    }
    return table
  }

  private func notes(_ language: Language) -> [String] {
    var phrases = [
      SearchPhrase.spent(
        outcome.spent, points: outcome.run.count, of: outcome.candidates)
    ]
    if !outcome.frontier.isEmpty { phrases.append(SearchPhrase.frontierNote) }
    phrases += outcome.metamodels.map { model in
      SearchPhrase.quality(
        name(model.series, isChange: model.isChange, language), model.quality,
        isChange: model.isChange)
    }
    if outcome.chosen != nil || outcome.leader != nil { phrases.append(SearchPhrase.selected) }
    return phrases.map { $0.text(language) }
  }
}
