// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

@Suite("Draws belong to what they are for, never to where a step stands")
struct PathwayDrawTests {
  private func builder() throws -> PathwayBuilder {
    var builder = try PathwayBuilder.plain()
    builder.addDurationRule("consult", try .exponential(mean: 8), unit: .minutes(1))
    builder.addDurationRule(
      "exam", try .lognormal(mean: 5, standardDeviation: 3), unit: .minutes(1))
    return builder
  }

  /// Minutes at which an entity leaves.
  private func leaving(_ record: [String]) -> [Double] {
    record.filter { $0.contains("leaves") }
      .compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
  }

  @Test("a delay is the draw of its rule's purpose, owner, episode and pass")
  func delayKey() throws {
    var builder = try builder()
    builder.addPathway("visit", steps: [.delay("consult"), .leave()])
    var run = RecordedRun(try builder.build(), seed: 5)
    run.send(3, at: 0)
    var stream = RandomStream(
      RandomRoot(seed: 5, replication: 1), Purpose("duration", "consult"), owner: 7, episode: 3)
    let minutes = 8 * stream.exponential()
    let left = try #require(leaving(run.run(until: 1e5)).first)
    #expect(abs(left - minutes) < 1e-7)
  }

  @Test("an added step, role, rule or pathway changes no draw of the steps that were there")
  func addedStep() throws {
    var plain = try builder()
    plain.addPathway("visit", steps: [.delay("consult"), .delay("exam"), .leave()])
    var longer = try PathwayBuilder.plain()
    longer.addDurationRule("unused", try .uniform(low: 0, high: 1), unit: .hours(1))
    longer.addServer("doctor")
    longer.addDurationRule("exam", try .lognormal(mean: 5, standardDeviation: 3), unit: .minutes(1))
    longer.addDurationRule("consult", try .exponential(mean: 8), unit: .minutes(1))
    longer.addPathway("other", steps: [.delay("exam"), .leave()])
    let pathway = longer.addPathway(
      "visit",
      steps: [
        .seize("doctor"), .delay("5"), .release("doctor"), .delay("consult"), .delay("exam"),
        .leave(),
      ])
    var one = RecordedRun(try plain.build())
    var other = RecordedRun(try longer.build())
    one.send(1, at: 0)
    other.send(1, at: 0, pathway: pathway)
    let first = try #require(leaving(one.run(until: 1e5)).first)
    let second = try #require(leaving(other.run(until: 1e5)).first)
    #expect(abs(second - first - 5) < 1e-6)
  }

  @Test("uses of one rule, and passes of one step, are drawn anew")
  func usesAndPasses() throws {
    var builder = try builder()
    builder.addDecision("again", exits: ["yes", "no"])
    builder.addPathway(
      "visit",
      steps: [
        .delay("consult"), .delay("consult"), .delay("consult", label: "third"),
        StepDescription(
          .decide(decision: "again", exits: [.init("yes", to: "third"), .init("no", to: nil)])),
        .leave(),
      ])
    let program = try builder.build()
    var domain = RecordingDomain()
    domain.exits = [0, 1]
    var run = RecordedRun(program, domain: domain, seed: 11)
    run.send(1, at: 0)
    let root = RandomRoot(seed: 11, replication: 1)
    func draw(_ purpose: Purpose, pass: UInt32 = 0) -> Double {
      var stream = RandomStream(root, purpose, owner: 7, episode: 1, variate: pass)
      return 8 * stream.exponential()
    }
    let third = Purpose("duration", "consult", "third")
    let sum =
      draw(Purpose("duration", "consult")) + draw(Purpose("duration", "consult", "2"))
      + draw(third) + draw(third, pass: 1)
    let left = try #require(leaving(run.run(until: 1e5)).first)
    #expect(abs(left - sum) < 1e-6)
  }

  @Test("a delay drawn while its entity waits is the one drawn at the grant")
  func drawnAhead() throws {
    var builder = try builder()
    builder.addServer("doctor")
    builder.addPathway(
      "visit", steps: [.seize("doctor"), .delay("consult"), .release("doctor"), .leave()])
    let program = try builder.build()
    var alone: [Double] = []
    for number in 1...2 {
      var run = RecordedRun(program)
      run.send(UInt32(number), at: 0)
      alone += leaving(run.run(until: 1e5))
    }
    var together = RecordedRun(program)
    together.send(1, at: 0)
    together.send(2, at: 0)
    let left = leaving(together.run(until: 1e5))
    #expect(left.count == 2)
    #expect(abs(left[1] - alone[0] - alone[1]) < 1e-6)
  }

  @Test("a branch takes each exit with its probability, by what it is called")
  func branch() throws {
    func shares(adding label: String?) throws -> [String] {
      var builder = try builder()
      var steps = [
        StepDescription(
          label: "triage",
          .branch([.init(0.2, to: "a"), .init(0.3, to: "b"), .init(nil, to: "c")])),
        .leave("home", label: "a"), .leave("away", label: "b"), .leave("gone", label: "c"),
      ]
      if let label {
        steps.insert(StepDescription(label: label, .branch([.init(1, to: nil)])), at: 0)
      }
      builder.addPathway("visit", steps: steps)
      var run = RecordedRun(try builder.build())
      for number in 0..<20_000 { run.send(UInt32(number), at: 0) }
      return run.run(until: 1)
    }
    let record = try shares(adding: nil)
    #expect(try shares(adding: "before") == record)
    // Each count is binomial; five standard deviations: a false positive in 1.7 million for each.
    for (reason, probability) in [("home", 0.2), ("away", 0.3), ("gone", 0.5)] {
      let count = Double(record.count { $0.hasSuffix(reason) })
      let mean = 20_000 * probability
      #expect(abs(count - mean) < 5 * (mean * (1 - probability)).squareRoot(), "\(reason)")
    }
  }

  @Test("a branch's exits are reached at the ends of its probabilities")
  func branchOfCertainty() throws {
    var builder = try builder()
    builder.addPathway(
      "visit",
      steps: [
        StepDescription(.branch([.init(0, to: "a"), .init(1, to: "b")])),
        .leave("home", label: "a"), .leave("away", label: "b"),
      ])
    var run = RecordedRun(try builder.build())
    for number in 0..<1000 { run.send(UInt32(number), at: 0) }
    #expect(run.run(until: 1).allSatisfy { $0.hasSuffix("leaves away") })
  }
}
