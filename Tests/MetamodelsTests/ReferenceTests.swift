// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Metamodels
import Testing

/// What the processes say, written where scikit-learn's can be set beside it: see
/// `Tests/CommandLineTests/metamodels.sh`.
@Suite("predictions for another program")
struct ReferenceTests {
  private static let path = ProcessInfo.processInfo.environment["YILIAN_METAMODELS"]

  private struct Reference: Encodable {
    var kernel: String
    var trend: String
    var points: [[Double]]
    var means: [Double]
    var variances: [Double]
    var lengths: [Double]
    var deviation: Double
    var places: [[Double]]
    var values: [Double]
    var errors: [Double]
    var leftOutValues: [Double]
    var leftOutErrors: [Double]
  }

  @Test("are written", .enabled(if: path != nil))
  func written() throws {
    let points = GaussianProcessTests.points(40, columns: 2, repetition: 21)
    let variances = points.map { 0.01 + 0.05 * $0[0] }
    var stream = GaussianProcessTests.stream("reference", 0)
    let means = zip(points, variances).map {
      GaussianProcessTests.surface($0) + $1.squareRoot() * stream.normal()
    }
    let training = TrainingPoints(coordinates: points, means: means, variances: variances)
    let places = GaussianProcessTests.points(30, columns: 2, repetition: 22)
    var all: [Reference] = []
    for kernel in CovarianceKernel.allCases {
      for trend in GaussianProcess.Trend.allCases {
        let process = try GaussianProcess(training, kernel: kernel, trend: trend)
        let predictions = places.map { process.prediction(at: $0) }
        // Errors as they are before points left out widen them.
        all.append(
          Reference(
            kernel: kernel.rawValue, trend: trend.rawValue, points: points, means: means,
            variances: variances, lengths: process.lengths, deviation: process.deviation,
            places: places, values: predictions.map(\.value),
            errors: predictions.map { $0.standardError / process.inflation },
            leftOutValues: process.leftOut.map(\.prediction.value),
            leftOutErrors: process.leftOut.map {
              $0.prediction.standardError / process.inflation
            }))
      }
    }
    let path = try #require(Self.path)
    try JSONEncoder().encode(all).write(to: URL(fileURLWithPath: path))
  }
}
