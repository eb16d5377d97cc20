// SPDX-License-Identifier: GPL-3.0-or-later
import CKernelHints

extension EventLadder {
  /// A bucket of at most so many keys goes to the heap; a larger one is divided.
  @inline(__always)
  static var mostKeysLoaded: Int { 96 }
  /// Small buckets are loaded together until there are so many keys.
  @inline(__always)
  static var fewestKeysLoaded: Int { 16 }
  /// Keys a bucket should get when a rung is made.
  @inline(__always)
  static var keysForBucket: Int { 8 }
  @inline(__always)
  static var mostBuckets: Int { 4096 }
  /// Fewer keys than that, with nothing in rungs, are left to the heap altogether.
  @inline(__always)
  static var keysForHeap: Int { 512 }

  /// Moves the earliest keys to an empty heap.
  ///
  /// - Parameters:
  ///   - slots: The payloads, which will be wanted soon, `stride` bytes apart.
  /// - Precondition: `count` is positive.
  @usableFromInline
  mutating func refill(_ heap: inout EventHeap, slots: UnsafeRawPointer, stride: Int) {
    while heap.count == 0 {
      if rungCount == 0 {
        if far[0].count <= Self.keysForHeap {
          load(far[0], into: &heap, slots: slots, stride: stride)
          far[0] = KeyBucket()
          horizon = .max
        } else {
          divideFar()
        }
      } else {
        descend(&heap, slots: slots, stride: stride)
      }
    }
    heap.restoreOrder()
  }

  /// Loads or divides the next bucket of the finest rung, or drops that rung if there is none.
  private mutating func descend(
    _ heap: inout EventHeap, slots: UnsafeRawPointer, stride: Int
  ) {
    let row = rungCount - 1
    while let bucket = nextOccupied(row) {
      let rung = rungs[row]
      let place = rung.firstBucket + bucket
      let keys = buckets[place]
      let size = Int(keys.count)
      let mustDivide = size > Self.mostKeysLoaded && rung.shift > 0
      if heap.count > 0 && (mustDivide || heap.count + size > Self.mostKeysLoaded) { return }
      rungs[row].next = bucket + 1
      occupied[place >> 6] &= ~(1 << UInt64(place & 63))
      buckets[place] = KeyBucket()
      let start = rung.start + Int64(bucket) << Int64(rung.shift)
      let end = Swift.min(start + 1 << Int64(rung.shift), rung.end)
      if mustDivide {
        divide(keys, from: start, to: end, shift: rung.shift)
        return
      }
      load(keys, into: &heap, slots: slots, stride: stride)
      horizon = end
      if heap.count >= Self.fewestKeysLoaded { return }
    }
    if heap.count == 0 { rungCount -= 1 }
  }

  private func nextOccupied(_ row: Int) -> Int? {
    let rung = rungs[row]
    var place = rung.firstBucket + rung.next
    let end = rung.firstBucket + rung.bucketCount
    guard place < end else { return nil }
    var word = place >> 6
    var bits = occupied[word] & (UInt64.max << UInt64(place & 63))
    while bits == 0 {
      word += 1
      if word << 6 >= end { return nil }
      bits = occupied[word]
    }
    place = word << 6 + bits.trailingZeroBitCount
    return place - rung.firstBucket
  }

  private mutating func load(
    _ bucket: KeyBucket, into heap: inout EventHeap, slots: UnsafeRawPointer, stride: Int
  ) {
    let needed = heap.count + Int(bucket.count)
    heap.grow(to: needed)
    count -= Int(bucket.count)
    var end = heap.count
    let keys = heap.base
    chunks.drain(bucket) { key, _ in
      kernel_prefetch(slots + Int(key.slot) &* stride)
      keys[end] = key
      end &+= 1
    }
    heap.count = end
  }
}

// MARK: - Rungs

extension EventLadder {
  /// Adds a rung of buckets of 2^`shift` µs from `start` to `end`, where the last one may be cut
  /// short, not yet holding anything.
  private mutating func addRung(from start: Int64, to end: Int64, shift: Int) {
    let first = bucketsInUse
    let wanted = Int((end - 1 - start) >> Int64(shift)) + 1
    // Whole words of the bitmap belong to one rung.
    let rounded = (wanted + 63) & ~63
    buckets.grow(to: first + rounded, keeping: first)
    occupied.grow(to: (first + rounded) / 64, keeping: first / 64)
    (buckets.base + first).update(repeating: KeyBucket(), count: rounded)
    (occupied.base + first / 64).update(repeating: 0, count: rounded / 64)
    rungs.grow(to: rungCount + 1, keeping: rungCount)
    rungs[rungCount] = Rung(
      start: start, end: end, shift: shift, firstBucket: first, bucketCount: rounded, next: 0)
    rungCount += 1
  }

