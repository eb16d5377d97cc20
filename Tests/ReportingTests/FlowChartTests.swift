// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Randomness
import Reporting
import SimulationKernel
import Testing

/// Hands over given values, each a little other in each replication.
private struct MadeUpFlows: RunnableModel {
  var rows: [Observation]

  func begin(_ root: RandomRoot) -> any ModelRun { MadeUpFlowRun(rows, root) }
}

private final class MadeUpFlowRun: ModelRun {
  let eventCount: UInt64 = 1
  private let rows: [Observation]
  private let root: RandomRoot

  init(_ rows: [Observation], _ root: RandomRoot) { (self.rows, self.root) = (rows, root) }

  func advance(until: SimulationTime) {}
  func fork(under model: any RunnableModel) -> any ModelRun { MadeUpFlowRun(rows, root) }

  func finish() -> [ReplicationResult] {
    var stream = RandomStream(root, Purpose("made up"), owner: 0)
    let observations = rows.map { row in
      // What is zero stays so.
      var row = row
      row.value = row.value.map { $0 * (1 + 0.01 * stream.normal()) }
      return row
    }
    return [ReplicationResult(events: 1, checksum: 0, observations: observations)]
  }
}

@Suite("charts of flows and of the week")
struct FlowChartTests {
  private func file<Result>(
    _ scenarios: [(String, [Observation])], replications: Int = 5,
    _ body: (ResultsFile) throws -> Result
  ) throws -> Result {
    let path = NSTemporaryDirectory() + "flows-" + UUID().uuidString + ".sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let design = ExperimentDesign(
      name: "made-up",
      points: scenarios.map {
        DesignPoint(scenario: $0.0, model: MadeUpFlows(rows: $0.1), end: .zero)
      }, replications: replications, seed: 3,
      provenance: ["kind": "region", "measures": "visits by tier"])
    let file = try ResultsFile.prepare(
      at: path, for: ResultsHeader(design, command: "test"), resume: false)
    #expect(try ExperimentRun(design, threads: 1).run(into: file) == .complete)
    return try body(file)
  }

  private func rows(
    _ measure: String, by dimension: String = "", _ values: KeyValuePairs<String, Double>
  ) -> [Observation] {
    values.map {
      Observation(measure: measure, dimension: dimension, member: $0.key, value: $0.value)
    }
  }

  /// Every object of a specification that has all of some members.
  private func objects(_ chart: Chart, with names: String...) throws -> [[String: Any]] {
    var found: [[String: Any]] = []
    func look(_ value: Any) {
      for item in value as? [Any] ?? [] { look(item) }
      guard let object = value as? [String: Any] else { return }
      if names.allSatisfy({ object[$0] != nil }) { found.append(object) }
      for key in object.keys.sorted() { look(object[key] as Any) }
    }
    look(try JSONSerialization.jsonObject(with: Data(chart.spec.description.utf8)))
    return found
  }

  private func every(_ body: (ChartContext) throws -> Void) rethrows {
    for language in Language.allCases {
      for width in ChartContext.Width.allCases { try body(ChartContext(language, width: width)) }
    }
  }

  // MARK: Patients

  private var transfers: [(String, [Observation])] {
    func moves(_ referred: Double, _ back: Double) -> [Observation] {
      rows(
        "transfers", by: "from+to+way",
        [
          "village+township+advice": 900, "township+county+advice": 700 - referred,
          "township+county+again": 50, "township+county+referral": referred,
          "county+township+step-down": back, "county+township+aftercare": 2 * back,
          "county+county+again": 30, "city+county+referral": 0,
        ])
    }
    return [("none", moves(0, 0)), ("alliance", moves(400, 25)), ("third", moves(100, 5))]
  }

  @Test("patients who move: sums of ways have intervals of their own, and what is zero is left out")
  func patients() throws {
    try file(transfers) { file in
      let source = try ChartSource(file)
      try every { context in
        let chart = try ChartKind.referralFlows.chart(source, context)
        let spec = chart.spec.description
        for name in ["none", "alliance", "95 %"] { #expect(spec.contains(name)) }
        #expect(!spec.contains("third"))
        #expect(!spec.contains(context.language == .english ? "city hospitals" : "市级医院"))
        let agreed =
          context.language == .english ? "county → township, agreed" : "县级 → 乡镇（约定）"
        // Step-downs and visits after discharge together: none of the views holds their sum.
        let expected = try #require(
          ConfidenceInterval(
            of: try values(
              file, "alliance", ["step-down", "aftercare"].map { "county+township+\($0)" })))
        let band = try #require(
          objects(chart, with: "flow", "value").first { $0["flow"] as? String == agreed })
        for (field, value) in [
          ("mean", expected.mean), ("low", expected.low), ("high", expected.high),
        ] {
          #expect(abs(try #require(band[field] as? Double) - value) < 1e-9)
        }
        // Under the baseline nobody went back by agreement: no band, but a difference.
        let bands = try objects(chart, with: "flow", "value").filter {
          $0["flow"] as? String == agreed
        }
        #expect(bands.count == 4)
        let difference = try #require(
          objects(chart, with: "name", "kind", "text").first { $0["name"] as? String == agreed })
        #expect(abs(try #require(difference["mean"] as? Double) - expected.mean) < 1e-9)
        #expect(chart.words.contains(agreed))
      }
    }
  }

  /// Sums over members, by replication.
  private func values(_ file: ResultsFile, _ scenario: String, _ members: [String]) throws
    -> [Double]
  {
    let point = try #require(file.header.points.first { $0.scenario == scenario }?.id)
    let all = try file.values(
      of: MeasureRequest(measure: "transfers", dimension: "from+to+way"))
    return (1...5).map { replication in
      members.reduce(0) {
        $0 + (all[$1]?[ReplicationKey(point: point, replication: replication)] ?? 0)
      }
    }
  }

  @Test("the scenario that is asked for is told, and an unknown one is refused")
  func scenario() throws {
    try file(transfers) { file in
      let source = try ChartSource(file)
      var context = ChartContext(.english, scenario: "third")
      #expect(try ChartKind.referralFlows.chart(source, context).title.contains("third"))
      context.scenario = "none"
      let alone = try ChartKind.referralFlows.chart(source, context)
      #expect(!alone.spec.description.contains("alliance"))
      context.scenario = "no-such"
      #expect {
        try ChartKind.referralFlows.chart(source, context)
      } throws: { fault in
        (fault as? RunnerFault)?.lines.first?.contains("there is no scenario no-such") == true
      }
    }
  }

  @Test("without ways, moves up and back are told apart still")
  func withoutWays() throws {
    let moves = rows(
      "transfers", by: "from+to", ["township+county": 500, "county+township": 40])
    try file([("none", moves)], replications: 1) { file in
      let source = try ChartSource(file)
      try every { context in
        let chart = try ChartKind.referralFlows.chart(source, context)
        #expect(
          chart.spec.description.contains(context.language == .english ? "back down" : "下行"))
        #expect(!chart.spec.description.contains("95 %"))
        for row in try file.summary() {
          let text = NumberText.text(mean: row.mean, low: nil, high: nil, scale: 1)
          #expect(chart.words.contains(text), "\(text)")
        }
      }
    }
  }

  // MARK: Money

  @Test("money: who pays whom, in the numbers of the views, pharmacies where they are paid")
  func money() throws {
    func paid(_ patients: Double, pharmacy: Double) -> [Observation] {
      rows("out-of-pocket", by: "tier", ["county": patients, "village": 2e6, "community": 0])
        + rows("fund-to-institutions", by: "tier", ["county": 5e6, "village": 0, "community": 0])
        + rows("pharmacy-out-of-pocket", ["": pharmacy]) + rows("pharmacy-fund-spend", ["": 0])
    }
    try file([("none", paid(9e6, pharmacy: 0)), ("cover", paid(8e6, pharmacy: 1e6))]) { file in
      let source = try ChartSource(file)
      let differences = try file.contrasts().filter {
        $0.measure == "out-of-pocket" && $0.member == "county"
      }
      try every { context in
        let isEnglish = context.language == .english
        let chart = try ChartKind.moneyFlows.chart(source, context)
        let spec = chart.spec.description
        #expect(spec.contains(isEnglish ? "million CNY" : "万元"))
        #expect(spec.contains(isEnglish ? "retail pharmacies" : "零售药店"))
        #expect(!spec.contains(isEnglish ? "community centres" : "社区"))
        let name = isEnglish ? "patients → county" : "患者 → 县级"
        let row = try #require(
          objects(chart, with: "name", "kind", "text").first { $0["name"] as? String == name })
        let scale = isEnglish ? 1e-6 : 1e-4
        for (field, value) in [
          ("mean", differences[0].meanDifference), ("low", differences[0].low),
          ("high", differences[0].high),
        ] {
          let expected = try #require(value) * scale
          #expect(abs(try #require(row[field] as? Double) - expected) < 1e-6 * abs(expected))
        }
      }
    }
    try file([("none", paid(9e6, pharmacy: 0))]) { file in
      let chart = try ChartKind.moneyFlows.chart(ChartSource(file), ChartContext(.english))
      #expect(!chart.spec.description.contains("pharmacies"))
    }
  }

  // MARK: The week

  @Test("the week begins on Monday, under every scenario", arguments: [1, 2, 8])
  func week(_ count: Int) throws {
    let days = ["friday", "monday", "saturday", "sunday", "thursday", "tuesday", "wednesday"]
    let scenarios = (0..<count).map { place in
      (
        "scenario-\(place)",
        days.map {
          Observation(
            measure: "wait-minutes", dimension: "weekday", member: $0, value: 20 + Double(place))
        }
      )
    }
    try file(scenarios) { file in
      let source = try ChartSource(file)
      let summary = try file.summary()
      try every { context in
        let chart = try ChartKind.week.chart(source, context)
        let points = try objects(chart, with: "day", "scenario", "mean")
        #expect(points.count == 7 * count + 7 * (count - 1))
        let means = points.compactMap { $0["mean"] as? Double }
        // JSONSerialization reads the last digit otherwise than Swift wrote it.
        for row in summary { #expect(means.contains { abs($0 - row.mean) < 1e-9 }) }
        let order = context.language == .english ? ["Mon", "Tue"] : ["周一", "周二"]
        let places = order.compactMap { chart.words.range(of: $0)?.lowerBound }
        #expect(places.count == 2 && places[0] < places[1])
        for scenario in scenarios { #expect(chart.words.contains(scenario.0)) }
      }
    }
  }

  @Test("what a file lacks is said with what to run")
  func missing() throws {
    try file([("none", rows("visits", ["": 100]))]) { file in
      let source = try ChartSource(file)
      for (kind, words) in [
        (ChartKind.referralFlows, "measures: [transfers by from+to+way]"),
        (.moneyFlows, "measures: [out-of-pocket by tier]"),
        (.week, "measures: [wait-minutes by weekday, occupancy by weekday]"),
        (.map, "measures: [primary-visit-share by town]"),
      ] {
        #expect {
          try kind.chart(source, ChartContext(.english))
        } throws: { fault in
          guard let lines = (fault as? RunnerFault)?.lines else { return false }
          return lines.count == 1 && lines[0].contains(words)
        }
      }
    }
  }
}

