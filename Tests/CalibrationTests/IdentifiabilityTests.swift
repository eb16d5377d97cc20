// SPDX-License-Identifier: GPL-3.0-or-later
import Calibration
import Testing

@Suite("what targets determine")
struct IdentifiabilityTests {
  private func reports(_ model: CheapModel, truth: [Double], _ method: CalibrationMethod) throws
    -> [Identifiability]
  {
    try (0..<(method == .historyMatching ? 5 : 10) as Range<UInt64>).map { repetition in
      let (_, problem) = model.problem(repetition: repetition, truth: truth)
      return Identifiability(
        try problem.fitted(
          by: method, points: method == .rejection ? 3000 : RecoveryTests.points[method]!))
    }
  }

  // Ten fits each, five on emulators; a method that named a ridge with a chance of 0.9 would fail once in four times.
  @Test("a product of which nothing else counts is named", arguments: CalibrationMethod.allCases)
  func product(method: CalibrationMethod) throws {
    let reports = try reports(.product, truth: [1, 4], method)
    let named = reports.count { $0.ridges.first?.determined == ["a · b"] }
    #expect(named >= reports.count - 1)
    #expect(reports.allSatisfy { $0.undetermined.isEmpty })
  }

  @Test(
    "a sum is named by its shares, and an input told by itself is not in it",
    arguments: CalibrationMethod.allCases)
  func sum(method: CalibrationMethod) throws {
    let reports = try reports(.sum, truth: [2, 1, 2], method)
    let named = reports.count { $0.ridges.first?.inputs == ["a", "b"] }
    #expect(named >= reports.count - 1)
    #expect(reports.allSatisfy { $0.inputs[2].width < 0.4 })
  }

  // No ridge is there; of 35 fits, two may name one.
  @Test("nothing is named where each input is told")
  func none() throws {
    var named = 0
    for method in CalibrationMethod.allCases {
      named += try reports(.identifiable, truth: [1, 4], method).count { !$0.ridges.isEmpty }
    }
    #expect(named <= 2)
  }

  // Two sharp targets and 200 points: the tolerance makes the draws as long as they are.
  @Test("what too few runs do not tell is not laid to the targets")
  func tolerance() throws {
    let (_, problem) = CheapModel.identifiable.problem(repetition: 3, truth: [1, 4])
    let sharp = CalibrationProblem(
      inputs: problem.inputs,
      targets: problem.targets.map {
        CalibrationTarget(
          name: $0.name, value: $0.value, standardDeviation: $0.standardDeviation / 20)
      }, replications: 4, seed: 1
    ) { points, _ in
      points.map { coordinates in
        CheapModel.identifiable.outputs(
          zip(problem.inputs, coordinates).map { $0.value(at: $1) }
        ).map { Array(repeating: $0, count: 4) }
      }
    }
    let result = try sharp.rejection(points: 200)
    #expect(
      result.cautions.contains { if case .tolerance(let size) = $0 { size > 2 } else { false } })
    let report = Identifiability(result)
    #expect(report.ridges.isEmpty && report.undetermined.isEmpty)
  }
}
