// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// Shows on standard error how far a run is: one line that is written over on a terminal, elsewhere a
/// line of its own now and then.
struct ProgressPrinter {
  /// Seconds between lines that stay.
  private static let lineInterval = 10.0

  private let isQuiet: Bool
  private let isTerminal: Bool
  private var lastShown = -Double.infinity
  private var last: RunProgress?

  init(isQuiet: Bool, isTerminal: Bool = Console.errorIsTerminal) {
    self.isQuiet = isQuiet
    self.isTerminal = isTerminal
  }

  mutating func show(_ progress: RunProgress) {
    guard !isQuiet else { return }
    last = progress
    let interval = isTerminal ? 0.2 : Self.lineInterval
    // The first plain line comes once there is something to tell.
    let shown = lastShown.isFinite ? lastShown : isTerminal ? -interval : 2 - interval
    guard progress.elapsedSeconds - shown >= interval else { return }
    lastShown = progress.elapsedSeconds
    let text = Self.line(progress)
    Console.write(isTerminal ? "\r\(text)\u{1B}[K" : text + "\n")
  }

  /// Leaves a last line that stays.
  mutating func end() {
    guard !isQuiet, let last else { return }
    let text =
      "\(last.done) of \(last.total) replications, \(Self.events(last.events)) events, "
      + Self.duration(last.elapsedSeconds)
    Console.write(isTerminal ? "\r\(text)\u{1B}[K\n" : text + "\n")
  }

  static func line(_ progress: RunProgress) -> String {
    var parts = ["\(progress.done) of \(progress.total) replications"]
    if let rate = progress.replicationsPerSecond {
      parts.append(
        rate >= 1
          ? String(format: "%.1f a second", rate) : String(format: "%.1f a minute", 60 * rate))
    }
    if let left = progress.secondsLeft { parts.append(duration(left) + " left") }
    return parts.joined(separator: ", ")
  }

  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return switch whole {
    case ..<60: "\(whole) s"
    case ..<3600: "\(whole / 60) min \(whole % 60) s"
    default: "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }

  private static func events(_ count: UInt64) -> String {
    switch count {
    case ..<10_000: "\(count)"
    case ..<1_000_000: String(format: "%.0f thousand", Double(count) / 1e3)
    default: String(format: "%.1f million", Double(count) / 1e6)
    }
  }
}
