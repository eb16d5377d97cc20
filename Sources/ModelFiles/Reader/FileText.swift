// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The text of a file, read whole and checked: UTF-8, not a folder, not empty.
enum FileText {
  /// Largest file read, in bytes: more is a mistake (a results file, a log), not a model.
  static let largestSize = 256 << 20

  /// The text of the file, or `nil` with one fault recorded.
  ///
  /// - Parameters:
  ///   - path: where the file is on disk.
  ///   - shown: what to call it in messages.
  ///   - asker: where the file is named, if a file names it.
  static func read(
    _ path: String, shown: String, asker: SourcePlace? = nil, _ faults: FaultCollector
  ) -> String? {
    let place = asker ?? SourcePlace(file: shown)
    let subject = asker == nil ? "" : "\(shown) "
    func fail(_ problem: String, _ remedy: String = "", blame: ModelFault.Blame = .input) {
      faults.record(ModelFault(place, subject + problem, remedy, blame: blame))
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      let folder = (path as NSString).deletingLastPathComponent
      let name = (path as NSString).lastPathComponent
      let neighbours =
        (try? FileManager.default.contentsOfDirectory(
          atPath: folder.isEmpty ? "." : folder)) ?? []
      let nearest = nearestName(to: name, among: neighbours.sorted())
      fail("does not exist", nearest.map { "did you mean \($0)?" } ?? "")
      return nil
    }
    guard !isFolder.boolValue else {
      fail("is a folder", "name a file")
      return nil
    }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      let isReadable = FileManager.default.isReadableFile(atPath: path)
      fail(
        isReadable ? "cannot be read (the disk or the system failed)" : "may not be read",
        isReadable ? "" : "give yourself permission to read it", blame: .machine)
      return nil
    }
    guard data.count <= largestSize else {
      fail("has \(data.count >> 20) MiB", "a file of a model has at most 256 MiB")
      return nil
    }
    guard !data.starts(with: Data("SQLite format 3\0".utf8)) else {
      fail("is a results file", "name the model or the experiment that it was made of")
      return nil
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      let line = lineOfFirstInvalidByte(in: data)
      faults.record(
        SourcePlace(file: shown, line: line), "is not UTF-8 text here",
        "save the file as UTF-8")
      return nil
    }
    let content = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    if let null = content.utf8.firstIndex(of: 0) {
      let line = 1 + content.utf8[..<null].count { $0 == 10 }
      faults.record(
        SourcePlace(file: shown, line: line), "holds a null byte", "save the file as UTF-8 text")
      return nil
    }
    return content
  }

  /// The line of the first byte that no UTF-8 text could have there.
  private static func lineOfFirstInvalidByte(in data: Data) -> Int {
    var line = 1
    for part in data.split(separator: 10, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return 1
  }
}
