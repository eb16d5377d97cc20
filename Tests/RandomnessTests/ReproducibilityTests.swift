// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Randomness
import Testing

@Suite("Reproducibility")
struct ReproducibilityTests {
  @Test("two processes draw the same bits from every distribution")
  func twoProcesses() async throws {
    let first = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) { printDigest() }
    let second = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) { printDigest() }
    let line = try #require(digestLine(first))
    #expect(line == digestLine(second))
    #expect(line == "digest \(samplesDigest()) \(platformProbeDigest())")
  }

  private func digestLine(_ result: ExitTest.Result?) -> Substring? {
    result.flatMap { result in
      String(decoding: result.standardOutputContent, as: UTF8.self)
        .split(separator: "\n").first { $0.hasPrefix("digest ") }
    }
  }

  @Test("the probe's digest is the same each time, and not of nothing")
  func probe() {
    #expect(platformProbeDigest() == platformProbeDigest())
    #expect(platformProbeDigest() != 0xCBF2_9CE4_8422_2325)  // the hash of no bytes
  }
}

private func printDigest() {
  print("digest \(samplesDigest()) \(platformProbeDigest())")
}

/// FNV-1a of the bits of 200 samples of every distribution of the sweep.
private func samplesDigest() -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  var table = SamplerTable()
  for item in DistributionCase.all {
    let index = table.add(item.distribution)
    for owner in 0..<UInt64(200) {
      var stream = RandomStream(
        RandomRoot(seed: 77, replication: 4), Purpose(item.label), owner: owner)
      hash = (hash ^ table.sample(index, &stream).bitPattern) &* 0x0000_0100_0000_01B3
    }
  }
  return hash
}
