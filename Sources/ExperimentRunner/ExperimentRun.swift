// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Runs what a results file still lacks, on several threads, and stores each replication as it ends.
///
/// The file's content depends on the design alone: not on the threads, nor on the order in which
/// they finish.
public struct ExperimentRun: Sendable {
  public var design: ExperimentDesign
  public var shard: Shard
  public var threads: Int

  public enum Outcome: Sendable {
    case complete
    /// A stop was asked for; what had finished is stored.
    case stopped
  }

  public init(
    _ design: ExperimentDesign, shard: Shard = .whole,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    precondition(threads >= 1, "a run needs a thread")
    self.design = design
    self.shard = shard
    self.threads = threads
  }

  /// Runs the pairs of this shard that `results` does not hold yet.
  ///
  /// - Throws: ``RunnerFault`` when the file cannot be written; the replications in flight are given
  ///   up first.
  public func run(
    into results: ResultsFile, stop: StopFlag = StopFlag(),
    progress: (RunProgress) -> Void = { _ in }
  ) throws -> Outcome {
    if let stopping = design.stopping {
      return try run(stopping, into: results, stop: stop, progress: progress)
    }
    let wanted = shard.pairs(of: design)
    let stored = try results.storedReplications()
    let missing = wanted.filter { !stored.contains($0) }
    return try run(
      missing, alreadyDone: wanted.count - missing.count, stop: stop, progress: progress,
      store: { try results.write($0) })
  }

  /// Runs the given pairs and hands them over, in the order in which they finish, on this thread.
  func run(
    _ pairs: [ReplicationKey], alreadyDone: Int, stop: StopFlag, progress: (RunProgress) -> Void,
    store: ([FinishedReplication]) throws -> Void
  ) throws -> Outcome {
    guard !pairs.isEmpty else { return .complete }
    precondition(
      shard.isWhole || !design.isBatched, "batches of one run cannot be shared out")
    let wanted = Set(pairs)
    let units = WorkUnit.units(of: pairs, in: design, threads: threads)
    let trunks = SharedTrunks(design)
    let board = WorkBoard(units: units, threads: min(threads, units.count))
    var meter = ProgressMeter(
      alreadyDone: alreadyDone, total: alreadyDone + pairs.count,
      span: units.reduce(0) { $0 + $1.span(in: design, trunks) })
    for _ in 0..<min(threads, units.count) { startThread(board, trunks, stop) }

    var fault: (any Error)?
    var isDone = false
    while !isDone {
      var news = board.takeNews(waitingAtMost: 0.25)
      if design.isBatched { news.finished.removeAll { !wanted.contains($0.key) } }
      isDone = news.threadsLeft == 0
      meter.add(news)
      guard fault == nil else { continue }
      do { try store(news.finished) } catch {
        fault = error
        stop.raise()
      }
      progress(meter.report())
    }
    if let fault = fault ?? board.fault { throw fault }
    return board.isComplete ? .complete : .stopped
  }

  private func startThread(_ board: WorkBoard, _ trunks: SharedTrunks, _ stop: StopFlag) {
    let design = design
    let thread = Thread {
      let runner = UnitRunner(
        design: design, trunks: trunks, stop: stop, finished: { board.post($0) },
        advanced: { board.noteAdvance($0) })
      while !stop.isRaised, let unit = board.nextUnit() {
        do { try runner.run(unit) } catch {
          board.noteStop(error as? RunnerFault)
          if error is RunnerFault { stop.raise() }
          break
        }
      }
      board.threadEnded()
    }
    thread.stackSize = 16 << 20
    thread.start()
  }
}
