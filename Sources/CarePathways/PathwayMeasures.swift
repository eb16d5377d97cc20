// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Lengths of time, counted and summed exactly, so that the sum does not depend on its order.
public struct SpanTally: BitwiseCopyable, Hashable, Sendable {
  public var count: Int64 = 0
  /// The sum, in microseconds.
  public var total: Int128 = 0

  @inlinable
  public init() {}

  @inlinable
  public mutating func add(_ span: TimeSpan) {
    count += 1
    total += Int128(span.microseconds)
  }

  /// The mean in microseconds, or `nil` of nothing.
  public var meanInMicroseconds: Double? {
    count == 0 ? nil : Double(total) / Double(count)
  }
}

/// What is counted of the entities of a run, by class; resources keep their own statistics.
///
/// Counts of entities are kept since time 0; what a window holds is the difference to the counts
/// at its start. Times are those of entities that left within the window.
public struct PathwayMeasures: ~Copyable {
  @usableFromInline let reasonCount: Int
  @usableFromInline var entered: FlatTable<Int64>
  /// Entities that became members of a class within the model, less those that ceased to be.
  @usableFromInline var joined: FlatTable<Int64>
  @usableFromInline var left: FlatTable<Int64>
  @usableFromInline var timeInSystem: FlatTable<SpanTally>
  @usableFromInline var waited: FlatTable<SpanTally>
  var enteredBefore: FlatTable<Int64>
  var leftBefore: FlatTable<Int64>
  /// The start of the window.
  public private(set) var windowStart: SimulationTime

  init(classCount: Int, reasonCount: Int, at now: SimulationTime) {
    self.reasonCount = reasonCount
    entered = FlatTable(repeating: 0, count: classCount)
    enteredBefore = FlatTable(repeating: 0, count: classCount)
    joined = FlatTable(repeating: 0, count: classCount)
    left = FlatTable(repeating: 0, count: classCount * reasonCount)
    leftBefore = FlatTable(repeating: 0, count: classCount * reasonCount)
    timeInSystem = FlatTable(repeating: SpanTally(), count: classCount)
    waited = FlatTable(repeating: SpanTally(), count: classCount)
    windowStart = now
  }

  private init(copying other: borrowing PathwayMeasures) {
    reasonCount = other.reasonCount
    entered = other.entered.copy()
    joined = other.joined.copy()
    left = other.left.copy()
    timeInSystem = other.timeInSystem.copy()
    waited = other.waited.copy()
    enteredBefore = other.enteredBefore.copy()
    leftBefore = other.leftBefore.copy()
    windowStart = other.windowStart
  }

  borrowing func copy() -> PathwayMeasures { PathwayMeasures(copying: self) }

  /// Starts a new window: forgets times, and counts from here.
  mutating func reset(at now: SimulationTime) {
    enteredBefore = entered.copy()
    leftBefore = left.copy()
    timeInSystem = FlatTable(repeating: SpanTally(), count: timeInSystem.count)
    waited = FlatTable(repeating: SpanTally(), count: waited.count)
    windowStart = now
  }

  /// Entities of a class that entered within the window.
  public func entered(class index: UInt16) -> Int64 {
    entered[Int(index)] - enteredBefore[Int(index)]
  }

  /// Entities of a class that left within the window for a reason.
  public func left(class index: UInt16, reason: UInt16) -> Int64 {
    let place = Int(index) * reasonCount + Int(reason)
    return left[place] - leftBefore[place]
  }

  /// Entities of a class that entered since time 0.
  public func enteredEver(class index: UInt16) -> Int64 { entered[Int(index)] }

  /// Entities that became members of a class by a step, less those that ceased to be, since time 0.
  public func joinedEver(class index: UInt16) -> Int64 { joined[Int(index)] }

  /// Entities of a class that left since time 0, for whatever reason.
  public func leftEver(class index: UInt16) -> Int64 {
    (0..<reasonCount).reduce(0) { $0 + left[Int(index) * reasonCount + $1] }
  }

  /// Time from entering to leaving, of entities that left within the window as this class.
  public func timeInSystem(class index: UInt16) -> SpanTally { timeInSystem[Int(index)] }

  /// Time spent in all waiting lines, of entities that left within the window as this class.
  public func waited(class index: UInt16) -> SpanTally { waited[Int(index)] }

  @inlinable
  mutating func countLeaving(_ entity: Entity, reason: UInt16, at now: SimulationTime) {
    let index = Int(entity.classIndex)
    left[index * reasonCount + Int(reason)] += 1
    timeInSystem[index].add(now - entity.enteredAt)
    waited[index].add(entity.waited)
  }
}
