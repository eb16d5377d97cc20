// SPDX-License-Identifier: GPL-3.0-or-later

/// Keys in no order: a chain of chunks, of which only the newest has room.
@usableFromInline
struct KeyBucket: BitwiseCopyable, Sendable {
  /// The newest chunk; meaningless while `count` is zero.
  @usableFromInline var chunk: UInt32 = 0
  @usableFromInline var count: UInt32 = 0

  @inlinable
  init() {}
}

/// Memory for all buckets of a calendar, in chunks of sixteen keys.
///
/// Chunks are handed out again last in, first out, so that a calendar whose buckets fill and empty
/// in turn keeps to a small part of the memory, which stays in the cache.
@usableFromInline
struct KeyChunks: ~Copyable, @unchecked Sendable {
  @usableFromInline static var size: Int { 16 }

  /// Room for `room` chunks, owned by this value alone.
  @usableFromInline var keys: UnsafeMutablePointer<EventKey>
  /// For each chunk the one before it in its bucket or in the list of free chunks.
  @usableFromInline var previous: FlatStorage<UInt32>
  @usableFromInline var room: Int
  /// Chunks `0 ..< used` have been handed out at some time.
  @usableFromInline var used: Int
  @usableFromInline var firstFree: UInt32

  @usableFromInline
  init(room: Int) {
    self.keys = Self.allocate(room)
    self.previous = FlatStorage(capacity: room)
    self.room = room
    self.used = 0
    self.firstFree = .max
  }

  @inlinable
  deinit {
    keys.deallocate()
  }

  private static func allocate(_ room: Int) -> UnsafeMutablePointer<EventKey> {
    let bytes = Swift.max(room, 1) * size * MemoryLayout<EventKey>.stride
    return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: EventKey.self, capacity: room * size)
  }

  borrowing func copy() -> KeyChunks {
    var other = KeyChunks(room: room)
    other.keys.update(from: keys, count: used * Self.size)
    other.previous.base.update(from: previous.base, count: used)
    other.used = used
    other.firstFree = firstFree
    return other
  }

  @inlinable @inline(__always)
  mutating func add(_ key: EventKey, to bucket: UnsafeMutablePointer<KeyBucket>) {
    let count = bucket.pointee.count
    let place = Int(count & 15)
    if place == 0 { startChunk(of: bucket) }
    keys[Int(bucket.pointee.chunk) &* 16 &+ place] = key
    bucket.pointee.count = count &+ 1
  }

  @inlinable @inline(__always)
  mutating func startChunk(of bucket: UnsafeMutablePointer<KeyBucket>) {
    let chunk: UInt32
    if firstFree != .max {
      chunk = firstFree
      firstFree = previous.base[Int(chunk)]
    } else {
      if used == room { grow() }
      chunk = UInt32(truncatingIfNeeded: used)
      used &+= 1
    }
    previous.base[Int(chunk)] = bucket.pointee.chunk
    bucket.pointee.chunk = chunk
  }

  @usableFromInline
  mutating func grow() {
    precondition(room < Int(UInt32.max) / 2, "The calendar is full")
    let larger = Swift.max(room * 2, 64)
    let moved = Self.allocate(larger)
    moved.update(from: keys, count: used * Self.size)
    keys.deallocate()
    keys = moved
    previous.grow(to: larger, keeping: used)
    room = larger
  }

  /// Empties a bucket, giving each key to `body`, which may add keys to other buckets.
  @inline(__always)
  mutating func drain(
    _ bucket: KeyBucket, _ body: (EventKey, inout KeyChunks) -> Void
  ) {
    var left = Int(bucket.count)
    var chunk = bucket.chunk
    while left > 0 {
      // Only the newest chunk is not full.
      let filled = (left &- 1) & 15 &+ 1
      for place in 0..<filled { body(keys[Int(chunk) &* 16 &+ place], &self) }
      left &-= filled
      let earlier = previous.base[Int(chunk)]
      previous.base[Int(chunk)] = firstFree
      firstFree = chunk
      chunk = earlier
    }
  }
}
