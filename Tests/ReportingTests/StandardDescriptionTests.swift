// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Reporting
import Testing

/// Descriptions under reporting standards leave nothing out.
@Suite("reporting standards")
struct StandardDescriptionTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The checklist of Monks and others, 2019, by its own numbers.
  private static let stress = [
    "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.5",
    "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1",
  ]
  /// The seven elements of Grimm and others, 2020, with the eleven design concepts as 4.1 to 4.11; then
  /// what Müller and others, 2013, add.
  private static let odd = [
    "1", "2", "3", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.11",
    "4.12", "4.13", "5", "6", "7", "8",
  ]

  private func description(
    _ standard: StandardDescription.Standard, of path: String, _ language: Language = .english
  ) throws -> StandardDescription {
    try StandardDescription(
      standard, of: try ExperimentPlan(path: path), path: path, language)
  }

  @Test(
    "every item stands there and is provided for the county and for the smallest queue",
    arguments: ["/Experiments/lanshan.yaml", "/Models/lanshan", "/Models/mm1"], Language.allCases)
  func complete(path: String, language: Language) throws {
    for standard in StandardDescription.Standard.allCases {
      let description = try description(standard, of: Self.root + path, language)
      #expect(description.items.map(\.number) == (standard == .odd ? Self.odd : Self.stress))
      for item in description.items {
        #expect(item.isProvided, "\(standard.rawValue) \(item.number) \(item.heading.english)")
        // What is filled in says something; Chinese says it in fewer characters.
        let least = language == .english ? 20 : 6
        #expect((item.author + item.generated).joined().count > least, "\(item.number)")
      }
      let text = description.markdown
      #expect(!text.contains("NOT PROVIDED"))
      for item in description.items {
        #expect(text.contains("# \(item.number) \(item.heading.text(language))\n"))
      }
    }
  }

  private static let bare = """
    kind: network
    time-unit: min
    evidence: assumed
    range-factor: [0.5, 2]
    arrivals: {door: {pathway: visit, poisson: {rate: 5 /h}}}
    resources: {doctor: {capacity: 2}}
    durations: {talk: {exponential: 8 min}}
    pathways: {visit: [seize: doctor, delay: talk, release: doctor, leave: home]}
    run: {warm-up: 1 d, length: 9 d}
    """

  private func folder(_ files: [String: String]) throws -> String {
    let folder = NSTemporaryDirectory() + "yilian-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return folder
  }

  @Test("what only an author can say is told to be missing, item by item")
  func missing() throws {
    let folder = try folder(["model.yaml": Self.bare])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let stress = try description(.stressDES, of: folder)
    #expect(
      stress.items.filter { !$0.isProvided }.map(\.number) == ["1.1", "1.3", "3.2", "3.4", "6.1"])
    #expect(stress.markdown.contains("**NOT PROVIDED** (`documentation.purpose`)"))
    for key in ["licence", "archive", "funding", "contact"] {
      #expect(stress.markdown.contains("| `\(key)` | **NOT PROVIDED**"), "\(key)")
    }
    let odd = try description(.odd, of: folder, .chinese)
    #expect(odd.items.filter { !$0.isProvided }.map(\.number) == ["1", "4.1", "4.2"])
    #expect(odd.markdown.contains("未提供"))
  }

  @Test("the author's texts stand first, in the language asked for")
  func author() throws {
    let folder = try folder([
      "model.yaml": Self.bare + "\n" + """
        documentation:
          purpose: [To staff the clinic., It is a teaching example.]
          purpose-zh: 为门诊配置人员。
        """
    ])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let english = try description(.stressDES, of: folder).items[0]
    #expect(english.author == ["To staff the clinic.", "It is a teaching example."])
    let chinese = try description(.stressDES, of: folder, .chinese).items[0]
    #expect(chinese.author == ["为门诊配置人员。"])
  }

  @Test("what an author wrote in another language is marked as such, once")
  func authorsLanguage() throws {
    func note(_ documentation: String, _ language: Language) throws -> String? {
      let folder = try folder([
        "model.yaml": Self.bare + "\ndocumentation: {\(documentation)}\n"
      ])
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let description = try description(.stressDES, of: folder, language)
      let parts = description.markdown.components(
        separatedBy: StandardSentence.otherLanguage.text(language))
      #expect(parts.count == (description.authorNote == nil ? 1 : 2))
      return description.authorNote
    }
    let english = "purpose: Whether a third doctor is worth his pay."
    let chinese = "purpose-zh: 判断是否值得增加第三名医生。"
    #expect(try note(english, .english) == nil && note(english, .chinese) != nil)
    #expect(try note(chinese, .chinese) == nil && note(chinese, .english) != nil)
    for language in Language.allCases {
      #expect(try note(english + ", " + chinese, language) == nil)
    }
  }

  @Test("what scenarios change, values and their evidence are told from the model")
  func filled() throws {
    let folder = try folder([
      "model.yaml": Self.bare,
      "question.yaml": """
      model: .
      replications: 3
      description: Would a third doctor help?
      measures: [wait]
      scenarios: [{name: now}, {name: third, set: {resources.doctor.capacity: 3}}]
      """,
    ])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let items = try description(.stressDES, of: folder + "/question.yaml").items
    func text(_ number: String) -> String {
      items.first { $0.number == number }?.generated.joined(separator: "\n") ?? ""
    }
    #expect(text("1.3").contains("Would a third doctor help?"))
    #expect(text("2.3").contains("| `resources.doctor.capacity` | 2 | 3 |"))
    #expect(text("2.2").contains("1. `seize: doctor`"))
    #expect(text("2.5.5").contains("`home`"))
    #expect(text("3.3").contains("| `durations.talk.exponential` | 8 min |  | 4 … 16 | assumed |"))
    #expect(text("4.3").contains("3 independent replications"))
    // Only what was asked for is an output.
    #expect(text("1.2").contains("`wait`") && !text("1.2").contains("`throughput`"))
  }

  @Test("an output is explained by its own formula, not by that of a measure with a shorter name")
  func outputs() throws {
    let items = try description(.stressDES, of: Self.root + "/Experiments/lanshan.yaml").items
    let outputs = try #require(items.first { $0.number == "1.2" }).generated[0]
    #expect(outputs.contains("`out-of-pocket-per-head` | CNY per head | What residents paid, over"))
  }

  @Test("a key that is no item is a fault with the nearest")
  func misspelt() throws {
    let folder = try folder(["model.yaml": Self.bare + "\ndocumentation: {purpos: x}\n"])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = ModelCheck(path: folder).faults?.list.map(\.description) ?? []
    #expect(lines.count == 1)
    #expect(lines[0].contains("documentation.purpos: is not a key here; did you mean purpose?"))
  }
}
