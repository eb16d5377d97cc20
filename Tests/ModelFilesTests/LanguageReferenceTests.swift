// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import Randomness
import Testing

/// The reference of the language names every key that the readers ask for, and what it shows is read.
@Suite struct LanguageReferenceTests {
  private static let page =
    DocumentationTests.root + "/Sources/ModelFiles/ModelFiles.docc/NetworkReference.md"

  private func table(_ name: String) throws -> LanguageTable {
    try #require(NetworkLanguage.tables.first { $0.name == name })
  }

  /// Every process, and everything that may stand beside one.
  private static let sources = """
    kind: network
    name: sources
    time-unit: min
    evidence: assumed
    range-factor: [0.5, 2]
    classes: {adult: {}, child: {}}
    attributes: {stay: 0}
    arrivals:
      a: {pathway: visit, classes: {adult: 50 %, child: 50 %}, poisson: {rate: 3 /h}, batch: 2}
      b: {pathway: visit, class: adult, weekly: [{days: Mon, rate: 1 /h}], seasons: [{from: 02-01, factor: 1}]}
      c: {pathway: visit, class: adult, rates: [{from: 0 h, rate: 1 /h}], repeat-every: 12 h}
      d: {pathway: visit, class: adult, renewal: 5 min, first: 0 min, open: {days: Mon, hours: 08:00-09:00}}
      e: {pathway: visit, class: adult, scheduled: {times: [5 min]}, until: 3 d, most: 2}
      f: {pathway: visit, class: adult, recorded: {table: log.csv, key: row}}
    resources: {desk: {shifts: [{days: Mon, hours: 08:00-09:00, capacity: 1}]}}
    durations: {}
    pathways: {visit: [{transfer: {to: desk, from: bed}}, {seize: {resource: desk, balk: {share: 10 %, to: x}}}, wait: {until: "08:00"}, refer: other]}
    run: {length: 30 d, warm-up: 1 d}
    """

  /// Keys that the reader asks for, by table of the reference: `step.seize.units`.
  private func keysAsked(_ text: String) throws -> Set<String> {
    let model = try TemporaryModel([
      "model.yaml": text, "log.csv": "row,time_minutes,stay\na,1,2\n",
    ])
    let document = try #require(model.document().document)
    var found = Set<String>()
    // Names that the models give, where names stand as keys.
    let names: Set = ["sick", "well", "tests", "tries"]
    for (path, keys) in NetworkReader.keysAsked(of: document) {
      // Columns of tables stand in the reference of their own section.
      guard !path.hasSuffix("[]"), let prefix = Self.prefix(of: path) else { continue }
      for key in keys where !key.hasPrefix("[") && !names.contains(key) {
        found.insert(prefix + key)
      }
    }
    return found
  }

  /// What stands before a key of the section at a path; `nil` where keys are names or parameters.
  private static func prefix(of path: String) -> String? {
    let parts = path.split(separator: ".").map { part in
      part.split(separator: "[").first.map(String.init) ?? ""
    }
    let isItem = path.hasSuffix("]")
    guard let section = parts.first else { return "model." }
    switch (section, parts.count) {
    case ("run", 1): return "run."
    case ("classes", 2): return "class."
    case ("resources", 2): return "resource."
    case ("resources", 3): return isItem ? "resource.\(parts[2])." : nil
    case ("arrivals", 2): return "source."
    case ("arrivals", 3):
      if ["classes", "renewal", "first", "batch"].contains(parts[2]) { return nil }
      return "source.\(parts[2])."
    case ("pathways", 2): return isItem ? "step." : nil
    case ("pathways", 3):
      // An item of the list by its name, or the body of a step without one.
      guard path.contains("[") else { return "step." }
      return parts[2] == "delay" ? nil : "step.\(parts[2])."
    case ("pathways", 4...):
      let inner = parts.dropFirst(2)
      let last = inner.last ?? ""
      if ["renege", "balk"].contains(last) { return "step.\(last)." }
      let verb = inner.first { NetworkReader.verbs.contains($0) } ?? ""
      return last == verb ? "step.\(verb)." : nil
    default: return nil
    }
  }

