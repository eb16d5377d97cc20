// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct ProvenanceTests {
  static let sources = "census: {citation: Census}\npaper: {citation: Paper}\n"

  /// The leaf at a path of a model with the given text.
  private func leaf(_ path: String, _ files: [String: String]) throws -> ModelLeaf {
    let model = try TemporaryModel(files.merging(["sources.yaml": Self.sources]) { a, _ in a })
    let document = try #require(model.document().document)
    return try #require(document.leaves().first { $0.path == path })
  }

  @Test("the nearest statement applies: number, section, file")
  func nearest() throws {
    let text = """
      source: census
      evidence: official
      a: 1
      b: {source: "paper, table 2", evidence: published, c: 2, d: {value: 3, source: census}}
      """
    #expect(try leaf("a", ["model.yaml": text]).provenance.sourceText == "census")
    let inSection = try leaf("b.c", ["model.yaml": text]).provenance
    #expect(inSection.sourceText == "paper, table 2")
    #expect(inSection.evidence == .published)
    #expect(inSection.grade == .a)
    let own = try leaf("b.d", ["model.yaml": text]).provenance
    #expect(own.sourceText == "census")
    #expect(own.evidence == .published)
  }

  @Test("an assumption inside a sourced section does not borrow its source")
  func assumption() throws {
    let text = """
      source: census
      evidence: official
      b: {evidence: assumed, range-factor: [0.5, 2], c: 4}
      """
    let provenance = try leaf("b.c", ["model.yaml": text]).provenance
    #expect(provenance.sources == [])
    #expect(provenance.grade == .c)
    #expect(provenance.range == 2...8)
  }

  @Test("a file speaks for its own sections only")
  func files() throws {
    let files = [
      "model.yaml": "source: census\nevidence: official\nparts: [more.yaml]\na: 1\n",
      "more.yaml": "source: paper\nevidence: published\nb: 2\n",
    ]
    #expect(try leaf("a", files).provenance.sourceText == "census")
    #expect(try leaf("b", files).provenance.sourceText == "paper")
  }

  @Test("a cell's row is nearer than its column, and the column nearer than the table")
  func cells() throws {
    let files = [
      "model.yaml": """
      towns:
        table: towns.csv
        source: census
        evidence: official
        columns: {share: {evidence: assumed, range-factor: [0.9, 1.1]}}
      """,
      "towns.csv": """
      town,population,share,source,evidence,note
      north,1000,0.5,,,
      south,2000,0.5,paper,published,Measured in spring.
      """,
    ]
    #expect(try leaf("towns[north].population", files).provenance.sourceText == "census")
    #expect(try leaf("towns[north].share", files).provenance.evidence == .assumed)
    #expect(try leaf("towns[north].share", files).provenance.range == 0.45...0.55)
    let row = try leaf("towns[south].share", files).provenance
    #expect(row.sourceText == "paper")
    #expect(row.evidence == .published)
    #expect(row.note == "Measured in spring.")
  }

  @Test("a range is read in its own units and shown in the value's")
  func ranges() throws {
    let text = "a: {value: 30 min, range: [0.25 h, 3600 s], evidence: assumed}\n"
    let leaf = try leaf("a", ["model.yaml": text])
    #expect(leaf.unit == "min")
    #expect(leaf.provenance.range == 15...60)
  }

  @Test("a value set from outside is a scenario's, and keeps no range")
  func overridden() throws {
    let model = try TemporaryModel([
      "model.yaml": "a: {value: 3, range: [2, 4], evidence: assumed, note: Guess.}\n"
    ])
    var (document, faults) = model.document()
    document?.set("a", to: "9", at: SourcePlace(file: "--set"), faults)
    let leaf = try #require(document?.leaves().first)
    #expect(leaf.text == "9")
    #expect(leaf.provenance == Provenance(evidence: .scenario))
    let value = document?.section(faults).number("a")
    #expect(value == 9)
    #expect(faults.isEmpty)
  }
}
