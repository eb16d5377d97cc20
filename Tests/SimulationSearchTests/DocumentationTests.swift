// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationSearch
import Testing

@Suite("examples of the documentation")
struct DocumentationTests {
  @Test("landing page: the cheapest of 20 settings that reaches 0.65")
  func landingPage() {
    let candidates = (0..<20).map { [Double($0) / 19] }
    func simulate(_ candidate: Int, _ replication: Int) -> [Double] {
      let luck = Double(replication % 3 - 1) / 100
      return [Double(candidate) + luck, 0.5 + 0.02 * Double(candidate) + luck / 100]
    }
    var search = ConstrainedSearch(
      SearchQuestion(
        objective: 0, best: .lowest, difference: 0.5,
        requirements: [.init(output: 1, .atLeast, 0.65, tolerance: 0.005)]),
      candidates: candidates, budget: 400)
    while case let stage = search.nextStage(), !stage.isEmpty {
      search.take(stage.map { look in look.replications.map { simulate(look.candidate, $0) } })
    }
    #expect(search.chosen == 8)
  }

  @Test("the frontier rises step by step, each with its error")
  func frontier() {
    let candidates = (0..<20).map { [Double($0) / 19] }
    var search = ConstrainedSearch(
      SearchQuestion(
        objective: 0, best: .lowest, difference: 0.5,
        requirements: [.init(output: 1, .atMost, 0.7, tolerance: 0.005)]),
      candidates: candidates, budget: 200)
    while case let stage = search.nextStage(), !stage.isEmpty {
      search.take(
        stage.map { look in
          look.replications.map { number in
            let luck = Double(number % 3 - 1) / 100
            return [Double(look.candidate) + luck, 0.9 - 0.01 * Double(look.candidate) + luck]
          }
        })
    }
    let frontier = search.frontier(along: 0, most: 6)
    #expect(frontier.count >= 5 && frontier.count <= 7)
    #expect(zip(frontier, frontier.dropFirst()).allSatisfy { $0.reached.value > $1.reached.value })
    #expect(frontier.allSatisfy { $0.reached.standardError > 0 })
    #expect(frontier.first?.candidate == 0)
  }
}
