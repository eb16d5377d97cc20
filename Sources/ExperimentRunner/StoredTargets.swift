// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// What is known of a region's baseline, as a results file keeps it: one line a target, its fields
/// apart by tabs.
enum StoredTargets {
  static func text(_ targets: [BaselineTarget]) -> String {
    targets.map { target in
      [
        target.measure, target.dimension, target.member, target.use.rawValue,
        String(target.value), String(target.low), String(target.high),
      ].joined(separator: "\t")
    }.joined(separator: "\n")
  }

  static func targets(_ text: String) -> [BaselineTarget] {
    text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 7, let use = BaselineTarget.Use(rawValue: fields[3]),
        let value = Double(fields[4]), let low = Double(fields[5]), let high = Double(fields[6])
      else { return nil }
      return BaselineTarget(
        measure: fields[0], dimension: fields[1], member: fields[2], use: use, value: value,
        low: low, high: high)
    }
  }
}

extension ResultsHeader {
  /// What is known of the model's baseline; empty where the model does not say.
  public var baselineTargets: [BaselineTarget] {
    StoredTargets.targets(provenance["baseline-targets"] ?? "")
  }
}
