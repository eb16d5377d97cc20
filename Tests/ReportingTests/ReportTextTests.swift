// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Reporting
import Testing

/// A page is in its reader's language throughout, but for names, commands, paths and what the author of the
/// model wrote.
@Suite("the language of reports")
struct ReportTextTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// What stands on a page in the other language though no file of model or experiment has it: five Latin
  /// words and more in Chinese, any Chinese character in English.
  private func foreign(_ texts: [String], of plan: ExperimentPlan, _ language: Language) -> [String]
  {
    let files = plan.modelTexts.map(\.text) + [plan.experimentText?.text ?? ""]
    // As YAML folds lines.
    let own = files.joined(separator: "\n").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let runs =
      language == .chinese
      ? /[A-Za-z][A-Za-z'’\-]*(?:[ ,()]+[A-Za-z][A-Za-z'’\-]*){4,}/ : /[\u{4E00}-\u{9FFF}]+/
    return Set(texts.flatMap { $0.matches(of: runs).map { String($0.output) } })
      .filter { !own.contains($0) }.sorted()
  }

  /// The texts of a page between its tags, without code and preformatted text.
  private func texts(ofPage html: String) -> [String] {
    html.replacing(/(?s)<(style|svg|pre|code)[ >].*?<\/\1>/, with: "`")
      .split(separator: /<[^>]*>/).map {
        String($0).replacing("&#39;", with: "'").replacing("&quot;", with: "\"")
          .replacing("&lt;", with: "<").replacing("&gt;", with: ">")
          .replacing("&amp;", with: "&")
      }
  }

  /// The texts of Markdown, without code.
  private func texts(ofMarkdown text: String) -> [String] {
    text.replacing(/(?s)```.*?```/, with: "").replacing(/`[^`]*`/, with: "`")
      .split(separator: /[|\n]/).map(String.init)
  }

  /// Results of an experiment without having run it: in each scenario a measure has its place, and a little
  /// noise.
  private func planted(_ path: String, _ measures: [String]) throws -> PlantedResults {
    let loaded = try LoadedExperiment(path: path)
    var provenance = loaded.design.provenance
    provenance["experiment"] = loaded.plan.name
    return try PlantedResults(
      loaded.design.points.enumerated().map { place, point in
        .init(
          scenario: point.scenario, settings: point.settings,
          baseline: point.baseline ?? loaded.design.baseline
        ) {
          replication in
          measures.enumerated().map { row, measure in
            let noise = Double((replication * (row + 2) + place) % 5)
            return Observation(
              measure: measure, value: 0.5 + 0.01 * Double(place * (row % 3)) + 0.001 * noise)
          }
        }
      }, replications: 6, kind: loaded.plan.kind.rawValue, provenance: provenance)
  }

  @Test(
    "on a page of a county and of a clinic there is no sentence of the other language",
    arguments: ["/Experiments/lanshan.yaml", "/Tests/CommandLineTests/experiments/clinic.yaml"],
    Language.allCases)
  func pages(experiment: String, language: Language) throws {
    let plan = try ExperimentPlan(path: Self.root + experiment)
    let measures =
      plan.kind == .region
      ? [
        "visits", "primary-visit-share", "admissions", "referrals-up", "wait-minutes",
        "out-of-pocket", "fund-spend",
      ] : ["wait", "utilisation", "time-in-system"]
    let results = try planted(Self.root + experiment, measures)
    let html = try ReportPage(results.file, language).htmlWithoutCharts()
    let texts = texts(ofPage: html)
    let page = texts.joined(separator: "\n")
    // Lines of Chinese that a file folds are one.
    #expect(page.firstMatch(of: /[\u{4E00}-\u{9FFF}，。；] [\u{4E00}-\u{9FFF}]/) == nil)
    // Its parts are there, and its methods could be told.
    #expect(page.contains(PagePhrase.tables.text(language)))
    #expect(page.contains(PagePhrase.economics.text(language)) == (plan.kind == .region))
    #expect(!page.contains(PagePhrase.unreadable.text(language)))
    let found = foreign(texts, of: plan, language)
    #expect(found.isEmpty, "\(found)")
  }

  @Test(
    "nor is there in a description under a standard",
    arguments: [
      "/Experiments/lanshan.yaml", "/Models/mm1", "/Models/clinic-network",
      "/Tests/CommandLineTests/experiments/clinic.yaml",
    ], StandardDescription.Standard.allCases)
  func descriptions(path: String, standard: StandardDescription.Standard) throws {
    let plan = try ExperimentPlan(path: Self.root + path)
    for language in Language.allCases {
      let text = try StandardDescription(
        standard, of: plan, path: path, language, namesMachine: false
      ).markdown
      let found = foreign(texts(ofMarkdown: text), of: plan, language)
      #expect(found.isEmpty, "\(language): \(found)")
    }
  }

  @Test("a sentence that nobody translated is found, and what the model says is not")
  func control() throws {
    let plan = try ExperimentPlan(path: Self.root + "/Models/mm1")
    let page = """
      <style>a rule that is no text of the page</style><p>排队网络</p>
      <p>Nobody has put this sentence into Chinese.</p><code>yilian run a b c d e</code>
      """
    #expect(
      foreign(texts(ofPage: page), of: plan, .chinese)
        == ["Nobody has put this sentence into Chinese"])
    #expect(foreign(texts(ofPage: page), of: plan, .english) == ["排队网络"])
    let title = try #require(plan.points[0].document.root["description"]?.text)
    #expect(foreign([title], of: plan, .chinese).isEmpty)
  }

  @Test("measures are explained in both languages", arguments: ExperimentPlan.ModelKind.allCases)
  func formulas(_ kind: ExperimentPlan.ModelKind) {
    let measures = MeasureCatalogue.measures(of: kind)
    for measure in measures {
      #expect(MeasureFormulas.isTranslated(measure, of: kind), "\(measure.name): \(measure.window)")
    }
    #expect(MeasureFormulas.unused(of: kind, among: measures) == [])
  }
}
