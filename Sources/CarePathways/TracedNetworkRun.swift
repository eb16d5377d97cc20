// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// One replication of a network with a log of everything that happens to its entities.
///
/// It is the run that ``NetworkRun`` makes of the same model, window and random numbers: its
/// ``checksum`` is the same.
public final class TracedNetworkRun {
  public let model: NetworkModel
  public let window: RunWindow
  private var simulation: Simulation<PathwayRun<TracedNetwork>>
  /// How often statistics have begun anew.
  private var resets = 0
  /// Whether the completion that ends the run has been seen.
  private var isOver = false

  /// An empty network at time 0.
  public init(model: NetworkModel, window: RunWindow, root: RandomRoot) {
    self.model = model
    self.window = window
    var simulation = Simulation(
      PathwayRun(
        domain: TracedNetwork(
          NetworkDomain(
            model: model, root: root,
            recording: NetworkRecording([], in: model, window: window))),
        flow: PathwayFlow(program: model.program, root: root, weekStart: model.weekStart)))
    simulation.model.start(&simulation.calendar)
    simulation.model.domain.network.start(simulation.model.flow, &simulation.calendar)
    self.simulation = simulation
    resetIfDue(until: .zero)
  }

  /// As ``NetworkRun/fault``.
  public var fault: PathwayRunFault? { simulation.model.flow.fault }

  /// Events handled so far.
  public var eventCount: UInt64 { simulation.eventCount }

  /// The instant reached.
  public var now: SimulationTime { simulation.calendar.now }

  /// Runs every event before an instant, at most the end of the window.
  public func advance(until instant: SimulationTime) {
    precondition(instant <= window.end, "a run cannot go on beyond its window")
    resetIfDue(until: instant)
    guard instant > now, !isOver else { return }
    if let last = window.lastCompletion, resets > 0 {
      let reachedEnd = simulation.run(until: instant) { model, _ in
        model.domain.network.record.completed < last
      }
      isOver = !reachedEnd
    } else {
      simulation.run(until: instant)
    }
  }

  /// What happened since the last call, in order. Memory grows until it is called.
  public func takeRows() -> [TraceRow] {
    let rows = simulation.model.domain.rows
    simulation.model.domain.rows = []
    return rows
  }

  /// As ``NetworkRun/checksum``.
  public var checksum: UInt64 {
    var digest = StateDigest()
    digest.add(now.microseconds)
    digest.add(eventCount)
    simulation.model.flow.add(to: &digest, at: now)
    simulation.model.domain.network.add(to: &digest)
    return digest.value
  }

  /// Those who wait for each other for ever, or `nil`.
  public var deadlock: Deadlock? {
    simulation.model.flow.deadlock(at: now, isIdle: simulation.calendar.isEmpty)
  }

  private func resetIfDue(until instant: SimulationTime) {
    while let reset = window.reset(resets), reset <= instant {
      simulation.run(until: reset)
      simulation.model.flow.resetStatistics(at: now, isBatch: resets > 0)
      simulation.model.domain.network.resetStatistics(at: now)
      resets += 1
    }
  }
}
