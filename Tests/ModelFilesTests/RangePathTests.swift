// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

/// Numbers set by their place in the range that the model states.
@Suite struct RangePathTests {
  static let files = [
    "model.yaml": """
    kind: network
    name: x
    evidence: assumed
    wait: {value: 20 min, range: [10 min, 1 h]}
    share: {value: 35 %, range: [30 %, 60 %]}
    count: {value: 4, range: [3, 6]}
    known: {value: 2, evidence: official}
    towns: {table: towns.csv, key: town, range-factor: [0.5, 2]}
    """,
    "towns.csv": "town,people,evidence\\nnorth,10,assumed\\nsouth,20,derived\\neast,30,official\\n"
      .replacing("\\n", with: "\n"),
  ]

  private func document(_ settings: (String, String)...) throws -> (ModelDocument, [String]) {
    let model = try TemporaryModel(Self.files)
    let (read, faults) = model.document()
    var document = try #require(read)
    for (path, value) in settings {
      document.set(path, to: value, at: SourcePlace(file: "--set"), faults)
    }
    return (document, faults.sorted.map(\.description))
  }

  @Test(
    "0 and 1 are the ends, 0.5 what is stated, in the unit of the file",
    arguments: [
      ("wait", "0", "10 min"), ("wait", "0.25", "15 min"), ("wait", "0.5", "20 min"),
      ("wait", "0.75", "40 min"), ("wait", "1", "60 min"), ("share", "0.9", "55 %"),
      ("towns[north].people", "1", "20"), ("towns[south].people", "0.25", "15"),
    ])
  func scalar(path: String, place: String, value: String) throws {
    let (document, faults) = try document(("range." + path, place))
    #expect(faults.isEmpty)
    #expect(document.value(at: path) == value)
    #expect(document.value(at: "range." + path).flatMap(Double.init) == Double(place))
  }

  @Test("a column moves together, each cell in its own range, but for what is well known")
  func column() throws {
    let (document, faults) = try document(("range.towns[*].people", "1"))
    #expect(faults.isEmpty)
    let people = ["north", "south", "east"].map { document.value(at: "towns[\($0)].people") }
    #expect(people == ["20", "40", "30"])
  }

  @Test(
    "what has no range or no such place is told",
    arguments: [
      ("range.wait", "1.2", "write a place of the range from 0 to 1"),
      ("range.wait", "0.5 min", "write a place of the range from 0 to 1"),
      ("range.wat", "1", "did you mean wait?"),
      ("range.known", "1", "add evidence and range: [low, high] to known in the model"),
      ("range.towns[*].evidence", "1", "write range.TABLE[*].COLUMN"),
    ])
  func faults(path: String, value: String, remedy: String) throws {
    let (_, faults) = try document((path, value))
    #expect(faults.count == 1 && faults[0].contains(remedy), "\(faults)")
  }

  @Test("where a whole number is asked for, a place in its range means the nearest")
  func whole() throws {
    let files = [
      "model.yaml": """
      kind: network
      name: x
      time-unit: min
      evidence: assumed
      arrivals: {door: {pathway: visit, poisson: {rate: {value: 0.5 /min, range: [0.4 /min, 0.6 /min]}}}}
      resources: {server: {capacity: {value: 2, range: [1, 4]}}}
      pathways: {visit: [{seize: server}, {delay: {exponential: {value: 1 min, range: [0.5 min, 2 min]}}}, {release: server}, {leave: home}]}
      run: {length: 60 min, replications: 2, seed: 5}
      """
    ]
    let model = try TemporaryModel(files)
    for (place, isFine) in [
      ("range.resources.server.capacity", true), ("resources.server.capacity", false),
    ] {
      let plan = try ExperimentPlan(
        path: model.folder, overrides: [ExperimentPlan.Setting(place, isFine ? "0.7" : "2.8")])
      let faults = FaultCollector()
      let network = NetworkReader.network(plan.points[0].document, faults)
      #expect((network != nil) == isFine, "\(faults.sorted)")
      if isFine { #expect(plan.points[0].document.value(at: "resources.server.capacity") == "2.8") }
    }
  }

  @Test(
    "a factor, and another or a scenario, may not set one value by both of its paths",
    arguments: [
      ("{name: same, path: wait, range: 5 .. 6 min}", "it is set by the factor wait too"),
      (
        "{name: people, path: \"range.towns[*].people\", range: 0 .. 1}",
        "is set by the factor people"
      ),
    ])
  func overlap(factor: String, words: String) throws {
    let model = try TemporaryModel(Self.files)
    let faults = #expect(throws: ModelFaults.self) {
      try ExperimentPlan(
        path: model.folder + "/experiment.yaml",
        text: """
          model: .
          run: {length: 10 min}
          scenarios: [{name: a}, {name: b, set: {"towns[south].people": 15}}]
          factors: [{name: wait, path: range.wait, range: 0 .. 1}, \(factor)]
          design: {method: lhs, points: 4}
          """)
    }
    #expect(faults?.list.count == 1)
    #expect(faults?.description.contains(words) == true, "\(faults?.description ?? "")")
  }
}