  /// Makes a finer rung of a bucket taken out of the finest one.
  private mutating func divide(_ bucket: KeyBucket, from start: Int64, to end: Int64, shift: Int) {
    let finer = shift - Self.binaryDigits(ofBuckets: Int(bucket.count), atMost: shift)
    addRung(from: start, to: end, shift: finer)
    distribute(bucket)
  }

  /// Makes the coarsest rung of all that is far.
  private mutating func divideFar() {
    let keys = far[0]
    var least = Int64.max
    var greatest = Int64.min
    forEach(in: keys) { key in
      least = Swift.min(least, key.time)
      greatest = Swift.max(greatest, key.time)
    }
    let digits = 64 - (greatest - least).leadingZeroBitCount
    let shift = digits - Self.binaryDigits(ofBuckets: Int(keys.count), atMost: digits)
    far[0] = KeyBucket()
    addRung(from: least, to: greatest + 1, shift: shift)
    distribute(keys)
  }

  /// Moves keys to the buckets of the finest rung, which covers them all.
  private mutating func distribute(_ bucket: KeyBucket) {
    let rung = rungs[rungCount - 1]
    let buckets = self.buckets.base
    let occupied = self.occupied.base
    chunks.drain(bucket) { key, chunks in
      let place = rung.firstBucket &+ Int((key.time &- rung.start) &>> Int64(rung.shift))
      occupied[place &>> 6] |= 1 &<< UInt64(place & 63)
      chunks.add(key, to: buckets + place)
    }
  }

  private func forEach(in bucket: KeyBucket, _ body: (EventKey) -> Void) {
    var left = Int(bucket.count)
    var chunk = bucket.chunk
    while left > 0 {
      let filled = (left - 1) & 15 + 1
      for place in 0..<filled { body(chunks.keys[Int(chunk) * 16 + place]) }
      left -= filled
      chunk = chunks.previous[Int(chunk)]
    }
  }

  private static func binaryDigits(ofBuckets keys: Int, atMost limit: Int) -> Int {
    let wanted = Swift.min(Swift.max(keys / keysForBucket, 8), mostBuckets)
    return Swift.min(Int.bitWidth - (wanted - 1).leadingZeroBitCount, limit)
  }
}

// MARK: - Giving and taking everything

extension EventLadder {
  /// Takes over all keys of a heap that has become large.
  ///
  /// - Returns: `false` when they are of one instant and cannot be divided.
  @usableFromInline
  mutating func takeOver(_ heap: inout EventHeap) -> Bool {
    if horizon == .max {
      for place in 0..<heap.count { chunks.add(heap.base[place], to: far.base) }
    } else {
      let start = heap.base[0].time
      guard horizon - start > 1 else { return false }
      let digits = 64 - (horizon - 1 - start).leadingZeroBitCount
      let shift = digits - Self.binaryDigits(ofBuckets: heap.count, atMost: digits)
      addRung(from: start, to: horizon, shift: shift)
      for place in 0..<heap.count {
        let key = heap.base[place]
        let rung = rungs[rungCount - 1]
        let bucket = rung.firstBucket + Int((key.time - rung.start) >> Int64(rung.shift))
        occupied[bucket >> 6] |= 1 << UInt64(bucket & 63)
        chunks.add(key, to: buckets.base + bucket)
      }
    }
    count += heap.count
    heap.removeAll()
    return true
  }

  /// Moves all keys to the heap, which may then not be in order, and forgets all rungs.
  @usableFromInline
  mutating func giveAll(to heap: inout EventHeap) {
    heap.grow(to: heap.count + count)
    var end = heap.count
    let keys = heap.base
    for place in 0..<bucketsInUse {
      chunks.drain(buckets[place]) { key, _ in
        keys[end] = key
        end &+= 1
      }
    }
    chunks.drain(far[0]) { key, _ in
      keys[end] = key
      end &+= 1
    }
    heap.count = end
    far[0] = KeyBucket()
    rungCount = 0
    count = 0
    horizon = .max
  }
}
