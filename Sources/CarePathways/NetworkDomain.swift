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
  /// Sums of the times that those who gave up had waited, in microseconds, in the same order.
  var givenUpAfter: FlatTable<Int128>
  /// Referrals by class.
  var referrals: FlatTable<Int64>
  /// Whether a measure asks for anything in ``record``: the one question a run is asked for it.
  let isRecording: Bool
  var record: NetworkRecord
  /// By source: where those stand whose rates are products.
  var curves: FlatTable<RateCurve.Position>
  let resourceCount: Int
  let classPurpose = Purpose("class")
  let arrivalPurpose = Purpose("arrival")
  let batchPurpose = Purpose("batch")

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
    /// The arrival that is scheduled.
    var pending = SimulationTime.zero
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

  init(model: NetworkModel, root: RandomRoot, recording: NetworkRecording) {
    self.model = model
    isRecording = recording.isOn
    record = NetworkRecord(recording, in: model)
    resourceCount = model.program.resources.count
    sources = Self.sourceTable(model, root)
    curves = Self.curveTable(model)
    classes = FlatTable(model.compiledSources.flatMap(\.classes))
    lines = FlatTable(
      repeating: LineCounts(), count: model.program.classes.count * resourceCount)
    givenUpAfter = FlatTable(repeating: 0, count: lines.count)
    referrals = FlatTable(repeating: 0, count: model.program.classes.count)
  }

  private init(
    copying other: borrowing NetworkDomain, under model: NetworkModel, root: RandomRoot
  ) {
    self.model = model
    resourceCount = other.resourceCount
    sources = Self.sourceTable(model, root)
    curves = other.curves.copy()
    for place in 0..<sources.count {
      sources[place].intervals = other.sources[place].intervals
      sources[place].nextDraw = other.sources[place].nextDraw
      sources[place].pending = other.sources[place].pending
      sources[place].position = other.sources[place].position
    }
    classes = FlatTable(model.compiledSources.flatMap(\.classes))
    lines = other.lines.copy()
    givenUpAfter = other.givenUpAfter.copy()
    referrals = other.referrals.copy()
    isRecording = other.isRecording
    record = other.record
    // Under other rates a source goes on from its pending arrival, which stands.
    for place in 0..<sources.count where model.sources[place] != other.model.sources[place] {
      goOn(place)
    }
  }

  private mutating func goOn(_ place: Int) {
    let pending = sources[place].pending
    let count = sources[place].position.count
    let clock = model.compiledSources[place].clock
    sources[place].position = clock.position(at: pending, weekStart: model.weekStart)
    sources[place].position.count = count
    if case .curve(let curve) = clock.timing {
      curves[place] = curve.position(at: pending.microseconds)
    }
  }

  private static func curveTable(_ model: NetworkModel) -> FlatTable<RateCurve.Position> {
    FlatTable(
      model.compiledSources.map { source in
        if case .curve(let curve) = source.clock.timing { return curve.position(at: 0) }
        return RateCurve.Position(start: 0, end: 0, rate: 0, level: 0)
      })
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
          position: source.clock.position(at: .zero, weekStart: model.weekStart))
      })
  }

  borrowing func copy(under model: NetworkModel, root: RandomRoot) -> NetworkDomain {
    precondition(
      model.sources.map(\.name) == self.model.sources.map(\.name),
      "a network can only go on with the same sources")
    return NetworkDomain(copying: self, under: model, root: root)
  }

  mutating func resetStatistics(at now: SimulationTime) {
    lines = FlatTable(repeating: LineCounts(), count: lines.count)
    givenUpAfter = FlatTable(repeating: 0, count: lines.count)
    referrals = FlatTable(repeating: 0, count: referrals.count)
    record.reset(at: now)
  }
}
