// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import Reporting

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Describes a model: every number with its unit, source and strength of evidence.",
    discussion: """
      --format diagram draws the pathways, in the DOT language of Graphviz, or as SVG into a file \
      whose name ends so.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case parameters, diagram
  }

  @Argument(help: "A folder with a model.yaml, or an experiment file.")
  var path: String

  @Option(help: "What to describe.")
  var format = Format.parameters

  @Option(
    help: ArgumentHelp(
      "Of a diagram: the file to write (default: DOT on standard output).",
      valueName: "file.dot|file.svg"))
  var out: String?

  @OptionGroup var settings: SettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard let out else { return }
    if format != .diagram { throw ValidationError("--out goes with --format diagram") }
    guard out.hasSuffix(".dot") || out.hasSuffix(".svg") else {
      throw ValidationError("--out is \(out); let it end in .dot or .svg")
    }
  }

  func run() throws {
    let plan = try ExperimentPlan(path: path, overrides: settings.set)
    if format == .diagram { return try draw(plan) }
    let parameters = ParameterTable(plan.points[plan.baseline].document.leaves())
    if common.json {
      try Console.print(parameters.json.indented)
    } else {
      try Console.print(parameters.text(language.resolved))
    }
  }

  private func draw(_ plan: ExperimentPlan) throws {
    let point = plan.points[plan.baseline]
    let faults = FaultCollector()
    let diagram = PathwayDiagram(point.document, kind: plan.kind, title: plan.name, faults)
    try faults.throwIfAny()
    guard let dot = diagram?.dot else {
      preconditionFailure("a model that failed has recorded no fault")
    }
    if let out, out.hasSuffix(".svg") {
      try Graphviz.writeSVG(dot, to: out)
    } else if common.json, out == nil {
      try Console.print(JSONValue.object([("dot", .text(dot))]).indented)
    } else {
      let output = try TextOutput(out)
      try output.write(dot)
      try output.close()
    }
  }
}
