// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness
import Testing

@Suite("Keyed draws")
struct KeyedDrawsTests {
  /// Roots and keys with small, large and greatest fields.
  private static let roots = [
    RandomRoot(seed: 0, replication: 0), RandomRoot(seed: 2020, replication: 1),
    RandomRoot(seed: .max, replication: .max, point: .max),
  ]

  private static func key(_ number: UInt64) -> VariateKey {
    VariateKey(
      Purpose("purpose \(number % 7)"), owner: number % 3 == 0 ? .max : number,
      episode: number &* 0x9E37_79B9_7F4A_7C15, variate: UInt32(number % 5))
  }

  /// 11 draws in 1,000 leave the ziggurat's quick path: some 660 of these.
  @Test("are what streams of the same keys draw first", arguments: roots)
  func likeStreams(_ root: RandomRoot) {
    let draws = KeyedDraws(root)
    for number in 0..<UInt64(20_000) {
      let key = Self.key(number)
      let stream = RandomStream(
        root, key.purpose, owner: key.owner, episode: key.episode, variate: key.variate)
      var one = stream
      var other = stream
      #expect(draws.uniform(key) == one.uniform())
      #expect(draws.exponential(key) == other.exponential())
      one = stream
      other = draws.stream(key)
      #expect(one.nextWord() == other.nextWord())
    }
  }

  @Test("go on with a stream as the stream does itself")
  func goesOn() {
    let draws = KeyedDraws(Self.roots[1])
    var one = draws.stream(Self.key(1))
    var other = one
    for _ in 0..<20_000 { #expect(draws.exponential(of: &one) == other.exponential()) }
  }

  @Test("give a table the samples that it takes from streams")
  func samples() {
    for root in Self.roots {
      let draws = KeyedDraws(root)
      for item in DistributionCase.all {
        var table = SamplerTable()
        let index = table.add(item.distribution)
        for number in 0..<UInt64(300) {
          var stream = draws.stream(Self.key(number))
          #expect(
            table.sample(index, Self.key(number), draws) == table.sample(index, &stream),
            "\(item.label)")
        }
      }
    }
  }
}
