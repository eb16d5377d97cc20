// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a run has come.
public struct RunProgress: Sendable {
  /// Replications stored, those of earlier runs included.
  public var done: Int
  public var total: Int
  /// Replications finished by this run.
  public var finishedNow: Int
  /// Share of the simulated time of this run that has been gone through, replications in flight
  /// included.
  public var share: Double
  public var elapsedSeconds: Double
  /// Events of the replications that this run finished.
  public var events: UInt64

  /// `nil` while too little is done to tell.
  public var secondsLeft: Double? {
    guard share > 0.001, elapsedSeconds > 0.2 else { return nil }
    return elapsedSeconds * (1 - share) / share
  }

  /// Replications a second; `nil` before the first.
  public var replicationsPerSecond: Double? {
    finishedNow > 0 && elapsedSeconds > 0 ? Double(finishedNow) / elapsedSeconds : nil
  }
}

/// Adds up the news of a run.
struct ProgressMeter {
  private let started = ContinuousClock.now
  private let alreadyDone: Int
  private let total: Int
  private let span: Double
  private var finished = 0
  private var advanced = 0.0
  private var events: UInt64 = 0

  init(alreadyDone: Int, total: Int, span: Double) {
    self.alreadyDone = alreadyDone
    self.total = total
    self.span = span
  }

  mutating func add(_ news: WorkBoard.News) {
    finished += news.finished.count
    advanced += news.advanced
    events += news.finished.reduce(0) { $0 + $1.result.events }
  }

  func report() -> RunProgress {
    let elapsed = started.duration(to: .now).components
    return RunProgress(
      done: alreadyDone + finished, total: total, finishedNow: finished,
      share: span > 0 ? min(1, advanced / span) : 1,
      elapsedSeconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18, events: events)
  }
}
