// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The entities present in a run: a slab with a free list, indexed by ``EntityIndex``.
///
/// An index is dense and used again after its entity has left, so a floor above keeps what it knows
/// of an entity in arrays of its own by the same index.
public struct EntityTable: ~Copyable {
  @usableFromInline var rows: FlatTable<Entity>
  @usableFromInline var free: FlatTable<UInt32>

  @inlinable
  public init(reserving capacity: Int = 64) {
    rows = FlatTable(reserving: capacity)
    free = FlatTable(reserving: capacity)
  }

  /// How many entities are present.
  @inlinable
  public var count: Int { rows.count - free.count }

  /// One more than the largest index in use so far.
  @inlinable
  public var indexLimit: Int { rows.count }

  /// Whether an entity is present at the index.
  @inlinable
  public func isPresent(_ index: EntityIndex) -> Bool {
    Int(index.rawValue) < rows.count && rows[Int(index.rawValue)].phase != .absent
  }

  @inlinable
  public subscript(index: EntityIndex) -> Entity {
    @inline(__always) unsafeAddress {
      precondition(Int(index.rawValue) < rows.count, "no such entity")
      return UnsafePointer(at(index))
    }
    @inline(__always) unsafeMutableAddress {
      precondition(Int(index.rawValue) < rows.count, "no such entity")
      return at(index)
    }
  }

  /// Where an entity's row stands, until the next one enters; of an index that this table gave.
  @inlinable
  @inline(__always)
  func at(_ index: EntityIndex) -> UnsafeMutablePointer<Entity> {
    assert(Int(index.rawValue) < rows.count, "no such entity")
    return rows.base + Int(index.rawValue)
  }

  @inlinable
  @inline(__always)
  func prefetch(_ index: EntityIndex) {
    let row = UnsafeRawPointer(at(index))
    SimulationKernel.prefetch(row)
    SimulationKernel.prefetch(row + (MemoryLayout<Entity>.size - 1))
  }

  /// A place for a new entity, whose fields are set next by ``Entity/begin(row:site:destination:classIndex:priority:owner:episode:pass:at:)``.
  @inlinable
  @inline(__always)
  mutating func insert() -> EntityIndex {
    if free.count > 0 {
      free.count &-= 1
      return EntityIndex(rawValue: free.base[free.count])
    }
    return insertAtEnd()
  }

  @usableFromInline
  @inline(never)
  mutating func insertAtEnd() -> EntityIndex {
    precondition(rows.count < Int(UInt32.max), "more than 2^32 entities at once")
    rows.append(Entity())
    return EntityIndex(rawValue: UInt32(rows.count - 1))
  }

  @inlinable
  @inline(__always)
  mutating func remove(_ index: EntityIndex) {
    at(index).pointee.phase = .absent
    free.append(index.rawValue)
  }

  /// An exact copy: the same entities at the same indices, and the same indices next.
  public borrowing func copy() -> EntityTable {
    EntityTable(rows: rows.copy(), free: free.copy())
  }

  @usableFromInline
  init(rows: consuming FlatTable<Entity>, free: consuming FlatTable<UInt32>) {
    self.rows = rows
    self.free = free
  }
}
