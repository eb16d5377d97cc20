// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Runs")
struct SimulationTests {
  static func station(seed: UInt64) -> StationModel {
    StationModel(
      servers: 4, waitingRoom: 30, preemptive: true,
      classes: [
        .init(meanInterval: 1, meanService: 1.5, priority: 2),
        .init(meanInterval: 0.5, meanService: 1.2, meanPatience: 6, priority: 8),
      ],
      seed: seed)
  }

  static func run(_ simulation: inout Simulation<StationModel>, until hours: Double) -> [Int] {
    simulation.run(until: .zero + .hours(hours))
    return simulation.model.fingerprint()
      + [Int(simulation.eventCount), simulation.calendar.count]
  }

  @Test("a copy goes on exactly as the original does", arguments: [UInt64](1...8))
  func copies(seed: UInt64) {
    var original = Simulation(Self.station(seed: seed))
    original.model.start(&original.calendar)
    _ = Self.run(&original, until: 40)
    var copy = Simulation(
      original.model.copy(), calendar: original.calendar.copy(), eventCount: original.eventCount)
    // The copy runs first, so that whatever they shared would show in the original.
    let fromCopy = Self.run(&copy, until: 200)
    let fromOriginal = Self.run(&original, until: 200)
    var whole = Simulation(Self.station(seed: seed))
    whole.model.start(&whole.calendar)
    let fromWhole = Self.run(&whole, until: 200)
    #expect(fromCopy == fromOriginal)
    #expect(fromCopy == fromWhole)
  }

  @Test("running in steps equals running at once")
  func steps() {
    var once = Simulation(Self.station(seed: 9))
    once.model.start(&once.calendar)
    let expected = Self.run(&once, until: 100)
    var stepwise = Simulation(Self.station(seed: 9))
    stepwise.model.start(&stepwise.calendar)
    for hour in 1...99 { _ = Self.run(&stepwise, until: Double(hour)) }
    let result = Self.run(&stepwise, until: 100)
    #expect(result == expected)
    #expect(stepwise.calendar.now == .zero + .hours(100))
  }

  @Test("a run without events just lets time pass")
  func nothingHappens() {
    var simulation = Simulation(Self.station(seed: 1))
    simulation.run(until: .zero + .days(1))
    #expect(simulation.eventCount == 0 && simulation.calendar.now == .zero + .days(1))
  }
}
