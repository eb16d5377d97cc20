// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// The results of one experiment that a scorecard keeps, and whether they are still of its texts.
public enum ClaimResults {
  case absent
  /// Whole, and made from the same texts.
  case usable(ResultsFile)
  /// Made from the same texts, and stopped on its way.
  case unfinished(ResultsFile)
  /// Made from other texts, or another kind of analysis; in one line.
  case other(String)

  /// Looks at what is kept.
  ///
  /// - Parameters:
  ///   - file: Where the results of the experiment are kept.
  ///   - plan: The experiment as it is now.
  ///   - draws: Asked for by the author; `nil`: as many as there are.
  ///   - replications: The fewest asked for.
  public init(
    at file: String, for plan: ExperimentPlan, draws: Int?, replications: Int?
  ) throws {
    guard FileManager.default.fileExists(atPath: file) else {
      self = .absent
      return
    }
    let results: ResultsFile
    do { results = try ResultsFile.open(file) } catch let fault as RunnerFault
      where fault.cause == .invalidInput
    {
      self = .other(fault.description)
      return
    }
    if let difference = Self.difference(results.header, plan) {
      self = .other("\(file): \(difference)")
      return
    }
    let held = Self.draws(of: results.header)
    if let draws, draws != held {
      self = .other("\(file): holds \(held) draws, and \(draws) are asked for")
      return
    }
    let stored = try results.storedReplications().count
    let isWhole = stored == results.header.pairs.count
    self =
      isWhole && results.header.replications >= replications ?? 0
      ? .usable(results) : .unfinished(results)
  }

  /// Draws of the stored design, the stated values apart.
  public static func draws(of header: ResultsHeader) -> Int {
    guard let design = header.storedDesign else { return 0 }
    return design.points - (design.basePoint ? 1 : 0)
  }

  /// The first thing in which what results were made from is not what there is now.
  private static func difference(_ header: ResultsHeader, _ plan: ExperimentPlan) -> String? {
    let version = header.provenance["version"]
    if version != YilianVersion.current {
      return "is of version \(version ?? "unknown"), this is \(YilianVersion.current)"
    }
    if header.provenance["overrides"] ?? "[]" != "[]" { return "was made with settings of its own" }
    guard let design = header.storedDesign, ["lhs", "sobol"].contains(design.method) else {
      return "is no sample of assumptions"
    }
    var now = header
    now.provenance = now.provenance.filter { !$0.key.hasPrefix(ResultsHeader.modelTextPrefix) }
    for (name, text) in plan.modelTexts {
      now.provenance[ResultsHeader.modelTextPrefix + name] = text
    }
    now.provenance["model-digest"] = plan.modelDigest.text
    let lines = header.modelDifferences(from: now, here: "the file", there: "the model now")
    if let line = lines.first { return line }
    let stored = header.provenance.filter { $0.key.hasPrefix(ResultsHeader.experimentTextPrefix) }
      .min { $0.key < $1.key }?.value
    if question(stored ?? "") != question(plan.experimentText?.text ?? "") {
      return "its experiment is another now"
    }
    if header.provenance["seed"] != "\(plan.seed)" { return "its seed is another now" }
    return nil
  }

  /// An experiment's lines without the design that an analysis adds, and what makes way for it.
  private static func question(_ text: String) -> [Substring] {
    text.split(separator: "\n").prefix { !$0.hasPrefix("factors:") }
      .filter { !$0.hasPrefix("money-forms:") }
  }
}
