// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// What a selection has come to: the choice, how sure it is, and what it cost.
public struct SelectionTable {
  private let outcome: SelectionOutcome
  private let label: SeriesLabel
  private let path: String
  private let header: ResultsHeader

  public init(_ results: ResultsFile) throws {
    outcome = try SelectionOutcome(results)
    path = results.path
    label = SeriesLabel(outcome.rule.series, results.header)
    header = results.header
  }

  /// What a reader calls the candidates: their scenarios, and of a design over factors their values.
  private func names(_ language: Language) -> [String] {
    let titles = ScenarioTitles(header, language)
    return outcome.candidates.map { candidate in
      let title = titles.title(of: candidate.scenario)
      let factors = header.factors
      guard !factors.isEmpty, let point = header.points.first(where: { $0.id == candidate.point })
      else { return title }
      let settings = point.settingValues
      let values = factors.map { "\($0.name) \($0.value(in: settings) ?? "-")" }
      let scenario = header.scenarioNames.count > 1 ? [title] : []
      return (scenario + values).joined(separator: ", ")
    }
  }

  // MARK: For a program

  public var json: JSONValue {
    let rule = outcome.rule
    return .object([
      ("results", .text(path)), ("measure", .text(rule.series.measure.measure)),
      ("dimension", .text(rule.series.measure.dimension)), ("member", .text(rule.series.member)),
      ("best", .text(rule.best.rawValue)), ("method", .text(rule.method.rawValue)),
      ("difference", .number(rule.difference)), ("decided", .flag(outcome.isDecided)),
      ("tied", .flag(outcome.isTied)),
      ("chosen", .text(outcome.candidates[outcome.chosen].scenario)),
      ("chosen_point_id", .integer(outcome.candidates[outcome.chosen].point)),
      (
        "equal_point_ids",
        .list(outcome.equals.map { .integer(outcome.candidates[$0].point) })
      ), ("probability_guaranteed", .number(outcome.guaranteed)),
      ("probability_estimated", .number(outcome.estimated)),
      ("replications", .integer(outcome.spent)),
      ("candidates", .list(outcome.candidates.map(Self.json))),
    ])
  }

  private static func json(_ candidate: SelectionOutcome.Candidate) -> JSONValue {
    .object([
      ("point_id", .integer(candidate.point)), ("scenario", .text(candidate.scenario)),
      ("settings", .text(candidate.settings)), ("n", .integer(candidate.replications)),
      ("mean", .number(candidate.mean?.mean)), ("ci_low", .number(candidate.mean?.low)),
      ("ci_high", .number(candidate.mean?.high)),
      ("dropped_after", candidate.droppedAfter.map { .integer($0) } ?? .null),
    ])
  }

  // MARK: For a reader

  public func text(_ language: Language, width: Int) -> String {
    blocks(language).text(width: width)
  }

  func blocks(_ language: Language) -> [TextBlock] {
    let names = names(language)
    let isHighest = outcome.rule.best == .highest
    var table = TextTable(
      labelTitle: (isHighest ? SelectionPhrase.highest : SelectionPhrase.lowest).text(language),
      columns: [SelectionPhrase.mean, SelectionPhrase.replications, SelectionPhrase.verdict].map {
        (title: $0.text(language), group: 0)
      })
    for (index, candidate) in outcome.candidates.enumerated() {
      let mean =
        candidate.mean.map {
          NumberText.text(mean: $0.mean, low: $0.low, high: $0.high, scale: label.scale)
        } ?? "-"
      table.rows.append(
        .cells(
          label: names[index], depth: 0,
          [mean, "\(candidate.replications)", verdict(index, language)]))
    }
    return [.heading(label.title(language)), .gap, .table(table), .gap]
      + sentences(names, language).map { .paragraph($0) }
  }

  private func verdict(_ index: Int, _ language: Language) -> String {
    if index == outcome.chosen {
      return (outcome.isDecided ? SelectionPhrase.chosen : SelectionPhrase.leading).text(language)
    }
    if outcome.equals.contains(index) { return SelectionPhrase.equal.text(language) }
    guard let last = outcome.candidates[index].droppedAfter else {
      return outcome.rule.method == .kimNelson ? SelectionPhrase.standing.text(language) : ""
    }
    return SelectionPhrase.dropped(after: last).text(language)
  }

  /// A difference in the unit of the table.
  private func amount(_ difference: Double, _ language: Language) -> String {
    if label.unit == "share" {
      return SelectionPhrase.points(
        NumberText.text(mean: difference, low: nil, high: nil, scale: 100)
      )
      .text(language)
    }
    let number = NumberText.text(mean: difference, low: nil, high: nil, scale: 1)
    let shown = MeasureNames.unit(label.unit, language)
    return shown.isEmpty ? number : "\(number) \(shown)"
  }

