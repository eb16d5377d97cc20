// SPDX-License-Identifier: GPL-3.0-or-later

/// The future event list: what is scheduled, in the order in which it will happen, and the clock.
///
/// The order is total: time, then priority, then order of scheduling. Scheduling and taking the next
/// event cost O(1) on average whatever the number and the distribution of pending events, and
/// O(log n) where many of them share one instant; cancelling is O(1).
public struct EventCalendar<Event: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
  @usableFromInline var clock: SimulationTime
  /// The number of the next event scheduled.
  @usableFromInline var sequence: UInt64
  /// Events that can still happen.
  @usableFromInline var pendingCount: Int
  /// Keys of cancelled events that have not been met or cleared away yet.
  @usableFromInline var cancelledCount: Int
  /// The first key of `heap` belongs to an event taken already. What its handler schedules usually
  /// takes its place, which saves one sift of two.
  @usableFromInline var isFirstVacant: Bool
  /// The present: the earliest keys, in order.
  @usableFromInline var heap: EventHeap
  /// The heap is divided when it reaches so many keys; at most its room.
  @usableFromInline var heapLimit: Int
  /// Events have come from the future that the model has not been told of.
  @usableFromInline var hasRefilled: Bool
  /// The future: everything from the horizon on.
  @usableFromInline var ladder: EventLadder
  @usableFromInline var events: EventSlots<Event>

  /// An empty calendar at time zero.
  ///
  /// - Parameter count: The pending events to make room for at once; more is made when needed.
  @inlinable
  public init(reserving count: Int = 0) {
    self.clock = .zero
    self.sequence = 0
    self.pendingCount = 0
    self.cancelledCount = 0
    self.isFirstVacant = false
    self.heap = EventHeap(room: 59)
    self.heapLimit = 59
    self.hasRefilled = false
    self.ladder = EventLadder()
    self.events = EventSlots(reserving: Swift.max(count, 16))
  }

  /// A calendar that is about to run out of sequence numbers, or of generations of its slots.
  package init(firstSequence: UInt64 = 0, firstGeneration: UInt32 = 1) {
    self.init()
    self.sequence = firstSequence
    self.events.firstGeneration = firstGeneration
  }

  @inlinable
  init(copying other: borrowing Self) {
    self.clock = other.clock
    self.sequence = other.sequence
    self.pendingCount = other.pendingCount
    self.cancelledCount = other.cancelledCount
    self.isFirstVacant = other.isFirstVacant
    self.heap = other.heap.copy()
    self.heapLimit = other.heapLimit
    self.hasRefilled = other.hasRefilled
    self.ladder = other.ladder.copy()
    self.events = other.events.copy()
  }

  /// A calendar with the same events in the same order, in which the same handles are valid.
  ///
  /// O(n) in the number of events pending.
  @inlinable
  public borrowing func copy() -> EventCalendar {
    EventCalendar(copying: self)
  }

  /// The present instant.
  @inlinable
  public var now: SimulationTime { clock }

  /// Events that are scheduled and not cancelled.
  @inlinable
  public var count: Int { pendingCount }

  @inlinable
  public var isEmpty: Bool { pendingCount == 0 }

  /// Slots ever used for payloads.
  package var slotCount: Int { events.count }

  /// Keys kept, those of cancelled events among them.
  package var storedKeyCount: Int { heap.count + ladder.count - (isFirstVacant ? 1 : 0) }
}

// MARK: - Scheduling

extension EventCalendar {
  /// Schedules `event` for the instant `time`.
  ///
  /// - Precondition: `time` is not before ``now`` and before 2^59 µs (18,267 years).
  @inlinable @inline(__always)
  @discardableResult
  public mutating func schedule(
    _ event: Event, at time: SimulationTime, priority: EventPriority = .normal
  ) -> EventHandle {
    precondition(time >= clock, "An event cannot be scheduled in the past")
    precondition(time.microseconds < EventKey.timeLimit, "An event lies beyond 2^59 microseconds")
    let handle = events.store(event)
    if sequence == EventKey.sequenceLimit { renumber() }
    let key = EventKey(
      time: time.microseconds, priority: priority, sequence: sequence, slot: handle.slot)
    sequence &+= 1
    pendingCount &+= 1
    if time.microseconds >= ladder.horizon {
      ladder.add(key)
    } else if isFirstVacant {
      isFirstVacant = false
      heap.replaceFirst(with: key)
    } else {
      heap.insert(key)
      if heap.count == heapLimit { relieveHeap() }
    }
    return handle
  }

