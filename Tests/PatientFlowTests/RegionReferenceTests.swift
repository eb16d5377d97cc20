// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Testing

/// The pages that list what a region's files may say, and what its levers move, against the readers.
@Suite struct RegionReferenceTests {
  private static let sources =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/Sources"

  /// The first cells in code of the tables under each heading in code, by heading.
  private func page() throws -> [String: [String]] {
    let text = try String(
      contentsOfFile: Self.sources + "/ModelFiles/ModelFiles.docc/RegionReference.md",
      encoding: .utf8)
    var tables: [String: [String]] = [:]
    var heading = ""
    for line in text.split(separator: "\n") {
      if let match = line.wholeMatch(of: /### `([^`]+)`(, by `[^`]+`)?/) {
        heading = String(match.1) + (match.2 == nil ? "" : "[]")
      } else if line == "### Top level" {
        heading = ""
      } else if let match = line.prefixMatch(of: /\| `([^`]+)` \|/) {
        tables[heading, default: []].append(String(match.1))
      }
    }
    return tables
  }

  /// What reading regions asks for, under the headings and names of the page.
  private func asked() throws -> [String: Set<String>] {
    let prices = try RegionCopy(
      overlay: TestRegion.folder("hamlet") + "/../../Faulty/prices",
      edits: [
        "choice.yaml": {
          $0 + "\nretail-pharmacy: {share: 0.1, bill: 50 CNY}\nincome-groups: "
            + "{low: {share: 0.5, money-weight: 1}, high: {share: 0.5, money-weight: 1}}\n"
        }
      ])
    var all: [String: Set<String>] = [:]
    for folder in [TestRegion.folder("lanshan"), TestRegion.folder("small-county"), prices.folder] {
      let document = try #require(ModelDocument(folder: folder, FaultCollector()))
      for (path, keys) in RegionReader.keysAsked(of: document) {
        guard let heading = Self.heading(of: path) else { continue }
        all[heading, default: []].formUnion(keys.map { Self.name(of: $0, under: heading) })
      }
    }
    return all
  }

  /// `nil` for what the page leaves to others, and for sections whose keys are names.
  private static func heading(of path: String) -> String? {
    let parts = path.split(separator: ".").map(String.init)
    guard let first = parts.first else { return "" }
    let elsewhere = ["policies", "adopt", "run", "pathways", "durations", "attributes"]
    if elsewhere.contains(first) || path.hasPrefix("seek.reference-logsum.") { return nil }
    if ["alliances", "income-groups"].contains(first) {
      return parts.count > 1 ? "\(first).NAME" : nil
    }
    return ["schemes", "ageing", "specialties"].contains(first) ? nil : path
  }

  private static func name(of key: String, under heading: String) -> String {
    if let match = key.wholeMatch(of: /(rate|prevalence|treated)_[0-9].*/) {
      return "\(match.1)_AGE"
    }
    return heading == "seasons[]" && key != "month" ? "SEASON" : key
  }

  @Test("every key and column that the reader asks for stands on the page, and no other")
  func keys() throws {
    let page = try page()
    let asked = try asked()
    #expect(asked.values.reduce(0) { $0 + $1.count } > 180)
    for (heading, keys) in asked {
      let known = Set(page[heading] ?? [])
      #expect(keys.subtracting(known).sorted() == [], "\(heading) on the page")
    }
    for (heading, keys) in page {
      #expect(Set(keys).count == keys.count, "\(heading)")
      // The column of names is the section's key, which nobody asks for by name.
      let names = heading.hasSuffix("[]") ? keys.dropFirst() : keys[...]
      // What an author tells of the model is no key of the region's.
      let others: Set = heading.isEmpty ? ["documentation"] : []
      #expect(
        Set(names).subtracting(asked[heading] ?? []).subtracting(others).sorted() == [],
        "\(heading)")
    }
  }

  @Test("the map of care levers names every lever of care, and measures that there are")
  func leversAndMeasures() throws {
    let text = try String(
      contentsOfFile: Self.sources + "/PatientFlow/PatientFlow.docc/CareLevers.md", encoding: .utf8)
    let section = try #require(
      text.components(separatedBy: "### What to look at").dropFirst().first
    )
    .components(separatedBy: "\n## ")[0]
    let measures = Set(RegionMeasures.catalogue.map(\.name))
    var levers = Set<String>()
    for line in section.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map(String.init)
      #expect(cells.count == 2, "\(line)")
      levers.formUnion(cells[0].matches(of: /`([^`]+)`/).map { String($0.1) })
      for match in cells[1].matches(of: /`([^`]+)`/) {
        let name = String(match.1.split(separator: " ")[0])
        #expect(measures.contains(name), "\(name) is no measure")
      }
    }
    let map = text.components(separatedBy: "### An alliance")[0]
    let care = Set(
      map.split(separator: "\n").filter { $0.hasPrefix("| `") }
        .flatMap { $0.split(separator: "|")[0].matches(of: /`([^`]+)`/).map { String($0.1) } })
    #expect(care.count >= 23)
    #expect(levers == care)
    for lever in care { #expect(LeverCatalogue.lever(named: lever) != nil, "\(lever)") }
  }

  @Test("the policies and the alliance that the map shows are read in the small county")
  func examples() throws {
    let text = try String(
      contentsOfFile: Self.sources + "/PatientFlow/PatientFlow.docc/CareLevers.md", encoding: .utf8)
    let blocks = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(blocks.count == 2)
    let policy = try #require(blocks.first { $0.hasPrefix("policies:\n") }).dropFirst(10)
    let alliance = try #require(blocks.first { $0.hasPrefix("alliances:\n") })
    let copy = try RegionCopy(
      of: "small-county",
      edits: [
        "policies.yaml": { $0 + policy },
        "alliances.yaml": { _ in "evidence: assumed\n" + alliance },
      ])
    let check = ModelCheck(path: copy.folder)
    #expect(check.faults == nil, "\(check.faults?.description ?? "")")
    #expect(check.warnings.isEmpty)
  }
}
