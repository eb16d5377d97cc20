// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SimulationKernel
import Testing

@Suite("The article A queue in forty lines")
struct QueueInFortyLinesTests {
  @Test("what it prints is what comes out")
  func output() throws {
    let statistics = simulateClinic(seed: 1)
    let wait = try #require(statistics.meanWaitInMinutes)
    let article = try article()
    #expect(article.contains("\(statistics.grants) visits"))
    #expect(article.contains(String(format: "%.2f min", wait)))
  }

  @Test("its mean wait is that of theory")
  func theory() {
    let waits = (1...60 as ClosedRange<UInt64>).map {
      simulateClinic(seed: $0 &* 0x9E37_79B9_7F4A_7C15).meanWaitInMinutes!
    }
    expectMean(of: waits, equals: 8 * 0.8 / 0.2, resolution: 0.05)
  }

  @Test("its listing is the code tested here, and has fewer than forty lines to the result")
  func listing() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let code = try String(
      contentsOf: tests.appending(path: "QueueInFortyLines.swift"), encoding: .utf8
    ).split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n")
    let listings = try article().components(separatedBy: "```").enumerated()
      .filter { $0.offset % 2 == 1 && $0.element.hasPrefix("swift\n") }
      .map { String($0.element.dropFirst("swift\n".count)) }
    #expect(listings.joined(separator: "\n") == code)
    #expect(listings[0].split(separator: "\n").count < 40)
  }

  private func article() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = "Sources/SimulationKernel/SimulationKernel.docc/QueueInFortyLines.md"
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
