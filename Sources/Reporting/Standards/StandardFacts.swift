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
    engine = EngineText(kind: plan.kind)
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
    keys.flatMap { documentation.paragraphs($0, isChinese: language == .chinese) }
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
    return ["`\(section)`", table([.name, .meaning], items.map { ["`\($0.name)`", $0.text] })]
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
    [document.root["description"]?.text].compactMap { $0 }
  }

  /// As files write it.
  var timeUnit: String { document.root["time-unit"]?.text ?? "d" }

  var aims: [String] {
    let scenarios = plan.points.prefix(plan.scenarioCount).map(\.scenario)
    let design = plan.pointDesign.map { " \($0.rows.count) points of a design over factors." }
    var parts = [
      plan.experimentText("description"),
      scenarios.count == 1
        ? "One configuration of the model." + (design ?? "")
        : "\(scenarios.count) scenarios (\(scenarios.joined(separator: ", "))), compared with "
          + "\(plan.points[plan.baseline].scenario)." + (design ?? ""),
    ]
    if let date = plan.policyStart { parts.append("Policies start on \(date).") }
    return parts.compactMap { $0 }
  }

  var patterns: [String] {
    let targets = plan.kind == .region ? RegionReader.targets(document) : []
    guard !targets.isEmpty else { return [said(.patterns)] }
    let rows = targets.map { target in
      [
        "`\(target.measure)`" + (target.member.isEmpty ? "" : " \(target.member)"),
        NumberText.text(
          target.value,
          decimals: NumberText.decimals(mean: target.value, low: target.low, high: target.high)),
        "\(plainNumber(target.low)) … \(plainNumber(target.high))", target.use.rawValue,
      ]
    }
    return author([.patterns]) + [table([.name, .value, .range, .note], rows)]
  }

  // MARK: - Logic

  var diagram: [String] {
    [
      "`yilian describe \(path) --format diagram --out diagram.svg` draws it; its text in the DOT language "
        + "of Graphviz:",
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
    guard plan.points.count > 1 || design != nil else { return ["There is one scenario."] }
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
          "**\(point.scenario)**",
          rows.isEmpty ? "Nothing." : table([.path, .old, .new, .unit], rows),
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
      return (classes.isEmpty ? ["One class of entities, `customer`."] : classes)
        + outline("attributes")
    case .region:
      return [
        """
        *Residents*, each with village, age, scheme, chronic conditions and contract (fixed), and trust in each \
        tier, habit, refills due and the year's insurance account (changing). *Institutions*, each with tier, \
        place, staff, rooms and beds, and changing skill, believed waits, slots and experts. *The region*: \
        policies in force, budgets and ledgers.
        """,
        table([.name, .rows], document.sectionSizes.map { ["`\($0.name)`", $0.text] }),
      ]
    }
  }

  var scales: [String] {
    let space =
      plan.kind == .region
      ? "Villages and towns by their coordinates; places outside the region by what they offer."
      : "None: resources are one place."
    let own = author([.scales])
    return own + ["Time: \(runLengthText). Space: \(space)"]
  }

  var activities: [String] {
    engine.activities
      + (plan.kind == .network ? outline("durations") : columns("tiers"))
  }

  var resources: [String] {
    switch plan.kind {
    case .network: return outline("resources")
    case .region:
      return [
        "Doctors by weekday, exam rooms, acute and recovery beds of each institution:"
      ] + columns("institutions")
    }
  }

  var entryAndExit: [String] {
    let exits = document.leaveReasons
    let left =
      exits.isEmpty
      ? [] : ["Entities leave as: " + exits.map { "`\($0)`" }.joined(separator: ", ") + "."]
    switch plan.kind {
    case .network: return outline("arrivals") + left
    case .region:
      return [
        """
        Nobody enters or leaves the region: its residents are there throughout. A visit begins with a need, a \
        refill due, a follow-up or a referral, and ends at home, in another institution's care, or outside \
        the region.
        """
      ] + columns("needs") + left
    }
  }
}
