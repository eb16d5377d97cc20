// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Where the threads of a run take their work and leave what they finished.
///
/// Sendable, because `state` is touched only while `condition` is held. It is a lock of the C library
/// rather than a `Mutex`, whose futex the thread sanitizer does not see.
final class WorkBoard: @unchecked Sendable {
  /// What happened since the last look.
  struct News: Sendable {
    var finished: [FinishedReplication] = []
    /// Simulated microseconds gone through.
    var advanced = 0.0
    var threadsLeft: Int
  }

  private struct State {
    var units: ArraySlice<WorkUnit>
    var news: News
    var wasStopped = false
    /// Why a thread gave its replication up, if for another reason than a stop.
    var fault: RunnerFault?
    /// Something was posted that nobody has taken yet.
    var isNews = false
  }

  private let condition = NSCondition()
  private var state: State
  /// A thread whose results the file cannot take as fast as they come waits at this length.
  private static let longestQueue = 512

  init(units: [WorkUnit], threads: Int) {
    state = State(units: units[...], news: News(threadsLeft: threads))
  }

  private func withState<Result>(_ body: (inout State) -> Result) -> Result {
    condition.lock()
    defer { condition.unlock() }
    return body(&state)
  }

  // MARK: For the threads

  func nextUnit() -> WorkUnit? { withState { $0.units.popFirst() } }

  /// A replication was given up: because of a fault of its model, or of a stop.
  func noteStop(_ fault: RunnerFault? = nil) {
    withState {
      $0.wasStopped = true
      $0.fault = $0.fault ?? fault
    }
  }

  func noteAdvance(_ microseconds: Double) { withState { $0.news.advanced += microseconds } }

  /// What is posted together is taken, and stored, together.
  func post(_ replications: [FinishedReplication]) {
    condition.lock()
    defer { condition.unlock() }
    state.news.finished += replications
    state.isNews = true
    condition.broadcast()
    while state.news.finished.count > Self.longestQueue { condition.wait() }
  }

  func threadEnded() {
    withState {
      $0.news.threadsLeft -= 1
      $0.isNews = true
      condition.broadcast()
    }
  }

  // MARK: For the one that waits for them

  /// Whether every unit was taken, and none given up.
  var isComplete: Bool { withState { $0.units.isEmpty && !$0.wasStopped } }

  /// The first fault that a thread met.
  var fault: RunnerFault? { withState { $0.fault } }

  /// Hands over what was posted, as soon as there is any, or after the given time.
  func takeNews(waitingAtMost seconds: Double) -> News {
    condition.lock()
    defer { condition.unlock() }
    let deadline = Date(timeIntervalSinceNow: seconds)
    while !state.isNews, condition.wait(until: deadline) {}
    let news = state.news
    state.news.finished = []
    state.news.advanced = 0
    state.isNews = false
    condition.broadcast()
    return news
  }
}
