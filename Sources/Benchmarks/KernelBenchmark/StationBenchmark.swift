// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// M/M/c at load 0.9 with the kernel alone: calendar, resource with statistics, run loop.
struct StationBenchmark: ~Copyable, SimulationModel {
  enum Event: BitwiseCopyable, Sendable {
    case arrival
    case departure(EntityIndex)
  }

  private var resources = ResourceSet()
  private let servers: ResourceIndex
  private var draws = ExponentialDraws(seed: 1)
  private let meanInterval: Double
  private var arrivalsLeft: Int
  private var arrived: [SimulationTime] = []
  private var freeRows: [EntityIndex] = []
  private var timeInSystem = Tally()

  init(servers count: Int, customers: Int) {
    servers = resources.add(capacity: count)
    meanInterval = 1 / (0.9 * Double(count))
    arrivalsLeft = customers
  }

  mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>) {
    switch event {
    case .arrival:
      arrivalsLeft -= 1
      if arrivalsLeft > 0 { scheduleArrival(&calendar) }
      let entity = takeRow(at: calendar.now)
      if resources.seize(servers, for: entity, at: calendar.now) == .granted {
        beginService(entity, &calendar)
      }
    case .departure(let entity):
      resources.release(servers, by: entity, at: calendar.now)
      timeInSystem.record((calendar.now - arrived[Int(entity.rawValue)]).inSeconds)
      freeRows.append(entity)
      while let grant = resources.nextGrant() { beginService(grant.entity, &calendar) }
    }
  }

  @inline(__always)
  private mutating func scheduleArrival(_ calendar: inout EventCalendar<Event>) {
    calendar.schedule(.arrival, after: .seconds(draws.next() * meanInterval))
  }

  @inline(__always)
  private mutating func beginService(
    _ entity: EntityIndex, _ calendar: inout EventCalendar<Event>
  ) {
    calendar.schedule(.departure(entity), after: .seconds(draws.next()))
  }

  @inline(__always)
  private mutating func takeRow(at now: SimulationTime) -> EntityIndex {
    if let entity = freeRows.popLast() {
      arrived[Int(entity.rawValue)] = now
      return entity
    }
    arrived.append(now)
    return EntityIndex(rawValue: UInt32(arrived.count - 1))
  }

  /// - Returns: Nanoseconds for each customer, and the mean time in the system.
  static func run(servers: Int, customers: Int) -> (nanoseconds: Double, meanTime: Double) {
    var simulation = Simulation(StationBenchmark(servers: servers, customers: customers))
    simulation.model.scheduleArrival(&simulation.calendar)
    let start = processorTime()
    simulation.run(until: .distantFuture)
    let time = processorTime() - start
    return (time / Double(customers) * 1e9, simulation.model.timeInSystem.mean ?? 0)
  }
}
