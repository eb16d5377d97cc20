// SPDX-License-Identifier: GPL-3.0-or-later
import CKernelHints

/// Where the payloads of scheduled events lie, so that keys alone are moved about.
///
/// A slot's generation is odd while its event is pending. A cancelled event's slot stays taken until
/// its key leaves the calendar. A slot whose generations are used up is never handed out again,
/// which is why a stale handle can never name a later event.
@usableFromInline
struct EventSlots<Event: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
  @usableFromInline
  struct Slot: BitwiseCopyable, Sendable {
    @usableFromInline var event: Event
    @usableFromInline var generation: UInt32

    @inlinable
    init(event: Event, generation: UInt32) {
      self.event = event
      self.generation = generation
    }
  }

  @usableFromInline var slots: FlatStorage<Slot>
  /// Slots `0 ..< count` have been in use.
  @usableFromInline var count: Int
  /// A stack of slots that can be used again: the last one freed is still in the cache.
  @usableFromInline var free: FlatStorage<UInt32>
  @usableFromInline var freeCount: Int
  /// The generation of a slot used for the first time: 1, but for tests.
  @usableFromInline var firstGeneration: UInt32 = 1

  @inlinable
  init(reserving room: Int) {
    self.slots = FlatStorage(capacity: room)
    self.free = FlatStorage(capacity: room)
    self.count = 0
    self.freeCount = 0
  }

  @inlinable
  init(
    slots: consuming FlatStorage<Slot>, count: Int, free: consuming FlatStorage<UInt32>,
    freeCount: Int, firstGeneration: UInt32
  ) {
    self.slots = slots
    self.free = free
    self.count = count
    self.freeCount = freeCount
    self.firstGeneration = firstGeneration
  }

  @inlinable
  borrowing func copy() -> Self {
    Self(
      slots: slots.copy(keeping: count), count: count, free: free.copy(keeping: freeCount),
      freeCount: freeCount, firstGeneration: firstGeneration)
  }

  @inlinable @inline(__always)
  mutating func store(_ event: Event) -> EventHandle {
    if freeCount > 0 {
      freeCount &-= 1
      let slot = free.base[freeCount]
      let place = slots.base + Int(slot)
      let generation = place.pointee.generation &+ 1
      place.pointee.event = event
      place.pointee.generation = generation
      return EventHandle(slot: slot, generation: generation)
    }
    return storeInNewSlot(event)
  }

  @inlinable @inline(never)
  mutating func storeInNewSlot(_ event: Event) -> EventHandle {
    precondition(count < Int(UInt32.max), "More than 2^32 events are pending")
    slots.grow(to: count + 1, keeping: count)
    // Each slot is on the stack at most once, so the stack never needs to grow when one is freed.
    free.grow(to: slots.capacity, keeping: freeCount)
    let slot = count
    slots.base[slot] = Slot(event: event, generation: firstGeneration)
    count += 1
    return EventHandle(slot: UInt32(slot), generation: firstGeneration)
  }

  @inlinable @inline(__always)
  func isPending(_ handle: EventHandle) -> Bool {
    Int(handle.slot) < count && slots.base[Int(handle.slot)].generation == handle.generation
  }

  @inlinable @inline(__always)
  func isPending(slot: UInt32) -> Bool {
    slots.base[Int(slot)].generation & 1 == 1
  }

  /// Turns a pending event into a cancelled one.
  @inlinable @inline(__always)
  func cancel(slot: UInt32) {
    slots.base[Int(slot)].generation &+= 1
  }

  /// Gives back a slot that is not pending any more and whose key is gone.
  @inlinable @inline(__always)
  mutating func recycle(slot: UInt32) {
    if slots.base[Int(slot)].generation != 0 {
      free.base[freeCount] = slot
      freeCount &+= 1
    }
  }
}
