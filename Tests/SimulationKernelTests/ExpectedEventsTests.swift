// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Events told of in advance")
struct ExpectedEventsTests {
  /// Notes what it is told of, and what happens.
  struct Listener: SimulationModel {
    var named: [Int] = []
    var found: [Int] = []
    var handled: [Int] = []
    var isToldOfThePast = false
    private var past: Set<Int> = []

    mutating func expect(_ event: Int, found isFound: Bool) {
      if past.contains(event) { isToldOfThePast = true }
      if isFound { found.append(event) } else { named.append(event) }
    }

    mutating func handle(_ event: Int, _ calendar: inout EventCalendar<Int>) {
      handled.append(event)
      past.insert(event)
    }
  }

  @Test("are those of a batch from the future, in both turns, before they happen")
  func batches() {
    var generator = TestGenerator(seed: 11)
    var simulation = Simulation(Listener())
    let count = 20_000
    for event in 0..<count {
      simulation.calendar.schedule(event, at: .zero + .minutes(1e5 * generator.exponential()))
    }
    simulation.run(until: .zero + .minutes(1e8))
    let model = simulation.model
    #expect(model.handled.count == count)
    #expect(Set(model.named) == Set(model.found) && model.named.count == model.found.count)
    // All but the first few, which never were in the future, and nothing twice.
    #expect(Set(model.named).count == model.named.count)
    #expect(model.named.count > count - 1100)
    #expect(!model.isToldOfThePast)
  }
}
