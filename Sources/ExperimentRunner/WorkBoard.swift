// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import Foundation
import Synchronization

/// Where the threads of a run take their work and leave what they finished.
final class WorkBoard: Sendable {
  /// What happened since the last look.
  struct News: Sendable {
    var finished: [FinishedReplication] = []
    /// Simulated microseconds gone through.
    var advanced = 0.0
    var threadsLeft: Int
  }

  private struct State: Sendable {
    var units: ArraySlice<WorkUnit>
    var news: News
    var wasStopped = false
  }

  private let state: Mutex<State>
  private let bell = DispatchSemaphore(value: 0)
  /// A thread whose results the file cannot take as fast as they come waits at this length.
  private static let longestQueue = 512

  init(units: [WorkUnit], threads: Int) {
    state = Mutex(State(units: units[...], news: News(threadsLeft: threads)))
  }

  func nextUnit() -> WorkUnit? { state.withLock { $0.units.popFirst() } }

  var isExhausted: Bool { state.withLock { $0.units.isEmpty } }

  var wasStopped: Bool { state.withLock { $0.wasStopped } }

  func noteStop() { state.withLock { $0.wasStopped = true } }

  func noteAdvance(_ microseconds: Double) { state.withLock { $0.news.advanced += microseconds } }

  func post(_ replication: FinishedReplication) {
    var queued = state.withLock {
      $0.news.finished.append(replication)
      return $0.news.finished.count
    }
    bell.signal()
    while queued > Self.longestQueue {
      Thread.sleep(forTimeInterval: 0.001)
      queued = state.withLock { $0.news.finished.count }
    }
  }

  func threadEnded() {
    state.withLock { $0.news.threadsLeft -= 1 }
    bell.signal()
  }

  /// Returns when something was posted, or after the given time.
  func waitForNews(seconds: Double) {
    _ = bell.wait(timeout: .now() + seconds)
  }

  /// Hands over what was posted; one caller only.
  func takeNews() -> News {
    state.withLock {
      let news = $0.news
      $0.news.finished = []
      $0.news.advanced = 0
      return news
    }
  }
}
