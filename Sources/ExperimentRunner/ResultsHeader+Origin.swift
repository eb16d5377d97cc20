// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

extension ResultsHeader {
  /// What people call the experiment and its scenarios; `nil` of results of a model alone.
  public var titles: ExperimentTitles? {
    let files = provenance.keys.filter { $0.hasPrefix(Self.experimentTextPrefix) }.sorted()
    let file = files.first { $0.hasSuffix(".yaml") } ?? files.first
    return file.flatMap { provenance[$0] }.map { ExperimentTitles(text: $0) }
  }

  /// The text of one of the model's files, where the results carry it.
  public func modelText(_ file: String) -> String? { provenance[Self.modelTextPrefix + file] }

  /// How the model of another file differs, one line for each of its files; empty when both are of one
  /// model.
  public func modelDifferences(from other: ResultsHeader, here: String, there: String) -> [String] {
    guard provenance["model-digest"] != other.provenance["model-digest"] else { return [] }
    let own = Set(provenance.keys.filter { $0.hasPrefix(Self.modelTextPrefix) })
    let others = Set(other.provenance.keys.filter { $0.hasPrefix(Self.modelTextPrefix) })
    let lines = own.union(others).sorted()
      .filter { provenance[$0] != other.provenance[$0] }
      .map { textDifference(from: other, $0, here: here, there: there) }
    return lines.isEmpty
      ? [
        "model-digest: \(here) has \(provenance["model-digest"] ?? "none"), "
          + "\(there) has \(other.provenance["model-digest"] ?? "none")"
      ] : lines
  }
}
