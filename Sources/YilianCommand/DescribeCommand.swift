// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation
import ModelFiles
import Reporting

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Describes a model: every number with its unit, source and strength of evidence.",
    discussion: """
      --format assumptions lists the numbers that are not well known, with their ranges, as \
      yilian uncertainty moves them, and why it holds others. \
      --format diagram draws the pathways, in the DOT language of Graphviz, or as SVG into a file \
      whose name ends so. --format stress-des and odd fill every item of these reporting standards, as \
      Markdown, from the model, its documentation, the experiment and, of a results file, its run.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case parameters, assumptions, diagram
    case stressDES = "stress-des"
    case odd
  }

  @Argument(help: "A folder with a model.yaml, an experiment file, or a results file.")
  var path: String

  @Option(help: "What to describe.")
  var format = Format.parameters

  @Option(
    help: ArgumentHelp(
      "Not of parameters: the file to write (default: standard output).",
      valueName: "file.dot|file.svg|file.md"))
  var out: String?

  @OptionGroup var settings: SettingOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard let out else { return }
    switch format {
    case .parameters, .assumptions:
      throw ValidationError("--out goes with --format diagram, stress-des and odd")
    case .diagram:
      guard out.hasSuffix(".dot") || out.hasSuffix(".svg") else {
        throw ValidationError("--out is \(out); let it end in .dot or .svg")
      }
    case .stressDES, .odd:
      guard out.hasSuffix(".md") else {
        throw ValidationError("--out is \(out); let it end in .md")
      }
    }
  }

  func run() throws {
    let results = StoredExperiment.isDatabase(path) ? try ResultsFile.open(path) : nil
    let plan = try plan(results)
    switch format {
    case .diagram: try draw(plan)
    case .parameters: try list(plan)
    case .assumptions: try listAssumptions(plan)
    case .stressDES: try write(.stressDES, plan, results)
    case .odd: try write(.odd, plan, results)
    }
  }

  /// What the results file was made of, or what stands at the path.
  private func plan(_ results: ResultsFile?) throws -> ExperimentPlan {
    guard let results else { return try ExperimentPlan(path: path, overrides: settings.set) }
    if !settings.set.isEmpty {
      throw RunnerFault.invalid("\(path): is a results file, of which --set can change nothing")
    }
    return try StoredExperiment(results).loaded.plan
  }

  private func write(
    _ standard: StandardDescription.Standard, _ plan: ExperimentPlan, _ results: ResultsFile?
  ) throws {
    let description = try StandardDescription(
      standard, of: plan, path: path, results: results, language.resolved)
    let output = try TextOutput(out)
    try output.write(common.json ? description.json.indented + "\n" : description.markdown)
    try output.close()
  }

  private func list(_ plan: ExperimentPlan) throws {
    let parameters = ParameterTable(plan.points[plan.baseline].document.leaves())
    if common.json {
      try Console.print(parameters.json.indented)
    } else {
      try Console.print(parameters.text(language.resolved))
    }
  }

  private func listAssumptions(_ plan: ExperimentPlan) throws {
    let survey = try AssumptionSurvey(
      plan, threads: ProcessInfo.processInfo.activeProcessorCount)
    let table = AssumptionTable(survey.assumptions)
    try Console.print(
      common.json ? table.json.indented : table.text(language.resolved))
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
