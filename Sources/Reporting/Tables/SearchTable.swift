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
    var lines = title(language)
    lines.append("")
    for sentence in answer(language) { lines += sentence.wrapped(to: width) }
    lines += [""] + contenders(language).lines(width: width)
    if !outcome.frontier.isEmpty {
      lines += ["", SearchPhrase.frontier.text(language)] + frontier(language).lines(width: width)
    }
    lines.append("")
    for sentence in notes(language) { lines += sentence.wrapped(to: width) }
    return lines.joined(separator: "\n") + "\n"
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
      phrases.append(SearchPhrase.chosen(label(outcome.run[chosen].settings, language)))
      let rule = outcome.rule
      let promised = String(format: "%.4g", 100 * rule.confidence)
      let compared = outcome.run.filter(\.isContender).count
      if compared > 1 || !rule.targets.isEmpty {
        phrases.append(
          SearchPhrase.guarantee(
            promised, difference: number(rule.aim.difference, of: rule.aim.series), count: compared)
        )
      }
    } else if outcome.isDecided {
      phrases.append(SearchPhrase.none)
    } else {
      let leader = outcome.leader.map { label(outcome.run[$0].settings, language) }
      phrases.append(SearchPhrase.undecided(leader: leader, isEnded: outcome.isEnded))
    }
    switch outcome.promise {
    case .gain(let gain):
      phrases.append(SearchPhrase.gain(number(gain, of: outcome.rule.aim.series)))
    case .feasibility(let chance):
      phrases.append(SearchPhrase.chance(NumberText.text(100 * chance, decimals: 1)))
    case nil: break
    }
    return phrases.map { $0.text(language) }
  }

  /// What differs from the model as it is.
  private func label(_ settings: [(factor: String, value: String)], _ language: Language) -> String
  {
    let own = outcome.run.first?.settings.map(\.value) ?? []
    let changed = zip(settings, own).filter { $0.value != $1 }.map {
      "\($0.0.factor) \($0.0.value)"
    }
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
    for (index, candidate) in outcome.run.enumerated()
    where candidate.isContender || index == 0 || index == outcome.chosen || index == outcome.leader
    {
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

  private func cell(_ interval: ConfidenceInterval?, _ series: MeasureSeries) -> String {
    guard let interval else { return "-" }
    return NumberText.text(
      mean: interval.mean, low: interval.low, high: interval.high,
      scale: scale(series))
  }

  private func verdict(_ index: Int, _ candidate: SearchOutcome.Candidate) -> Phrase {
    if index == outcome.chosen { return SearchPhrase.isChosen }
    if candidate.meetsTargets == false { return SearchPhrase.misses }
    if index == outcome.leader { return SearchPhrase.leads }
    if !candidate.isContender { return Phrase("", "") }
    return outcome.isDecided ? SearchPhrase.behind : SearchPhrase.open
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
      table.rows.append(
        .cells(
          label: label(step.settings, language), depth: 0,
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
    phrases.append(SearchPhrase.selected)
    return phrases.map { $0.text(language) }
  }
}

/// The words of a search.
private enum SearchPhrase {
  static let point = Phrase("Setting", "设置")
  static let replications = Phrase("replications", "重复次数")
  static let verdict = Phrase("verdict", "判断")
  static let isChosen = Phrase("chosen", "选中")
  static let leads = Phrase("leads", "暂时领先")
  static let misses = Phrase("misses a target", "未达目标")
  static let behind = Phrase("behind", "较差")
  static let open = Phrase("open", "未定")
  static let asItIs = Phrase("the model as it is", "模型现状")
  static let frontier = Phrase(
    "What each step takes, as far as is known", "逐步达标的代价（据现有结果）")

  static func least(_ name: String) -> Phrase { Phrase("Least \(name)", "\(name) 最低") }
  static func most(_ name: String) -> Phrase { Phrase("Most \(name)", "\(name) 最高") }
  static func change(_ name: String) -> Phrase { Phrase("change of \(name)", "\(name) 变化") }

  static func target(
    _ name: String, isChange: Bool, isAtLeast: Bool, _ bound: String, _ tolerance: String
  ) -> Phrase {
    Phrase(
      "with \(isChange ? "a change of " : "")\(name) \(isAtLeast ? "at least" : "at most") \(bound) "
        + "± \(tolerance)",
      "条件：\(name)\(isChange ? " 变化" : "")\(isAtLeast ? "不低于" : "不高于") \(bound) ± \(tolerance)")
  }
  static func chosen(_ label: String) -> Phrase { Phrase("Chosen: \(label).", "选中：\(label)。") }
  static func guarantee(_ probability: String, difference: String, count: Int) -> Phrase {
    Phrase(
      "Among the settings compared in the last step (\(count)), none that meets the targets is better by "
        + "more than \(difference), and this one misses none by more than its ±, with a probability of "
        + "\(probability) % at least.",
      "在最后比较的 \(count) 个设置中，没有达标且优于它超过 \(difference) 者，且它对各目标的偏差不超过 ± 所示，概率不低于 \(probability) %。")
  }
  static let none = Phrase(
    "None of the settings compared meets the targets.", "所比较的设置均未达到目标。")
  static func undecided(leader: String?, isEnded: Bool) -> Phrase {
    Phrase(
      "Not decided\(leader.map { ": \($0) leads" } ?? ""). "
        + (isEnded
          ? "The runs are spent; begin again with more --runs, or with a larger ±."
          : "--resume goes on."),
      "尚未决定\(leader.map { "：\($0) 暂时领先" } ?? "")。"
        + (isEnded ? "模拟次数已用尽；请加大 --runs 或放宽 ± 后重新开始。" : "可用 --resume 继续。"))
  }
  static func gain(_ gain: String) -> Phrase {
    Phrase(
      "Of a setting that was not run, the metamodels expect a gain of \(gain) at most, weighted by the chance "
        + "that it meets the targets.",
      "对未模拟的设置，代理模型预期的改进至多为 \(gain)（已按达标概率加权）。")
  }
  static func chance(_ chance: String) -> Phrase {
    Phrase(
      "None that was run seems to meet the targets; of the others, the likeliest does with a probability of "
        + "\(chance) %, as the metamodels see it.",
      "已模拟的设置似均未达标；按代理模型，其余设置中最可能达标者的概率为 \(chance) %。")
  }
  static func spent(_ count: Int, points: Int, of all: Int) -> Phrase {
    Phrase(
      "\(count) replications of \(points) settings, of \(all) there are; all share their random numbers.",
      "共 \(all) 个设置，模拟其中 \(points) 个，合计 \(count) 次；共用随机数。")
  }
  static let frontierNote = Phrase(
    "Settings with 0 replications were not run: their values are predictions of the metamodels, with their "
      + "95 % intervals.", "重复次数为 0 者未经模拟，其数值为代理模型的预测及其 95 % 区间。")
  static let selected = Phrase(
    "Means of a search are not for reporting: the chosen one looks a little better than it is. Run it again "
      + "with another seed.",
    "搜索过程中的均值不宜直接报告：选中者看上去略优于实际。请换种子重新模拟。")
}
