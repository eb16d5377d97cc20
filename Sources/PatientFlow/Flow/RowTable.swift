// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A table of plain rows, each in cache lines of its own: an array of rows of 56 bytes would have most
/// of them in two lines, and a region of millions waits for every one.
///
/// Copies share memory until one of them is written to, as arrays do.
package struct RowTable<Row: BitwiseCopyable & Sendable>: Sendable, RandomAccessCollection,
  MutableCollection
{
  /// Invariant: `base` owns room for `capacity` rows, of which the owner's first `count` are written.
  private final class Storage: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let capacity: Int

    init(capacity: Int) {
      self.capacity = capacity
      base = .allocate(byteCount: capacity * RowTable.rowBytes, alignment: RowTable.lineBytes)
    }

    deinit { base.deallocate() }
  }

  private static var lineBytes: Int { 64 }
  private static var rowBytes: Int { (MemoryLayout<Row>.size + lineBytes - 1) & -lineBytes }

  private var storage: Storage
  package private(set) var count = 0

  /// An empty table with room for so many rows; more is made when needed.
  package init(reserving capacity: Int = 64) {
    storage = Storage(capacity: Swift.max(1, capacity))
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package mutating func append(_ row: Row) {
    if count == storage.capacity {
      move(toRoomFor: 2 * count)
    } else {
      separate()
    }
    address(count).pointee = row
    count += 1
  }

  package subscript(index: Int) -> Row {
    @inline(__always) unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such row")
      return UnsafePointer(address(index))
    }
    @inline(__always) unsafeMutableAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such row")
      separate()
      return address(index)
    }
  }

  /// Asks the processor to bring a row near; any index will do.
  @inline(__always)
  package func prefetchRow(_ index: Int) {
    for line in 0..<Self.rowBytes / Self.lineBytes {
      prefetch(storage.base + (index &* Self.rowBytes &+ line &* Self.lineBytes))
    }
  }

  @inline(__always)
  private func address(_ index: Int) -> UnsafeMutablePointer<Row> {
    (storage.base + index &* Self.rowBytes).assumingMemoryBound(to: Row.self)
  }

  @inline(__always)
  private mutating func separate() {
    if !isKnownUniquelyReferenced(&storage) { move(toRoomFor: storage.capacity) }
  }

  @inline(never)
  private mutating func move(toRoomFor capacity: Int) {
    let own = Storage(capacity: capacity)
    own.base.copyMemory(from: storage.base, byteCount: count * Self.rowBytes)
    storage = own
  }
}
