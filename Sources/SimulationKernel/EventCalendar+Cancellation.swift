// SPDX-License-Identifier: GPL-3.0-or-later

extension EventCalendar {
  /// Whether the event that `handle` names is still to come.
  @inlinable
  public func isPending(_ handle: EventHandle) -> Bool {
    events.isPending(handle)
  }

  /// Takes an event out of the calendar before it happens.
  ///
  /// O(1) on average: the event's key stays behind until it is met, or until such keys outnumber
  /// the events pending and are cleared away together.
  ///
  /// - Returns: `false` when the event was handled or cancelled before, which is no fault.
  @inlinable
  @discardableResult
  public mutating func cancel(_ handle: EventHandle) -> Bool {
    guard events.isPending(handle) else { return false }
    events.cancel(slot: handle.slot)
    pendingCount &-= 1
    cancelledCount &+= 1
    if cancelledCount > pendingCount &+ 64 { clearCancelled() }
    return true
  }

  /// Drops the keys of all cancelled events.
  @inlinable @inline(never)
  mutating func clearCancelled() {
    if isFirstVacant { dropFirst() }
    ladder.giveAll(to: &heap)
    let keys = heap.base
    let end = heap.count
    var kept = 0
    for place in 0..<end {
      let key = keys[place]
      if events.isPending(slot: key.slot) {
        keys[kept] = key
        kept &+= 1
      } else {
        events.recycle(slot: key.slot)
      }
    }
    (keys + kept).update(repeating: .last, count: end - kept)
    heap.count = kept
    cancelledCount = 0
    divideAgain()
  }

  /// Gives pending events new sequence numbers in the same order.
  @inlinable @inline(never)
  mutating func renumber() {
    if isFirstVacant { dropFirst() }
    ladder.giveAll(to: &heap)
    let end = heap.count
    var keys = UnsafeMutableBufferPointer(start: heap.base, count: end)
    keys.sort { $0 < $1 }
    for place in 0..<end {
      keys[place] = keys[place].renumbered(UInt64(place))
    }
    sequence = UInt64(end)
    divideAgain()
  }

  /// Sorts out a heap that was given all keys, in any order.
  @inlinable
  mutating func divideAgain() {
    if heap.count >= Self.largestHeap && ladder.takeOver(&heap) {
      refill()
    } else {
      heap.restoreOrder()
      setHeapLimit()
    }
  }
}
