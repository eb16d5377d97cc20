// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Who gains and who loses by a policy: the same residents under two of them.
public struct TwinTable {
  private let findings: TwinFindings
  private let dimensions: [String]

  /// - Parameter dimensions: By which residents are told apart; those the model does not have are left out.
  public init(_ findings: TwinFindings, by dimensions: [String] = ["town"]) {
    self.findings = findings
    self.dimensions = findings.dimensions.filter(dimensions.contains)
  }

  /// The comparison, and every value with its interval: `measure`, `dimension` and `member` as the results
  /// file has them.
  public var json: JSONValue {
    let settings = findings.settings
    return .object([
      ("results", .text(findings.path)), ("scenario", .text(settings.scenario)),
      ("baseline", .text(settings.baseline)), ("replications", .integer(findings.replications)),
      ("catchment_minutes", .number(settings.catchment)), ("income", .number(settings.income)),
      (
        "outcomes",
        .list(
          TwinOutcome.allCases.map { outcome in
            .object([
              ("name", .text(outcome.rawValue)), ("unit", .text(outcome.unit)),
              ("gain", outcome.isGainWhenLess.map { .text($0 ? "less" : "more") } ?? .null),
            ])
          })
      ),
      (
        "values",
        .list(
          findings.rows.map { row in
            .object([
              ("measure", .text(row.measure)), ("dimension", .text(row.dimension)),
              ("member", .text(row.member)), ("n", .integer(row.n)), ("mean", .number(row.mean)),
              ("ci_low", .number(row.low)), ("ci_high", .number(row.high)),
            ])
          })
      ),
    ])
  }

  public func text(_ language: Language, width: Int) -> String {
    blocks(language).text(width: width)
  }

  /// What a reader calls the scenario and its baseline.
  private func arms(_ language: Language) -> (scenario: String, baseline: String) {
    let settings = findings.settings
    let titles = ScenarioTitles(
      [settings.scenario, settings.baseline], findings.titles, language)
    return (titles.title(of: settings.scenario), titles.title(of: settings.baseline))
  }

  func blocks(_ language: Language) -> [TextBlock] {
    let settings = findings.settings
    let arms = arms(language)
    var blocks: [TextBlock] = [
      .heading(
        TwinPhrase.title(arms.scenario, arms.baseline).text(language)
          + ", n = \(findings.replications)")
    ]
    for table in [wholeTable(language)] + dimensions.map({ groupTable($0, language) })
      + [equityTable(language)]
    {
      blocks += [.gap, .table(table)]
    }
    blocks += [.gap, .paragraph(TwinPhrase.access(settings.catchment).text(language))]
    blocks += [.gap, .table(accessTable(language)), .gap]
    return blocks + TwinPhrase.notes(findings).map { .paragraph($0.text(language)) }
  }

  // MARK: - Tables

  private func wholeTable(_ language: Language) -> TextTable {
    let arms = arms(language)
    var table = TextTable(
      labelTitle: TwinPhrase.outcome.text(language),
      columns: [
        (arms.baseline, 0), (arms.scenario, 0), (TwinPhrase.change.text(language), 0),
        (TwinPhrase.less.text(language) + " %", 1), (TwinPhrase.same.text(language) + " %", 1),
        (TwinPhrase.more.text(language) + " %", 1), (TwinPhrase.quantiles.text(language), 2),
      ])
    for outcome in TwinOutcome.allCases {
      func row(_ statistic: TwinStatistic) -> SummaryRow? {
        findings.row(TwinMeasures.name(outcome, statistic))
      }
      let quantiles = [TwinStatistic.p5, .p50, .p95].map { statistic in
        row(statistic).map {
          NumberText.text(
            $0.mean, decimals: abs($0.mean) < 100 && $0.mean != 0 ? 1 : 0, isSigned: true)
        } ?? "-"
      }
      table.rows.append(
        .cells(
          label: label(outcome, language), depth: 0,
          [
            cell(row(.baseline)), cell(row(.scenario)), cell(row(.change), isSigned: true),
            cell(row(.lessShare), scale: 100), cell(row(.sameShare), scale: 100),
            cell(row(.moreShare), scale: 100), quantiles.joined(separator: "  "),
          ]))
    }
    return table
  }

  /// The outcomes told by groups.
  private static let told: [TwinOutcome] = [
    .outOfPocket, .travelMinutes, .visits, .needsWithoutCare,
  ]

