// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Reporting

struct ChartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "Draws a chart of a results file: here, as a picture, or as data.",
    discussion: """
      Without --out a small chart for a glance. A file that ends in .svg, .png or .pdf is a picture, drawn \
      by vl-convert; .html is a page that shows the numbers under the pointer; both need what \
      Tests/set-up --charts installs. A file that ends in .json is the Vega-Lite or Vega specification with \
      its numbers inside, which Altair, R and web pages read. Without a name, what can be drawn is listed.
      """)

  @Argument(help: ArgumentHelp("A results file.", valueName: "file.sqlite"))
  var file: String

  @Argument(help: "The chart.")
  var name: String?

  @Option(
    help: ArgumentHelp("A file that ends in .svg, .png, .pdf, .html or .json.", valueName: "file"))
  var out: String?

  @Option(help: "Width of the chart: full or half a page.")
  var width = ChartContext.Width.full

  @Option(
    help: ArgumentHelp(
      "What is drawn, where a chart can draw several: a measure, or wait by resource=doctor.",
      valueName: "measure"),
    transform: { text in
      guard let series = MeasureSeries(text) else {
        throw ValidationError("write a measure, such as wait, or 'wait by resource=doctor'")
      }
      return series
    })
  var measure: MeasureSeries?

  @Option(help: "The scenario told of, where a chart tells of one.")
  var scenario: String?

  @Option(help: "The scenario to compare with (default: the experiment's baseline).")
  var baseline: String?

  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  private enum Target {
    case data(String)
    case picture(String, ChartRenderer.Format)
    case page(String)
  }

  func validate() throws {
    _ = try target
    if let name, ChartKind(rawValue: name) == nil {
      let known = ChartKind.allCases.map(\.rawValue)
      let hint = nearestName(to: name, among: known).map { "did you mean \($0)? " } ?? ""
      throw ValidationError(
        "there is no chart \(name); \(hint)the charts are \(known.joined(separator: ", "))")
    }
    if name == nil, out != nil { throw ValidationError("--out needs the name of a chart") }
  }

  private var target: Target? {
    get throws {
      guard let out else { return nil }
      let ending = out.split(separator: "/").last.flatMap { name in
        name.contains(".") ? name.split(separator: ".").last.map { $0.lowercased() } : nil
      }
      if ending == "json" { return .data(out) }
      if ending == "html" { return .page(out) }
      guard let format = ending.flatMap({ ChartRenderer.Format(rawValue: $0) }) else {
        throw ValidationError(
          "--out \(out): write a file that ends in .svg, .png, .pdf, .html or .json")
      }
      return .picture(out, format)
    }
  }

  func run() throws {
    let source = try ChartSource(ResultsFile.open(file), baseline: baseline)
    let context = ChartContext(
      language.resolved, width: width, measure: measure, scenario: scenario)
    guard let kind = name.flatMap({ ChartKind(rawValue: $0) }) else {
      return try list(source, context)
    }
    let chart = try kind.chart(source, context)
    switch try target {
    case .data(let path): try OutputFile.write(Data((chart.spec.indented + "\n").utf8), to: path)
    case .picture(let path, let format):
      try OutputFile.write(ChartRenderer().pictures([chart], as: format)[0], to: path)
    case .page(let path):
      try OutputFile.write(Data(ChartPage(chart, ChartRenderer()).html.utf8), to: path)
    case nil:
      try Console.print(
        common.json
          ? chart.spec.indented
          : chart.quickLook?.text(width: Console.width) ?? chart.words)
    }
  }

  /// What can be drawn, and what the rest would need.
  private func list(_ source: ChartSource, _ context: ChartContext) throws {
    var rows: [(ChartKind, String?)] = []
    for kind in ChartKind.allCases {
      do {
        _ = try kind.chart(source, context)
        rows.append((kind, nil))
      } catch let fault as RunnerFault where fault.cause == .invalidInput {
        rows.append((kind, fault.lines[0]))
      }
    }
    if common.json {
      let list = rows.map { kind, fault -> JSONValue in
        [
          "chart": .text(kind.rawValue), "shows": .text(kind.summary(context.language)),
          "missing": fault.map { .text($0) } ?? .null,
        ]
      }
      return try Console.print(JSONValue.list(list).indented)
    }
    try Console.print(
      rows.map { kind, fault in
        "\(kind.rawValue)\n    \(kind.summary(context.language))"
          + (fault.map { "\n    - \($0)" } ?? "")
      }.joined(separator: "\n"))
  }
}

extension ChartContext.Width: ExpressibleByArgument {}