@Suite("where the parts of a flow diagram and labels of a map lie")
struct ChartLayoutTests {
  private static let flows = [
    (0, 0, 5.0), (0, 1, 20), (1, 1, 0), (1, 0, 7), (2, 1, 0.01), (0, 0, 1),
  ]
  .map { FlowLayout.Flow(from: $0.0, to: $0.1, value: $0.2) }

  @Test("bands fill their nodes without a gap, at both ends")
  func bands() {
    let layout = FlowLayout(Self.flows, counts: (3, 2), scale: 4)
    #expect(layout.bands.count == 5)
    for (places, top, node) in [
      (layout.left, \FlowLayout.Band.left, \FlowLayout.Flow.from),
      (layout.right, \FlowLayout.Band.right, \FlowLayout.Flow.to),
    ] {
      for (place, number) in zip(places, 0...) {
        let ends = layout.bands.filter { Self.flows[$0.flow][keyPath: node] == number }
          .map { ($0[keyPath: top], $0[keyPath: top] + $0.height) }.sorted { $0.0 < $1.0 }
        var at = place.top
        for end in ends {
          #expect(abs(end.0 - at) < 1e-9)
          at = end.1
        }
        #expect(abs(at - place.top - place.height) < 1e-9)
      }
      for (one, next) in zip(places, places.dropFirst()) {
        #expect(next.middle - one.middle >= FlowLayout.leastSlot)
      }
    }
  }

