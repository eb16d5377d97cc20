// SPDX-License-Identifier: GPL-3.0-or-later

/// A 4-ary heap of keys whose smallest child is chosen by arithmetic instead of branches.
///
/// A textbook heap spends most of its time on mispredicted branches. Here the choice among four
/// children is a tournament of indices; written as a tournament of keys held in variables it
/// compiles to branches again and takes twice as long, which the benchmark shows.
///
/// Invariants: the children of `i` are `4i + 1 ... 4i + 4`, and a key is never greater than its
/// children; `base` stands 48 bytes behind a multiple of 64, so that four siblings share a cache
/// line; every place from `count` to `room + 4` holds ``EventKey/last``, so that a partial group of
/// siblings needs no special case.
@usableFromInline
struct EventHeap: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<EventKey>
  @usableFromInline var count: Int
  @usableFromInline var room: Int

  @inlinable
  init(room: Int) {
    self.base = Self.allocate(room)
    self.count = 0
    self.room = room
    base.update(repeating: .last, count: room + 5)
  }

  @inlinable
  deinit {
    Self.deallocate(base)
  }

  @inlinable
  static func allocate(_ room: Int) -> UnsafeMutablePointer<EventKey> {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: (room + 8) * 16, alignment: 64)
    return raw.bindMemory(to: EventKey.self, capacity: room + 8) + 3
  }

  @inlinable
  static func deallocate(_ base: UnsafeMutablePointer<EventKey>) {
    UnsafeMutableRawPointer(base - 3).deallocate()
  }

  @inlinable
  borrowing func copy() -> EventHeap {
    let other = EventHeap(room: room)
    return other.filled(from: base, count: count)
  }

  @inlinable
  consuming func filled(from keys: UnsafePointer<EventKey>, count: Int) -> EventHeap {
    base.update(from: keys, count: count)
    self.count = count
    return self
  }

  /// Makes room for at least `needed` keys.
  @inlinable @inline(never)
  mutating func grow(to needed: Int) {
    guard needed > room else { return }
    let larger = Swift.max(room * 2, needed)
    let keys = Self.allocate(larger)
    keys.update(from: base, count: count)
    (keys + count).update(repeating: .last, count: larger + 5 - count)
    Self.deallocate(base)
    base = keys
    room = larger
  }

  /// Adds a key; the caller has seen to it that `count < room`.
  @inlinable @inline(__always)
  mutating func insert(_ key: EventKey) {
    let place = count
    count = place &+ 1
    siftUp(key, from: place)
  }

  /// Puts `key` in the place of the smallest one.
  @inlinable @inline(__always)
  mutating func replaceFirst(with key: EventKey) {
    siftDown(key, from: 0)
  }

  @inlinable @inline(__always)
  mutating func removeFirst() {
    let end = count &- 1
    count = end
    let key = base[end]
    base[end] = .last
    if end > 0 { siftDown(key, from: 0) }
  }

  /// Adds a key without keeping the order; ``restoreOrder()`` follows.
  @inlinable @inline(__always)
  mutating func append(_ key: EventKey) {
    base[count] = key
    count = count &+ 1
  }

  /// Makes a heap of keys in any order, in O(count).
  @inlinable @inline(never)
  mutating func restoreOrder() {
    guard count > 1 else { return }
    var place = (count &- 2) / 4
    while place >= 0 {
      siftDown(base[place], from: place)
      place &-= 1
    }
  }

  @inlinable
  mutating func removeAll() {
    base.update(repeating: .last, count: count)
    count = 0
  }

  @inlinable @inline(__always)
  func siftUp(_ key: EventKey, from start: Int) {
    let keys = base
    var place = start
    while place > 0 {
      let parent = (place &- 1) &>> 2
      if !(key < keys[parent]) { break }
      keys[place] = keys[parent]
      place = parent
    }
    keys[place] = key
  }

  @inlinable @inline(__always)
  func siftDown(_ key: EventKey, from start: Int) {
    let keys = base
    let end = count
    var place = start
    while true {
      let child = place &* 4 &+ 1
      if child &+ 1 >= end {
        // One child or none: most of the sifts of a small model, and no tournament.
        if child < end && keys[child] < key {
          keys[place] = keys[child]
          place = child
        }
        break
      }
      let left = child &+ (keys[child &+ 1] < keys[child] ? 1 : 0)
      let right = child &+ 2 &+ (keys[child &+ 3] < keys[child &+ 2] ? 1 : 0)
      let least = keys[right] < keys[left] ? right : left
      if !(keys[least] < key) { break }
      keys[place] = keys[least]
      place = least
    }
    keys[place] = key
  }
}