  private func groupTable(_ dimension: String, _ language: Language) -> TextTable {
    var columns: [(title: String, group: Int)] = [(TwinPhrase.residents.text(language), 0)]
    for (group, outcome) in Self.told.enumerated() {
      let isGain = outcome.isGainWhenLess
      columns.append((label(outcome, language), group + 1))
      columns.append(
        ((isGain == nil ? TwinPhrase.less : TwinPhrase.gain).text(language) + " %", group + 1))
      columns.append(
        ((isGain == nil ? TwinPhrase.more : TwinPhrase.loss).text(language) + " %", group + 1))
    }
    var table = TextTable(
      labelTitle: TwinPhrase.dimension(dimension).text(language), columns: columns)
    for member in findings.members(of: dimension) {
      let count = findings.row(TwinMeasures.residents, dimension, member)?.mean ?? 0
      var cells = [NumberText.text(count, decimals: 0)]
      for outcome in Self.told {
        func row(_ statistic: TwinStatistic) -> SummaryRow? {
          findings.row(TwinMeasures.name(outcome, statistic), dimension, member)
        }
        cells.append(cell(row(.change), isSigned: true))
        cells.append(cell(row(.lessShare), scale: 100))
        cells.append(cell(row(.moreShare), scale: 100))
      }
      table.rows.append(
        .cells(
          label: TwinPhrase.member(member, of: dimension).text(language), depth: 0, cells))
    }
    return table
  }

  private func equityTable(_ language: Language) -> TextTable {
    var table = armTable(TwinPhrase.equity.text(language), language)
    func add(_ label: Phrase, _ measure: String, scale: Double = 1) {
      guard let cells = armCells(measure, scale: scale) else { return }
      table.rows.append(.cells(label: label.text(language), depth: 0, cells))
    }
    for outcome in TwinMeasures.unequal {
      add(TwinPhrase.gini(outcome), TwinMeasures.gini(outcome))
      for rank in TwinMeasures.Rank.allCases {
        add(
          TwinPhrase.concentration(outcome, by: rank),
          TwinMeasures.concentration(outcome, by: rank))
      }
    }
    if findings.settings.income != nil {
      for threshold in findings.settings.thresholds {
        add(
          TwinPhrase.catastrophic(threshold), TwinMeasures.catastrophic(threshold), scale: 100)
        for dimension in dimensions {
          for member in findings.members(of: dimension) {
            guard
              let cells = armCells(
                TwinMeasures.catastrophic(threshold), by: dimension, of: member, scale: 100)
            else { continue }
            table.rows.append(
              .cells(
                label: TwinPhrase.member(member, of: dimension).text(language), depth: 1, cells))
          }
        }
        add(TwinPhrase.overshoot(threshold), TwinMeasures.overshoot(threshold), scale: 100)
      }
    }
    return table
  }

  private func accessTable(_ language: Language) -> TextTable {
    var table = armTable(TwinPhrase.dimension("town").text(language), language)
    if let cells = armCells(TwinMeasures.access) {
      table.rows.append(.cells(label: ReportPhrase.whole.text(language), depth: 0, cells))
    }
    for town in findings.members(of: "town") {
      guard let cells = armCells(TwinMeasures.access, by: "town", of: town) else { continue }
      table.rows.append(.cells(label: town, depth: 0, cells))
    }
    return table
  }

  private func armTable(_ title: String, _ language: Language) -> TextTable {
    let arms = arms(language)
    return TextTable(
      labelTitle: title,
      columns: [
        (arms.baseline, 0), (arms.scenario, 0), (TwinPhrase.change.text(language), 0),
      ])
  }

  private func armCells(
    _ measure: String, by dimension: String = "", of member: String = "", scale: Double = 1
  ) -> [String]? {
    let rows = TwinMeasures.arms.map { arm in
      findings.row(
        measure, dimension.isEmpty ? "arm" : "arm+\(dimension)",
        member.isEmpty ? arm : "\(arm)+\(member)")
    }
    guard rows.contains(where: { $0 != nil }) else { return nil }
    return rows.enumerated().map { cell($1, scale: scale, isSigned: $0 == 2) }
  }

  // MARK: - Cells

  private func label(_ outcome: TwinOutcome, _ language: Language) -> String {
    let name = TwinPhrase.name(outcome).text(language)
    let unit = MeasureNames.unit(outcome.unit, language)
    return MeasureNames.isCount(outcome.unit) ? name : "\(name) (\(unit))"
  }

  private func cell(_ row: SummaryRow?, scale: Double = 1, isSigned: Bool = false) -> String {
    row.map {
      NumberText.text(
        mean: $0.mean, low: $0.low, high: $0.high, scale: scale, form: .halfWidth,
        isSigned: isSigned)
    } ?? "-"
  }
}
