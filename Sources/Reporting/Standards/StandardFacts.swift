// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// What model, experiment and run say to the items of reporting standards, as blocks of Markdown.
struct StandardFacts {
  let plan: ExperimentPlan
  let document: ModelDocument
  let engine: EngineText
  let language: Language
  /// As the user named it.
  let path: String
  /// The header and what is stored; `nil` without results.
  let stored: Stored?
  let diagramText: String
  /// Whether the machine that prints is told of.
  var namesMachine = true
  private let documentation: ModelDocumentation
  let titles: ScenarioTitles

  struct Stored {
    var header: ResultsHeader
    var replications: Int
    var summary: [SummaryRow]
  }

  init(_ plan: ExperimentPlan, path: String, results: ResultsFile?, _ language: Language) throws {
    self.plan = plan
    self.path = path
    self.language = language
    document = plan.points[plan.baseline].document
    documentation = ModelDocumentation(document)
    engine = EngineText(kind: plan.kind, language: language)
    titles = ScenarioTitles(
      plan.points.prefix(plan.scenarioCount).map(\.scenario), plan.titles, language)
    stored = try results.map {
      Stored(
        header: $0.header, replications: try $0.storedReplications().count,
        summary: try $0.summary())
    }
    let faults = FaultCollector()
    let diagram = PathwayDiagram(document, kind: plan.kind, title: plan.name, faults)
    try faults.throwIfAny()
    diagramText = diagram?.dot ?? ""
  }

  var title: String {
    let key = language == .chinese ? "title-zh" : "title"
    return document.root[key]?.text ?? document.root["title"]?.text ?? plan.name
  }

  func author(_ keys: [ModelDocumentation.Item]) -> [String] {
    keys.flatMap { documentation.paragraphs($0, isChinese: language == .chinese).map(\.unfolded) }
  }

  /// Said where some of the author's texts are not in the reader's language.
  var authorNote: String? {
    let texts =
      author(ModelDocumentation.Item.allCases) + description + aims.prefix(1)
      + groups.compactMap(\.provenance.note) + document.citations.map(\.text)
    return texts.contains { !language.isWritten($0) }
      ? StandardSentence.otherLanguage.text(language) : nil
  }

  // MARK: - Blocks

  func table(_ columns: [StandardPhrase], _ rows: [[String]]) -> String {
    MarkdownTable.text(columns.map { $0.text(language) }, rows)
  }

  /// One author's text, or that it is missing.
  func said(_ item: ModelDocumentation.Item) -> String {
    let text = author([item])
    return text.isEmpty
      ? "**\(StandardPhrase.notProvided.text(language))** (`documentation.\(item.rawValue)`)"
      : text.joined(separator: " ")
  }

  private func outline(_ section: String) -> [String] {
    let items = document.outline(section)
    guard !items.isEmpty else { return [] }
    return [
      "`\(section)`", table([.name, .meaning], items.map { ["`\($0.name)`", text(of: $0)] }),
    ]
  }

  private func text(of item: ModelDocument.OutlineItem) -> String {
    switch item.size {
    case .rows(let count, let columns):
      StandardSentence.rows(count, columns: columns).text(language)
    case .values(let count): StandardSentence.values(count).text(language)
    // As the files write it.
    case nil: item.text.isEmpty ? "" : "`\(item.text)`"
    }
  }

  /// The values of a section that is a table, column by column.
  private func columns(_ section: String) -> [String] {
    let rows = groups.filter { $0.path.hasPrefix(section + "[") && $0.isNumber }.map { group in
      ["`\(group.path)`", "\(group.count)", group.text, group.unit]
    }
    return rows.isEmpty ? [] : [table([.path, .count, .value, .unit], rows)]
  }

  // MARK: - Objectives

  var description: [String] {
    let isChinese = language == .chinese
    let own = document.root[isChinese ? "description-zh" : "description"]?.text
    let other = document.root[isChinese ? "description" : "description-zh"]?.text
    return [own ?? other].compactMap { $0?.unfolded }
  }

  /// As files write it.
  var timeUnit: String { document.root["time-unit"]?.text ?? "d" }

