// SPDX-License-Identifier: GPL-3.0-or-later
import ExperimentRunner

/// What a reader is told once where a sample of a region's residents was simulated.
enum SampleNote {
  /// `nil` where all were.
  static func phrase(_ header: ResultsHeader) -> Phrase? {
    guard header.sample < 1 else { return nil }
    let share = NumberText.plain(100 * header.sample)
    return Phrase(
      "Simulated: \(share) % of residents; counts and sums of money are scaled to all of them.",
      "仅模拟 \(share)% 的居民；人次和金额等总量已按比例推算至全体居民。")
  }
}
