// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles

/// A folder of model files that lasts as long as the value that holds it.
final class TemporaryModel {
  let folder: String

  /// - Parameter files: texts by name; `model.yaml` is a key like any other.
  init(_ files: [String: String]) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("yilian-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The document, and the faults met so far.
  func document() -> (document: ModelDocument?, faults: FaultCollector) {
    let faults = FaultCollector()
    return (ModelDocument(folder: folder, faults), faults)
  }

  /// Reads the root with `body` and gives the faults' lines without folder and file.
  func faults(finish: Bool = true, _ body: (ModelSection) -> Void) -> [String] {
    let (document, faults) = document()
    if let section = document?.section(faults) {
      body(section)
      if finish { section.finish() }
    }
    return lines(faults)
  }

  func lines(_ faults: FaultCollector) -> [String] {
    faults.sorted.map { $0.description.replacingOccurrences(of: folder + "/", with: "") }
  }
}
