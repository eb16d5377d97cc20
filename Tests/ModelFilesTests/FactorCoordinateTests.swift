// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

@Suite("where a factor's values lie within its range")
struct FactorCoordinateTests {
  /// The coordinates of a factor's values over a design of one factor, in the order of its rows.
  private func coordinates(_ factor: String, _ design: String) throws -> [Double?] {
    let plan = try ExperimentPlan(
      path: "coordinates.yaml",
      text: """
        model: \(DocumentationTests.root)/Models/mmc
        factors: [{name: x, \(factor)}]
        design: {\(design), base-point: no}
        """)
    let points = try #require(plan.pointDesign)
    return points.rows.map { row in
      row.levels[0].flatMap { points.factors[0].coordinate(of: $0) }
    }
  }

  private func expect(_ seen: [Double?], _ known: [Double?]) {
    #expect(seen.count == known.count)
    for (a, b) in zip(seen, known) {
      guard let a, let b else {
        #expect(a == nil && b == nil)
        continue
      }
      #expect(abs(a - b) < 1e-8, "\(seen)")
    }
  }

  @Test("ranges, with steps and in logarithms")
  func ranges() throws {
    let rate = "path: arrivals.customers.poisson.rate"
    expect(
      try coordinates("\(rate), range: 1 .. 3 /min", "method: grid, levels: 5"),
      [0, 0.25, 0.5, 0.75, 1])
    expect(
      try coordinates("\(rate), range: 0.5 .. 2 /min, scale: log", "method: grid, levels: 3"),
      [0, 0.5, 1])
    // The greatest value that there is, 2.8, is the end.
    expect(
      try coordinates("\(rate), range: 1 .. 3 /min, step: 0.6", "method: grid"),
      [0, 1 / 3.0, 2 / 3.0, 1])
    expect(
      try coordinates(
        "path: resources.servers.capacity, range: 2 .. 4, integer: yes", "method: grid"),
      [0, 0.5, 1])
  }

  @Test("levels that are numbers lie where these do, words by their order")
  func levels() throws {
    expect(
      try coordinates("path: resources.servers.capacity, levels: [2, 3, 6]", "method: grid"),
      [0, 0.25, 1])
    let sets = """
      levels: [{name: few, set: {resources.servers.capacity: 2}}, \
      {name: some, set: {resources.servers.capacity: 3}}, \
      {name: many, set: {resources.servers.capacity: 9}}]
      """
    expect(try coordinates(sets, "method: grid"), [0, 0.5, 1])
  }

  /// On a factor of three values no step is two thirds of the range, as the steps of others are.
  @Test("the length of a step is that between the values set")
  func steps() throws {
    let seen = try coordinates(
      "path: resources.servers.capacity, range: 2 .. 4, integer: yes",
      "method: morris, trajectories: 20")
    let lengths = stride(from: 0, to: seen.count, by: 2).map {
      abs((seen[$0 + 1] ?? .nan) - (seen[$0] ?? .nan))
    }
    #expect(lengths.count == 20 && lengths.allSatisfy { [0, 0.5, 1].contains($0) })
  }
}