  var aims: [String] {
    let scenarios = plan.points.prefix(plan.scenarioCount).map(\.scenario)
    let sentences = [
      StandardSentence.aims(
        scenarios.map(titles.titleAndName),
        against: titles.title(of: plan.points[plan.baseline].scenario),
        points: plan.pointDesign?.rows.count),
      plan.policyStart.map {
        StandardSentence.policyStart(DateText.text($0, language))
      },
    ]
    return [question].compactMap(\.self) + sentences.compactMap { $0?.text(language) }
  }

  /// Of the experiment, in its author's words.
  private var question: String? {
    plan.titles?.description.flatMap { ScenarioTitles.text($0, language) }
  }

  var patterns: [String] {
    let targets = plan.kind == .region ? RegionReader.targets(document) : []
    guard !targets.isEmpty else { return [said(.patterns)] }
    let rows = targets.map { target in
      [
        "`\(target.measure)`" + (target.member.isEmpty ? "" : " `\(target.member)`"),
        NumberText.text(
          target.value,
          decimals: NumberText.decimals(mean: target.value, low: target.low, high: target.high)),
        "\(plainNumber(target.low)) … \(plainNumber(target.high))",
        target.use.phrase.text(language),
      ]
    }
    return author([.patterns]) + [table([.name, .value, .range, .note], rows)]
  }

  // MARK: - Logic

  var diagram: [String] {
    [
      StandardSentence.diagram(path).text(language),
      "```dot\n\(diagramText)```",
    ]
  }

  var baseLogic: [String] {
    document.pathwaySteps.flatMap { pathway in
      [
        "`pathways.\(pathway.name)`",
        pathway.steps.enumerated().map { "\($0 + 1). `\($1)`" }.joined(separator: "\n"),
      ]
    }
  }

  /// The design over factors, if there is one, and what each scenario changes, key by key: with a design,
  /// at its first point.
  var scenarioLogic: [String] {
    guard plan.points.count > 1 || design != nil else {
      return [StandardSentence.oneScenario.text(language)]
    }
    let others = plan.points.indices.prefix(plan.scenarioCount).filter {
      $0 != plan.points[$0].baseline
    }
    return (design?.blocks ?? [])
      + others.flatMap { index -> [String] in
        let point = plan.points[index]
        let base = plan.points[point.baseline]
        let rows = base.document.differences(to: point.document).map { difference in
          [
            "`\(difference.path)`", difference.old ?? "", difference.new ?? "", difference.unit,
          ]
        }
        return [
          "**\(titles.titleAndName(of: point.scenario))**",
          rows.isEmpty
            ? StandardSentence.nothing.text(language) : table([.path, .old, .new, .unit], rows),
        ]
      }
  }

  /// The design over factors, if there is one.
  var design: DesignDescription? {
    plan.pointDesign.map {
      DesignDescription(
        design: $0, scenarios: plan.scenarioCount,
        command: stored == nil
          ? "`yilian run \(path) --csv -`" : "`sqlite3 \(path) \"SELECT * FROM point\"`",
        language: language)
    }
  }

  var entities: [String] {
    switch plan.kind {
    case .network:
      let classes = outline("classes")
      return (classes.isEmpty ? [StandardSentence.oneClass.text(language)] : classes)
        + outline("attributes")
    case .region:
      return [
        StandardSentence.entities.text(language),
        table([.name, .rows], document.sectionSizes.map { ["`\($0.name)`", text(of: $0)] }),
      ]
    }
  }

  var scales: [String] {
    author([.scales]) + [
      StandardSentence.scales(runLengthText, isRegion: plan.kind == .region).text(language)
    ]
  }

  var activities: [String] {
    engine.activities
      + (plan.kind == .network ? outline("durations") : columns("tiers"))
  }

  var resources: [String] {
    switch plan.kind {
    case .network: return outline("resources")
    case .region:
      return [StandardSentence.regionResources.text(language)] + columns("institutions")
    }
  }

  var entryAndExit: [String] {
    let exits = document.leaveReasons
    let left = exits.isEmpty ? [] : [StandardSentence.leaving(exits).text(language)]
    return switch plan.kind {
    case .network: outline("arrivals") + left
    case .region: [StandardSentence.regionEntry.text(language)] + columns("needs") + left
    }
  }
}
