// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// A chart as data: a specification that holds its numbers, which every renderer of its grammar draws
/// alike.
public struct Chart: Sendable {
  /// The language of a specification.
  public enum Grammar: String, Sendable {
    case vegaLite = "vega-lite"
    case vega

    var schema: String {
      switch self {
      case .vegaLite: "https://vega.github.io/schema/vega-lite/v6.json"
      case .vega: "https://vega.github.io/schema/vega/v6.json"
      }
    }
  }

  public let kind: ChartKind
  public let language: Language
  /// What was compared, and over what.
  public let title: String
  /// How the numbers came about and how sure they are: the window, the number of replications, what
  /// bars, lines and bands are; a sentence each.
  public let notes: [String]
  /// The chart in words, with its main numbers, for who cannot see it.
  public let words: String
  public let grammar: Grammar
  /// The same at a glance, for a terminal.
  public let quickLook: QuickLook?
  /// Title, notes, marks and looks; complete.
  public let spec: JSONValue

  /// - Parameters:
  ///   - body: The specification without title, description and looks.
  ///   - config: What the looks of this chart have beyond those of all.
  init(
    _ kind: ChartKind, _ context: ChartContext, title: String, notes: [String], words: String,
    quickLook: QuickLook? = nil, grammar: Grammar = .vegaLite, body: JSONValue,
    config: KeyValuePairs<String, JSONValue> = [:]
  ) {
    self.kind = kind
    let language = context.language
    self.language = language
    let (title, notes) = (title.tidied(language), notes.map { $0.tidied(language) })
    let words = words.tidied(language)
    (self.title, self.notes, self.words) = (title, notes, words)
    self.quickLook = quickLook
    self.grammar = grammar
    let columns = context.width.textColumns
    func lines(_ texts: [String]) -> JSONValue {
      .list(texts.flatMap { $0.wrapped(to: columns) }.map { .text($0) })
    }
    let head: JSONValue = [
      "$schema": .text(grammar.schema), "description": .text(words),
      "title": [
        "text": .list(title.wrapped(to: columns - columns / 6).map { .text($0) }),
        "subtitle": lines(notes),
      ],
      "config": ChartStyle.config(grammar, language).with(config),
    ]
    guard case .object(let own) = head, case .object(let rest) = body else {
      preconditionFailure("a specification is an object")
    }
    spec = JSONValue.object(own + rest).tidied(language)
  }
}

extension String {
  /// Without the spaces that set off a Latin name where a Chinese one stands.
  fileprivate func tidied(_ language: Language) -> String {
    guard language == .chinese, contains(" ") else { return self }
    let all = Array(self)
    return String(
      all.indices.filter { place in
        guard all[place] == " ", place > 0, place + 1 < all.count else { return true }
        return all[place - 1].displayWidth < 2 || all[place + 1].displayWidth < 2
      }.map { all[$0] })
  }
}

extension JSONValue {
  /// The same of all texts inside.
  fileprivate func tidied(_ language: Language) -> JSONValue {
    guard language == .chinese else { return self }
    return switch self {
    case .text(let text): .text(text.tidied(language))
    case .list(let values): .list(values.map { $0.tidied(language) })
    case .object(let members): .object(members.map { ($0.0, $0.1.tidied(language)) })
    default: self
    }
  }
}

/// How a chart is wanted.
public struct ChartContext: Sendable {
  /// Of the page or of half of it.
  public enum Width: String, CaseIterable, Sendable {
    case full, half

    /// Pixels of everything that is drawn, labels of axes in.
    var pixels: Int { self == .full ? 720 : 350 }
    /// Characters of a line of small text; a Chinese one counts as two.
    var textColumns: Int { self == .full ? 118 : 56 }
  }

  public var language: Language
  public var width: Width
  /// What is drawn where a chart can draw several measures; `nil`: what a planner looks at first.
  public var measure: MeasureSeries?
  /// The scenario that is told of where a chart tells of one; `nil`: the first that is no baseline.
  public var scenario: String?

  public init(
    _ language: Language, width: Width = .full, measure: MeasureSeries? = nil,
    scenario: String? = nil
  ) {
    self.language = language
    self.width = width
    self.measure = measure
    self.scenario = scenario
  }
}
