// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// What a reader calls an experiment and its scenarios: their titles, where the experiment gives them.
struct ScenarioTitles: Sendable {
  let language: Language
  /// Of the experiment; `nil` where it has none.
  let experiment: String?
  private let scenarios: [String: String]

  init(_ header: ResultsHeader, _ language: Language) {
    self.init(header.scenarioNames, header.titles, language)
  }

  /// - Parameter titles: `nil` of a model alone.
  init(_ names: [String], _ titles: ExperimentTitles?, _ language: Language) {
    self.language = language
    experiment = titles?.experiment.flatMap { Self.text($0, language) }
    var scenarios: [String: String] = [:]
    // Twins name their baseline without a point of its own.
    for name in Set(names).union(titles.map { Array($0.scenarios.keys) } ?? []) {
      scenarios[name] = titles?.scenarios[name].flatMap { Self.text($0, language) } ?? name
    }
    // Two scenarios of one title would be taken for each other.
    let shared = Dictionary(grouping: scenarios.keys) { scenarios[$0] ?? "" }
    for names in shared.values where names.count > 1 {
      for name in names { scenarios[name] = name }
    }
    self.scenarios = scenarios
  }

  func title(of scenario: String) -> String { scenarios[scenario] ?? scenario }

  /// The title, and the name by which files know the scenario, where that is another one.
  func titleAndName(of scenario: String) -> String {
    let title = title(of: scenario)
    return title == scenario ? "`\(scenario)`" : "\(title) `\(scenario)`"
  }

  /// What a reader of Chinese is told where there is no Chinese title is the English one, and the
  /// other way round the name.
  static func text(_ title: ExperimentTitles.Title, _ language: Language) -> String? {
    switch language {
    case .english: title.english
    case .chinese: (title.chinese ?? title.english)?.unfolded
    }
  }
}
