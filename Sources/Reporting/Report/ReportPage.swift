// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// A report on results: one page that holds its charts and its looks, and asks for nothing else.
///
/// Findings first, then charts and tables, what was assumed, the baseline beside what is known, what
/// further files of the same model say, methods and provenance.
public struct ReportPage {
  public let findings: Findings
  let files: [ReportFile]
  let language: Language
  let threads: Int
  let titles: ScenarioTitles
  var main: ReportFile { files[0] }
  var header: ResultsHeader { main.results.header }

  /// - Parameter others: Files of the same model, each of which adds a section.
  /// - Throws: ``RunnerFault`` when a file is of another model, each difference named.
  public init(
    _ main: ResultsFile, others: [ResultsFile] = [], _ language: Language, threads: Int = 1
  ) throws {
    let files = [main] + others
    self.files = files.map(ReportFile.init)
    self.language = language
    self.threads = threads
    titles = ScenarioTitles(main.header, language)
    var faults: [String] = []
    for other in others {
      let lines = main.header.modelDifferences(
        from: other.header, here: main.path, there: other.path)
      guard let first = lines.first else { continue }
      let rest = lines.count > 1 ? " (and \(lines.count - 1) more of its files differ)" : ""
      faults.append("\(other.path): is of another model: \(first)\(rest); leave it out")
    }
    guard faults.isEmpty else { throw RunnerFault(.invalidInput, faults) }
    let drawn = self.files.first { $0.kind == .uncertainty }
    findings =
      self.files[0].tellsFindings
      ? try Findings(main, uncertainty: drawn?.results, threads: threads)
      : try drawn.map { try Findings($0.results, uncertainty: $0.results, threads: threads) }
        ?? Findings(none: main)
  }

  /// A part under a heading of its own.
  struct Section {
    var id: String
    var title: String
    var parts: [String]
  }

  // MARK: - The page

  /// The page as HTML.
  ///
  /// - Parameters:
  ///   - isOpen: Whether what is folded on a screen is open, as on paper.
  ///   - renderer: What draws the charts; not asked for where there are none.
  /// - Throws: ``RunnerFault`` when charts cannot be drawn.
  public func html(
    isOpen: Bool = false, renderer: () throws -> ChartRenderer = { try ChartRenderer() }
  ) throws -> String {
    try html(isOpen: isOpen, charts: ReportCharts(files, language, renderer: renderer))
  }

  /// The page without charts, which needs no renderer.
  package func htmlWithoutCharts() throws -> String {
    try html(isOpen: false, charts: ReportCharts())
  }

  private func html(isOpen: Bool, charts: ReportCharts) throws -> String {
    let stored = Result { try StoredExperiment(main.results).loaded.plan }
    let facts = try? StandardFacts(
      stored.get(), path: main.name, results: main.results, language)
    var sections = [mainSection, findingsSection].compactMap(\.self)
    let figures = charts.figures(of: 0)
    if !figures.isEmpty {
      sections.append(Section(id: "charts", title: word(.charts), parts: figures))
    }
    if let tables = try tablesSection() { sections.append(tables) }
    if let economics = try economicsSection() { sections.append(economics) }
    if let analysis = try analysisSection(0, figures: []) { sections.append(analysis) }
    sections.append(try assumptionsSection(facts, charts))
    if let known = try knownSection() { sections.append(known) }
    for place in files.indices.dropFirst() where files[place].kind != .uncertainty {
      if let section = try analysisSection(place, figures: charts.figures(of: place)) {
        sections.append(section)
      }
    }
    sections.append(methodsSection(stored, isOpen: isOpen))
    sections.append(provenanceSection(facts))
    return page(sections, title: title(facts), facts)
  }

  func word(_ phrase: PagePhrase) -> String { phrase.text(language) }
  var separator: String { language == .english ? ": " : "：" }

  func title(_ facts: StandardFacts?) -> String {
    let name = titles.experiment ?? header.provenance["experiment"] ?? main.name
    guard let model = facts?.title, model != name else { return name }
    return model + separator + name
  }

