// SPDX-License-Identifier: GPL-3.0-or-later

/// What people call an experiment and its scenarios, besides the names by which files know them.
public struct ExperimentTitles: Sendable {
  /// A title in either language, where the experiment gives one.
  public struct Title: Hashable, Sendable {
    public var english: String?
    public var chinese: String?

    init(_ node: ModelNode) {
      english = node["title"]?.text
      chinese = node["title-zh"]?.text
    }
  }

  public let experiment: Title?
  /// By the scenario's name.
  public let scenarios: [String: Title]
  /// The question, in the author's words.
  public let description: Title?

  /// - Parameter text: Of an experiment file; what cannot be read of it gives no titles.
  public init(text: String) {
    guard let root = YAMLReading.node(of: text, file: "", FaultCollector()) else {
      (experiment, scenarios, description) = (nil, [:], nil)
      return
    }
    experiment = Title(root)
    var question = Title(root)
    question.english = root["description"]?.text
    question.chinese = root["description-zh"]?.text
    description = question
    var found: [String: Title] = [:]
    switch root["scenarios"]?.content {
    case .list(let nodes)?:
      for node in nodes {
        if let name = node["name"]?.text { found[name] = Title(node) }
      }
    case .mapping(let entries)?:
      for entry in entries { found[entry.key] = Title(entry.node) }
    default: break
    }
    scenarios = found
  }
}

extension ExperimentPlan {
  /// What people call the experiment and its scenarios; `nil` of a model alone.
  public var titles: ExperimentTitles? { experimentText.map { ExperimentTitles(text: $0.text) } }
}
