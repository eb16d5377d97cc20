// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import SimulationSearch
import Testing

/// A planted region of eight levers, each on or off: every lever costs something and brings something, two
/// pairs bring more or less together than apart, and what all replications of one number have in common is
/// larger than what they do not.
private struct PlantedLevers {
  static let costs = [3.0, 5, 2, 8, 4, 6, 1, 7]
  static let gains = [1.0, 2.5, 0.5, 4, 1.5, 2, 0.2, 3]

  let candidates: [[Double]] = (0..<256).map { number in
    (0..<8).map { number >> $0 & 1 == 1 ? 1 : 0 }
  }

  /// Cost and share without noise.
  func means(_ candidate: Int) -> [Double] {
    let on = candidates[candidate]
    var cost = zip(on, Self.costs).reduce(100) { $0 + $1.0 * $1.1 }
    var share = zip(on, Self.gains).reduce(50) { $0 + $1.0 * $1.1 }
    share += 2 * on[1] * on[4]
    share -= 2.5 * on[3] * on[7]
    cost -= 2 * on[0] * on[5]
    return [cost, share]
  }

  func outputs(_ candidate: Int, _ replication: Int, seed: UInt64, own: Double = 0.3) -> [Double] {
    let root = RandomRoot(seed: seed, replication: UInt32(replication))
    var common = RandomStream(root, Purpose("common"), owner: 0)
    var noise = RandomStream(root, Purpose("own"), owner: UInt64(candidate + 1))
    return means(candidate).map { $0 + common.normal() + own * noise.normal() }
  }

  /// The cheapest candidate that meets the requirement, by enumeration.
  func best(share: Double) -> Int? {
    candidates.indices.filter { means($0)[1] >= share }.min { means($0)[0] < means($1)[0] }
  }

  func run(_ search: inout ConstrainedSearch, seed: UInt64) {
    while case let stage = search.nextStage(), !stage.isEmpty {
      search.take(
        stage.map { look in
          look.replications.map { outputs(look.candidate, $0, seed: seed) }
        })
    }
  }
}

@Suite("Search for the best that meets requirements")
struct ConstrainedSearchTests {
  private let levers = PlantedLevers()

  private func question(share: Double, isChange: Bool = false) -> SearchQuestion {
    SearchQuestion(
      objective: 0, best: .lowest, difference: 0.5,
      requirements: [
        SearchQuestion.Requirement(
          output: 1, .atLeast, share, isChange: isChange, tolerance: 0.4)
      ])
  }

  // Ten replications of all 256 candidates are 2,560 runs. A choice is right if it costs no more than
  // the cheapest that meets the requirement, plus the difference that matters, and misses the requirement
  // by no more than the tolerance; where the runs do not do to decide, the one that leads counts. A search
  // that is right with probability 0.95 has fewer than 39 of 48 right with a chance of 1e-4; one that
  // is right with 0.65 has as many with one of 0.01. Were the luck that all candidates share not
  // taken out, or the search ended with the first few, about half would be right.
  @Test("finds the planted optimum with under a tenth of the runs of enumeration")
  func optimum() throws {
    var right = 0
    var most = 0
    for seed in 1...48 {
      let share = [52.2, 55.7, 59.6][seed % 3]
      let truth = try #require(levers.best(share: share))
      var search = ConstrainedSearch(
        question(share: share), candidates: levers.candidates, budget: 250, seed: UInt64(seed))
      levers.run(&search, seed: UInt64(seed))
      most = max(most, search.spent)
      guard let chosen = search.leader else { continue }
      let means = levers.means(chosen)
      if means[0] <= levers.means(truth)[0] + 0.5, means[1] > share - 0.4 { right += 1 }
    }
    #expect(right >= 39, "\(right) of 48")
    #expect(most < 256)
  }

