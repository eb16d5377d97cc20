// SPDX-License-Identifier: GPL-3.0-or-later

/// The future beyond the heap: keys in buckets that are sorted only when their time comes near.
///
/// A *rung* divides a stretch of time into buckets of equal width. When the first bucket of the
/// finest rung holds few keys they go to the heap; when it holds many, a finer rung divides it. Keys
/// beyond the coarsest rung wait in one `far` bucket, which becomes a new rung when all others are
/// used up. So widths follow the number of events near the present, whatever the distribution of
/// times: a key moves once for each rung it goes down, and then takes part in a heap of some dozens.
/// Events of one instant cannot be divided; they are left to the heap.
///
/// Source: after the ladder queue of W. T. Tang, R. S. M. Goh, I. L.-J. Thng, ACM Transactions on
/// Modeling and Computer Simulation 15 (2005) 175–204; with widths that are powers of two, a heap for
/// the bottom, and a bitmap to find the next bucket.
@usableFromInline
struct EventLadder: ~Copyable, Sendable {
  @usableFromInline
  struct Rung: BitwiseCopyable, Sendable {
    /// When its first bucket begins, in microseconds.
    @usableFromInline var start: Int64
    /// When its last bucket ends.
    @usableFromInline var end: Int64
    /// Binary logarithm of the width of a bucket in microseconds.
    @usableFromInline var shift: Int
    /// Place of its first bucket among those of all rungs; the first word of its bitmap is at
    /// `firstBucket / 64`.
    @usableFromInline var firstBucket: Int
    @usableFromInline var bucketCount: Int
    /// The first bucket not used up.
    var next: Int
  }

  @usableFromInline var chunks: KeyChunks
  /// Coarsest first; each lies within a bucket of the one before, and ends where that one goes on.
  @usableFromInline var rungs: FlatStorage<Rung>
  @usableFromInline var rungCount: Int
  @usableFromInline var buckets: FlatStorage<KeyBucket>
  /// A bit for each bucket that is not empty.
  @usableFromInline var occupied: FlatStorage<UInt64>
  /// Keys at or beyond the end of the coarsest rung.
  @usableFromInline var far: FlatStorage<KeyBucket>
  /// Keys before this instant belong into the heap.
  @usableFromInline var horizon: Int64
  /// Keys in all buckets.
  @usableFromInline var count: Int

  @usableFromInline
  init() {
    self.chunks = KeyChunks(room: 0)
    self.rungs = FlatStorage(capacity: 8)
    self.rungCount = 0
    self.buckets = FlatStorage(capacity: 0)
    self.occupied = FlatStorage(capacity: 0)
    self.far = FlatStorage(capacity: 1)
    self.far.base.pointee = KeyBucket()
    self.horizon = .max
    self.count = 0
  }

  @usableFromInline
  borrowing func copy() -> EventLadder {
    var other = EventLadder()
    other.chunks = chunks.copy()
    other.rungs = rungs.copy(keeping: rungCount)
    other.rungCount = rungCount
    other.buckets = buckets.copy(keeping: bucketsInUse)
    other.occupied = occupied.copy(keeping: bucketsInUse / 64)
    other.far = far.copy(keeping: 1)
    other.horizon = horizon
    other.count = count
    return other
  }

  var bucketsInUse: Int {
    rungCount == 0 ? 0 : rungs[rungCount - 1].firstBucket + rungs[rungCount - 1].bucketCount
  }

  /// Files a key whose time is not before the horizon.
  @inlinable @inline(__always)
  mutating func add(_ key: EventKey) {
    count &+= 1
    let time = key.time
    var row = rungCount &- 1
    // Usually there are two or three; hundreds only if events keep being scheduled before all others.
    if row > 7 { row = finestRung(reaching: time) }
    while row >= 0 {
      let rung = rungs.base + row
      if time < rung.pointee.end {
        let bucket = Int((time &- rung.pointee.start) &>> Int64(rung.pointee.shift))
        let place = rung.pointee.firstBucket &+ bucket
        occupied.base[place &>> 6] |= 1 &<< UInt64(place & 63)
        chunks.add(key, to: buckets.base + place)
        return
      }
      row &-= 1
    }
    chunks.add(key, to: far.base)
  }

  /// The last rung that ends after `time`, or −1: their ends never rise from one to the next.
  @usableFromInline
  func finestRung(reaching time: Int64) -> Int {
    var low = -1
    var high = rungCount - 1
    while low < high {
      let middle = low + (high - low + 1) / 2
      if time < rungs[middle].end { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
