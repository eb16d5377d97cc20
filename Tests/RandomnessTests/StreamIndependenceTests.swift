// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

/// A variate's key with every field in reach, and the fields by name.
private struct VariateKey: Hashable {
  var seed: UInt64 = 0
  var replication: UInt32 = 0
  var point: UInt32 = 0
  var purpose: UInt64 = 0
  var owner: UInt64 = 0
  var episode: UInt64 = 0
  var variate: UInt32 = 0

  var stream: RandomStream {
    var named = Purpose("")
    named.rawValue = purpose
    return RandomStream(
      RandomRoot(seed: seed, replication: replication, point: point), named, owner: owner,
      episode: episode, variate: variate)
  }

  enum Field: String, CaseIterable {
    case seed, replication, point, purpose, owner, episode, variate

    var width: Int {
      switch self {
      case .seed, .purpose, .owner, .episode: 64
      case .replication, .point, .variate: 32
      }
    }
  }

  /// The key with one field exclusive-ored.
  func changed(_ field: Field, by bits: UInt64) -> Self {
    var key = self
    switch field {
    case .seed: key.seed ^= bits
    case .replication: key.replication ^= UInt32(truncatingIfNeeded: bits)
    case .point: key.point ^= UInt32(truncatingIfNeeded: bits)
    case .purpose: key.purpose ^= bits
    case .owner: key.owner ^= bits
    case .episode: key.episode ^= bits
    case .variate: key.variate ^= UInt32(truncatingIfNeeded: bits)
    }
    return key
  }

  /// A key whose fields are all drawn.
  static func drawn(_ number: UInt64) -> Self {
    var stream = RandomStream(
      RandomRoot(seed: 1, replication: 1), Purpose("keys to test"), owner: number)
    return Self(
      seed: stream.nextWord(), replication: UInt32(truncatingIfNeeded: stream.nextWord()),
      point: UInt32(truncatingIfNeeded: stream.nextWord()), purpose: stream.nextWord(),
      owner: stream.nextWord(), episode: stream.nextWord(),
      variate: UInt32(truncatingIfNeeded: stream.nextWord()))
  }
}

@Suite("Streams of different keys")
struct StreamIndependenceTests {
  @Test(
    "one changed bit of one field changes half of the stream's bits",
    arguments: VariateKey.Field.allCases)
  fileprivate func avalanche(field: VariateKey.Field) {
    // Over 2,000 keys of 512 bits the share of changed bits has a standard error of 0.0005; a bit
    // that were lost, or shared with another field's, would change none of them for some keys.
    let keys = 2_000
    for bit in 0..<field.width {
      var changed = 0
      for number in 0..<UInt64(keys) {
        let key = VariateKey.drawn(number)
        var first = key.stream
        var second = key.changed(field, by: 1 << UInt64(bit)).stream
        for _ in 0..<8 { changed += (first.nextWord() ^ second.nextWord()).nonzeroBitCount }
      }
      let bits = Double(keys * 512)
      let deviation = (Double(changed) - bits / 2) / (bits / 4).squareRoot()
      let rate = falsePositiveRate / 352  // as many bits are tried in all
      #expect(
        abs(deviation) <= gsl_cdf_ugaussian_Qinv(rate / 2),
        "bit \(bit): \(deviation) standard deviations from one half")
    }
  }

  @Test(
    "neighbouring values of one field give uncorrelated, even numbers",
    arguments: VariateKey.Field.allCases, [UInt64(1), 1 << 16, 1 << 31])
  fileprivate func neighbours(field: VariateKey.Field, step: UInt64) {
    // Values 0, step, 2 × step… of the field: what a simulation uses most.
    var uniforms: [Double] = []
    var second: [Double] = []
    for number in 0..<UInt64(100_000) {
      var stream = VariateKey(seed: 42).changed(field, by: number &* step).stream
      uniforms.append(stream.uniform())
      second.append(stream.uniform())
    }
    if field.width == 32 && step == 1 << 31 {
      // Two values only: they must alternate, and differ.
      #expect(Set(uniforms).count == 2)
      return
    }
    if field.width == 32 && step == 1 << 16 {
      #expect(Set(uniforms).count == 1 << 16)
      uniforms.removeLast(uniforms.count - 1 << 16)
      second.removeLast(second.count - 1 << 16)
    } else {
      #expect(Set(uniforms).count == uniforms.count)
    }
    expectSamples(uniforms, follow: { $0 })
    expectSamples(second, follow: { $0 })
    expectNoCorrelation(uniforms, second, "within a stream")
    expectNoCorrelation(
      Array(uniforms.dropLast()), Array(uniforms.dropFirst()), "between neighbours")
    var counts = Array(repeating: 0, count: 100)
    for pair in 0..<uniforms.count - 1 {
      counts[Int(uniforms[pair] * 10) * 10 + Int(uniforms[pair + 1] * 10)] += 1
    }
    expectNeighbourCounts(counts)
  }

  /// Overlapping pairs: their cells are not a multinomial sample, but twice the chi-square bound is
  /// never passed by accident, and by far when neighbours depend on each other.
  private func expectNeighbourCounts(_ counts: [Int]) {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    let statistic = counts.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    #expect(statistic <= 2 * gsl_cdf_chisq_Qinv(falsePositiveRate, 99))
  }

  @Test("small values of all fields at once never meet")
  func smallKeys() {
    // Fields that overlapped, or were added together, would coincide here.
    var words: Set<UInt64> = []
    let few = UInt64(0)..<4
    var keys = 0
    for seed in few {
      for replication in few {
        for point in few {
          for purpose in few {
            for owner in few {
              for episode in few {
                for variate in few {
                  var stream = VariateKey(
                    seed: seed, replication: UInt32(replication), point: UInt32(point),
                    purpose: purpose, owner: owner, episode: episode, variate: UInt32(variate)
                  ).stream
                  words.insert(stream.nextWord())
                  keys += 1
                }
              }
            }
          }
        }
      }
    }
    #expect(words.count == keys)
  }

  @Test("a stream's later blocks never meet another variate's")
  func longStreams() {
    var words: Set<UInt64> = []
    for variate in UInt32(0)..<50 {
      var stream = VariateKey(seed: 7, variate: variate).stream
      for _ in 0..<4_000 { words.insert(stream.nextWord()) }
    }
    #expect(words.count == 200_000)
  }

  @Test("fields left out are 0, and nothing but the key matters")
  func leftOut() {
    let root = RandomRoot(seed: 9, replication: 2)
    #expect(root == RandomRoot(seed: 9, replication: 2, point: 0))
    let purpose = Purpose("consult")
    var short = RandomStream(root, purpose, owner: 4)
    var other = RandomStream(root, Purpose("another purpose"), owner: 4)
    for _ in 0..<100 { _ = other.nextWord() }
    var long = RandomStream(root, purpose, owner: 4, episode: 0, variate: 0)
    for _ in 0..<12 { #expect(short.nextWord() == long.nextWord()) }
  }
}
