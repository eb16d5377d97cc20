// SPDX-License-Identifier: GPL-3.0-or-later

/// A row of a pool that is linked to another by number.
@usableFromInline
protocol PoolNode: BitwiseCopyable, Sendable {
  /// The next row of the list it is in; ``UInt32/max`` ends a list.
  var next: UInt32 { get set }
}

/// Rows that are taken and given back one at a time; free ones form a list among themselves.
@usableFromInline
struct NodePool<Node: PoolNode>: ~Copyable, Sendable {
  @usableFromInline var rows: FlatStorage<Node>
  @usableFromInline var count = 0
  @usableFromInline var firstFree = UInt32.max

  init() {
    self.rows = FlatStorage(capacity: 16)
  }

  private init(rows: consuming FlatStorage<Node>, count: Int, firstFree: UInt32) {
    self.rows = rows
    self.count = count
    self.firstFree = firstFree
  }

  borrowing func copy() -> Self {
    Self(rows: rows.copy(keeping: count), count: count, firstFree: firstFree)
  }

  /// The node is written field by field to where it belongs: one that was built elsewhere, to be
  /// handed to a call, would be read back before the processor has written it, which stalls.
  @inlinable @inline(__always)
  mutating func take(_ node: Node) -> UInt32 {
    var row = firstFree
    if row == .max {
      row = addRow()
    } else {
      firstFree = self[row].next
    }
    (rows.base + Int(row)).initialize(to: node)
    return row
  }

  @inlinable @inline(never)
  mutating func addRow() -> UInt32 {
    precondition(count < Int(UInt32.max), "More than 2^32 rows")
    rows.grow(to: count + 1, keeping: count)
    count += 1
    return UInt32(count - 1)
  }

  @inlinable @inline(__always)
  mutating func giveBack(_ row: UInt32) {
    self[row].next = firstFree
    firstFree = row
  }

  @inlinable
  subscript(row: UInt32) -> Node {
    @inline(__always) unsafeAddress { UnsafePointer(rows.base + Int(row)) }
    @inline(__always) unsafeMutableAddress { rows.base + Int(row) }
  }
}