  @Test("every key that the readers ask for stands in the reference")
  func keys() throws {
    let known = Set(
      NetworkLanguage.tables.flatMap { table in table.entries.map { "\(table.name).\($0.name)" } })
    let asked = try keysAsked(RareStepReadingTests.model).union(keysAsked(Self.sources))
    // Enough is asked for the comparison to mean something.
    #expect(asked.count > 90, "\(asked.sorted())")
    #expect(asked.subtracting(known).sorted() == [])
    for verb in NetworkReader.verbs { #expect(known.contains("step.\(verb)"), "\(verb)") }
    for key in RunSettings.keys { #expect(known.contains("run.\(key)"), "\(key)") }
    for process in NetworkReader.processes { #expect(known.contains("source.\(process)")) }
  }

  @Test("every distribution and every word of expressions stands in the reference")
  func words() throws {
    let distributions = try table("distribution").entries
    #expect(
      distributions.map(\.name).sorted() == ModelSection.distributionNames.sorted())
    for entry in distributions {
      for key in ModelSection.parameterKeys(of: entry.name) {
        #expect(entry.type.contains("`\(key)`"), "\(entry.name): \(key)")
      }
    }
    let words = Set(try table("expression").entries.map(\.name))
    for word in ExpressionLanguage.words + ExpressionLanguage.functions {
      #expect(words.contains(word), "\(word)")
    }
    for property in ExpressionLanguage.properties {
      #expect(words.contains("RESOURCE.\(property)"), "\(property)")
    }
    let text = try table("expression").entries.map { $0.name + $0.meaning }.joined()
    for sign in ExpressionLanguage.operators { #expect(text.contains(sign), "\(sign)") }
  }

  @Test("every distribution that the reference shows is read")
  func distributionExamples() throws {
    let entries = try table("distribution").entries
    let lines = entries.map { "  \($0.name): \($0.example)" }
    let model = try TemporaryModel([
      "model.yaml": "evidence: assumed\nrange-factor: [0.5, 2]\nall:\n"
        + lines.joined(separator: "\n") + "\n"
    ])
    var read = 0
    let faults = model.faults { root in
      let section = root.section("all")
      for entry in entries {
        let distribution = section.distribution(entry.name, .minutes)
        read += distribution.mean.isFinite ? 1 : 0
      }
    }
    #expect(faults == [])
    #expect(read == entries.count)
  }

  @Test("every expression that the reference shows is read")
  func expressionExamples() throws {
    let entries = try table("expression").entries.filter { !$0.example.isEmpty }
    let attributes = entries.enumerated().map { "  x\($0.offset): '\($0.element.example)'" }
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      classes: {urgent: {}, normal: {}}
      attributes:
        severity: {uniform: {low: 0, high: 3}}
        age: 70
      \(attributes.joined(separator: "\n"))
      arrivals: {door: {pathway: visit, class: urgent, poisson: {rate: 1 /h}}}
      resources: {ward: {capacity: 5}, doctor: {capacity: 2}}
      pathways: {visit: [seize: {all: [ward, doctor]}, release: ward, release: doctor, leave: home]}
      """
    let model = try TemporaryModel(["model.yaml": text])
    let found = ModelCheck(path: model.folder).faults?.list.map(\.description) ?? []
    #expect(found == [])
  }

  @Test("every step that the reference shows whole is read in a pathway")
  func stepExamples() throws {
    let shown = try table("step").entries.filter {
      NetworkReader.verbs.contains($0.name)
        && !["leave", "continue", "refer", "branch"].contains($0.name)
    }
    for entry in shown {
      let before =
        entry.name == "release"
        ? "- seize: doctor" : entry.name == "transfer" ? "- seize: emergency-bed" : "- delay: 0 min"
      let after =
        entry.name == "seize"
        ? "- release: doctor" : entry.name == "transfer" ? "- release: ward-bed" : "- delay: 0 min"
      let text = """
        kind: network
        time-unit: min
        evidence: assumed
        range-factor: [1, 1]
        attributes: {severity: 2}
        arrivals: {door: {pathway: visit, poisson: {rate: 1 /h}}}
        resources:
          doctor: {capacity: 1}
          ward: {capacity: 1}
          lab: {capacity: 1}
          ward-bed: {capacity: 1}
          emergency-bed: {capacity: 1}
        durations: {consultation: 5 min}
        pathways:
          visit:
            - {name: consult, delay: 0 min}
            \(before)
            - \(entry.example)
            \(after)
            - branch: {exam: 10 %, home: 20 %, otherwise: next}
            - {name: exam, delay: 1 min}
            - {name: home, leave: home}
          sample: [leave: home]
          follow-up: [leave: home]
        """
      let model = try TemporaryModel(["model.yaml": text])
      let found = ModelCheck(path: model.folder).faults?.list.map(\.description) ?? []
      #expect(found == [], "\(entry.name)")
    }
  }

  @Test("the page of the reference is what the tables say")
  func page() throws {
    if ProcessInfo.processInfo.environment["YILIAN_REGENERATE"] == "1" {
      try NetworkLanguage.page.write(toFile: Self.page, atomically: true, encoding: .utf8)
    }
    let text = try String(contentsOfFile: Self.page, encoding: .utf8)
    #expect(text == NetworkLanguage.page, "write it anew with YILIAN_REGENERATE=1")
  }
}
