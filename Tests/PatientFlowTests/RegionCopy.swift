// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A copy of a region's folder with changed files, which lasts as long as the value that holds it.
final class RegionCopy {
  let folder: String

  /// - Parameters:
  ///   - name: of the region that is copied.
  ///   - overlay: a folder whose files replace those of the same name.
  ///   - edits: what is made of a file's text; `nil` takes the file away.
  init(
    of name: String = "hamlet", overlay: String? = nil,
    edits: [String: (String) -> String?] = [:]
  ) throws {
    folder =
      FileManager.default.temporaryDirectory.appendingPathComponent("yilian-\(UUID().uuidString)")
      .path
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try RegionCopy.copy(TestRegion.folder(name), to: folder)
    if let overlay { try RegionCopy.copy(overlay, to: folder) }
    for (file, edit) in edits {
      let path = folder + "/" + file
      let text = try String(contentsOfFile: path, encoding: .utf8)
      if let changed = edit(text) {
        try changed.write(toFile: path, atomically: false, encoding: .utf8)
      } else {
        try files.removeItem(atPath: path)
      }
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static func copy(_ folder: String, to other: String) throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: folder)
    where file.hasSuffix(".yaml") || file.hasSuffix(".csv") {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))
      try data.write(to: URL(fileURLWithPath: other + "/" + file))
    }
  }
}

extension String {
  /// The text with one passage changed, which must be there.
  func replacing(_ passage: String, by other: String) -> String {
    precondition(contains(passage), "there is no \(passage) to replace")
    return replacingOccurrences(of: passage, with: other)
  }

  /// The lines of a table with its rows (all but the first line) in another order.
  func withRows(_ change: ([String]) -> [String]) -> String {
    let lines = split(separator: "\n").map(String.init)
    return ([lines[0]] + change(Array(lines.dropFirst()))).joined(separator: "\n") + "\n"
  }
}
