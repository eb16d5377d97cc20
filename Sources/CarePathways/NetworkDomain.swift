// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// An arrival of a source.
public struct NetworkEvent: BitwiseCopyable, Hashable, Sendable {
  public var source: UInt16
}

/// What a network adds to pathways: arrivals, and counts by class and resource.
public struct NetworkDomain: ~Copyable, PathwayDomain {
  public typealias Event = NetworkEvent

  let model: NetworkModel
  var positions: FlatTable<ArrivalClock.Position>
  /// By class, then resource.
  var lines: FlatTable<LineCounts>
  let resourceCount: Int
  let arrivalPurpose = Purpose("arrival")
  let classPurpose = Purpose("class")

  /// What is counted of the requests of one class at one resource.
  struct LineCounts: BitwiseCopyable, Hashable, Sendable {
    /// From request to grant, of requests made and granted within the window.
    var waits = SpanTally()
    /// Transfers that had to wait, keeping what they held.
    var blocked: Int64 = 0
    /// Requests given up.
    var reneged: Int64 = 0
    /// Requests that found the waiting room full.
    var refused: Int64 = 0
    /// Those of them that left the network for it.
    var lost: Int64 = 0
  }

  init(model: NetworkModel) {
    self.model = model
    resourceCount = model.program.resources.count
    positions = FlatTable(
      model.compiledSources.map { $0.clock.start(weekStart: model.weekStart) })
    lines = FlatTable(
      repeating: LineCounts(), count: model.program.classes.count * resourceCount)
  }

  private init(copying other: borrowing NetworkDomain, under model: NetworkModel) {
    self.model = model
    resourceCount = other.resourceCount
    positions = other.positions.copy()
    lines = other.lines.copy()
  }

  borrowing func copy(under model: NetworkModel) -> NetworkDomain {
    precondition(
      model.sources.map(\.name) == self.model.sources.map(\.name),
      "a network can only go on with the same sources")
    return NetworkDomain(copying: self, under: model)
  }

  mutating func resetStatistics() {
    lines = FlatTable(repeating: LineCounts(), count: lines.count)
  }

  // MARK: - Arrivals

  /// Schedules the first arrival of each source.
  mutating func start(
    _ flow: borrowing PathwayFlow, _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    for source in model.sources.indices {
      scheduleArrival(UInt16(source), root: flow.root, &calendar)
    }
  }

  public mutating func handle(
    _ event: NetworkEvent, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(event.source)
    positions[place].count += 1
    let episode = positions[place].count
    scheduleArrival(event.source, root: flow.root, &calendar)
    let source = model.compiledSources[place]
    let kind = self.classShare(source, episode, flow.root)
    flow.enter(
      source.pathway, classIndex: kind.classIndex, priority: kind.priority, owner: source.owner,
      episode: episode, at: calendar.now)
  }

  private mutating func scheduleArrival(
    _ source: UInt16, root: RandomRoot,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(source)
    let next = model.compiledSources[place]
    let episode = positions[place].count + 1
    let time: SimulationTime
    switch next.clock.kind {
    case .poisson:
      let draw = exponential(next.owner, episode, root)
      time = calendar.now + TimeSpan(microseconds: Int64(draw * next.clock.meanInterval + 0.5))
    case .periodic:
      let draw = exponential(next.owner, episode, root)
      // A rounded instant may lie half a microsecond before the latest arrival.
      time = max(calendar.now, next.clock.nextPeriodic(&positions[place], draw))
    case .scheduled:
      guard episode <= UInt64(next.clock.times.count) else { return }
      time = next.clock.times[Int(episode) - 1]
    }
    calendar.schedule(.domain(NetworkEvent(source: source)), at: time)
  }

  private func exponential(_ owner: UInt64, _ episode: UInt64, _ root: RandomRoot) -> Double {
    var stream = RandomStream(root, arrivalPurpose, owner: owner, episode: episode)
    return stream.exponential()
  }

  private func classShare(
    _ source: NetworkModel.CompiledSource, _ episode: UInt64, _ root: RandomRoot
  ) -> NetworkModel.CompiledShare {
    if source.classes.count == 1 { return source.classes[0] }
    var stream = RandomStream(root, classPurpose, owner: source.owner, episode: episode)
    let draw = stream.uniform()
    var place = 0
    while draw >= source.classes[place].cumulativeShare { place += 1 }
    return source.classes[place]
  }

  // MARK: - Counts

  private func line(
    _ entity: EntityIndex, _ role: UInt16, _ flow: borrowing PathwayFlow
  ) -> Int {
    Int(flow.entities[entity].classIndex) * resourceCount
      + Int(flow.program.resourceAt[Int(role)])
  }

  public mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    let line = line(entity, role, flow)
    if (now - waited) >= flow.measures.windowStart { lines[line].waits.add(waited) }
    if waited > .zero, flow.steps[Int(flow.entities[entity].row)].isTransfer {
      lines[line].blocked += 1
    }
  }

  public mutating func reneged(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    lines[line(entity, role, flow)].reneged += 1
  }

  public mutating func refused(
    _ entity: EntityIndex, _ role: UInt16, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    let line = line(entity, role, flow)
    lines[line].refused += 1
    let next = flow.steps[Int(flow.steps[Int(flow.entities[entity].row)].refused)]
    if next.kind == .leave, flow.program.leaveOutcomes[Int(next.operand)] == .lost {
      lines[line].lost += 1
    }
  }
}
