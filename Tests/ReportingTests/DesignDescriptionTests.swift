// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Reporting
import Testing

/// What a report under a standard says of a design over factors, and of results over its points. That
/// the words are enough to make the points again is tested from the command line.
@Suite("designs in reports")
struct DesignDescriptionTests {
  private let folder = NSTemporaryDirectory() + "yilian-" + UUID().uuidString

  private static let model = """
    kind: network
    time-unit: min
    evidence: assumed
    range-factor: [0.5, 2]
    arrivals: {door: {pathway: visit, poisson: {rate: 0.4 /min}}}
    resources: {desk: {capacity: 1}, doctor: {capacity: 2}}
    durations: {talk: {exponential: 2 min}, walk: {constant: 1 min}}
    pathways: {visit: [delay: walk, seize: doctor, delay: talk, release: doctor, leave: home]}
    run: {length: 60 min, replications: 2, measures: [wait, utilisation]}
    """

  private func plan(_ text: String) throws -> LoadedExperiment {
    try FileManager.default.createDirectory(
      atPath: folder + "/model", withIntermediateDirectories: true)
    try Self.model.write(toFile: folder + "/model/model.yaml", atomically: true, encoding: .utf8)
    return try LoadedExperiment(path: folder + "/sweep.yaml", text: "model: model\n" + text)
  }

  private func item(
    _ number: String, of loaded: LoadedExperiment, _ results: ResultsFile? = nil,
    _ language: Language = .english
  ) throws -> [String] {
    let description = try StandardDescription(
      .stressDES, of: loaded.plan, path: "sweep.yaml", results: results, language)
    return description.items.first { $0.number == number }?.generated ?? []
  }

  private func results(of loaded: LoadedExperiment) throws -> ResultsFile {
    let file = try ResultsFile.prepare(
      at: folder + "/results.sqlite", for: ResultsHeader(loaded.design, command: "test"),
      resume: false)
    #expect(try ExperimentRun(loaded.design, threads: 1).run(into: file) == .complete)
    return file
  }

  @Test("factors stand there with range, steps, paths and unit, and each level with what it sets")
  func factors() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let loaded = try plan(
      """
      scenarios: [{name: now}, {name: slow, set: {durations.talk.exponential: 3 min}}]
      factors:
        - {name: rate, path: arrivals.door.poisson.rate, range: 0.1 .. 0.4 /min, scale: log}
        - {name: staff, paths: [resources.desk.capacity, resources.doctor.capacity], range: 1 .. 3, integer: yes}
        - name: mood
          levels: [{name: calm}, {name: rush, set: {durations.walk.constant: 2 min}}]
      design: {method: lhs, points: 4, seed: 9, constraints: [rate * 10 min < staff]}
      """)
    let text = try item("2.3", of: loaded).joined(separator: "\n\n")
    for line in [
      "| points asked for | 4 |", "| scenarios × points | 2 × ",
      "| seed of the design, apart from the runs' own | 9 |",
      "| constraints, which all points but the base point meet | `rate * 10 min < staff` |",
      "| base point | the first point is the model as it is, with no factor set |",
      "| `rate` | `arrivals.door.poisson.rate` | 0.4 /min | 0.1 | 0.4 | any number between, evenly in its logarithm | /min |",
      "| `staff` | `resources.desk.capacity`, `resources.doctor.capacity` | not the same at all paths | 1 | 3 | whole numbers: 3 values |  |",
      "| `mood` | calm | nothing: as in the model |  |",
      "| `mood` | rush | `durations.walk.constant` | 2 min |",
      "| 1–2 | 0.4 /min | as in the model |",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
    let chinese = try item("2.3", of: loaded, nil, .chinese).joined(separator: "\n\n")
    for line in ["拉丁超立方", "| 要求的点数 | 4 |", "| `mood` | calm | 不作设定：同模型原值 |"] {
      #expect(chinese.contains(line), "\(line)")
    }
  }

  @Test("many points are not listed, and of many means the ends stand there with their points")
  func many() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = """
      factors: [{name: rate, path: arrivals.door.poisson.rate, range: 0.1 .. 0.6 /min}]
      design: {method: grid, levels: COUNT}
      """
    let few = try plan(text.replacing("COUNT", with: "3"))
    let file = try results(of: few)
    let all = try #require(try item("1.2", of: few, file).last)
    let lines = all.split(separator: "\n")
    #expect(lines[0] == "| point | rate | name | value | replications |")
    #expect(lines.count == 2 + 4 * 2)
    #expect(lines[2].hasPrefix("| 1 | 0.4 /min | `wait` | ") && lines[2].hasSuffix(" | 2 |"))
    #expect(lines[5].hasPrefix("| 4 | 0.6 /min | `wait` | "))
    #expect(lines[6].hasPrefix("| 1 | 0.4 /min | `utilisation` | "))
    try FileManager.default.removeItem(atPath: file.path)

    let many = try plan(text.replacing("COUNT", with: "130"))
    let blocks = try item("1.2", of: many, results(of: many))
    #expect(blocks[blocks.count - 2].hasPrefix("Of 262 means the least and the greatest"))
    let ends = blocks[blocks.count - 1].split(separator: "\n").map(String.init)
    #expect(ends[0] == "| of all points | point | rate | name | value | replications |")
    #expect(ends.count == 2 + 2 * 2)
    // The more arrive the more is used: the ends of the range, all points sharing their random numbers.
    #expect(ends[4].hasPrefix("| least | 2 | 0.1 /min | `utilisation` | "), "\(ends[4])")
    #expect(ends[5].hasPrefix("| greatest | 131 | 0.6 /min | `utilisation` | "), "\(ends[5])")
    let points = try #require(try item("2.3", of: many).last)
    #expect(points.hasPrefix("There are 131 points"))
    #expect(points.contains("yilian run sweep.yaml --csv -"))
  }

  @Test("what decides the number of replications is told with its precision")
  func stopping() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let loaded = try plan(
      """
      replications: {precision: [{measure: wait, relative: 0.05}, {measure: utilisation, absolute: 0.01}], maximum: 80}
      factors: [{name: rate, path: arrivals.door.poisson.rate, levels: [0.1 /min, 0.2 /min]}]
      design: {method: grid}
      """)
    let english = try item("4.3", of: loaded).joined()
    let counts = "3 independent replications of each point of the design at least and 80 at most"
    #expect(english.contains(counts))
    #expect(english.contains("`wait` ± 5 % of its mean; `utilisation` ± 1 % points."), "\(english)")
    let chinese = try item("4.3", of: loaded, nil, .chinese).joined()
    #expect(chinese.contains("`wait` ± 均值的 5 %；`utilisation` ± 1 个百分点。"), "\(chinese)")
  }
}
