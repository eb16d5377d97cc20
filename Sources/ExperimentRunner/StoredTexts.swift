// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The files of model and experiment that a results file carries, written to a folder of their own,
/// which lasts as long as this value.
public final class StoredTexts {
  private let folder: String
  /// The model's folder; `nil` where the results file has no texts.
  public let model: String?
  /// The experiment's file; `nil` for results of a model alone.
  public let experiment: String?

  /// - Throws: ``RunnerFault`` when they cannot be written, or their names lead out of the folder.
  public init(_ header: ResultsHeader) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/yilian-" + UUID().uuidString
    do {
      // A model alone is named for its folder.
      let name = (header.provenance["experiment"] ?? "model").replacing("/", with: "-")
      let model = folder + "/model/" + (name.hasPrefix(".") || name.isEmpty ? "model" : name)
      let files = try Self.write(header, prefix: ResultsHeader.modelTextPrefix, to: model)
      let experiments = try Self.write(
        header, prefix: ResultsHeader.experimentTextPrefix, to: folder + "/experiment")
      _ = try Self.write(
        header, prefix: ResultsHeader.importedTextPrefix, to: folder + "/experiment")
      let file = experiments.first { $0.hasSuffix(".yaml") } ?? experiments.first
      self.model = files.isEmpty ? nil : model
      experiment = file.map { "\(folder)/experiment/\($0)" }
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
    self.folder = folder
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes the texts of one prefix, and returns the names of their files.
  private static func write(_ header: ResultsHeader, prefix: String, to folder: String) throws
    -> [String]
  {
    var files: [String] = []
    for (key, text) in header.provenance where key.hasPrefix(prefix) {
      let file = String(key.dropFirst(prefix.count))
      // A name that leads out of the folder is none that yilian wrote.
      guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
        throw RunnerFault.invalid("\(file): is not the name of a file inside a model's folder")
      }
      let url = URL(fileURLWithPath: folder + "/" + file)
      do {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      } catch {
        throw RunnerFault.machine("\(url.path): cannot be written; is the disk full?")
      }
      files.append(file)
    }
    return files.sorted()
  }
}
