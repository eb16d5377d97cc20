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
  }
}