  // Right with probability 0.95, a search has fewer than 9 of 12 right with a chance of 2e-4; were the change
  // taken for the value, every candidate would reach it, and none would be right.
  @Test("a change is measured against the first candidate")
  func change() throws {
    let truth = levers.means(try #require(levers.best(share: 55.7)))
    var right = 0
    for seed in UInt64(1)...12 {
      var search = ConstrainedSearch(
        question(share: 5.7, isChange: true), candidates: levers.candidates, budget: 250, seed: seed
      )
      levers.run(&search, seed: seed)
      guard let found = search.leader.map({ levers.means($0) }) else { continue }
      if found[0] <= truth[0] + 0.5, found[1] > 55.7 - 0.4 { right += 1 }
    }
    #expect(right >= 9, "\(right) of 12")
  }

  // All levers together bring 66.2: nothing reaches 75.
  @Test("says that no candidate meets a requirement out of reach, and stops looking")
  func outOfReach() {
    var search = ConstrainedSearch(
      question(share: 75), candidates: levers.candidates, budget: 250, seed: 7)
    levers.run(&search, seed: 7)
    #expect(search.chosen == nil)
    #expect(search.selection?.survivors == [])
    guard case .feasibility(let chance) = search.promise else {
      Issue.record("\(String(describing: search.promise))")
      return
    }
    #expect(chance < 1e-3)
    #expect(search.spent < 150)
  }

  @Test("the same outputs lead along the same way, and a budget is never passed")
  func isRepeatable() {
    var first = ConstrainedSearch(
      question(share: 58), candidates: levers.candidates, budget: 120, seed: 3)
    var second = first
    levers.run(&first, seed: 3)
    levers.run(&second, seed: 3)
    #expect(first.order == second.order && first.contenders == second.contenders)
    #expect(first.chosen == second.chosen)
    #expect(first.spent <= 120)
  }

  @Test("without requirements it finds the least of all")
  func unconstrained() {
    var search = ConstrainedSearch(
      SearchQuestion(objective: 0, best: .lowest, difference: 0.5, requirements: []),
      candidates: levers.candidates, budget: 200, seed: 2)
    levers.run(&search, seed: 2)
    #expect(search.chosen == 0)
  }

  // A quarter of the candidates, all that have the last two levers, never give a share; the best of the
  // others is known. Right with probability 0.95, a search has fewer than 9 of 12 right with a
  // chance of 2e-4.
  @Test("a candidate without a value is left out, and the search goes on")
  func undefined() throws {
    func isUndefined(_ candidate: Int) -> Bool {
      levers.candidates[candidate][6] == 1 && levers.candidates[candidate][7] == 1
    }
    let truth = try #require(
      levers.candidates.indices.filter { levers.means($0)[1] >= 55.7 && !isUndefined($0) }
        .min { levers.means($0)[0] < levers.means($1)[0] })
    var (right, left) = (0, 0)
    for seed in UInt64(1)...12 {
      var search = ConstrainedSearch(
        question(share: 55.7), candidates: levers.candidates, budget: 250, seed: seed)
      while case let stage = search.nextStage(), !stage.isEmpty {
        search.take(
          stage.map { look in
            look.replications.map { number in
              let outputs = levers.outputs(look.candidate, number, seed: seed)
              // The first replications of some have a value.
              let fails = isUndefined(look.candidate) && (number > 2 || look.candidate % 3 > 0)
              return fails ? [outputs[0], .nan] : outputs
            }
          })
      }
      left += search.undefined.count
      #expect(search.undefined.allSatisfy { isUndefined($0) && search.meets[$0] == false })
      let quality = search.metamodelQuality
      #expect(quality.count == 2 && quality.allSatisfy { $0.summary.coverage > 0.5 })
      guard let found = search.leader else { continue }
      #expect(!isUndefined(found))
      let means = levers.means(found)
      if means[0] <= levers.means(truth)[0] + 0.5, means[1] > 55.7 - 0.4 { right += 1 }
    }
    #expect(right >= 9, "\(right) of 12")
    #expect(left > 12)
  }

  // Every lever costs something, so the first candidate is the cheapest whose change is not below 0: it
  // has exactly that. Asked of a metamodel of the others, it would pass or fail by the model's error.
  @Test("the first candidate has a change of exactly nothing")
  func noChange() {
    for seed in UInt64(1)...6 {
      var search = ConstrainedSearch(
        question(share: 0, isChange: true), candidates: levers.candidates, budget: 200, seed: seed)
      levers.run(&search, seed: seed)
      #expect(search.leader == 0)
    }
  }
}
