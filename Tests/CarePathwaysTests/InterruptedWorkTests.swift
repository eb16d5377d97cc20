// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("Interrupted work resumes, restarts or is drawn again")
struct InterruptedWorkTests {
  private static let highRate = 0.4
  private static let lowRate = 0.05

  private func program(
    _ mode: InterruptedWork, service: Distribution
  ) throws -> PathwayProgram {
    var builder = try PathwayBuilder.plain()
    builder.addClass("urgent", priority: 1)
    builder.provide(
      role: builder.addRole("doctor"),
      by: builder.addResource(
        ResourceDescription(
          name: "doctor", capacity: 1, isPreemptive: true, interrupted: mode)))
    builder.addDurationRule("work", service, unit: .minutes(1))
    builder.addDurationRule("short", try .exponential(mean: 1), unit: .minutes(1))
    for (name, rule) in [("long", "work"), ("brief", "short")] {
      builder.addPathway(
        name, steps: [.seize("doctor"), .delay(rule), .release("doctor"), .delay("5"), .leave()])
    }
    return try builder.build()
  }

  /// From the first moment of service to the last, those of the plain class.
  private func completionTimes(
    _ mode: InterruptedWork, service: Distribution, minutes: Double
  ) throws -> [Double] {
    let model = try NetworkModel(
      program: try program(mode, service: service),
      sources: [
        ArrivalSource(
          name: "urgent", process: .poisson(rate: Self.highRate), pathway: "brief",
          classes: [.init("urgent", share: 1)]),
        ArrivalSource(
          name: "plain", process: .poisson(rate: Self.lowRate), pathway: "long",
          classes: [.init("patient", share: 1)]),
      ], timeUnit: .minutes(1))
    let end = SimulationTime.zero + .minutes(minutes)
    let run = TracedNetworkRun(
      model: model, window: RunWindow(warmUpEnd: .zero, end: end),
      root: RandomRoot(seed: 5, replication: 1))
    run.advance(until: end)
    var began: [UInt64: SimulationTime] = [:]
    var times: [Double] = []
    for row in run.takeRows() where row.classIndex == 0 {
      switch row.event {
      case .delay where began[row.episode] == nil: began[row.episode] = row.time
      case .release:
        times.append((row.time - began[row.episode]!).inMinutes)
      default: break
      }
    }
    return times
  }

  /// Urgent work comes at rate λ and keeps the doctor for busy periods of mean b = 1/(1 − λ). The
  /// mean time from the beginning of plain work S to its end is E[S](1 + λb) when it resumes,
  /// (E[exp λS] − 1)(1/λ + b) when the same work restarts, and (1/E[exp −λS] − 1)(1/λ + b) when it
  /// is drawn again. For exponential work the first and the last are the same.
  ///
  /// Completion times are independent of each other, about 10,000 of them; an interval at 1 − 10⁻⁷
  /// is 7 % wide on each side or less, so that an error of 14 % is surely caught. Another mode's value
  /// is out by 24 % or more.
  ///
  /// Source: D. P. Gaver, *A waiting line with interrupted service, including priorities*, J. Royal
  /// Statistical Society B 24 (1962) 73–90; R. W. Conway, W. L. Maxwell, L. W. Miller, *Theory of
  /// Scheduling*, 1967, ch. 8.
  @Test(
    "the mean time to complete work of two lengths", arguments: InterruptedWork.allCases)
  func twoLengths(mode: InterruptedWork) throws {
    let rate = Self.highRate
    let busy = 1 / (1 - rate)
    let lengths = [1.0, 3]
    func mean(_ value: (Double) -> Double) -> Double { lengths.map(value).reduce(0, +) / 2 }
    let expected =
      switch mode {
      case .resume: mean { $0 } * (1 + rate * busy)
      case .restart: (mean { exponential(rate * $0) } - 1) * (1 / rate + busy)
      case .resample: (1 / mean { exponential(-rate * $0) } - 1) * (1 / rate + busy)
      }
    let service = try Distribution.empirical(values: lengths, weights: [1, 1])
    try check(mode, service, expected)
  }

  @Test(
    "exponential work takes as long drawn again as resumed",
    arguments: [InterruptedWork.resume, .resample])
  func exponential(mode: InterruptedWork) throws {
    try check(mode, try .exponential(mean: 2), 2 / (1 - Self.highRate))
  }

  private func check(_ mode: InterruptedWork, _ service: Distribution, _ expected: Double) throws {
    let times = try completionTimes(mode, service: service, minutes: 200_000)
    let interval = try #require(ConfidenceInterval(of: times, level: 1 - 1e-7))
    #expect(interval.contains(expected), "\(expected) is not in \(interval)")
    #expect(interval.high - interval.low < 0.14 * expected, "\(interval) is too wide")
  }

  /// By its power series, so that the test needs no other library.
  private func exponential(_ exponent: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    for place in 1..<60 {
      term *= exponent / Double(place)
      sum += term
    }
    return sum
  }

  @Test("a day by hand: 4 of 10 minutes are done when the work is interrupted for 5")
  func day() throws {
    let expected: [InterruptedWork: Double] = [.resume: 15, .restart: 19, .resample: 19]
    for (mode, end) in expected {
      var run = RecordedRun(try program(mode, service: try .constant(10)))
      run.send(1, at: 0)
      run.send(2, at: 4, pathway: 0, priority: 1)
      // The second one's 10 minutes, then the rest of the first one's or all of them.
      let record = run.run(until: 60)
      #expect(record.last == "\(end + 5 + 5) 1 leaves home", "\(mode): \(record)")
    }
  }

  /// However often work is interrupted, what follows is drawn as it would have been.
  @Test("an interruption moves no other draw, and none comes twice")
  func keys() throws {
    var builder = try PathwayBuilder.plain()
    builder.provide(
      role: builder.addRole("doctor"),
      by: builder.addResource(
        ResourceDescription(
          name: "doctor", capacity: 1, isPreemptive: true, interrupted: .resample)))
    builder.addDurationRule("work", try .uniform(low: 100, high: 200), unit: .minutes(1))
    builder.addPathway(
      "visit",
      steps: [
        .seize("doctor"), .delay("work"), .release("doctor"), .delay("work"), .leave(),
      ])
    builder.addPathway(
      "round", steps: [.seize("doctor"), .delay("5"), .release("doctor"), .leave()])
    let program = try builder.build()
    var first: [Int64] = []
    var again: [Int64] = []
    for interruptions in 0...3 {
      let rounds = (0..<interruptions).map { 10 + 10 * $0 }
      var run = LoggedRun(
        program,
        [.init(minute: 0, pathway: 0, priority: 8)]
          + rounds.map { .init(minute: $0, pathway: 1, priority: 1) },
        root: RandomRoot(seed: 1, replication: 1))
      run.run(until: 1000)
      let mine = run.simulation.model.domain.log.filter { $0.episode == 0 }
      let began = mine.filter { $0.what == .began }.map(\.value)
      let resumed = mine.filter { $0.what == .resumed }.map(\.value)
      if first.isEmpty { first = began }
      #expect(began == first && first.count == 2)
      #expect(resumed.count == interruptions && resumed.starts(with: again))
      again = resumed
    }
    #expect(Set(first + again).count == 5)
    #expect((first + again).allSatisfy { (100...200).contains(Double($0) / 6e7) })
  }
}
