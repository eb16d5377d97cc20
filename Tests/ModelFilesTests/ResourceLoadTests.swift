// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite("Loads of resources before anything runs")
struct ResourceLoadTests {
  private let clinic = """
    kind: network
    time-unit: min
    evidence: assumed
    range-factor: [0.5, 2]
    classes: {booked: {}, walk-in: {}, urgent: {}}
    arrivals:
      door: {pathway: visit, classes: {booked: 25 %, walk-in: 75 %}, poisson: {rate: 12 /h}}
      brought-in: {pathway: visit, class: urgent, poisson: {rate: 3 /h}}
    resources:
      clerk: {capacity: 1}
      doctor: {capacity: 4}
    pathways:
      visit:
        - seize: clerk
        - delay: 2 min
        - release: clerk
        - branch: {worse: 20 %, otherwise: seen}
        - {name: worse, assign: {class: urgent}}
        - {name: seen, seize: {resource: doctor, units: 2}}
        - delay: {exponential: 5 min}
        - release: doctor
        - branch: {seen: 50 %, otherwise: home}
        - {name: home, leave: home}
    run: {length: 1 d}
    """

  @Test("a class that is assigned on the way counts from there on; a loop counts each visit")
  func byClass() throws {
    let model = try TemporaryModel(["model.yaml": clinic])
    let loads = try #require(ModelCheck(path: model.folder).loads.first).resources
    func load(_ resource: Int, _ name: String) throws -> [Double] {
      let part = try #require(loads[resource].classes.first { $0.name == name })
      return [part.requestRate, part.offeredLoad]
    }
    func expect(_ found: [Double], _ expected: [Double]) {
      for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-9) }
    }
    // By hand, per minute: 0.05 booked, 0.15 walk-in and 0.05 urgent at the clerk, for 2 min each.
    #expect(loads[0].classes.map(\.name) == ["booked", "walk-in", "urgent"])
    try expect(load(0, "booked"), [0.05, 0.1])
    try expect(load(0, "walk-in"), [0.15, 0.3])
    try expect(load(0, "urgent"), [0.05, 0.1])
    // A fifth of each is urgent then; everybody sees the doctors twice on average, two of them for
    // 5 min.
    try expect(load(1, "booked"), [0.08, 0.8])
    try expect(load(1, "walk-in"), [0.24, 2.4])
    try expect(load(1, "urgent"), [0.18, 1.8])
    for load in loads {
      let parts = load.classes
      #expect(abs(parts.reduce(0) { $0 + $1.requestRate } - load.requestRate) < 1e-12)
      #expect(abs(parts.reduce(0) { $0 + $1.offeredLoad } - load.offeredLoad) < 1e-12)
    }
    // 5 of 4 doctors are asked for.
    #expect(loads.map(\.hasSteadyState) == [true, false])
    #expect(loads.allSatisfy { !$0.hangsOnState })
  }

  /// Loads of desk and doctor, at the least and at the most, when one a minute comes.
  private func loads(_ steps: String) throws -> [[Double]] {
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [0.5, 2]
      classes: {sick: {}, well: {}}
      attributes: {severity: {uniform: {low: 0, high: 3}}}
      arrivals: {door: {pathway: visit, classes: {sick: 25 %, well: 75 %}, poisson: {rate: 1 /min}}}
      resources: {desk: {capacity: unlimited}, doctor: {capacity: unlimited}}
      pathways:
        visit:
          \(steps.replacingOccurrences(of: "\n", with: "\n    "))
        other: [seize: desk, delay: 3 min, release: desk, leave: home]
        chain: [seize: doctor, delay: 4 min, release: doctor, continue: other]
      run: {length: 1 d}
      """
    let model = try TemporaryModel(["model.yaml": text])
    let check = ModelCheck(path: model.folder)
    #expect(check.faults == nil, "\(check.faults?.list.map(\.description) ?? [])")
    let loads = try #require(check.loads.first).resources
    return loads.map { [$0.offeredLoad, $0.mostOffered] }
  }

  /// A line of steps each, of which three are written in a word.
  private static func steps(_ short: String) -> String {
    let words = [
      "DESK": "- seize: desk\n- delay: 2 min\n- release: desk",
      "DOCTOR": "- seize: doctor\n- delay: 5 min\n- release: doctor",
      "HOME": "- {name: home, leave: home}", "AGAIN": "- {name: again, delay: 0 min}",
      "AWAY": "- {name: away, leave: away, outcome: lost}",
    ]
    return short.split(separator: "|").map { words[String($0)] ?? "- \($0)" }
      .joined(separator: "\n")
  }

  private static let exact: [(String, [Double])] = [
    // A repetition at most twice, each with 1/2: 1 + 1/2 + 1/4.
    ("AGAIN|DESK|repeat: {from: again, at-most: 2, share: 50 %}|HOME", [3.5, 0]),
    ("AGAIN|DESK|repeat: {from: again, at-most: 3}|HOME", [8, 0]),
    // As good as without limit.
    ("AGAIN|DESK|repeat: {from: again, at-most: 100000, share: 20 %}|HOME", [2.5, 0]),
    (
      "branch: {by: class, sick: ill, otherwise: next}|DESK|leave: home|{name: ill, delay: 0 min}"
        + "|DOCTOR|HOME", [1.5, 1.25]
    ),
    (
      "branch: {ill: \"if(class == sick, 80 %, 0.2)\", otherwise: next}|DESK|leave: home"
        + "|{name: ill, delay: 0 min}|DOCTOR|HOME", [1.3, 1.75]
    ),
    ("seize: desk|delay: if(class == sick, 8 min, 4 min)|release: desk|HOME", [5, 0]),
    (
      "seize: desk|delay: {exponential: \"if(class == sick, 8 min, 4 min)\"}|release: desk|HOME",
      [5, 0]
    ),
    ("spawn: {pathway: chain, count: 2}|DESK|HOME", [8, 8]),
    ("spawn: {pathway: chain}|return: {pathway: other, after: 14 d}|HOME", [6, 4]),
    ("DESK|continue: chain", [5, 4]), ("DESK|refer: other", [5, 0]),
    (
      "seize: {resource: desk, balk: {share: 40 %, to: away}}|delay: 2 min|release: desk|HOME|AWAY",
      [1.2, 0]
    ),
    // Whichever way is taken, all meet again.
    (
      "branch: [{if: doctor.free > 0, to: here}, {otherwise: next}]|delay: 1 min"
        + "|{name: here, delay: 1 min}|DESK|HOME", [2, 0]
    ),
    (
      "branch: [{if: doctor.free > 0, to: here}, {otherwise: next}]|DESK|leave: home"
        + "|{name: here, delay: 1 min}|DESK|HOME", [2, 0]
    ),
  ]

  @Test("visits that hang on probabilities, classes and counts alone are exact")
  func exactLoads() throws {
    for (short, expected) in Self.exact {
      let found = try loads(Self.steps(short))
      for (load, value) in zip(found, expected) {
        #expect(abs(load[0] - value) < 1e-9 && abs(load[1] - value) < 1e-9, "\(short): \(found)")
      }
    }
  }

  private static let open: [(String, [[Double]])] = [
    (
      "DESK|branch: [{if: doctor.free > 0, to: in}, {otherwise: home}]|{name: in, delay: 0 min}"
        + "|DOCTOR|HOME", [[2, 2], [0, 5]]
    ),
    (
      "seize: {resource: desk, balk: {if: desk.queue > 4, to: away}}|delay: 2 min|release: desk"
        + "|DOCTOR|HOME|AWAY", [[0, 2], [0, 5]]
    ),
    (
      "seize: {any: [desk, doctor], as: carer}|delay: 2 min|release: carer|HOME",
      [[0, 2], [0, 2]]
    ),
    (
      "AGAIN|DESK|repeat: {from: again, at-most: 2, if: severity > 1}|DOCTOR|HOME",
      [[2, 6], [5, 5]]
    ),
    (
      "AGAIN|DESK|branch: [{if: severity > desk.free, to: again}, {otherwise: next}]|DOCTOR|HOME",
      // Who goes back for ever never comes to the doctor.
      [[2, .infinity], [0, 5]]
    ),
    ("spawn: {pathway: other, count: 1 + severity}|DOCTOR|HOME", [[0, .infinity], [5, 5]]),
    (
      "seize: desk|delay: {exponential: 2 min * severity}|release: desk|DOCTOR|HOME",
      [[0, .infinity], [5, 5]]
    ),
    (
      "seize: desk|wait: {until: doctor.free > 0}|delay: 2 min|release: desk|DOCTOR|HOME",
      [[2, .infinity], [5, 5]]
    ),
  ]

  @Test("what hangs on the state of the run lies between bounds, and the rest stays exact")
  func bounds() throws {
    for (short, expected) in Self.open {
      let found = try loads(Self.steps(short))
      for (load, bounds) in zip(found, expected) {
        for (value, bound) in zip(load, bounds) {
          #expect(value == bound || abs(value - bound) < 1e-9, "\(short): \(found)")
        }
      }
    }
  }
}
