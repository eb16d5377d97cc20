// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import Reporting

/// Stays with the shards of a cluster until they are merged.
struct ClusterWatch {
  /// How often a shard that fails is submitted again.
  private let retries: Int
  private let isQuiet: Bool
  private let language: Language
  private var attempts: [Int: Int] = [:]
  private var lastLine = ""
  private var lastShown: ContinuousClock.Instant?

  init(retries: Int, isQuiet: Bool, _ language: Language) {
    self.retries = retries
    self.isQuiet = isQuiet
    self.language = language
  }

  /// - Throws: ``ExitStatus/stopped`` on a signal: the jobs go on; ``RunnerFault`` with the shards
  ///   that failed too often.
  mutating func follow(_ run: inout ClusterRun, command: String, _ stop: StopFlag) throws {
    let clock = ContinuousClock()
    let began = clock.now
    var wasLacking = false
    while true {
      let status = try run.status()
      show(ClusterTable(run.folder, status).line(language), isLast: status.isMerged)
      if status.isMerged { return }
      let lacking = status.lacking
      let isDue = !lacking.isEmpty || status.canMerge || !status.isActive
      // Looked at twice: a file may be seen here a little after its task has ended elsewhere.
      if isDue, wasLacking {
        let hopeless = lacking.filter { attempts[$0, default: 0] >= retries }
        if hopeless.isEmpty {
          for shard in lacking { attempts[shard, default: 0] += 1 }
          _ = try run.submit(command: command)
        } else if !status.isActive {
          throw failure(status, hopeless, run.folder)
        }
      }
      wasLacking = isDue
      // Often at first, so that what is short is not slowed down; then as seldom as squeue likes it.
      let pause = min(15, max(1, (clock.now - began) / .seconds(20)))
      for _ in 0..<Int(pause * 10) where !stop.isRaised { Thread.sleep(forTimeInterval: 0.1) }
      if stop.isRaised {
        Console.complain(["stopped watching; the jobs go on, and --status tells how far they are"])
        throw ExitStatus.stopped
      }
    }
  }

  private func failure(_ status: ClusterStatus, _ shards: [Int], _ folder: ClusterFolder)
    -> RunnerFault
  {
    RunnerFault(
      .machine,
      status.shards.filter { shards.contains($0.number) }.map {
        "\(folder.path): shard \($0.number) failed \(retries + 1) times: \($0.note)"
      })
  }

  private mutating func show(_ line: String, isLast: Bool) {
    let isTerminal = Console.errorIsTerminal
    // Elsewhere than on a terminal the answer alone says that it is over.
    guard !isQuiet, isTerminal || !isLast, line != lastLine || isLast else { return }
    let now = ContinuousClock.now
    if !isTerminal, let lastShown, now - lastShown < .seconds(10) { return }
    lastLine = line
    lastShown = now
    Console.write(
      isTerminal ? "\r\(line)\u{1B}[K" + (isLast ? "\n" : "") : line + "\n")
  }
}
