// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// Says how many points of a sweep are compiled, where that takes long: over and over on one line of a
/// terminal, elsewhere a line every ten seconds.
struct PointProgress {
  private let total: Int
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private var isShown = false

  init(total: Int, isQuiet: Bool, isTerminal: Bool = Console.errorIsTerminal) {
    self.total = total
    self.isQuiet = isQuiet
    self.isTerminal = isTerminal
    next = clock.now + (isTerminal ? .seconds(1) : .seconds(10))
  }

  mutating func show(_ done: Int) {
    guard !isQuiet, clock.now >= next else { return }
    next = clock.now + (isTerminal ? .milliseconds(200) : .seconds(10))
    isShown = true
    let text = "\(done) of \(total) points compiled"
    Console.write(isTerminal ? "\r\(text)\u{1B}[K" : text + "\n")
  }

  /// Takes a line of a terminal away.
  mutating func end() {
    if isShown, isTerminal { Console.write("\r\u{1B}[K") }
    isShown = false
  }

  /// Compiles the points that a run of a sweep needs, before anything is begun.
  ///
  /// - Throws: ``RunnerFault`` with the values that are wrong together; ``ExitStatus/stopped``.
  static func check(
    _ loaded: LoadedExperiment, shard: Shard = .whole, threads: Int, isQuiet: Bool, _ stop: StopFlag
  ) throws {
    var progress = PointProgress(total: loaded.plan.points.count, isQuiet: isQuiet)
    defer { progress.end() }
    let warnings = try loaded.checkPoints(shard: shard, threads: threads, stop: stop) {
      progress.show($0)
    }
    progress.end()
    guard let warnings else { throw ExitStatus.stopped }
    if !isQuiet { Console.complain(warnings.map { "warning: \($0)" }) }
  }
}
