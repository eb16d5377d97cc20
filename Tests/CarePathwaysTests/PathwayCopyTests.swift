// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

@Suite("A run of pathways can be copied at any instant")
struct PathwayCopyTests {
  private func program(consultMinutes: Double = 8) throws -> PathwayProgram {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor", isPreemptive: true)
    builder.addServer("nurse", capacity: 2)
    builder.addDurationRule("consult", try .exponential(mean: consultMinutes), unit: .minutes(1))
    builder.addPathway(
      "visit",
      steps: [
        .seize("nurse", patience: .init(rule: "20", otherwise: "out")), .delay("5"),
        .release("nurse"), .seize("doctor"), .delay("consult"), .release("doctor"), .leave(),
        .leave("gone", label: "out"),
      ])
    return try builder.build()
  }

  private func send(_ run: inout RecordedRun, count: Int = 40) {
    for number in 0..<count {
      run.send(
        UInt32(number), at: Double(number * 13 % 71), priority: UInt8(number * 7 % 16))
    }
  }

  @Test("in the middle of waits, delays, preemptions and lost patience")
  func everyMinute() throws {
    let program = try program()
    var whole = RecordedRun(program)
    send(&whole)
    whole.run(until: 500)
    #expect(whole.simulation.model.domain.record.contains { $0.contains("gives up") })
    let interruptions = whole.simulation.model.flow.resources.statistics(
      ResourceIndex(rawValue: 0), at: whole.simulation.calendar.now
    ).interruptions
    #expect(interruptions > 3)
    var original = RecordedRun(program)
    send(&original)
    for minute in 0..<120 {
      original.run(until: Double(minute))
      var copy = original.copy()
      #expect(copy.digest == original.digest)
      copy.run(until: 500)
      #expect(copy.simulation.model.domain.record == whole.simulation.model.domain.record)
      #expect(copy.digest == whole.digest)
      #expect(copy.simulation.eventCount == whole.simulation.eventCount)
    }
  }

  @Test("under another program, who still waits is served by the new one, with the same draw")
  func otherProgram() throws {
    func consult(mean: Double, _ number: UInt64) -> Double {
      var stream = RandomStream(
        RandomRoot(seed: 1, replication: 1), Purpose("duration", "consult"), owner: 7,
        episode: number)
      return mean * stream.exponential()
    }
    let program = try program()
    let slower = try self.program(consultMinutes: 16)
    var run = RecordedRun(program)
    // Both see a nurse until 5; the first is with the doctor for a minute at least, and 2 waits.
    let long = try #require((3..<100).first { consult(mean: 8, $0) > 1 })
    run.send(UInt32(long), at: 0)
    run.send(2, at: 0)
    let first = 5 + consult(mean: 8, long)
    run.run(until: 5.5)
    var simulation = Simulation(
      PathwayRun(
        domain: run.simulation.model.domain, flow: run.simulation.model.flow.copy(under: slower)),
      calendar: run.simulation.calendar.copy(), eventCount: run.simulation.eventCount)
    simulation.run(until: .zero + .minutes(1000))
    let left = simulation.model.domain.record.filter { $0.contains("leaves") }
      .compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
    #expect(left.count == 2)
    #expect(abs(left[0] - first) < 1e-6)
    #expect(abs(left[1] - first - consult(mean: 16, 2)) < 1e-6)
  }
}
