// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// A model, its experiment and, where there are results, its run, under the headings of a reporting
/// standard.
///
/// Every item of the standard stands there. What a program can tell is filled in; what only the author
/// can is taken from the model's `documentation`, and where that is missing the item says so.
public struct StandardDescription: Sendable {
  public enum Standard: String, CaseIterable, Sendable {
    /// Strengthening the Reporting of Empirical Simulation Studies, discrete-event simulation.
    ///
    /// Source: Monks and others, Journal of Simulation 13(1), 2019.
    case stressDES = "stress-des"
    /// Overview, Design concepts, Details, with its extension to human decisions (ODD+D).
    ///
    /// Source: Grimm and others, JASSS 23(2) 7, 2020; Müller and others, Environmental Modelling &
    /// Software 48, 2013.
    case odd
  }

  /// One item of a standard.
  package struct Item: Sendable {
    package var number: String
    package var heading: Phrase
    /// What the author says, in paragraphs.
    package var author: [String]
    /// The keys of `documentation` that the item is filled from.
    package var keys: [ModelDocumentation.Item]
    /// Whether nobody but the author can say it, so that without a text of his it is not provided.
    package var needsAuthor: Bool
    /// Blocks of Markdown that follow from model, experiment and run.
    package var generated: [String]

    init(_ item: some StandardItem, _ facts: StandardFacts) {
      number = item.rawValue
      heading = item.heading
      author = facts.author(item.keys)
      keys = item.keys
      needsAuthor = item.needsAuthor
      generated = item.generated(facts)
    }

    package var isProvided: Bool { !author.isEmpty || (!needsAuthor && !generated.isEmpty) }
  }

  package let standard: Standard
  package let items: [Item]
  /// Said once, where some of what the author wrote is not in the reader's language.
  package let authorNote: String?
  private let title: String
  private let language: Language

  /// - Parameters:
  ///   - path: the model, experiment or results file, as the user named it.
  ///   - results: the results file, where there is one.
  ///   - namesMachine: Whether it says what it was printed on; else it is the same everywhere.
  public init(
    _ standard: Standard, of plan: ExperimentPlan, path: String, results: ResultsFile? = nil,
    _ language: Language, namesMachine: Bool = true
  ) throws {
    self.standard = standard
    self.language = language
    var facts = try StandardFacts(plan, path: path, results: results, language)
    facts.namesMachine = namesMachine
    title = facts.title
    authorNote = facts.authorNote
    items =
      switch standard {
      case .stressDES: STRESSItem.allCases.map { Item($0, facts) }
      case .odd: ODDItem.allCases.map { Item($0, facts) }
      }
  }

  // MARK: - JSON

  public var json: JSONValue {
    .object([
      ("standard", .text(standard.rawValue)), ("title", .text(title)),
      (
        "items",
        .list(
          items.map { item in
            .object([
              ("number", .text(item.number)), ("heading", .text(item.heading.english)),
              ("heading_zh", .text(item.heading.chinese)), ("provided", .flag(item.isProvided)),
              ("author", .list(item.author.map { .text($0) })),
              ("generated", .text(item.generated.joined(separator: "\n\n"))),
              ("keys", .list(item.keys.map { .text($0.rawValue) })),
            ])
          })
      ),
    ])
  }

  // MARK: - Markdown

  public var markdown: String {
    let colon = language == .english ? ": " : "："
    var blocks = ["# " + StandardPhrase.title(of: standard).text(language) + colon + title]
    if let authorNote { blocks.append(authorNote) }
    for item in items {
      if let section = standard.sections[item.number] {
        let chapter = item.number.split(separator: ".")[0]
        blocks.append("## \(chapter) \(section.text(language))")
      }
      let level = item.number.split(separator: ".").count > 1 ? "###" : "##"
      blocks.append("\(level) \(item.number) \(item.heading.text(language))")
      blocks += item.author
      if !item.isProvided {
        let keys = item.keys.map { "`documentation.\($0.rawValue)`" }.joined(separator: ", ")
        blocks.append("**\(StandardPhrase.notProvided.text(language))** (\(keys))")
      }
      blocks += item.generated
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }
}

/// An item as its standard lists it; the raw value is its number.
protocol StandardItem: RawRepresentable<String> {
  var heading: Phrase { get }
  /// What the author may say of it.
  var keys: [ModelDocumentation.Item] { get }
  /// Whether only the author can say it.
  var needsAuthor: Bool { get }
  /// What follows from model, experiment and run.
  func generated(_ facts: StandardFacts) -> [String]
}

extension StandardDescription.Standard {
  /// The headings above items, by the first item under each.
  package var sections: [String: Phrase] {
    switch self {
    case .stressDES:
      [
        "1.1": Phrase("Objectives", "目标"), "2.1": Phrase("Logic", "逻辑"),
        "3.1": Phrase("Data", "数据"), "4.1": Phrase("Experimentation", "实验"),
        "5.1": Phrase("Implementation", "实现"), "6.1": Phrase("Code access", "代码获取"),
      ]
    case .odd: ["4.1": Phrase("Design concepts", "设计概念")]
    }
  }
}
