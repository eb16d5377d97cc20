// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import ModelFiles
import OutputAnalysis
import SimulationKernel

/// How long a warm-up a network needs: replications from its empty start, and MSER-5 on each of their
/// series.
public struct WarmUpStudy: Sendable {
  /// Intervals into which a run is cut, unless asked otherwise.
  public static let intervals = 500
  /// Points of a curve at the most.
  static let curvePoints = 500
  /// Where arrivals or capacities recur, fewer cycles tell nothing.
  static let leastCycles = 20

  /// What is looked at unless asked otherwise.
  static let measures = [
    MeasureRequest(measure: "wait"), MeasureRequest(measure: "time-in-system"),
    MeasureRequest(measure: "in-system"),
    MeasureRequest(measure: "queue-length", dimension: "resource"),
    MeasureRequest(measure: "occupancy", dimension: "resource"),
  ]

  public let network: NetworkReader.Network
  public let scenario: String
  public let replications: Int
  public let seed: UInt64
  /// The length of each replication, from its empty start.
  public let length: TimeSpan
  /// One of the intervals.
  public let interval: TimeSpan
  /// The span after which arrivals and capacities recur; `nil` where they never change, or never
  /// recur.
  public let cycle: TimeSpan?
  /// A source or resource that changes and does not recur.
  public let neverTheSame: String?
  /// The warm-up that the model or experiment states.
  public let stated: TimeSpan
  public private(set) var findings: [WarmUpFinding] = []
  private let recording: WarmUpRecording
  private let design: ExperimentDesign

  /// - Parameters:
  ///   - scenario: Its name; the baseline unless given.
  ///   - length: From time 0, such as `5000 min`; that of the run with its warm-up unless given.
  ///   - intervals: Into how many the run is cut, at the most.
  ///   - measures: In place of those looked at otherwise.
  /// - Throws: ``RunnerFault`` when there is no such scenario or length, or too few cycles fit.
  public init(
    _ loaded: LoadedExperiment, scenario: String? = nil, length: String? = nil,
    intervals: Int = WarmUpStudy.intervals, measures: [MeasureRequest]? = nil
  ) throws(RunnerFault) {
    let place = try loaded.index(ofScenario: scenario)
    let network = try loaded.network(at: place)
    var window = loaded.plan.window
    if let length {
      guard let span = network.time(length), span > .zero else {
        throw .invalid("--length is \(length); write a time such as 8 h")
      }
      window.end = .zero + span
    }
    let whole = window.end - SimulationTime.zero
    var isOrdered = true
    var count = Int64(intervals)
    var interval = TimeSpan(microseconds: max(1, whole.microseconds / count))
    switch NetworkRhythm(network.model) {
    case .steady: (cycle, neverTheSame) = (nil, nil)
    case .neverTheSame(let name): (cycle, neverTheSame) = (nil, name)
    case .periodic(let span):
      (cycle, neverTheSame) = (span, nil)
      isOrdered = false
      let cycles = whole.microseconds / span.microseconds
      guard cycles >= Self.leastCycles else {
        let needed = (Double(Self.leastCycles) * Double(span.microseconds)) / 8.64e10
        throw .invalid(
          "\(loaded.plan.name): arrivals and capacities recur after \(span.inDays) d, and the run "
            + "has \(cycles) such cycles; write --length \"\(needed) d\" or more")
      }
      interval = TimeSpan(microseconds: span.microseconds * ((cycles + count - 1) / count))
    }
    count = whole.microseconds / interval.microseconds
    self.interval = interval
    self.length = TimeSpan(microseconds: interval.microseconds * count)
    self.network = network
    self.scenario = loaded.plan.points[place].scenario
    stated = loaded.plan.run.warmUp
    seed = loaded.design.seed
    // Batches are of one run, which is no replication.
    replications = loaded.plan.run.batches == nil ? loaded.design.replications : 10
    var requests: [MeasureRequest] = []
    for request in measures ?? Self.measures + loaded.plan.measures
    where !requests.contains(request) {
      requests.append(request)
    }
    recording = WarmUpRecording(
      requests: requests, isOrdered: isOrdered,
      window: RunWindow(
        warmUpEnd: .zero, end: .zero + self.length, batches: Int(count)))
    design = ExperimentDesign(
      name: loaded.plan.name,
      points: [
        DesignPoint(
          scenario: self.scenario,
          model: RecordedNetwork(model: network.model, recording: recording),
          end: .zero + self.length)
      ], replications: replications, seed: seed)
  }

  /// Runs the replications and looks at their series.
  ///
  /// - Returns: Whether it came to its end; ``findings`` are there only then.
  /// - Throws: ``RunnerFault`` when the network stops, as by a deadlock.
  public mutating func run(
    threads: Int, stop: StopFlag = StopFlag(), progress: (RunProgress) -> Void = { _ in }
  ) throws -> ExperimentRun.Outcome {
    var sums = WarmUpSums()
    // Added in the order of their numbers, whatever the threads.
    var next = 1
    let outcome = try ExperimentRun(design, threads: threads).run(
      design.pairs, alreadyDone: 0, stop: stop, progress: progress,
      store: { _ in
        while let record = recording.shelf.take(next) {
          sums.add(record)
          next += 1
        }
      })
    guard outcome == .complete else { return outcome }
    let definitions = MeasureCatalogue.measures(
      of: .network, timeUnit: LoadedExperiment.timeUnitName(network.timeUnit))
    findings = sums.findings(
      interval: interval / network.model.timeUnit, batchSize: cycle == nil ? 5 : 1,
      units: { name in
        definitions.first { $0.name == name || $0.statistic(named: name) != nil }?.unit(of: name)
          ?? ""
      })
    return outcome
  }

  /// The longest warm-up that any measure asks for, in time units; `nil` when one asks for a longer
  /// run.
  public var longest: Double? {
    findings.contains { $0.warmUp == nil } ? nil : findings.compactMap(\.warmUp).max()
  }

  /// The same rounded up: to two figures, or to whole cycles.
  public var suggested: Double? {
    longest.map { longest in
      if let cycle {
        let unit = cycle / network.model.timeUnit
        return (longest / unit - 1e-9).rounded(.up) * unit
      }
      guard longest > 0 else { return 0 }
      var scale = 1.0
      while longest / scale >= 100 { scale *= 10 }
      while longest / scale < 10 { scale /= 10 }
      return (longest / scale - 1e-9).rounded(.up) * scale
    }
  }

  /// The finding that decides: the first that asks for a longer run, else that of the longest
  /// warm-up.
  public var deciding: WarmUpFinding? {
    findings.first { $0.warmUp == nil } ?? findings.max { ($0.warmUp ?? 0) < ($1.warmUp ?? 0) }
  }
}
