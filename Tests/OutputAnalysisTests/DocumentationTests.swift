// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

/// The examples of the documentation pages, with the figures printed there.
@Suite("examples of the documentation")
struct DocumentationTests {
  @Test("landing page: the interval of five waits")
  func landingPage() throws {
    let waits: [Double] = [11.2, 9.8, 10.4, 12.1, 10.9]
    let interval = try #require(ConfidenceInterval(of: waits))
    #expect(abs(interval.mean - 10.88) < 0.005)
    #expect(abs(interval.low - 9.81) < 0.005)
    #expect(abs(interval.high - 11.95) < 0.005)
  }

  @Test("leaving out the start: the calls compile, the relaxation times are as printed")
  func leavingOutTheStart() throws {
    let waitsByReplication = [
      Array(repeating: 1.0, count: 60), Array(repeating: 3.0, count: 70),
    ]
    let series = WarmUp.meanOverReplications(waitsByReplication)
    let truncation = WarmUp.mser(series)
    #expect(truncation == 0)
    let (waits, occupancy) = (series, series)
    let warmUp = WarmUp.longest([WarmUp.mser(waits), WarmUp.mser(occupancy)])
    #expect(warmUp == 0)
    for (load, printed) in [(0.5, 12.0), (0.9, 380), (0.95, 1560)] {
      let time = try #require(
        QueueTheory.relaxationTime(arrivalRate: load, meanServiceTime: 1))
      #expect(abs(time - printed) < 0.04 * printed)
    }
  }

  @Test("comparing scenarios: the contrast of four replications")
  func comparingScenarios() throws {
    let before: [Double?] = [41.0, 38.5, 44.2, 40.1]
    let after: [Double?] = [37.9, 35.8, 40.6, 37.2]
    let contrast = try #require(PairedContrast(of: after, against: before))
    #expect(abs(contrast.difference.mean + 3.075) < 0.0005)
    #expect(abs(contrast.difference.low + 3.69) < 0.005)
    #expect(abs(contrast.difference.high + 2.46) < 0.005)
    #expect(abs(try #require(contrast.varianceReduction) - 66) < 0.5)

    let contrasts = [contrast]
    let adjusted = holmAdjusted(contrasts.map(\.pValue))
    let claims = adjusted.map { $0 <= 0.05 }
    #expect(claims == [true])

    let observations = { (replication: Int) -> [Double?] in
      [100 + Double(replication % 3), Double(replication % 2)]
    }
    var precision = SequentialPrecision(targets: [
      PrecisionTarget(.relative(0.05)), PrecisionTarget(.absolute(0.5)),
    ])
    while !precision.isReached, precision.replications < 500 {
      precision.add(observations(precision.replications))
    }
    #expect(precision.isReached)
  }

  @Test("choosing the best: the calls compile, and the lowest is chosen")
  func choosingTheBest() {
    let waits = { (replication: Int) -> [Double] in
      [30 + Double(replication % 5), 20 + Double(replication % 3), 40]
    }
    var selection = KimNelsonSelection(
      systems: 3, best: .lowest, difference: 2, isCommon: true)
    while !selection.isDecided, selection.replications < 500 {
      selection.add(waits(selection.replications))  // one value a system
    }
    #expect(selection.survivors == [1])
    #expect(selection.droppedAfter == [10, nil, 10])
  }
}
