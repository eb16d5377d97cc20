// SPDX-License-Identifier: GPL-3.0-or-later

/// What the author of a model says of it in words: the section `documentation` of `model.yaml`.
///
/// The items of reporting standards that no program can fill: what the model is for, what it leaves out,
/// where it is archived. Each key may have a twin in Chinese, `purpose-zh`.
public struct ModelDocumentation: Sendable {
  /// What there is to say; the raw values are the keys.
  public enum Item: String, CaseIterable, Sendable {
    case purpose, patterns, outputs, aims, diagram, logic
    case scenarioLogic = "scenario-logic"
    case algorithms, entities, scales, activities, resources, queues
    case entryAndExit = "entry-and-exit"
    case data
    case preProcessing = "pre-processing"
    case inputs, assumptions, initialisation
    case runLength = "run-length"
    case estimation, software
    case randomNumbers = "random-numbers"
    case execution, system, implementation, submodels
    case sharing, licence, archive, funding, contact
    // Design concepts of ODD and its extension to decisions.
    case principles, emergence, adaptation, objectives, learning, prediction, sensing, interaction
    case stochasticity, collectives, observation, decisions, heterogeneity
  }

  /// By key, as written; a list is several paragraphs.
  private var texts: [String: [String]] = [:]

  /// What stands in a model's files; empty where it has no such section.
  public init(_ document: ModelDocument) {
    self.init(document.settings(FaultCollector()))
  }

  /// Asks a model for its documentation: keys that are none of these become faults when the asking ends.
  init(_ model: ModelSection) {
    guard let section = model.settingsIfPresent("documentation") else { return }
    for item in Item.allCases {
      for key in [item.rawValue, item.rawValue + "-zh"] {
        texts[key] = section.textsIfPresent(key)?.filter { !$0.isEmpty }
      }
    }
  }

  /// The paragraphs of an item; empty where the author says nothing.
  ///
  /// - Parameter isChinese: Whether the Chinese text is wanted, if there is one.
  public func paragraphs(_ item: Item, isChinese: Bool) -> [String] {
    if isChinese, let text = texts[item.rawValue + "-zh"], !text.isEmpty { return text }
    return texts[item.rawValue] ?? texts[item.rawValue + "-zh"] ?? []
  }
}
