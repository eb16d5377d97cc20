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
  @inline(__always)
  public mutating func add(_ span: TimeSpan) {
    count &+= 1
    total &+= Int128(span.microseconds)
  }

  /// The mean in microseconds, or `nil` of nothing.
  public var meanInMicroseconds: Double? {
    count == 0 ? nil : Double(total) / Double(count)
  }
}

/// What is counted of the entities of one class.
public struct ClassMeasures: BitwiseCopyable, Hashable, Sendable {
  /// Entities that entered as this class.
  public var entered: Int64 = 0
  /// Entities that became members of the class by a step, less those that ceased to be.
  public var joined: Int64 = 0
  /// Entities that left as this class.
  public var left: Int64 = 0
  /// Sum of their times from entering to leaving, in microseconds.
  public var timeInSystem: Int128 = 0
  /// Sum of the times they spent in all waiting lines, in microseconds.
  public var waited: Int128 = 0

  init() {}

  static func - (whole: Self, part: Self) -> Self {
    var rest = whole
    rest.entered -= part.entered
    rest.joined -= part.joined
    rest.left -= part.left
    rest.timeInSystem -= part.timeInSystem
    rest.waited -= part.waited
    return rest
  }
}

/// What is counted of the entities of a run, by class; resources keep their own statistics.
///
/// Everything is counted since time 0; what a window holds is the difference to the counts at its
/// start. Times are those of entities that left within the window, whenever they entered.
public struct PathwayMeasures: ~Copyable {
  @usableFromInline let reasonCount: Int
  @usableFromInline var classes: FlatTable<ClassMeasures>
  /// Entities that left, by class, then reason.
  @usableFromInline var left: FlatTable<Int64>
  private var classesBefore: FlatTable<ClassMeasures>
  private var leftBefore: FlatTable<Int64>
  /// The start of the window: requests made before count in no wait.
  public private(set) var windowStart: SimulationTime
  /// Where counting began: at the start of the window, or of the present batch of it.
  public private(set) var countingStart: SimulationTime

  init(classCount: Int, reasonCount: Int, at now: SimulationTime) {
    self.reasonCount = reasonCount
    classes = FlatTable(repeating: ClassMeasures(), count: classCount)
    classesBefore = FlatTable(repeating: ClassMeasures(), count: classCount)
    left = FlatTable(repeating: 0, count: classCount * reasonCount)
    leftBefore = FlatTable(repeating: 0, count: classCount * reasonCount)
    windowStart = now
    countingStart = now
  }

  private init(copying other: borrowing PathwayMeasures) {
    reasonCount = other.reasonCount
    classes = other.classes.copy()
    classesBefore = other.classesBefore.copy()
    left = other.left.copy()
    leftBefore = other.leftBefore.copy()
    windowStart = other.windowStart
    countingStart = other.countingStart
  }

  borrowing func copy() -> PathwayMeasures { PathwayMeasures(copying: self) }

  /// Starts a new window, or the next batch of the same one.
  mutating func reset(at now: SimulationTime, isBatch: Bool) {
    classesBefore = classes.copy()
    leftBefore = left.copy()
    countingStart = now
    if !isBatch { windowStart = now }
  }

  /// What was counted of a class within the window.
  public func counts(class index: UInt16) -> ClassMeasures {
    classes[Int(index)] - classesBefore[Int(index)]
  }

  /// What was counted of a class since time 0.
  public func countsEver(class index: UInt16) -> ClassMeasures { classes[Int(index)] }

  /// Entities of a class that left within the window for a reason.
  public func left(class index: UInt16, reason: UInt16) -> Int64 {
    let place = Int(index) * reasonCount + Int(reason)
    return left[place] - leftBefore[place]
  }

  @inlinable
  @inline(__always)
  mutating func countLeaving(
    class classIndex: UInt16, reason: UInt16, time: TimeSpan, waited: TimeSpan
  ) {
    let index = Int(classIndex)
    left[index &* reasonCount &+ Int(reason)] &+= 1
    classes[index].count(time: time, waited: waited)
  }
}

extension ClassMeasures {
  @inlinable
  @inline(__always)
  mutating func count(time: TimeSpan, waited span: TimeSpan) {
    left &+= 1
    timeInSystem &+= Int128(time.microseconds)
    waited &+= Int128(span.microseconds)
  }
}
