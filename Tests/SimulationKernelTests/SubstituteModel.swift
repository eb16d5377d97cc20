// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Customers who want the first of several single servers, each with a speed of its own.
struct SubstituteModel: ~Copyable, SimulationModel {
  enum Event: BitwiseCopyable, Sendable {
    case arrival
    case serviceEnded(EntityIndex, ResourceIndex)
  }

  var resources = ResourceSet()
  let servers: [ResourceIndex]
  private let meanInterval: Double
  private let meanService: [Double]
  private var freeRows: [UInt32] = []
  private var rowCount: UInt32 = 0
  private var generator: TestGenerator
  private(set) var arrived = 0

  /// All times are exponential, with these means in minutes; servers in order of preference.
  init(meanInterval: Double, meanService: [Double], seed: UInt64) {
    self.meanInterval = meanInterval
    self.meanService = meanService
    var resources = ResourceSet()
    self.servers = meanService.map { _ in resources.add(capacity: 1) }
    self.resources = resources
    self.generator = TestGenerator(seed: seed)
  }

  mutating func endWarmUp(at now: SimulationTime) {
    resources.resetStatistics(at: now)
    arrived = 0
  }

  mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>) {
    switch event {
    case .arrival:
      calendar.schedule(.arrival, after: .minutes(generator.exponential() * meanInterval))
      arrived += 1
      if freeRows.isEmpty {
        freeRows.append(rowCount)
        rowCount += 1
      }
      let entity = EntityIndex(rawValue: freeRows.removeLast())
      let demands = servers.map { ResourceDemand($0) }
      if case .granted(let server) = resources.seizeAny(demands, for: entity, at: calendar.now) {
        serve(entity, server, &calendar)
      }
    case .serviceEnded(let entity, let server):
      resources.release(server, by: entity, at: calendar.now)
      freeRows.append(entity.rawValue)
      while let grant = resources.nextGrant() { serve(grant.entity, grant.resource, &calendar) }
    }
  }

  private mutating func serve(
    _ entity: EntityIndex, _ server: ResourceIndex, _ calendar: inout EventCalendar<Event>
  ) {
    let mean = meanService[Int(server.rawValue)]
    calendar.schedule(
      .serviceEnded(entity, server), after: .minutes(generator.exponential() * mean))
  }
}
