// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite struct ModelPathTests {
  static let files = [
    "model.yaml": """
    name: x
    a: {b: 3 min, c: {value: 4, evidence: assumed, range: [1, 9]}, list: [1, 2, 3]}
    steps:
      - {name: first, delay: 1 min}
      - {delay: 2 min}
    towns: {table: towns.csv, key: town}
    """,
    "towns.csv": "town,population\nnorth,10\nsouth west,20\nde Haan.,30\n",
  ]

  @Test("every leaf can be read and set by its path, and setting it to itself changes nothing")
  func roundTrip() throws {
    let model = try TemporaryModel(Self.files)
    let (document, faults) = model.document()
    let original = try #require(document)
    var changed = original
    let leaves = original.leaves()
    #expect(
      leaves.map(\.path) == [
        "name", "a.b", "a.c", "a.list", "steps.first.name", "steps.first.delay", "steps[2].delay",
        "towns.table", "towns.key",
      ].filter { !$0.hasPrefix("towns.") } + [
        "towns[north].population", "towns[south west].population", "towns[de Haan.].population",
      ])
    for leaf in leaves {
      #expect(original.value(at: leaf.path) == leaf.text)
      changed.set(leaf.path, to: leaf.text, at: SourcePlace(file: "--set"), faults)
      #expect(changed.value(at: leaf.path) == leaf.text)
    }
    #expect(faults.isEmpty)
    #expect(changed.leaves().map(\.text) == leaves.map(\.text))
    #expect(changed.digest == original.digest)
  }

  @Test("a list or section is set as YAML, and read back")
  func flow() throws {
    let model = try TemporaryModel(Self.files)
    var (document, faults) = model.document()
    document?.set("a.list", to: "[5, 6]", at: SourcePlace(file: "--set"), faults)
    document?.set("a.b", to: "{exponential: 5 min}", at: SourcePlace(file: "--set"), faults)
    #expect(document?.value(at: "a.list") == "[5, 6]")
    #expect(document?.value(at: "a.b.exponential") == "5 min")
    #expect(faults.isEmpty)
  }

  @Test(
    "an unknown path names the nearest",
    arguments: [
      ("a.bb", "did you mean a.b?"),
      ("towns[nort].population", "did you mean towns[north].population?"),
      ("towns[north].populatin", "did you mean towns[north].population?"),
      ("steps.frst.delay", "did you mean steps.first.delay?"),
      ("towns", "name one of its cells: towns[row].column"),
      ("towns[north]", "name a cell: towns[north].column"),
      ("a.b.c", "a.b holds one value"), ("zzzzzzzz", "the model has name, a, steps, towns"),
      ("steps[9].delay", "steps has first"),
      ("a..b", "join keys by dots; a table's cell is table[row].column"),
      ("a[", "join keys by dots; a table's cell is table[row].column"),
      ("", "join keys by dots; a table's cell is table[row].column"),
    ])
  func unknown(path: String, remedy: String) throws {
    let model = try TemporaryModel(Self.files)
    var (document, faults) = model.document()
    let isThere = document?.set(path, to: "1", at: SourcePlace(file: "--set"), faults)
    #expect(isThere == false)
    #expect(faults.sorted.map(\.remedy) == [remedy])
    #expect(document?.value(at: path) == nil || path == "towns")
  }

  @Test("a run setting may be set without being written")
  func runSettings() throws {
    let model = try TemporaryModel(Self.files)
    var (document, faults) = model.document()
    document?.set("run.length", to: "5 d", at: SourcePlace(file: "--set"), faults)
    #expect(document?.value(at: "run.length") == "5 d")
    document?.set("run.lenght", to: "5 d", at: SourcePlace(file: "--set"), faults)
    #expect(faults.sorted.map(\.remedy) == ["did you mean run.length?"])
  }
}
