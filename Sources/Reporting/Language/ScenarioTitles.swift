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
    self.language = language
    let titles = header.titles
    experiment = titles?.experiment.flatMap { Self.text($0, language) }
    var scenarios: [String: String] = [:]
    for name in header.scenarioNames {
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

  /// What a reader of Chinese is told where there is no Chinese title is the English one, and the
  /// other way round the name.
  static func text(_ title: ExperimentTitles.Title, _ language: Language) -> String? {
    switch language {
    case .english: title.english
    case .chinese: title.chinese ?? title.english
    }
  }
}
