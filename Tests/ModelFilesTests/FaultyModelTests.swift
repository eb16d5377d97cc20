// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

/// Every folder in Faulty/ is a broken model, or holds a broken experiment.yaml; its expected.txt
/// has the lines its author reads.
///
/// After a deliberate change of wording, write them anew with
///
///     YILIAN_REGENERATE=1 swift test -c release --filter FaultyModelTests
///
/// and review the difference.
@Suite struct FaultyModelTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Faulty").path
  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []

  @Test("faults of broken files are the lines expected, all at once", arguments: names)
  func expectedLines(name: String) throws {
    let model = "\(Self.folder)/\(name)"
    let experiment = model + "/experiment.yaml"
    let isExperiment = FileManager.default.fileExists(atPath: experiment)
    let check = ModelCheck(path: isExperiment ? experiment : model)
    let lines =
      (check.faults?.list ?? []).map(\.description) + check.warnings.map { "warning: \($0)" }
    // Paths as a user in the folder above would see them.
    let found = lines.map { $0.replacingOccurrences(of: Self.folder + "/", with: "") + "\n" }
      .joined()
    let file = model + "/expected.txt"
    if ProcessInfo.processInfo.environment["YILIAN_REGENERATE"] == "1" {
      try found.write(toFile: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOfFile: file, encoding: .utf8)
    #expect(found == expected)
    #expect(check.faults != nil)
  }

  @Test("there are broken models to read")
  func someModels() { #expect(Self.names.count >= 20) }
}