  func page(
    _ sections: [Section], title: String, _ facts: StandardFacts?, isBrief: Bool = false
  ) -> String {
    let contents = HTML.element(
      "nav", ["aria-label": word(.contents)],
      [
        HTML.element("p", ["class": "lead"], text: word(.contents)),
        HTML.element(
          "ol",
          sections.map {
            "<li>" + HTML.element("a", ["href": "#\($0.id)"], text: $0.title) + "</li>"
          }),
      ])
    let bodies = sections.enumerated().map { place, section in
      HTML.element(
        "section",
        ["id": section.id, "class": place == 0 ? "box" : "part", "aria-label": section.title],
        [HTML.element("h2", text: section.title)] + section.parts)
    }
    let head = [
      HTML.element("h1", text: title),
      questions(facts).map { text in
        language.isWritten(text)
          ? HTML.element("p", ["class": "subtitle"], text: text)
          : HTML.element("p", ["class": "subtitle", "lang": language.other.tag], text: text)
      }.joined(separator: "\n"),
    ].filter { !$0.isEmpty }
    let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    return """
      <!DOCTYPE html>
      <html lang="\(language.tag)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="Yilian \(YilianVersion.current)">
      <title>\(HTML.escaped(title))</title>
      <style>
      \(style)</style>
      </head>
      <body\(isBrief ? " class=\"brief\"" : "")>
      <header>
      \(head.joined(separator: "\n"))
      </header>
      <main>
      \(([bodies[0]] + (isBrief ? [] : [contents]) + bodies.dropFirst()).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// What was asked, in the author's words.
  private func questions(_ facts: StandardFacts?) -> [String] {
    if let text = header.titles?.description.flatMap({ ScenarioTitles.text($0, language) }) {
      return [text]
    }
    return facts?.author([.aims]) ?? []
  }

  // MARK: - Findings and tables

  var mainSection: Section? {
    let shown = findings.html(findings.main(), level: 3, language)
    let body =
      shown.isEmpty
      ? [HTML.element("p", text: FindingPhrase.noFindings.text(language))] : shown
    return Section(
      id: "main-findings", title: word(.mainFindings),
      parts: body + findings.notes(language).map { HTML.element("p", ["class": "note"], text: $0) })
  }

  /// All findings, where the box has not room for them.
  private var findingsSection: Section? {
    let count = findings.main().reduce(0) { $0 + $1.findings.count }
    guard findings.groups.reduce(0, { $0 + $1.findings.count }) > count else { return nil }
    return Section(
      id: "findings", title: word(.allFindings),
      parts: findings.html(findings.groups, level: 3, language))
  }

  private func tablesSection() throws -> Section? {
    guard main.tellsFindings else { return nil }
    let report = try ResultsReport(main.results)
    guard !report.summary.isEmpty else {
      return Section(
        id: "tables", title: word(.tables),
        parts: [HTML.element("p", text: ReportPhrase.nothing.text(language))])
    }
    let form = NumberText.IntervalForm.ends
    var blocks: [TextBlock] = []
    if let note = SampleNote.phrase(main.results.header) {
      blocks.append(.paragraph(note.text(language)))
    }
    if report.isIncomplete { blocks.append(.paragraph(ReportPhrase.incomplete.text(language))) }
    blocks.append(.heading((header.isBatched ? ReportPhrase.batchMeans : .means).text(language)))
    blocks.append(.table(report.meansTable(language, form)))
    if report.summary.allSatisfy({ $0.n < 2 }) {
      blocks.append(.paragraph(ReportPhrase.noInterval.text(language)))
    }
    if !report.contrasts.isEmpty {
      blocks += [
        .heading(report.contrastHeading(language)),
        .table(report.contrastTable(language, form, hasChance: true)),
        .paragraph(report.pairingNote.text(language)),
        .paragraph(report.significanceNote.text(language)),
      ]
      if report.forms.isTold { blocks.append(.paragraph(ReportPhrase.formNote.text(language))) }
    }
    return Section(id: "tables", title: word(.tables), parts: blocks.html)
  }

  private func knownSection() throws -> Section? {
    guard main.tellsFindings,
      let (title, table) = try ResultsReport(main.results).baselineTable(language)
    else { return nil }
    return Section(
      id: "known", title: word(.known),
      parts: [HTML.element("p", text: word(.knownNote)), table.html(caption: title)])
  }

  private func economicsSection() throws -> Section? {
    guard let blocks = try main.economics(language) else { return nil }
    return Section(
      id: "economics", title: word(.economics),
      parts: blocks.html + [
        HTML.element("p", ["class": "note"], text: word(.economicsBy)),
        "<pre>"
          + HTML.escaped(
            "yilian economics \(main.name) --effect primary-visit-share --perspective fund")
          + "</pre>",
      ])
  }

  // MARK: - What other files say

  private func analysisSection(_ place: Int, figures: [String]) throws -> Section? {
    let file = files[place]
    var parts = figures
    if let blocks = try file.analysis(language, threads: threads) {
      // The same file as that of the section on assumptions.
      if file.kind == .uncertainty { return nil }
      parts += blocks.html
    } else if place > 0 {
      let other = try Findings(file.results, threads: threads)
      parts += other.html(other.groups, level: 3, language)
      parts += other.notes(language).map { HTML.element("p", ["class": "note"], text: $0) }
    } else {
      return nil
    }
    let name = file.results.header.provenance["experiment"] ?? file.name
    let title = place == 0 ? "" : " (\(name))"
    return Section(
      id: "file-\(place + 1)",
      title: file.kind == .scenarios
        ? word(.findings) + title : PagePhrase.title(of: file.kind).text(language) + title,
      parts: parts)
  }

  private func assumptionsSection(_ facts: StandardFacts?, _ charts: ReportCharts) throws -> Section
  {
    var parts: [String] = []
    if let place = files.firstIndex(where: { $0.kind == .uncertainty }) {
      if place > 0 { parts += charts.figures(of: place) }
      parts += try files[place].analysis(language, threads: threads)?.html ?? []
    } else {
      parts += [
        HTML.element("p", text: word(.notExamined)),
        HTML.element("p", text: word(.examineBy)),
        "<pre>" + HTML.escaped("yilian uncertainty \(experimentPath)") + "</pre>",
      ]
    }
    if let facts, let sources = facts.sources.first {
      parts.append(HTML.block(ofMarkdown: sources))
    }
    return Section(id: "assumptions", title: word(.assumptions), parts: parts)
  }

  /// The experiment's file as the command that made the results named it, else its name.
  var experimentPath: String {
    let words = (header.provenance["command"] ?? "").split(separator: " ").map(String.init)
    return words.first { $0.hasSuffix(".yaml") } ?? header.provenance["experiment"] ?? main.name
  }

  // MARK: - Methods and provenance

  private func methodsSection(_ plan: Result<ExperimentPlan, any Error>, isOpen: Bool) -> Section {
    var parts: [String]
    do {
      let description = try StandardDescription(
        .stressDES, of: plan.get(), path: main.name, results: main.results, language,
        namesMachine: false)
      parts = [HTML.element("p", text: word(.methodsNote))]
      if let note = description.authorNote { parts.append(HTML.element("p", text: note)) }
      for item in description.items {
        let title = "\(item.number) \(item.heading.text(language))"
        let missing = StandardPhrase.notProvided.text(language)
        let body =
          item.author.map { HTML.block(ofAuthor: $0, language) }
          + (item.isProvided ? [] : [HTML.element("p", text: missing)])
          + item.generated.map { HTML.block(ofMarkdown: $0) }
        let summary = "<summary>" + HTML.element("h3", text: title) + "</summary>"
        parts.append(
          isOpen
            ? HTML.element("details", ["open": ""], [summary] + body)
            : HTML.element("details", [summary] + body))
      }
    } catch {
      parts = [
        HTML.element("p", text: word(.unreadable)), HTML.element("p", text: "\(error)"),
      ]
    }
    return Section(id: "methods", title: word(.methods), parts: parts)
  }

  private func provenanceSection(_ facts: StandardFacts?) -> Section {
    let keys = header.provenance
    var table = TextTable(labelTitle: word(.key), columns: [(title: word(.value), group: 0)])
    table.alignment = .leading
    func add(_ phrase: PagePhrase, _ text: String?) {
      guard let text, !text.isEmpty else { return }
      table.rows.append(.cells(label: word(phrase), depth: 0, [text]))
    }
    add(.experiment, keys["experiment"])
    add(.model, facts?.title)
    for file in files { add(.file, file.name) }
    add(.version, keys["version"])
    add(.seed, keys["seed"])
    add(.modelDigest, keys["model-digest"])
    add(.experimentDigest, keys["experiment-digest"])
    add(.probe, keys["probe-digest"])
    add(.command, Self.command(keys["command"]))
    add(.again, "yilian reproduce \(main.name)")
    let names = files.map(\.name).joined(separator: " ")
    add(.written, "yilian report \(names) --language \(language.rawValue)")
    var parts = [table.html(caption: word(.provenance))]
    if let facts {
      parts.append(HTML.element("h3", text: word(.licence)))
      parts.append(HTML.block(ofMarkdown: facts.said(.licence)))
      if facts.sources.count > 1 {
        parts.append(HTML.element("h3", text: word(.sources)))
        parts += facts.sources.dropFirst().map { HTML.block(ofMarkdown: $0) }
      }
    }
    return Section(id: "provenance", title: word(.provenance), parts: parts)
  }

  /// A command line without the folder that the program was in.
  private static func command(_ text: String?) -> String? {
    guard let text else { return nil }
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if let program = words.first, program.hasSuffix("/yilian") { words[0] = "yilian" }
    return words.joined(separator: " ")
  }
}
