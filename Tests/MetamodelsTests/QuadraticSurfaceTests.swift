// SPDX-License-Identifier: GPL-3.0-or-later
import Metamodels
import Randomness
import Testing

@Suite("quadratic surface")
struct QuadraticSurfaceTests {
  static func surface(_ x: [Double]) -> Double {
    2 + x[0] - 3 * x[1] + 0.5 * x[0] * x[0] + 4 * x[0] * x[1]
  }

  @Test("it is exact for a polynomial of its own form")
  func exact() throws {
    let points = GaussianProcessTests.points(15, columns: 2, repetition: 0)
    let surface = try QuadraticSurface(
      TrainingPoints(
        coordinates: points, means: points.map(Self.surface), variances: points.map { _ in 0 }))
    #expect(surface.form == .full)
    for point in GaussianProcessTests.points(20, columns: 2, repetition: 1) {
      let prediction = surface.prediction(at: point)
      #expect(abs(prediction.value - Self.surface(point)) < 1e-9)
      #expect(prediction.standardError < 1e-8)
    }
  }

  @Test("points left out in closed form are those of a fit without them")
  func leaveOneOut() throws {
    let points = GaussianProcessTests.points(12, columns: 2, repetition: 2)
    var stream = GaussianProcessTests.stream("quadratic noise", 0)
    let values = points.map { Self.surface($0) + 0.2 * stream.normal() }
    let variances = points.map { _ in 0.04 }
    let all = try QuadraticSurface(
      TrainingPoints(coordinates: points, means: values, variances: variances), form: .full)
    for place in points.indices {
      let others = points.indices.filter { $0 != place }
      let rest = try QuadraticSurface(
        TrainingPoints(
          coordinates: others.map { points[$0] }, means: others.map { values[$0] },
          variances: others.map { variances[$0] }), form: .full)
      let direct = rest.prediction(at: points[place])
      #expect(abs(all.leftOut[place].prediction.value - direct.value) < 1e-8)
    }
  }

  // 4,000 intervals: a share of 0.95 has a standard deviation of 0.0035 if they were independent, of
  // 0.006 as they hang together by eight. Errors stated a fifth too small would hold 0.88.
  @Test("its intervals hold the true surface at their rate", arguments: [true, false])
  func coverage(isNoiseKnown: Bool) throws {
    var inside = 0
    for repetition in 0..<500 {
      let points = GaussianProcessTests.points(18, columns: 2, repetition: repetition, "quadratic")
      let replications = points.enumerated().map { place, x in
        var stream = GaussianProcessTests.stream("replications", repetition, place)
        return (0..<(isNoiseKnown ? 5 : 1)).map { _ in Self.surface(x) + stream.normal() }
      }
      let surface = try QuadraticSurface(
        TrainingPoints(
          coordinates: points, replications: replications, randomNumbers: .independent),
        form: .full)
      inside += GaussianProcessTests.points(8, columns: 2, repetition: repetition, "held back")
        .count {
          surface.prediction(at: $0).interval().contains(Self.surface($0))
        }
    }
    let share = Double(inside) / 4000
    // Above rather than below: the noise is in the lack of fit where it is not known.
    #expect(share > 0.93 && share < 0.999, "inside: \(share)")
  }

  @Test("a square needs three values of a column, an interaction more than one at a time")
  func forms() throws {
    let corners = [
      [0.0, 0.0], [0, 1], [1, 0], [1, 1], [0, 0.5], [1, 0.5], [0, 0.2], [1, 0.8],
    ]
    let surface = try QuadraticSurface(
      TrainingPoints(coordinates: corners, means: corners.map(Self.surface), variances: nil))
    #expect(surface.form == .interactions || surface.form == .full)
    let apart: [[Double]] = [0, 0.25, 0.5, 0.75, 1].flatMap { (x: Double) -> [[Double]] in
      [[x, 0], [0, x]]
    }
    #expect(throws: MetamodelFault.illConditioned) {
      try QuadraticSurface(
        TrainingPoints(coordinates: apart, means: apart.map(Self.surface), variances: nil),
        form: .interactions)
    }
  }

  @Test("the metamodel that is chosen follows what the points are")
  func choice() throws {
    let points = GaussianProcessTests.points(40, columns: 2, repetition: 3)
    let bent = TrainingPoints(
      coordinates: points, means: points.map(GaussianProcessTests.surface),
      variances: points.map { _ in 0 })
    let chosen = try #require(
      bestMetamodel([try QuadraticSurface(bent), try GaussianProcess(bent)]))
    #expect(chosen is GaussianProcess)
    let summary = LeaveOneOutSummary(chosen.leftOut)
    #expect(summary.count == 40)
    #expect(try #require(summary.explainedShare) > 0.99)
  }
}

@Suite("moderated variances")
struct ModeratedVariancesTests {
  @Test("samples that differ by chance alone get one variance, or nearly")
  func equal() {
    var stream = GaussianProcessTests.stream("equal variances", 0)
    let samples = (0..<200).map { _ in
      ModeratedVariances.Sample(
        variance: (0..<4).reduce(0) { sum, _ in sum + square(2 * stream.normal()) } / 4, degrees: 4)
    }
    let moderated = ModeratedVariances(samples)
    // Of 800 normal values: a standard deviation of 5 %. Raw variances spread by 70 %.
    #expect(moderated.values.allSatisfy { abs($0 - 4) < 1.6 })
  }

  @Test("what samples have in common is found: its degrees of freedom and its size")
  func recovered() {
    var stream = GaussianProcessTests.stream("prior", 0)
    // A prior of 6 degrees about 3; 3,000 samples of 5 degrees.
    let samples = (0..<3000).map { _ in
      let prior = (0..<6).reduce(0) { sum, _ in sum + square(stream.normal()) }
      let variance = 6 * 3 / prior
      return ModeratedVariances.Sample(
        variance: variance * (0..<5).reduce(0) { sum, _ in sum + square(stream.normal()) } / 5,
        degrees: 5)
    }
    let moderated = ModeratedVariances(samples)
    #expect(abs(moderated.priorDegrees - 6) < 1.2)
  }

  @Test("no noise stays no noise")
  func none() {
    let none = ModeratedVariances(Array(repeating: .init(variance: 0, degrees: 3), count: 5))
    #expect(none.values == [0, 0, 0, 0, 0])
  }

  private func square(_ x: Double) -> Double { x * x }
}
