// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import SimulationKernel

/// One replication of a network: owns all its state, and is used by one thread at a time.
public final class NetworkRun {
  public let model: NetworkModel
  public let window: RunWindow
  var simulation: Simulation<PathwayRun<NetworkDomain>>
  /// The measures beyond those always observed.
  public let requested: [MeasureRequest]
  let recording: NetworkRecording
  var levels: LevelRecord
  /// How often statistics have begun anew.
  private var resets = 0
  /// What the batches before the present one showed, where the window is cut into batches.
  public private(set) var finishedBatches: [Batch] = []
  private var eventsBefore: UInt64 = 0
  /// Whether the last completion that the window waits for has been seen: nothing happens any more.
  public private(set) var isOver = false

  /// What one batch showed.
  public struct Batch: Sendable {
    /// Events handled since the batch before, or since time 0.
    public var events: UInt64
    /// Of the state at its end.
    public var checksum: UInt64
    public var observations: [Observation]
  }

  /// An empty network at time 0.
  ///
  /// - Parameters:
  ///   - requested: measures beyond those always observed. Statistics of distributions, and measures
  ///     by step, are kept from the start or not at all.
  ///   - keepsSeries: whether waits and times in the system are kept one by one.
  public init(
    model: NetworkModel, window: RunWindow, root: RandomRoot, requested: [MeasureRequest] = [],
    keepsSeries: Bool = false
  ) {
    self.model = model
    self.window = window
    self.requested = requested
    var recording = NetworkRecording(requested, in: model, window: window)
    recording.keepsSeries = keepsSeries
    self.recording = recording
    levels = LevelRecord(recording.levels)
    var simulation = Simulation(
      PathwayRun(
        domain: NetworkDomain(model: model, root: root, recording: recording),
        flow: PathwayFlow(program: model.program, root: root, weekStart: model.weekStart)))
    simulation.model.start(&simulation.calendar)
    simulation.model.domain.start(simulation.model.flow, &simulation.calendar)
    self.simulation = simulation
    resetIfDue(until: .zero)
  }

  private init(copying other: NetworkRun, under model: NetworkModel) {
    self.model = model
    window = other.window
    requested = other.requested
    recording = other.recording
    levels = other.levels
    resets = other.resets
    finishedBatches = other.finishedBatches
    eventsBefore = other.eventsBefore
    isOver = other.isOver
    simulation = Simulation(
      PathwayRun(
        domain: other.simulation.model.domain.copy(
          under: model, root: other.simulation.model.flow.root),
        flow: other.simulation.model.flow.copy(under: model.program)),
      calendar: other.simulation.calendar.copy(), eventCount: other.simulation.eventCount)
  }

  /// An exact copy: both go on to the same numbers.
  public func copy() -> NetworkRun { NetworkRun(copying: self, under: model) }

  /// A copy that goes on under a model of the same layout, which differs from now on in what is
  /// drawn. A source's pending arrival stands.
  public func copy(under model: NetworkModel) -> NetworkRun {
    NetworkRun(copying: self, under: model)
  }

  /// What has stopped an entity, and with it the run; its numbers then mean nothing.
  public var fault: PathwayRunFault? { simulation.model.flow.fault }

  /// Waits and times in the system one by one, where the run keeps them.
  public var series: NetworkSeries? { simulation.model.domain.record.series }

  /// Events handled so far.
  public var eventCount: UInt64 { simulation.eventCount }

  /// The instant reached.
  public var now: SimulationTime { simulation.calendar.now }

  /// Runs every event before an instant, at most the end of the window. Any number of slices gives
  /// the same bits as one call.
  public func advance(until instant: SimulationTime) {
    precondition(instant <= window.end, "a run cannot go on beyond its window")
    resetIfDue(until: instant)
    if instant > now { go(until: instant) }
    if instant == window.end { simulation.model.flow.checkConservation() }
  }

  private func go(until instant: SimulationTime) {
    if recording.follows {
      if !isOver { follow(until: instant) }
    } else if recording.levels.isEmpty && recording.lastCompletion == nil {
      simulation.run(until: instant)
    } else if !isOver {
      watch(until: instant)
    }
  }

  private func watch(until instant: SimulationTime) {
    let last = resets > 0 ? recording.lastCompletion ?? .max : .max
    let reachedEnd = simulation.run(until: instant) { model, now in
      levels.read(model.flow, at: now)
      return model.domain.record.completed < last
    }
    isOver = !reachedEnd
  }

  /// The same with the network seen as a ``WatchedNetwork``.
  ///
  /// Sound because that type is this network and nothing else: a struct with one field is laid out
  /// as the field, and so are structs that differ in it alone (SE-0107). So a run is followed without
  /// a second set of everything, and one that is not followed pays nothing.
  private func follow(until instant: SimulationTime) {
    precondition(
      MemoryLayout<WatchedNetwork>.size == MemoryLayout<NetworkDomain>.size
        && MemoryLayout<WatchedNetwork>.alignment == MemoryLayout<NetworkDomain>.alignment,
      "a watched network is laid out as a network")
    let last = resets > 0 ? recording.lastCompletion ?? .max : .max
    let reachedEnd = withUnsafeMutablePointer(to: &simulation) { plain in
      plain.withMemoryRebound(to: Simulation<PathwayRun<WatchedNetwork>>.self, capacity: 1) {
        $0.pointee.run(until: instant) { model, now in
          levels.read(model.flow, at: now)
          return model.domain.network.record.completed < last
        }
      }
    }
    isOver = !reachedEnd
  }

  /// What the present batch showed, which is the whole window where that is not cut.
  public var batch: Batch {
    Batch(events: eventCount - eventsBefore, checksum: checksum, observations: observations())
  }

  /// Runs on to each instant up to the given one at which statistics begin anew.
  private func resetIfDue(until instant: SimulationTime) {
    while let reset = window.reset(resets), reset <= instant {
      if reset > now { go(until: reset) }
      simulation.model.flow.checkConservation()
      if resets > 0 {
        finishedBatches.append(batch)
        eventsBefore = eventCount
      }
      simulation.model.flow.resetStatistics(at: now, isBatch: resets > 0)
      simulation.model.domain.resetStatistics(at: now)
      levels.reset(at: now)
      resets += 1
    }
  }
}