  private func sentences(_ names: [String], _ language: Language) -> [String] {
    let rule = outcome.rule
    let name = names[outcome.chosen]
    var phrases: [Phrase] = []
    if outcome.isTied {
      phrases.append(SelectionPhrase.tied)
    } else if !outcome.isDecided {
      phrases.append(SelectionPhrase.undecided(leader: name, isBudgeted: rule.method == .budget))
    } else if let guaranteed = outcome.guaranteed, let difference = rule.difference {
      phrases.append(
        SelectionPhrase.guarantee(
          name, probability: NumberText.text(100 * guaranteed, decimals: 1),
          difference: amount(difference, language)))
    } else {
      phrases.append(SelectionPhrase.choice(name))
    }
    if !outcome.isTied, !outcome.equals.isEmpty {
      phrases.append(SelectionPhrase.alike(outcome.equals.map { names[$0] }))
    } else if let estimated = outcome.estimated {
      phrases.append(
        SelectionPhrase.estimate(
          isCertain: estimated > 0.9995,
          NumberText.text(100 * min(estimated, 0.999), decimals: 1)))
    }
    let numbers: Phrase = outcome.isCommon ? SelectionPhrase.common : SelectionPhrase.independent
    phrases += [SelectionPhrase.spent(outcome.spent), numbers, SelectionPhrase.selected]
    return phrases.map { $0.text(language) }
  }
}

/// The words of a selection.
private enum SelectionPhrase {
  static let highest = Phrase("Highest mean wins", "均值最高者胜出")
  static let lowest = Phrase("Lowest mean wins", "均值最低者胜出")
  static let mean = Phrase("mean [95 %]", "均值 [95 %]")
  static let replications = Phrase("replications", "重复次数")
  static let verdict = Phrase("verdict", "判断")
  static let chosen = Phrase("chosen", "选中")
  static let leading = Phrase("leads", "暂时领先")
  static let equal = Phrase("equal to it", "与其相同")
  static func alike(_ names: [String]) -> Phrase {
    Phrase(
      "In every replication it has the value of \(names.joined(separator: ", ")): nothing tells them apart "
        + "but their order.",
      "每次重复中其值均与“\(names.joined(separator: "”“"))”相同：仅按先后排列。")
  }
  static func points(_ number: String) -> Phrase {
    Phrase("\(number) points of per cent", "\(number) 个百分点")
  }
  static let standing = Phrase("still in", "尚未淘汰")

  static func dropped(after count: Int) -> Phrase {
    Phrase("dropped after \(count)", "第 \(count) 次后淘汰")
  }
  static func choice(_ name: String) -> Phrase { Phrase("Chosen: \(name).", "选中“\(name)”。") }
  static func guarantee(_ name: String, probability: String, difference: String) -> Phrase {
    Phrase(
      "Chosen: \(name). If the best leads by \(difference) or more, it is chosen with a probability of "
        + "\(probability) % at least (KN++).",
      "选中“\(name)”。若最优方案领先 \(difference) 或以上，选中它的概率不低于 \(probability) %（KN++）。")
  }
  static func undecided(leader: String, isBudgeted: Bool) -> Phrase {
    Phrase(
      "Not decided: \(leader) leads. --resume goes on"
        + (isBudgeted ? "." : ", with a larger --budget if it was used up."),
      "尚未决定：“\(leader)”暂时领先。可用 --resume 继续" + (isBudgeted ? "。" : "；若预算已用尽，请加大 --budget。"))
  }
  static func estimate(isCertain: Bool, _ probability: String) -> Phrase {
    Phrase(
      "Probability that it is the best, as the data estimate it: "
        + (isCertain ? "above \(probability) %." : "\(probability) % or more (Bonferroni)."),
      "由数据估计，其为最优的概率" + (isCertain ? "高于 \(probability) %。" : "不低于 \(probability) %（Bonferroni）。"))
  }
  static func spent(_ count: Int) -> Phrase {
    Phrase("Replications in all: \(count).", "重复模拟总数：\(count)。")
  }
  static let common = Phrase(
    "The scenarios share their random numbers.", "各方案共用随机数。")
  static let independent = Phrase(
    "The scenarios have random numbers of their own.", "各方案使用独立随机数。")
  static let tied = Phrase(
    "All have the same value in every replication: nothing tells them apart, and the one named is the "
      + "first.", "各方案在每次重复中的数值都相同：无从区分，所列者仅为首个方案。")
  static let selected = Phrase(
    "Means of a selection are not for reporting: the chosen one looks a little better than it is.",
    "选择过程中的均值不宜直接报告：选中者看上去略优于实际。")
}
