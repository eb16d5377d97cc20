// SPDX-License-Identifier: GPL-3.0-or-later
import Metamodels
import Testing

@Suite("examples of the documentation")
struct DocumentationTests {
  @Test("landing page: five points of two replications")
  func landingPage() throws {
    let points = TrainingPoints(
      coordinates: [[0.1, 3], [0.4, 5], [0.9, 2], [0.6, 4], [0.3, 1]],
      replications: [[5.1, 4.8], [6.0, 6.3], [4.2, 4.4], [6.1, 5.8], [3.9, 4.0]],
      randomNumbers: .independent)
    let process = try GaussianProcess(points)
    let interval = process.prediction(at: [0.5, 3]).interval()
    #expect(interval.contains(5))
  }
}
