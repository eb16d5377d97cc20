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
    @inline(__always) get { rows[Int(index.rawValue)] }
    @inline(__always) _modify { yield &rows[Int(index.rawValue)] }
  }

  @inlinable
  mutating func insert(_ entity: Entity) -> EntityIndex {
    if free.count > 0 {
      let place = free[free.count - 1]
      free.count -= 1
      rows[Int(place)] = entity
      return EntityIndex(rawValue: place)
    }
    rows.append(entity)
    return EntityIndex(rawValue: UInt32(rows.count - 1))
  }

  @inlinable
  mutating func remove(_ index: EntityIndex) {
    rows[Int(index.rawValue)].phase = .absent
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
