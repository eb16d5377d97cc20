// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

/// Models that rest on a base: `base: shared`.
@Suite struct BaseModelTests {
  static let shared = [
    "model.yaml": """
    kind: region-base
    parts: [choice.yaml]
    evidence: official
    source: census
    age: 30
    tiers: {table: tiers.csv, key: tier, evidence: assumed, range-factor: [0.5, 2], note: all alike}
    """,
    "choice.yaml": """
    evidence: assumed
    range-factor: [0.5, 1.5]
    seek: {slope: 4, note: shared, reference: {mild: 1, severe: 2}}
    """,
    "tiers.csv": "tier,quality,trust\nvillage,0.3,0.6\ncounty,0.7,0.8\n",
    "sources.yaml": "census: {citation: Census}\n",
  ]

  /// A model that rests on ``shared``, which lies inside its folder.
  private func model(_ files: [String: String]) throws -> TemporaryModel {
    let model = try TemporaryModel([:])
    let base = model.folder + "/shared"
    try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
    for (folder, texts) in [(base, Self.shared), (model.folder, files)] {
      for (name, text) in texts {
        try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
      }
    }
    return model
  }

  private func leaves(_ files: [String: String]) throws -> [String: ModelLeaf] {
    let model = try model(files)
    let (document, faults) = model.document()
    #expect(model.lines(faults) == [])
    let leaves = try #require(document).leaves()
    return Dictionary(uniqueKeysWithValues: leaves.map { ($0.path, $0) })
  }

  @Test("what a model does not say is its base's, with the base's evidence")
  func inherited() throws {
    let leaves = try leaves(["model.yaml": "base: shared\nkind: region\nevidence: derived\n"])
    #expect(leaves["kind"]?.text == "region")
    #expect(leaves["base"] == nil)
    #expect(leaves["age"]?.provenance.evidence == .official)
    #expect(leaves["age"]?.provenance.sourceText == "census")
    #expect(leaves["seek.slope"]?.provenance.note == "shared")
    #expect(leaves["tiers[county].quality"]?.provenance.range == 0.35...1.4)
  }

  @Test("keys that a model names replace those of its base, and come from where the model says")
  func keys() throws {
    let leaves = try leaves([
      "model.yaml": """
      base: shared
      kind: region
      age: {value: 40, source: yearbook, evidence: official}
      evidence: calibrated
      range-factor: [0.8, 1.25]
      seek: {slope: 5, reference: {severe: {value: 3, note: own}}}
      """,
      "sources.yaml": "yearbook: {citation: Yearbook}\n",
    ])
    #expect(leaves["age"]?.provenance.sourceText == "yearbook")
    let slope = try #require(leaves["seek.slope"])
    #expect(slope.number == 5)
    #expect(slope.provenance.evidence == .calibrated)
    #expect(slope.provenance.range == 4...6.25)
    #expect(slope.place.line == 6)
    #expect(leaves["seek.reference.mild"]?.provenance.evidence == .assumed)
    #expect(leaves["seek.reference.severe"]?.provenance.evidence == .calibrated)
    #expect(leaves["seek.reference.severe"]?.provenance.note == "own")
  }

  @Test("a model amends cells of its base's table, or has a table of its own")
  func tables() throws {
    let amended = try leaves([
      "model.yaml": """
      base: shared
      kind: region
      tiers:
        evidence: assumed
        range-factor: [0.9, 1.1]
        rows:
          county: {quality: {value: 0.8, range: [0.6, 0.9], note: a good one}, trust: 0.5}
      """
    ])
    #expect(amended["tiers[county].quality"]?.text == "0.8")
    #expect(amended["tiers[county].quality"]?.provenance.range == 0.6...0.9)
    #expect(amended["tiers[county].quality"]?.provenance.note == "a good one")
    #expect(amended["tiers[county].trust"]?.provenance.range == 0.45...0.55)
    #expect(amended["tiers[county].trust"]?.provenance.note == nil)
    #expect(amended["tiers[village].trust"]?.provenance.range == 0.3...1.2)
    #expect(amended["tiers[county].quality"]?.place.file.hasSuffix("model.yaml") == true)

    let own = try leaves([
      "model.yaml": """
      base: shared
      kind: region
      tiers: {table: tiers.csv, key: tier, evidence: official, source: census}
      """,
      "tiers.csv": "tier,quality\ncity,0.9\n",
    ])
    #expect(own["tiers[city].quality"]?.provenance.evidence == .official)
    #expect(own["tiers[county].quality"] == nil)
  }

  @Test("a number is read from an amended cell and may be set over it")
  func readAndSet() throws {
    let model = try model([
      "model.yaml": """
      base: shared
      kind: region
      tiers: {rows: {county: {quality: {value: 0.8, evidence: assumed, range: [0.6, 0.9]}}}}
      """
    ])
    var (document, faults) = model.document()
    func quality() -> Double? {
      let table = document?.section(faults).table("tiers")
      _ = table?.rows.map { $0.number("trust") }
      return table?.row("county")?.number("quality")
    }
    #expect(quality() == 0.8)
    let place = SourcePlace(file: "experiment.yaml", line: 1)
    #expect(document?.set("tiers[county].quality", to: "0.65", at: place, faults) == true)
    #expect(quality() == 0.65)
    #expect(document?.leaves().first { $0.text == "0.65" }?.provenance.evidence == .scenario)
    #expect(model.lines(faults) == [])
  }

  @Test("every fault of resting on a base is one line")
  func faults() throws {
    let model = try model([
      "model.yaml": """
      base: shared
      kind: region
      seek: {slope: 5}
      tiers:
        evidence: assumed
        colums: {}
        rows: {conty: {quality: 1}, county: {qualty: 1, trust: {value: 1, range: [2, 1]}}}
      """,
      "sources.yaml": "census: {citation: Another census}\n",
    ])
    #expect(
      model.lines(model.document().faults) == [
        "model.yaml:3: seek.slope: is a number without evidence of its own; "
          + "write {value: 5, evidence: assumed, range: [low, high]}",
        "model.yaml:6: tiers.colums: amends nothing; "
          + "write rows: {ROW: {column: value}}, or table: for a table of your own",
        "model.yaml:7: tiers.rows.conty: is no row of shared/tiers.csv; did you mean county?",
        "model.yaml:7: tiers.rows.county.qualty: is not a column of shared/tiers.csv; "
          + "did you mean quality?",
        "model.yaml:7: tiers.rows.county.trust.range: is not a low and a high end; "
          + "write [low, high] in the unit of the column",
        "sources.yaml:1: census: is another source in shared/sources.yaml; give one of them another key",
      ])
    for (line, fault) in [
      ("base: nowhere", "is no folder with a model.yaml"), ("base: [a]", "name a folder"),
      ("base: ../other", "lie inside its own folder"),
    ] {
      let model = try self.model(["model.yaml": "\(line)\nkind: region\n"])
      #expect(model.lines(model.document().faults).contains { $0.contains(fault) }, "\(line)")
    }
  }
}
