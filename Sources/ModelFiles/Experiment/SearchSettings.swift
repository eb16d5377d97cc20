// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// The section `seek` of an experiment: what is to be reached by the experiment's factors, and what is
/// to be the least or the most then.
public struct SearchSettings: Hashable, Sendable {
  public var aim: SearchAim
  public var best: BestMean
  public var targets: [SearchTarget]

  /// Reads the section; faults tell what is missing or cannot be read.
  init?(_ section: ModelSection) {
    let texts = [("least", BestMean.lowest), ("most", .highest)].compactMap { key, best in
      section.textIfPresent(key).map { (key: key, best: best, text: $0) }
    }
    if texts.count != 1 {
      section.fault(
        texts.isEmpty ? "does not say what is to be the least" : "has least and most",
        "write one of them: least: fund-spend-per-head ± 2")
    }
    var targets: [SearchTarget] = []
    for text in section.textsIfPresent("targets") ?? [] {
      if let target = SearchTarget(text) {
        targets.append(target)
      } else {
        section.fault("targets", "cannot read \(text.quotedBriefly)", Self.targetForm)
      }
    }
    guard let first = texts.first else { return nil }
    guard let aim = SearchAim(first.text) else {
      section.fault(first.key, "is \(first.text.quotedBriefly)", Self.aimForm)
      return nil
    }
    self.aim = aim
    best = first.best
    self.targets = targets
  }

  public static let aimForm =
    "write a measure and the difference that matters: fund-spend-per-head ± 2"
  public static let targetForm =
    "write primary-visit-share >= 65 % ± 0.5 %, or change of primary-visit-share >= 5 % ± 0.5 %: what "
    + "follows ± (or +-) is the miss that does not matter"
}
