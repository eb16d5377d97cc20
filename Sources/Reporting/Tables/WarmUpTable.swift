// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SimulationKernel

/// What a study of a network's warm-up says: a table, a curve, CSV and JSON.
public struct WarmUpTable {
  private let study: WarmUpStudy
  private let unit: String

  public init(_ study: WarmUpStudy) {
    self.study = study
    unit = study.network.timeUnit
  }

  // MARK: For a program

  public var json: JSONValue {
    .object([
      ("kind", .text("network")), ("scenario", .text(study.scenario)),
      ("replications", .integer(study.replications)), ("seed", .text("\(study.seed)")),
      ("time_unit", .text(unit)), ("length", .number(time(study.length))),
      ("interval", .number(time(study.interval))), ("cycle", .number(study.cycle.map(time))),
      ("never_the_same", study.neverTheSame.map { .text($0) } ?? .null),
      ("stated", .number(time(study.stated))), ("longest", .number(study.longest)),
      ("suggested", .number(study.suggested)),
      ("stated_is_enough", study.longest.map { .flag(time(study.stated) >= $0) } ?? .null),
      ("series", .list(study.findings.map(Self.json))),
    ])
  }

  private static func json(_ finding: WarmUpFinding) -> JSONValue {
    .object([
      ("measure", .text(finding.measure)), ("dimension", .text(finding.dimension)),
      ("member", .text(finding.member)), ("unit", .text(finding.unit)),
      ("by", .text(finding.isByObservation ? "observation" : "interval")),
      ("values", .integer(finding.count)),
      ("truncation", finding.truncation.map { .integer($0) } ?? .null),
      ("warm_up", .number(finding.warmUp)), ("mean", .number(finding.wholeMean)),
      ("mean_after", .number(finding.keptMean)),
      (
        "curve",
        .list(
          finding.curve.map {
            .object([
              ("time", .number($0.time)), ("mean", .number($0.mean)), ("welch", .number($0.welch)),
            ])
          })
      ),
    ])
  }

  /// The curves: a row a point, in the model's time unit.
  public var csv: String {
    var text = "measure,dimension,member,time_\(unit),mean,welch\n"
    for finding in study.findings {
      let name = [finding.measure, finding.dimension, finding.member].map(Self.quoted)
        .joined(separator: ",")
      for point in finding.curve {
        text += "\(name),\(point.time),\(point.mean),\(point.welch.map { "\($0)" } ?? "")\n"
      }
    }
    return text
  }

  private static func quoted(_ text: String) -> String {
    text.contains { ",\"\n\r".contains($0) }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  // MARK: For a reader

  public func text(_ language: Language, width: Int) -> String {
    let (colon, comma, stop) = language == .english ? (": ", ", ", ".") : ("：", "，", "。")
    func word(_ phrase: ReportPhrase) -> String { phrase.text(language) }
    let space = language == .english ? " " : ""
    var lines = [
      "\(study.scenario)\(colon)\(word(.steadyWarmUp))\(comma)\(study.replications)\(space)"
        + "\(word(.replications))\(comma)0–\(shown(time(study.length))) \(unit)", "",
    ]
    lines += table(language).lines(width: width) + [""]
    let ways = study.cycle == nil ? word(.warmUpBySeries) : word(.warmUpByCycle)
    lines += "\(ways) \(shown(time(study.interval))) \(unit)\(stop)".wrapped(to: width)
    if let name = study.neverTheSame {
      lines += "\(word(.neverTheSame)) \(name)\(stop)".wrapped(to: width)
    }
    let short = study.findings.filter { $0.warmUp == nil }.map { label($0, language) }
    if !short.isEmpty {
      lines +=
        (word(.runLongerNote) + space + short.joined(separator: comma) + stop).wrapped(to: width)
    }
    if let longest = study.longest, let suggested = study.suggested {
      let stated = time(study.stated)
      let verdict = word(stated >= longest ? .statedEnough : .statedShort)
      lines +=
        ("\(word(.suggestedWarmUp))\(colon)warm-up: \(plain(suggested)) \(unit)\(stop)\(space)"
        + "\(word(.statedWarmUp)) \(plain(stated)) \(unit)\(colon)\(verdict)\(stop)")
        .wrapped(to: width)
    }
    lines += plot(language, width: width)
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ language: Language) -> TextTable {
    var table = TextTable(
      labelTitle: ReportPhrase.warmUpSeries.text(language),
      columns: [
        (ReportPhrase.truncated.text(language), 0),
        ("\(ReportPhrase.warmUpTime.text(language)) (\(unit))", 0),
        (ReportPhrase.keptMean.text(language), 0),
      ])
    for finding in study.findings {
      let cells =
        if let truncation = finding.truncation, let warmUp = finding.warmUp {
          [
            "\(truncation)/\(finding.count)", shown(warmUp), finding.keptMean.map(shown) ?? "-",
          ]
        } else {
          ["-/\(finding.count)", ReportPhrase.runLonger.text(language), "-"]
        }
      table.rows.append(.cells(label: label(finding, language), depth: 0, cells))
    }
    return table
  }

  private func plot(_ language: Language, width: Int) -> [String] {
    guard let finding = study.deciding else { return [] }
    let plot = CurvePlot(
      curves: [
        CurvePlot.Curve(sign: ".", points: finding.curve.map { ($0.time, $0.mean) }),
        CurvePlot.Curve(
          sign: "o",
          points: finding.curve.compactMap { point in point.welch.map { (point.time, $0) } }),
      ], mark: finding.warmUp)
    let colon = language == .english ? ": " : "："
    return [""]
      + (label(finding, language) + colon + ReportPhrase.welchTitle.text(language))
      .wrapped(to: width) + [""] + plot.lines(width: width)
  }

  private func label(_ finding: WarmUpFinding, _ language: Language) -> String {
    let name = MeasureNames.label(finding.measure, unit: finding.unit, language)
    let member = MeasureNames.member(finding.member, of: finding.dimension, language)
    guard !member.isEmpty else { return name }
    return language == .english ? "\(name) (\(member))" : "\(name)（\(member)）"
  }

  private func time(_ span: TimeSpan) -> Double { span / study.network.model.timeUnit }

  private func shown(_ value: Double) -> String {
    NumberText.text(value, decimals: NumberText.decimals(mean: value, low: nil, high: nil))
  }

  /// As a model file writes it.
  private func plain(_ value: Double) -> String {
    value == value.rounded() ? "\(Int64(value))" : "\(value)"
  }
}
