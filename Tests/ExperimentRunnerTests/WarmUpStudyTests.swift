// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import SimulationKernel
import Testing

@Suite("a study of the warm-up of a network")
struct WarmUpStudyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func loaded(
    _ run: String, arrivals: String = "poisson: {rate: 0.8 /min}", seed: UInt64 = 4
  ) throws -> LoadedExperiment {
    let model = """
      kind: network
      name: one-server
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      arrivals: {customers: {pathway: service, \(arrivals)}}
      resources: {server: {capacity: 1}}
      durations: {service: {exponential: 1 min}}
      pathways: {service: [seize: server, delay: service, release: server, leave: served]}
      run: {\(run)}

      """
    try FileManager.default.createDirectory(
      atPath: folder.file("model"), withIntermediateDirectories: true)
    try model.write(toFile: folder.file("model/model.yaml"), atomically: true, encoding: .utf8)
    return try LoadedExperiment(path: folder.file("model"), seed: seed)
  }

  private func study(
    _ loaded: LoadedExperiment, threads: Int = 2, length: String? = nil, intervals: Int = 500
  ) throws -> WarmUpStudy {
    var study = try WarmUpStudy(loaded, length: length, intervals: intervals)
    #expect(try study.run(threads: threads) == .complete)
    return study
  }

  /// The mean number in an M/M/1 system that was empty at time 0, in so many intervals of a length,
  /// by forward equations (uniformised, so that every step is a mean of probabilities).
  private func transient(load: Double, interval: Double, count: Int) -> [Double] {
    let steps = 400
    let step = interval / Double(steps)
    var state = [1.0] + Array(repeating: 0, count: 299)
    return (0..<count).map { _ in
      var area = 0.0
      for _ in 0..<steps {
        func mean() -> Double {
          state.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
        }
        let before = mean()
        var next = state
        for place in state.indices {
          let up = place + 1 < state.count ? load * step * state[place] : 0
          let down = place > 0 ? step * state[place] : 0
          next[place] -= up + down
          if place + 1 < state.count { next[place + 1] += up }
          if place > 0 { next[place - 1] += down }
        }
        state = next
        area += (before + mean()) / 2 * step
      }
      return area / interval
    }
  }

  // 4,000 replications of 50 min. The number at an instant has a variance of at most m (1 + m), its
  // mean being m; each mean of an interval of half a minute is held to six standard errors of that.
  // A curve that is late by a minute lies further off in the first ten.
  @Test("the curve of a queue from empty is that of the forward equations")
  func exact() throws {
    let study = try study(
      loaded("warm-up: 0 min, length: 50 min, replications: 4000"), intervals: 100)
    let number = try #require(study.findings.first { $0.measure == "in-system" })
    let exact = transient(load: 0.8, interval: 0.5, count: 100)
    #expect(number.curve.count == 100)
    for (point, expected) in zip(number.curve, exact) {
      let error = (expected * (1 + expected) / 4000).squareRoot()
      #expect(abs(point.mean - expected) < 6 * error, "at \(point.time)")
    }
    #expect(number.curve.map(\.time) == (1...100).map { Double($0) / 2 })
    // The transient fills the run: no truncation of it can be trusted.
    #expect(number.truncation == nil && study.longest == nil && study.suggested == nil)
  }

  @Test("the same whatever the threads, and another seed is another study")
  func threads() throws {
    let loaded = try loaded("warm-up: 0 min, length: 3000 min, replications: 12")
    let one = try study(loaded, threads: 1)
    for threads in [2, 5] {
      let other = try study(loaded, threads: threads)
      #expect(other.findings.map(\.curve) == one.findings.map(\.curve))
      #expect(other.findings.map(\.truncation) == one.findings.map(\.truncation))
    }
    let seeded = try study(
      try self.loaded("warm-up: 0 min, length: 3000 min, replications: 12", seed: 5))
    #expect(seeded.findings.map(\.curve) != one.findings.map(\.curve))
  }

  // At a load of 0.9 the queue forgets its start by e in 380 min, and the start takes a tenth off a
  // mean over 4,000 min. With 300 replications the rule left out 120 to 2,000 min of it for each of
  // the seeds 1 to 5.
  @Test("what is left out is most of a long transient, and waits tell when")
  func longTransient() throws {
    let study = try study(
      try loaded(
        "warm-up: 100 min, length: 3900 min, replications: 300",
        arrivals: "poisson: {rate: 0.9 /min}"))
    let number = try #require(study.findings.first { $0.measure == "in-system" })
    let wait = try #require(study.findings.first { $0.measure == "wait" })
    #expect(number.isByObservation == false && wait.isByObservation)
    #expect(number.count == 500 && wait.count > 3300)
    let warmUps = try [number, wait].map { try #require($0.warmUp) }
    for warmUp in warmUps { #expect(warmUp > 100 && warmUp <= 2000) }
    #expect(study.stated == .minutes(100))
    // An entity leaves on average 1/0.9 min after the one before it.
    let truncation = Double(try #require(wait.truncation))
    #expect(abs(warmUps[1] - truncation / 0.9) < 0.1 * warmUps[1])
    let longest = try #require(study.longest)
    let suggested = try #require(study.suggested)
    #expect(suggested >= longest && suggested <= 1.1 * longest)
    for finding in [number, wait] { #expect(try #require(finding.keptMean) > finding.wholeMean) }
  }

  @Test("arrivals that recur each week are looked at week by week, and twenty are the least")
  func cycles() throws {
    let loaded = try loaded(
      "warm-up: 0 min, length: 24 week, replications: 4",
      arrivals: "weekly: [{days: Mon-Fri, hours: '08:00-12:00', rate: 0.8 /min}]")
    let study = try study(loaded)
    #expect(study.cycle == .days(7) && study.interval == .days(7))
    for finding in study.findings {
      #expect(!finding.isByObservation && finding.count == 24)
      // Where it answers at all: 24 weeks of four replications are few.
      let weeks = (finding.warmUp ?? 0) / 10_080
      #expect(weeks == weeks.rounded())
    }
    #expect(throws: RunnerFault.self) { try WarmUpStudy(loaded, length: "19 week") }
    #expect(throws: RunnerFault.self) { try WarmUpStudy(loaded, length: "soon") }
    #expect(throws: RunnerFault.self) { try WarmUpStudy(loaded, scenario: "bass") }
  }
}
