// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import Foundation
import OutputAnalysis
import Randomness
import SimulationKernel

/// Which series of a network a study of its warm-up looks at.
struct WarmUpRecording: Sendable {
  /// A measure of one member of a dimension.
  struct Name: Hashable, Sendable {
    var measure: String
    var dimension: String
    var member: String
  }

  /// What one replication showed.
  struct Record: Sendable {
    /// Values one by one, in the order in which they became known, and when, in time units.
    var ordered: [(name: Name, values: [Double], times: [Double])] = []
    /// One value an interval; `nil` where it has none.
    var byInterval: [(name: Name, values: [Double?])] = []
  }

  /// Measures looked at.
  var requests: [MeasureRequest]
  /// Whether waits and times in the system are looked at one by one, or by interval like the rest.
  var isOrdered: Bool
  /// From time 0 on, cut into intervals.
  var window: RunWindow
  let shelf = Shelf()

  /// What is observed one by one.
  static let orderedMeasures = [
    MeasureRequest(measure: "wait"), MeasureRequest(measure: "wait", dimension: "resource"),
    MeasureRequest(measure: "time-in-system"),
  ]

  fileprivate func isOrdered(_ request: MeasureRequest) -> Bool {
    isOrdered && Self.orderedMeasures.contains(request)
  }

  /// Where threads leave the records of replications that are done.
  ///
  /// Sendable, because `records` is touched only while `lock` is held.
  final class Shelf: @unchecked Sendable {
    private let lock = NSLock()
    private var records: [Int: Record] = [:]

    func put(_ record: Record, replication: Int) {
      lock.lock()
      defer { lock.unlock() }
      records[replication] = record
    }

    func take(_ replication: Int) -> Record? {
      lock.lock()
      defer { lock.unlock() }
      return records.removeValue(forKey: replication)
    }
  }
}

/// A network whose runs leave their series on a shelf.
struct RecordedNetwork: RunnableModel {
  var model: NetworkModel
  var recording: WarmUpRecording

  func begin(_ root: RandomRoot) -> any ModelRun {
    let run = NetworkRun(
      model: model, window: recording.window, root: root, requested: recording.requests,
      keepsSeries: recording.isOrdered)
    return RecordedNetworkRun(run, recording, replication: Int(root.replication))
  }
}

private final class RecordedNetworkRun: ModelRun {
  private let run: NetworkRun
  private let recording: WarmUpRecording
  private let replication: Int

  init(_ run: NetworkRun, _ recording: WarmUpRecording, replication: Int) {
    self.run = run
    self.recording = recording
    self.replication = replication
  }

  var eventCount: UInt64 { run.eventCount }

  func advance(until instant: SimulationTime) { run.advance(until: instant) }

  func fork(under model: any RunnableModel) -> any ModelRun {
    preconditionFailure("a study of a warm-up has one scenario")
  }

  func fault(at place: String) -> RunnerFault? {
    if let fault = run.fault { return .stopped(fault, in: run.model, at: place) }
    return run.deadlock.map { .deadlock($0, in: run.model, at: place) }
  }

  func finish() -> [ReplicationResult] {
    var record = WarmUpRecording.Record()
    if let series = run.series { record.ordered = ordered(series) }
    record.byInterval = byInterval()
    recording.shelf.put(record, replication: replication)
    return [ReplicationResult(events: run.eventCount, checksum: run.checksum, observations: [])]
  }

  private func ordered(
    _ series: NetworkSeries
  ) -> [(name: WarmUpRecording.Name, values: [Double], times: [Double])] {
    let unit = Double(run.model.timeUnit.microseconds)
    func entry(
      _ measure: String, _ dimension: String, _ member: String, _ entries: [NetworkSeries.Entry]
    ) -> (name: WarmUpRecording.Name, values: [Double], times: [Double]) {
      (
        WarmUpRecording.Name(measure: measure, dimension: dimension, member: member),
        entries.map { Double($0.span.microseconds) / unit },
        entries.map { Double($0.time.microseconds) / unit }
      )
    }
    return recording.requests.filter(recording.isOrdered).flatMap { request in
      if request.measure == "time-in-system" {
        return [entry("time-in-system", "", "", series.timesInSystem)]
      }
      guard request.dimension == "resource" else { return [entry("wait", "", "", series.waits)] }
      return zip(run.model.program.resources, series.waitsByResource).map {
        entry("wait", "resource", $0.name, $1)
      }
    }
  }

  private func byInterval() -> [(name: WarmUpRecording.Name, values: [Double?])] {
    let wanted = Set(recording.requests.filter { !recording.isOrdered($0) })
    var order: [WarmUpRecording.Name] = []
    var values: [WarmUpRecording.Name: [Double?]] = [:]
    for batch in run.finishedBatches + [run.batch] {
      for row in batch.observations
      where wanted.contains(MeasureRequest(measure: row.measure, dimension: row.dimension)) {
        let name = WarmUpRecording.Name(
          measure: row.measure, dimension: row.dimension, member: row.member)
        if values[name] == nil { order.append(name) }
        values[name, default: []].append(row.value)
      }
    }
    return order.map { ($0, values[$0]!) }
  }
}
