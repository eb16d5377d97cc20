// SPDX-License-Identifier: GPL-3.0-or-later
import ModelFiles
import Testing

/// What is said of factors and designs that cannot be.
@Suite struct PointDesignFaultTests {
  private let designs = PointDesignTests()

  @Test(
    "what is wrong is told in one line, with what would be right",
    arguments: [
      ("factors: [{name: a, path: care.rat, range: 1 .. 2}]", "did you mean care.rate?"),
      ("factors: [{name: a, path: care.rate}]", "has neither range nor levels"),
      ("factors: [{name: a, range: 1 .. 2}]", "has no path"),
      ("factors: [{name: a, path: care.rate, range: 2 .. 1 /d}]", "does not rise"),
      ("factors: [{name: a, path: care.rate, range: 1 h .. 2 /d}]", "cannot be compared"),
      ("factors: [{name: a, path: care.rate, range: 0 .. 2, scale: log}]", "begins at 0"),
      ("factors: [{name: a, path: care.beds, range: 0.5 .. 2, integer: yes}]", "begins at 0.5"),
      ("factors: [{name: a, path: care.rate, range: 1 .. 2, levels: [1]}]", "stands beside range"),
      ("factors: [{name: a, path: care.rate, levels: [1, 1]}]", "is “1” again"),
      ("factors: [{name: a, policy: earl}]", "did you mean early?"),
      ("factors: [{name: value, path: care.beds, levels: [1]}]", "a column of results"),
      ("factors: [{name: a, path: run.length, levels: [1 d]}]", "the same at all points"),
      ("factors: [{name: a, path: care.beds, levels: [1], step: 2}]", "belongs to a range"),
      ("factors: [{name: a, path: care.beds, levels: [1], rnage: 2}]", "is not a key here"),
    ])
  func factorFaults(text: String, line: String) {
    let lines = designs.faults(text + "\ndesign: {method: one-at-a-time}")
    #expect(lines.count == 1 && lines[0].contains(line), "\(lines)")
  }

  @Test(
    "a design that cannot be is told in one line",
    arguments: [
      ("method: lhs", "has no points"), ("method: grid", "is a range without steps"),
      ("method: grid, points: 3, levels: 2", "points: does not belong to grid"),
      ("method: sobl, points: 3", "did you mean sobol?"),
      ("method: morris, levels: 5", "an even number of levels"),
      ("method: fractional", "has no generators"),
      ("method: fractional, points: 12", "a fraction has 4, 8, 16"),
      ("method: factorial, constraints: [rate > 9 /d]", "has no point"),
      ("method: factorial, constraints: [rat > 9 /d]", "did you mean rate?"),
      ("method: factorial, constraints: [rate >]", "ends too early"),
      ("method: sobol, points: 9, constraints: [rate > 9 /d]", "leave 0 of 900 points"),
      (
        "method: factorial, constraints: [rate < 2]",
        "“rate < 2” adds or compares a rate and what counts no time; give each number its unit, as in 2 "
          + "/min or 5 min; rate is in /d"
      ),
      (
        "method: factorial, constraints: [rate + 5 min < 3 /d]",
        "adds or compares a rate and a time"
      ),
      ("method: factorial, constraints: [rate * rate > 1 /d]", "to the power -2 and a rate"),
      ("method: factorial, constraints: [rate]", "“rate” is no condition"),
      ("method: factorial, constraints: [rate < 3 /d and 2 * rate]", "is no condition"),
      ("method: saltelli, points: 9, constraints: [rate > 2 /d]", "does not belong to saltelli"),
      ("file: none.csv", "none.csv does not exist"),
    ])
  func designFaults(design: String, line: String) {
    let lines = designs.faults(
      "factors: [{name: rate, path: care.rate, range: 1 .. 4 /d}]\ndesign: {\(design)}")
    #expect(lines.count == 1 && lines[0].contains(line), "\(lines)")
  }

  @Test(
    "a fraction of too many factors says what is too much",
    arguments: [
      (16, 4, "is 4, too few for 16 factors; write 32 or more"),
      (31, 16, "is 16, too few for 31 factors; write 32 or more"),
      (64, 128, "is fractional, and there are 64 factors; 63 are the most"),
    ])
  func largeFraction(count: Int, points: Int, line: String) {
    let model =
      PointDesignTests.model + "\n" + "many: {"
      + (1...count).map { "x\($0): 1" }.joined(separator: ", ") + "}"
    let factors = (1...count).map { "  - {name: x\($0), path: many.x\($0), levels: [1, 2]}\n" }
    let lines = designs.faults(
      "factors:\n\(factors.joined())design: {method: fractional, points: \(points)}",
      files: ["model.yaml": model])
    #expect(lines.count == 1 && lines[0].hasSuffix(line), "\(lines)")
  }

  @Test("a path that stops a list short says which would do")
  func deeperPath() {
    let model =
      PointDesignTests.model + """

        desk:
          shifts:
            - {name: mornings, capacity: 3}
            - {name: evenings, capacity: 1}
          mean: {beside: {capacity: 1}}
        """
    func line(_ path: String) -> [String] {
      designs.faults(
        "factors: [{name: a, path: \(path), levels: [1, 2]}]\ndesign: {method: grid}",
        files: ["model.yaml": model])
    }
    let all = line("desk.capacity")
    #expect(
      all.count == 1
        && all[0].hasSuffix(
          "desk.capacity: is not in the model; write desk.shifts.mornings.capacity, or another of 2 such "
            + "values there"),
      "\(all)")
    // A level further than that is a guess too many.
    #expect(line("desk.capacities").first?.contains("desk has") == true)
    #expect(line("capacity").first?.contains("shifts") == false)
  }

  @Test("factors, scenarios and forms of money may not set the same path")
  func twice() {
    let factors = """
      factors:
        - {name: a, path: care.rate, range: 1 .. 4 /d}
        - {name: b, path: care.rate, range: 1 .. 4 /d}
      design: {method: one-at-a-time}
      scenarios:
        - {name: s, set: {care.rate: 2 /d}}

      """
    let lines = designs.faults(factors + "money-forms: both")
    #expect(lines.contains { $0.contains("it is set by the factor a too") })
    #expect(designs.faults("factors: []").contains { $0.contains("has no design") })
    #expect(lines.contains { $0.contains("money-forms: stands beside factors") })
    #expect(
      designs.faults(factors.replacing("b, path: care.rate", with: "b, path: ward.rate")).contains {
        $0.contains("is set by the factor a")
      })
    #expect(designs.faults("design: {method: lhs}").contains { $0.contains("has no factors") })
  }
}
