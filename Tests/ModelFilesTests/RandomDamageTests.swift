// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Randomness
import Testing

@Suite struct RandomDamageTests {
  static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models").path

  /// Bytes that mean something to YAML or CSV, so that damage goes deep.
  static let telling = Array("{}[]:,-#&*!|>'\"%@`=. \n\t0e\\<~?\u{7f}".utf8) + [0, 0xC3, 0xFF]

  @Test(
    "a damaged model is read or refused, never a crash",
    arguments: ["mm1", "mmc", "clinic-network"])
  func damage(name: String) throws {
    let folder = Self.models + "/" + name
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".csv") }.sorted()
    let files = try names.map { try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)) }
    let copy = try TemporaryModel([:])
    var stream = RandomStream(
      RandomRoot(seed: 20_200_723, replication: 1), Purpose("damage"),
      owner: Purpose(name).rawValue)
    let isLong = ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"
    for round in 0..<(isLong ? 4000 : 100) {
      for (name, data) in zip(names, files) {
        var bytes = [UInt8](data)
        for _ in 0...stream.below(3) where !bytes.isEmpty {
          let place = Int(stream.below(UInt32(bytes.count)))
          let telling = Self.telling[Int(stream.below(UInt32(Self.telling.count)))]
          switch stream.below(4) {
          case 0: bytes[place] = telling
          case 1: bytes.insert(telling, at: place)
          case 2: bytes.remove(at: place)
          default: bytes.removeSubrange(place..<min(bytes.count, place + 20))
          }
        }
        let isDamaged = Int(stream.below(UInt32(names.count))) == names.firstIndex(of: name)
        try (isDamaged ? Data(bytes) : data).write(
          to: URL(fileURLWithPath: copy.folder + "/" + name))
      }
      let check = ModelCheck(path: copy.folder)
      // Whatever came of it has words.
      #expect(check.faults?.list.isEmpty != true, "round \(round)")
      #expect(check.faults?.list.allSatisfy { !$0.problem.isEmpty } != false)
    }
  }
}
