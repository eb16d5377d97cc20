// SPDX-License-Identifier: GPL-3.0-or-later

/// A table of plain rows that grows, without reference counts or copies on write.
///
/// Unsafe memory behind a safe interface. Invariant: `base` owns `capacity` rows, of which the
/// first `count` are initialised; every access but ``at(_:)`` is checked against
/// `count`.
@usableFromInline
struct FlatTable<Row: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<Row>
  @usableFromInline var capacity: Int
  @usableFromInline var count: Int

  @inlinable
  init(reserving capacity: Int = 8) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
    count = 0
  }

  @inlinable
  init(repeating row: Row, count: Int) {
    self.init(reserving: count)
    base.initialize(repeating: row, count: count)
    self.count = count
  }

  @inlinable
  init(_ rows: [Row]) {
    self.init(reserving: rows.count)
    for row in rows { append(row) }
  }

  @inlinable
  deinit {
    base.deallocate()
  }

  @inlinable
  borrowing func copy() -> FlatTable {
    var result = FlatTable(reserving: capacity)
    result.base.initialize(from: base, count: count)
    result.count = count
    return result
  }

  @inlinable
  subscript(index: Int) -> Row {
    @inline(__always) unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such row")
      return UnsafePointer(base + index)
    }
    @inline(__always) unsafeMutableAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such row")
      return base + index
    }
  }

  /// Where a row stands, until the table grows; of a row that is known to exist.
  @inlinable
  @inline(__always)
  func at(_ index: Int) -> UnsafeMutablePointer<Row> {
    assert(index >= 0 && index < count, "no such row")
    return base + index
  }

  @inlinable
  mutating func append(_ row: Row) {
    if count == capacity { grow() }
    (base + count).initialize(to: row)
    count += 1
  }

  @inlinable
  mutating func removeAll() { count = 0 }

  @usableFromInline
  mutating func grow() {
    let wider = UnsafeMutablePointer<Row>.allocate(capacity: capacity * 2)
    wider.moveInitialize(from: base, count: count)
    base.deallocate()
    base = wider
    capacity *= 2
  }
}