  /// Schedules `event` for `span` from ``now``.
  ///
  /// - Precondition: `span` is not negative.
  @inlinable @inline(__always)
  @discardableResult
  public mutating func schedule(
    _ event: Event, after span: TimeSpan, priority: EventPriority = .normal
  ) -> EventHandle {
    schedule(event, at: clock + span, priority: priority)
  }
}

// MARK: - Taking

extension EventCalendar {
  /// Takes the earliest event if it lies before `end`, and moves the clock to it.
  ///
  /// - Returns: `nil`, with the clock left alone, when nothing is pending before `end`.
  @inlinable @inline(__always)
  public mutating func next(before end: SimulationTime) -> Event? {
    while true {
      if isFirstVacant { dropFirst() }
      if heap.count == 0 {
        if ladder.count == 0 { return nil }
        refill()
      }
      let key = heap.base[0]
      if key.time >= end.microseconds { return nil }
      isFirstVacant = true
      let slot = key.slot
      if events.isPending(slot: slot) {
        events.cancel(slot: slot)
        events.recycle(slot: slot)
        pendingCount &-= 1
        clock = SimulationTime(microseconds: key.time)
        return events.slots.base[Int(slot)].event
      }
      cancelledCount &-= 1
      events.recycle(slot: slot)
    }
  }

  /// The instant of the earliest event, or `nil` when nothing is pending.
  @inlinable
  public mutating func nextTime() -> SimulationTime? {
    while true {
      if isFirstVacant { dropFirst() }
      if heap.count == 0 {
        if ladder.count == 0 { return nil }
        refill()
      }
      let key = heap.base[0]
      if events.isPending(slot: key.slot) { return SimulationTime(microseconds: key.time) }
      isFirstVacant = true
      cancelledCount &-= 1
      events.recycle(slot: key.slot)
    }
  }

  /// Moves the clock on to `time`.
  ///
  /// - Precondition: `time` is not before ``now``, and no event is pending before it.
  @inlinable
  public mutating func advance(to time: SimulationTime) {
    precondition(time >= clock, "The clock cannot go back")
    if let next = nextTime() {
      precondition(next >= time, "The clock cannot pass over a pending event")
    }
    clock = time
  }

  @inlinable
  mutating func dropFirst() {
    isFirstVacant = false
    heap.removeFirst()
  }
}

// MARK: - Present and future

extension EventCalendar {
  /// A heap of more keys than that is divided into buckets.
  @inlinable
  static var largestHeap: Int { 1024 }

  /// Brings the earliest keys of the future into the empty heap.
  @inlinable @inline(never)
  mutating func refill() {
    ladder.refill(
      &heap, slots: events.slots.base, stride: MemoryLayout<EventSlots<Event>.Slot>.stride)
    setHeapLimit()
    hasRefilled = true
  }

  /// Makes room in a heap that has reached its limit: a larger heap, or fewer keys in it.
  @inlinable @inline(never)
  mutating func relieveHeap() {
    if isFirstVacant { dropFirst() }
    if heap.count >= Self.largestHeap && ladder.takeOver(&heap) { refill() }
    setHeapLimit()
  }

  /// One below the room, so that a key can be inserted before the limit is looked at.
  @inlinable
  mutating func setHeapLimit() {
    if heap.count >= heap.room - 1 { heap.grow(to: heap.room + 1) }
    // Keys that could not be divided are left alone until they have doubled.
    heapLimit = Swift.min(heap.room, Swift.max(Self.largestHeap, heap.count * 2))
  }
}
