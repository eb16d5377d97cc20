// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

extension ExperimentRun {
  /// Runs what the design's rule asks for, stage by stage, until it asks for nothing more.
  ///
  /// A stage holds what is needed in any case. Threads that it would leave idle run ahead; what they
  /// find is kept back until a stage asks for it, and dropped if none does, so that the rows hang
  /// on the rule alone.
  func run(
    _ stopping: StoppingRule, into results: ResultsFile, stop: StopFlag,
    progress: (RunProgress) -> Void
  ) throws -> Outcome {
    switch stopping {
    case .precision(let rule):
      var process = PrecisionProcess(rule, points: design.points.count)
      return try run(&process, into: results, stop: stop, progress: progress)
    case .selection(let rule):
      try rule.check(design)
      var process = SelectionProcess(
        rule, points: design.points.count, isCommon: design.randomNumbers == .common)
      return try run(&process, into: results, stop: stop, progress: progress)
    case .search(let rule):
      var process = SearchProcess(rule)
      return try run(&process, into: results, stop: stop, progress: progress)
    }
  }

  private func run(
    _ process: inout some SequentialRule, into results: ResultsFile, stop: StopFlag,
    progress: (RunProgress) -> Void
  ) throws -> Outcome {
    var stored = try results.storedReplications()
    var ahead: [ReplicationKey: FinishedReplication] = [:]
    var earlier = RunProgress(
      done: 0, total: 0, finishedNow: 0, share: 0, elapsedSeconds: 0, events: 0)
    while true {
      let stage = process.nextStage()
      guard let last = stage.map(\.replication).max() else { return .complete }
      try results.reserve(replications: last)
      let ready = stage.compactMap { ahead.removeValue(forKey: $0) }
      try results.write(ready)
      stored.formUnion(ready.map(\.key))
      let missing = Set(stage.filter { !stored.contains($0) })
      var pairs = missing.sorted()
      if !pairs.isEmpty, pairs.count < threads {
        pairs += process.likely(after: stage, count: threads - pairs.count).filter {
          !stored.contains($0) && ahead[$0] == nil
        }
      }
      var latest = earlier
      let outcome = try run(
        pairs, alreadyDone: stored.count, stop: stop,
        progress: { news in
          latest = news
          latest.finishedNow += earlier.finishedNow
          latest.elapsedSeconds += earlier.elapsedSeconds
          latest.events += earlier.events
          // Nobody knows how many stages there will be.
          latest.share = 0
          progress(latest)
        },
        store: { finished in
          try results.write(finished.filter { missing.contains($0.key) })
          for one in finished where !missing.contains(one.key) { ahead[one.key] = one }
        })
      guard outcome == .complete else { return outcome }
      earlier = latest
      stored.formUnion(missing)
      try process.take(stage, results.values(of: process.series, at: stage))
    }
  }
}
