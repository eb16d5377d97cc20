// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// A study's published values beside those obtained.
public struct StudyTable {
  private let replication: StudyReplication

  public init(_ replication: StudyReplication) { self.replication = replication }

  // MARK: - JSON

  public var json: JSONValue {
    let study = replication.study
    return .object([
      ("study", .text(study.name)), ("path", .text(study.path)),
      ("agrees", .flag(replication.agrees)), ("alpha", .number(StudyReplication.alpha)),
      ("power", .number(replication.power)),
      ("replications", .integer(study.design.replications)),
      ("seed", .text("\(study.design.seed)")), ("sources", .texts(study.published.citations)),
      ("rows", .list(replication.rows.map(Self.json))),
    ])
  }

  private static func json(_ row: StudyReplication.Row) -> JSONValue {
    let published = row.published
    return .object([
      ("name", .text(published.name)), ("measure", .text(published.measure)),
      ("dimension", .text(published.dimension)), ("member", .text(published.member)),
      ("per", published.divisor.map { .text(Self.text(of: $0)) } ?? .null),
      ("unit", .text(row.unit)),
      ("set", .text(row.scenario)), ("published", .number(published.value)),
      ("rounding", .number(published.rounding)), ("tolerance", .number(published.tolerance)),
      ("evidence", .text(published.evidence.rawValue)),
      ("source", .text(published.sources.map(\.description).joined(separator: "; "))),
      ("note", .text(published.note)), ("obtained", .number(row.obtained?.mean)),
      ("low", .number(row.obtained?.low)), ("high", .number(row.obtained?.high)),
      ("verdict", .text(row.test?.verdict.rawValue ?? "no value")),
      ("power", .number(row.power)), ("p_no_bias", .number(row.test?.pValueOfNoBias)),
    ])
  }

  private static func text(of divisor: PublishedValue.Divisor) -> String {
    divisor.dimension.isEmpty
      ? divisor.measure : "\(divisor.measure) by \(divisor.dimension) \(divisor.member)"
  }

  // MARK: - Text

  public func text(_ language: Language, width: Int) -> String {
    let study = replication.study
    var lines = "\(study.name): \(study.title)".wrapped(to: width) + [""]
    var table = TextTable(
      labelTitle: ReportPhrase.measure.text(language),
      columns: [
        (ReportPhrase.published.text(language), 0), (ReportPhrase.obtained.text(language), 0),
        (ReportPhrase.band.text(language), 0), (ReportPhrase.power.text(language), 0),
        (ReportPhrase.verdict.text(language), 0),
      ])
    var scenario = ""
    for row in replication.rows {
      if row.scenario != scenario {
        scenario = row.scenario
        table.rows.append(.heading(scenario.isEmpty ? study.name : scenario))
      }
      table.rows.append(cells(row, depth: scenario.isEmpty ? 0 : 1, language))
    }
    lines += table.lines(width: width) + [""]
    for (key, citation) in study.published.citations.sorted(by: { $0.key < $1.key }) {
      lines += "\(key): \(citation)".wrapped(to: width)
    }
    lines += [""] + summary(language).wrapped(to: width)
    return lines.joined(separator: "\n") + "\n"
  }

  private func cells(
    _ row: StudyReplication.Row, depth: Int, _ language: Language
  ) -> TextTable.Row {
    let published = row.published
    let scale = row.unit == "share" ? 100.0 : 1
    // Of a network: its occupancy is in units, not a share of beds.
    var label = MeasureNames.label(published.measure, unit: "units", language)
    if !published.member.isEmpty {
      label += ", " + MeasureNames.member(published.member, of: published.dimension, language)
    }
    if let divisor = published.divisor {
      label += " / " + MeasureNames.label(divisor.measure, unit: "units", language)
      if !divisor.member.isEmpty {
        label += ", " + MeasureNames.member(divisor.member, of: divisor.dimension, language)
      }
    }
    let unit = MeasureNames.unit(row.unit, language)
    if !unit.isEmpty, !MeasureNames.isCount(row.unit) { label += " (\(unit))" }
    func number(_ value: Double, _ decimals: Int) -> String {
      NumberText.text(value * scale, decimals: decimals)
    }
    let decimals = NumberText.decimals(
      mean: published.value, low: (published.value - published.band) * scale,
      high: (published.value + published.band) * scale)
    return .cells(
      label: label, depth: depth,
      [
        number(published.value, decimals) + (published.rounding > 0 ? " *" : ""),
        row.obtained.map {
          NumberText.text(mean: $0.mean, low: $0.low, high: $0.high, scale: scale, form: .halfWidth)
        } ?? "-",
        number(published.value - published.band, decimals) + "–"
          + number(published.value + published.band, decimals),
        row.power.map { number($0 / scale, 3) } ?? "-", verdict(row, language),
      ])
  }

  private func verdict(_ row: StudyReplication.Row, _ language: Language) -> String {
    switch row.test?.verdict {
    case .equivalent?: ReportPhrase.agrees.text(language)
    case .different?: ReportPhrase.differs.text(language)
    case .undecided?: ReportPhrase.undecided.text(language)
    case nil: ReportPhrase.noValue.text(language)
    }
  }

  private func summary(_ language: Language) -> String {
    let rows = replication.rows
    let agreeing = rows.count(where: \.agrees)
    let power = replication.power.map { NumberText.text($0, decimals: 3) } ?? "-"
    let study = replication.study
    let count = study.design.replications
    let rounded = rows.contains { $0.published.rounding > 0 }
    let note = rounded ? ReportPhrase.roundedNote.text(language) + " " : ""
    return switch language {
    case .english:
      note
        + "\(agreeing) of \(rows.count) agree: the means of \(count) replications (seed "
        + "\(study.design.seed)) rule out a bias as large as the band, at α = 0.05 a row; power at "
        + "least \(power)."
    case .chinese:
      note
        + "\(rows.count) 项中 \(agreeing) 项一致：\(count) 次重复（种子 \(study.design.seed)）的均值"
        + "排除了与容许带同样大的偏差，每项 α = 0.05；功效不低于 \(power)。"
    }
  }
}
