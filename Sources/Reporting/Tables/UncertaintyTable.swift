// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// How sure each scenario's effects are, and what they hang on.
public struct UncertaintyTable {
  private let analysis: UncertaintyAnalysis
  private let units: [String: String]
  private let path: String
  private let name: String
  private let header: ResultsHeader
  /// Assumptions that are told of each effect.
  private static let mostMovers = 3

  public init(_ results: ResultsFile, _ analysis: UncertaintyAnalysis) {
    self.analysis = analysis
    path = results.path
    header = results.header
    name = results.header.provenance["experiment"] ?? results.path
    let catalogue = results.header.measureCatalogue
    units = Dictionary(
      analysis.rows.compactMap { row in
        let name = row.series.measure.measure
        return catalogue.first { $0.observes(name) }.map { (name, $0.unit(of: name)) }
      }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: For a program

  /// One object a measure and scenario, in the measure's unit, shares as fractions.
  public var json: JSONValue {
    .object([
      ("results", .text(path)), ("experiment", .text(name)), ("draws", .integer(analysis.draws)),
      ("incomplete_draws", .integer(analysis.incomplete)),
      ("replications", .integer(analysis.replications)),
      ("assumptions", .list(analysis.factors.map { .text($0.name) })),
      ("effects", .list(analysis.rows.map(json))),
    ])
  }

  private func json(_ row: UncertaintyAnalysis.Row) -> JSONValue {
    let series = row.series
    var members: [(String, JSONValue)] = [
      ("scenario", .text(row.scenario)), ("baseline", .text(row.baseline)),
      ("measure", .text(series.measure.measure)), ("dimension", .text(series.measure.dimension)),
      ("member", .text(series.member)), ("unit", .text(units[series.measure.measure] ?? "")),
      ("draws", .integer(row.draws)), ("undefined_draws", .integer(row.undefined)),
      ("effect", Self.json(row.effect)), ("stated", row.stated.map(Self.json) ?? .null),
      ("span_low", .number(row.span.low)), ("span_high", .number(row.span.high)),
      ("parameter_sd", .number(row.parameterDeviation)), ("noise_sd", .number(row.noiseDeviation)),
      ("matters", .number(row.matters)), ("verdict", .text(row.verdict.word)),
    ]
    if case .unclear(let more) = row.verdict {
      members.append(("more_replications", more.map { .integer($0) } ?? .null))
    }
    members += [
      ("share_scenario", Self.json(row.shares.scenario)),
      ("share_parameters", Self.json(row.shares.parameters)),
      ("share_noise", Self.json(row.shares.noise)),
      ("effect_share_parameters", Self.json(row.shares.ofEffect)),
      (
        "forms",
        .list(
          row.forms.map {
            .object([
              ("form", .text($0.form)), ("draws", .integer($0.draws)),
              ("verdict", .text($0.verdict.word)),
            ])
          })
      ),
      (
        "moved_by",
        .list(
          row.movers.map { mover in
            .object([
              ("assumption", .text(mover.path)), ("share", Self.json(mover.share)),
              ("slope", Self.json(mover.slope)), ("flips", .flag(mover.flips)),
            ])
          })
      ),
      ("moved_by_share", .number(row.moverShare)),
      (
        "not_told",
        .list(
          row.candidates.map {
            ["assumption": .text($0.path), "correlation": .number($0.correlation)]
          })
      ),
    ]
    return .object(members)
  }

  private static func json(_ estimate: Estimate) -> JSONValue {
    .object([
      ("value", .number(estimate.value)), ("low", .number(estimate.low)),
      ("high", .number(estimate.high)),
    ])
  }

  // MARK: For a reader

  public func text(_ language: Language, width: Int) -> String {
    blocks(language).text(width: width)
  }

  func blocks(_ language: Language) -> [TextBlock] {
    func word(_ phrase: Phrase) -> String { phrase.text(language) }
    let space = language == .english ? " " : ""
    let titles = ScenarioTitles(header, language)
    var blocks: [TextBlock] = [
      .heading(
        (titles.experiment ?? name) + word(UncertaintyPhrase.colon)
          + [
            "\(analysis.draws)\(space)\(word(UncertaintyPhrase.draws))",
            "\(analysis.replications)\(space)\(word(UncertaintyPhrase.replications))",
            "\(analysis.factors.count)\(space)\(word(UncertaintyPhrase.assumptions(analysis.factors.count)))",
          ].joined(separator: word(UncertaintyPhrase.comma)))
    ]
    if analysis.incomplete > 0 {
      blocks.append(.paragraph(word(UncertaintyPhrase.incomplete(analysis.incomplete))))
    }
    var scenario: String?
    var table: TextTable?
    func close() {
      if let table { blocks.append(.table(table)) }
    }
    for row in analysis.rows {
      if row.scenario != scenario {
        close()
        scenario = row.scenario
        blocks += [
          .gap,
          .heading(
            word(
              UncertaintyPhrase.scenario(
                titles.title(of: row.scenario), against: titles.title(of: row.baseline)))),
          .gap,
        ]
        table = emptyTable(language)
      }
      table?.rows += cells(row, language)
    }
    close()
    var notes = UncertaintyPhrase.notes
    if analysis.rows.contains(where: { $0.matters == nil }) {
      notes.append(UncertaintyPhrase.noMatter)
    }
    if analysis.rows.contains(where: { !$0.forms.isEmpty }) {
      notes.append(UncertaintyPhrase.formNote)
    }
    return blocks + [.gap] + notes.map { .paragraph(word($0)) }
  }

  private func emptyTable(_ language: Language) -> TextTable {
    TextTable(
      labelTitle: ReportPhrase.measure.text(language),
      columns: [
        (UncertaintyPhrase.effect, 0), (UncertaintyPhrase.span, 0),
        (UncertaintyPhrase.budget, 1), (UncertaintyPhrase.verdict, 1),
      ].map { (title: $0.0.text(language), group: $0.1) })
  }

  private func cells(_ row: UncertaintyAnalysis.Row, _ language: Language) -> [TextTable.Row] {
    let unit = units[row.series.measure.measure] ?? ""
    let scale = unit == "share" ? 100.0 : 1
    let decimals = NumberText.decimals(
      mean: row.effect.value * scale, low: row.effect.low * scale, high: row.effect.high * scale)
    func number(_ value: Double) -> String {
      NumberText.text(value * scale, decimals: decimals, isSigned: true)
    }
    let shares = [row.shares.scenario, row.shares.parameters, row.shares.noise]
    let isBlank = shares.allSatisfy { $0.value == 0 }
    var rows: [TextTable.Row] = [
      .cells(
        label: label(row.series, unit, language), depth: 0,
        [
          NumberText.text(
            mean: row.effect.value, low: row.effect.low, high: row.effect.high, scale: scale,
            isSigned: true),
          "\(number(row.span.low)) … \(number(row.span.high))",
          isBlank
            ? "-"
            : shares.map { NumberText.text(100 * $0.value, decimals: 0) }.joined(separator: " / "),
          verdict(row, language),
        ])
    ]
    guard row.effect.low != 0 || row.effect.high != 0 else { return rows }
    for mover in row.movers.prefix(Self.mostMovers) {
      let share = NumberText.text(
        mean: mover.share.value, low: mover.share.low, high: mover.share.high, scale: 100)
      rows.append(
        .cells(
          label: mover.path, depth: 1,
          [
            NumberText.text(
              mean: mover.slope.value, low: mover.slope.low, high: mover.slope.high, scale: scale,
              isSigned: true), "\(share) %", "",
            mover.flips ? UncertaintyPhrase.flips.text(language) : "",
          ]))
    }
    // Three a row, told or not: a reader wants to know where to look next.
    for candidate in row.candidates.prefix(max(0, Self.mostMovers - row.movers.count)) {
      let correlation = NumberText.text(candidate.correlation, decimals: 2, isSigned: true)
      rows.append(
        .cells(
          label: "? " + candidate.path, depth: 1,
          ["r \(correlation)", "", "", UncertaintyPhrase.maybeChance.text(language)]))
    }
    return rows
  }

  private func label(_ series: MeasureSeries, _ unit: String, _ language: Language) -> String {
    let name = MeasureNames.label(series.measure.measure, unit: unit, language)
    let member =
      series.member.isEmpty
      ? ""
      : ", " + MeasureNames.member(series.member, of: series.measure.dimension, language)
    let shown =
      unit == "share"
      ? ReportPhrase.percentPoints.text(language) : MeasureNames.unit(unit, language)
    return name + member + (shown.isEmpty ? "" : " (\(shown))")
  }

  private func verdict(_ row: UncertaintyAnalysis.Row, _ language: Language) -> String {
    let text = UncertaintyPhrase.verdict(row.verdict).text(language)
    guard case .formDependent = row.verdict else { return text }
    let forms = row.forms.map {
      "\($0.form): \(UncertaintyPhrase.verdict($0.verdict).text(language))"
    }
    return "\(text) (\(forms.joined(separator: "; ")))"
  }
}

extension UncertaintyTable {
  /// The verdicts that end a line and say a direction, or that there is none.
  public static func verdicts(_ language: Language) -> [(word: String, tone: Finding.Tone)] {
    let tones: [(EffectVerdict, Finding.Tone)] = [
      (.robustUp, .up), (.robustDown, .down), (.none, .none),
    ]
    return tones.map { (UncertaintyPhrase.verdict($0.0).text(language), $0.1) }
  }
}

/// The words of an analysis of uncertainty.
enum UncertaintyPhrase {
  static let colon = Phrase(": ", "：")
  static let comma = Phrase(", ", "，")
  static let draws = Phrase("draws of the assumptions", "组假设抽样")
  static let replications = Phrase("replications of each", "次重复（每组）")
  static func assumptions(_ count: Int) -> Phrase {
    Phrase(count == 1 ? "assumption" : "assumptions", "项假设")
  }
  static let effect = Phrase("effect [95 %]", "效应 [95 %]")
  static let span = Phrase("over the assumptions", "假设范围内")
  static let budget = Phrase("scenario / assumptions / noise, %", "方案／假设／噪声，%")
  static let verdict = Phrase("verdict", "判断")
  static let flips = Phrase("flips the sign", "可改变正负号")
  static let maybeChance = Phrase("may be chance", "可能出于偶然")

  static func scenario(_ name: String, against baseline: String) -> Phrase {
    Phrase("\(name) less \(baseline)", "“\(name)”减“\(baseline)”")
  }

  static func incomplete(_ count: Int) -> Phrase {
    Phrase(
      "\(count) draws lack replications and are left out; --resume goes on.",
      "\(count) 组抽样的重复次数不全，未计入；可用 --resume 继续。")
  }

  static func verdict(_ verdict: EffectVerdict) -> Phrase {
    switch verdict {
    case .robustUp: Phrase("robust up", "稳健上升")
    case .robustDown: Phrase("robust down", "稳健下降")
    case .none: Phrase("none", "无实质影响")
    case .undetermined: Phrase("undetermined", "方向未定")
    case .unclear(let more?):
      Phrase("unclear: about \(more) more replications", "不明确：约需再重复 \(more) 次")
    case .unclear(nil): Phrase("unclear: near zero at some draws", "不明确：部分抽样下接近零")
    case .formDependent: Phrase("form-dependent", "取决于费用形式")
    }
  }

  static let notes = [
    Phrase(
      "Effect: mean over draws and replications, its interval counting the error of both. Over the "
        + "assumptions: 95 % of the draws, run noise of their own taken out.",
      "效应：对抽样与重复取均值，置信区间计入两者的误差。假设范围内：95 % 的抽样所在区间，已扣除各自的模拟噪声。"),
    Phrase(
      "Of the variance of one run under the scenario or its baseline: what the scenario, the "
        + "assumptions and run noise have; intervals are in --json.",
      "单次模拟（该方案或其基准）的方差分解：方案、假设与模拟噪声各占的比例；置信区间见 --json。"),
    Phrase(
      "Below each: the assumptions that move the effect most and are told from chance (largest of all "
        + "correlations, 5 %), with its change from the low end of the range to the high one and their "
        + "share of what the assumptions do. They were selected because they look large, so they look a "
        + "little larger than they are.",
      "各指标下列出影响最大且可与偶然区分的假设（以最大相关系数检验，5 %）：自范围下端至上端的效应变化，以及其在假设总影响中所占份额。"
        + "这些假设因影响显得大而入选，故数值略有高估。"),
    Phrase(
      "? and r: where fewer than three are told from chance, those that go with the rest of the effect most, "
        + "and their correlation with it; none is larger than chance makes the largest: more draws would tell.",
      "“?”与 r：可与偶然区分的假设不足三项时，列出与其余效应相关最大的假设及相关系数；其大小均未超出偶然所能达到者，增加抽样才能判断。"),
    Phrase(
      "Robust: clear of zero at every draw. Undetermined: clear of zero on either side at some draws. "
        + "None: within the effect that matters at every draw.",
      "稳健：每组抽样下均明显异于零。方向未定：部分抽样下为正、部分为负。无实质影响：每组抽样下均在有意义的最小效应之内。"),
  ]
  static let noMatter = Phrase(
    "Without a smallest effect that matters (matters: in the experiment, or --matters) none is said of "
      + "effects that are nowhere else than zero.",
    "未给出有意义的最小效应（实验中的 matters: 或 --matters）时，只有处处为零的效应才判为“无实质影响”。")
  static let formNote = Phrase(
    "Both forms of money are drawn; form-dependent: their verdicts differ.",
    "两种费用形式均参与抽样；“取决于费用形式”指两者判断不同。")
}
