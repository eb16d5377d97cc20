// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Where studies are found: folders with a `model.yaml` and a `published.csv`.
public enum StudyFolder {
  /// The folder of the project's own studies, as seen from the top folder.
  public static let home = "Models/studies"

  /// The names of the studies in a folder, in alphabetical order.
  public static func names(in folder: String = home) -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return entries.filter { PublishedValues.isPresent(in: folder + "/" + $0) }.sorted()
  }

  /// The folder of a study, given as a path or as a name under ``home``.
  ///
  /// - Throws: What is wrong, with the nearest name.
  public static func path(of study: String) throws(ModelFaults) -> String {
    let candidates = study.contains("/") ? [study] : [study, home + "/" + study]
    if let path = candidates.first(where: PublishedValues.isPresent) { return path }
    let faults = FaultCollector()
    if let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) {
      faults.record(
        SourcePlace(file: path), "is no study", "it has no \(PublishedValues.file)")
    } else if names().isEmpty {
      faults.record(
        SourcePlace(file: study), "does not exist",
        "there is no \(home) here: give the path of a study's folder")
    } else {
      faults.record(
        SourcePlace(file: study), "is no study",
        remedy(for: (study as NSString).lastPathComponent, among: names(), kind: "study"))
    }
    try faults.throwIfAny()
    return study
  }
}