  @Test("the scale is the largest that fits")
  func scale() {
    let height = 200.0
    let scale = FlowLayout.scale(of: [Self.flows], counts: (3, 2), height: height)
    func used(_ scale: Double) -> Double {
      let layout = FlowLayout(Self.flows, counts: (3, 2), scale: scale)
      return [layout.left, layout.right].map { places in
        places.reduce(-FlowLayout.gap) {
          $0 + max($1.height, FlowLayout.leastSlot) + FlowLayout.gap
        }
      }.max() ?? 0
    }
    #expect(used(scale) <= height && used(scale * 1.001) > height)
  }

  @Test("labels cover neither each other nor the points, where there is room")
  func labels() {
    let points = (0..<14).map { (place: Int) -> (x: Double, y: Double) in
      let (x, y) = (60 + place * 83 % 470, 50 + place * 131 % 390)
      return (Double(x), Double(y))
    }
    func box(_ x: Double, _ y: Double, _ half: Double) -> LabelPlacement.Box {
      LabelPlacement.Box(left: x - half, top: y - half, right: x + half, bottom: y + half)
    }
    let bounds = LabelPlacement.Box(left: 0, top: 0, right: 600, bottom: 500)
    let obstacles = points.map { box($0.x, $0.y, 6) }
    var placement = LabelPlacement(bounds: bounds, obstacles: obstacles)
    var boxes: [LabelPlacement.Box] = []
    for point in points {
      let placed = placement.place(x: point.x, y: point.y, radius: 6, width: 70, height: 24)
      #expect(placed.box.left >= 0 && placed.box.right <= 600)
      for other in boxes + obstacles { #expect(placed.box.overlap(other) < 1) }
      boxes.append(placed.box)
    }
    // Two points in one place: the second label goes elsewhere.
    let second = placement.place(
      x: points[0].x, y: points[0].y, radius: 6, width: 70, height: 24)
    #expect(second.box.overlap(boxes[0]) < 1)
  }
}
