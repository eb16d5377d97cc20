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
  var sources: FlatTable<SourceState>
  /// The classes of all sources, one source after the other.
  let classes: FlatTable<NetworkModel.CompiledShare>
  /// By class, then resource.
  var lines: FlatTable<LineCounts>
  let resourceCount: Int
  let classPurpose = Purpose("class")

  /// A source: what an arrival needs, and where it stands.
  struct SourceState: BitwiseCopyable, Sendable {
    var owner: UInt64
    var meanInterval: Double
    var firstClass: UInt32
    var classCount: UInt32
    var pathway: UInt16
    var kind: ArrivalClock.Kind
    /// Arrivals' intervals, one after the other: four words of a block serve four of them.
    var intervals: RandomStream
    /// The draw of the next arrival to schedule.
    var nextDraw = 0.0
    var position: ArrivalClock.Position
  }

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

  init(model: NetworkModel, root: RandomRoot) {
    self.model = model
    resourceCount = model.program.resources.count
    sources = Self.sourceTable(model, root)
    classes = FlatTable(model.compiledSources.flatMap(\.classes))
    lines = FlatTable(
      repeating: LineCounts(), count: model.program.classes.count * resourceCount)
  }

  private init(
    copying other: borrowing NetworkDomain, under model: NetworkModel, root: RandomRoot
  ) {
    self.model = model
    resourceCount = other.resourceCount
    sources = Self.sourceTable(model, root)
    for place in 0..<sources.count {
      sources[place].intervals = other.sources[place].intervals
      sources[place].nextDraw = other.sources[place].nextDraw
      sources[place].position = other.sources[place].position
    }
    classes = FlatTable(model.compiledSources.flatMap(\.classes))
    lines = other.lines.copy()
  }

  private static func sourceTable(
    _ model: NetworkModel, _ root: RandomRoot
  ) -> FlatTable<SourceState> {
    let purpose = Purpose("arrival")
    var firstClass = 0
    return FlatTable(
      model.compiledSources.map { source in
        defer { firstClass += source.classes.count }
        return SourceState(
          owner: source.owner, meanInterval: source.clock.meanInterval,
          firstClass: UInt32(firstClass), classCount: UInt32(source.classes.count),
          pathway: source.pathway, kind: source.clock.kind,
          intervals: RandomStream(root, purpose, owner: source.owner),
          position: source.clock.start(weekStart: model.weekStart))
      })
  }

  borrowing func copy(under model: NetworkModel, root: RandomRoot) -> NetworkDomain {
    precondition(
      model.sources.map(\.name) == self.model.sources.map(\.name),
      "a network can only go on with the same sources")
    return NetworkDomain(copying: self, under: model, root: root)
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
      drawAhead(source)
      scheduleArrival(UInt16(source), &calendar)
    }
  }

  @inline(__always)
  public mutating func handle(
    _ event: NetworkEvent, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(event.source)
    sources[place].position.count += 1
    let episode = sources[place].position.count
    scheduleArrival(event.source, &calendar)
    let kind = classShare(place, episode, flow.root)
    flow.enter(
      sources[place].pathway, classIndex: kind.classIndex, priority: kind.priority,
      owner: sources[place].owner, episode: episode, at: calendar.now)
  }

  @inline(__always)
  private mutating func scheduleArrival(
    _ source: UInt16, _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(source)
    let time: SimulationTime
    switch sources[place].kind {
    case .poisson:
      time =
        calendar.now
        + TimeSpan(
          microseconds: Int64(sources[place].nextDraw * sources[place].meanInterval + 0.5))
    case .periodic:
      // A rounded instant may lie half a microsecond before the latest arrival.
      time = max(
        calendar.now,
        model.compiledSources[place].clock.nextPeriodic(
          &sources[place].position, sources[place].nextDraw))
    case .scheduled:
      let times = model.compiledSources[place].clock.times
      let count = Int(sources[place].position.count)
      guard count < times.count else { return }
      time = times[count]
    }
    calendar.schedule(.domain(NetworkEvent(source: source)), at: time)
    drawAhead(place)
  }

  /// Draws what the arrival after the next one follows from. The number is the same whenever it is
  /// drawn; drawn ahead, nothing waits for it.
  @inline(__always)
  private mutating func drawAhead(_ place: Int) {
    guard sources[place].kind != .scheduled else { return }
    sources[place].nextDraw = sources[place].intervals.exponential()
  }

  @inline(__always)
  private func classShare(
    _ place: Int, _ episode: UInt64, _ root: RandomRoot
  ) -> NetworkModel.CompiledShare {
    var share = Int(sources[place].firstClass)
    if sources[place].classCount > 1 {
      var stream = RandomStream(
        root, classPurpose, owner: sources[place].owner, episode: episode)
      let draw = stream.uniform()
      while draw >= classes[share].cumulativeShare { share += 1 }
    }
    return classes[share]
  }

  // MARK: - Counts

  private func line(
    _ entity: EntityIndex, _ role: UInt16, _ flow: borrowing PathwayFlow
  ) -> Int {
    Int(flow.entities[entity].classIndex) * resourceCount
      + Int(flow.rows.resourceAt[Int(role)])
  }

  public mutating func granted(
    _ entity: EntityIndex, _ role: UInt16, waited: TimeSpan, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) {
    let line = line(entity, role, flow)
    if (now - waited) >= flow.measures.windowStart { lines[line].waits.add(waited) }
    if waited > .zero, flow.rows.step(flow.entities[entity].row).pointee.isTransfer {
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
    let next = flow.rows.step(flow.rows.step(flow.entities[entity].row).pointee.refused)
    if next.pointee.kind == .leave, flow.program.leaveOutcomes[Int(next.pointee.operand)] == .lost {
      lines[line].lost += 1
    }
  }
}
