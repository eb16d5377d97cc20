// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("two-step floating catchment")
struct FloatingCatchmentTests {
  @Test("two sites and three places by hand")
  func byHand() {
    // Place 0 reaches site 0, place 1 both, place 2 site 1 alone.
    let minutes: [[Double]] = [[10, 40], [20, 30], [50, 5]]
    let access = FloatingCatchment(minutes: 30).access(
      supplies: [2, 6], people: [100, 100, 200]
    ) { minutes[$0][$1] }
    // Site 0 has 2 for 200 people, site 1 has 6 for 300.
    #expect(abs(access[0] - 0.01) < 1e-15)
    #expect(abs(access[1] - 0.03) < 1e-15)
    #expect(abs(access[2] - 0.02) < 1e-15)
  }

  @Test("out of reach of all there is nothing, and supply beyond all reach serves nobody")
  func outOfReach() {
    let access = FloatingCatchment(minutes: 5).access(
      supplies: [3], people: [10, 20], travel: { _, _ in 6 })
    #expect(access == [0, 0])
  }

  @Test("what people have of it is all that is within anybody's reach")
  func conservation() {
    var stream = RandomStream(
      RandomRoot(seed: 20, replication: 1), Purpose("catchment-test"), owner: 0)
    let supplies = (0..<12).map { _ in 5 * stream.uniform() }
    let people = (0..<30).map { _ in 1000 * stream.uniform() }
    let minutes = (0..<30).map { _ in (0..<12).map { _ in 60 * stream.uniform() } }
    let access = FloatingCatchment(minutes: 20).access(supplies: supplies, people: people) {
      minutes[$0][$1]
    }
    let had = zip(access, people).reduce(0) { $0 + $1.0 * $1.1 }
    let reached = supplies.indices.filter { site in minutes.contains { $0[site] <= 20 } }
      .reduce(0) { $0 + supplies[$1] }
    #expect(abs(had - reached) < 1e-9)
  }
}
