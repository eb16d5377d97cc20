// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

/// Every folder in Faulty/ holds files that replace those of the hamlet, and expected.txt: the lines
/// that the author of such a region reads.
///
/// After a deliberate change of wording, write them anew with
///
///     YILIAN_REGENERATE=1 swift test -c release --filter FaultyRegionTests
///
/// and review the difference.
@Suite struct FaultyRegionTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Faulty").path
  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []

  @Test("faults of broken regions are the lines expected, all at once", arguments: names)
  func expectedLines(name: String) throws {
    let region = try RegionCopy(overlay: "\(Self.folder)/\(name)")
    let check = ModelCheck(path: region.folder)
    let lines =
      (check.faults?.list ?? []).map(\.description) + check.warnings.map { "warning: \($0)" }
    let found = lines.map { $0.replacingOccurrences(of: region.folder + "/", with: "") + "\n" }
      .joined().replacingOccurrences(of: region.folder, with: "FOLDER")
    let file = "\(Self.folder)/\(name)/expected.txt"
    if ProcessInfo.processInfo.environment["YILIAN_REGENERATE"] == "1" {
      try found.write(toFile: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOfFile: file, encoding: .utf8)
    #expect(found == expected)
    #expect(check.faults != nil)
  }

  @Test("there are broken regions to read, and the whole one has no fault")
  func some() throws {
    #expect(Self.names.count >= 15)
    let check = ModelCheck(path: TestRegion.folder("hamlet"))
    #expect(check.faults == nil, "\(check.faults?.description ?? "")")
  }
}
