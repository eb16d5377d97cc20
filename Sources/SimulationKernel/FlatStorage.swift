// SPDX-License-Identifier: GPL-3.0-or-later

/// One block of memory with one owner: what an array is without bounds checks, reference counts or
/// a look at uniqueness for each write.
///
/// Invariant: `base` has room for `capacity` elements and nobody else holds it, so the storage may
/// cross threads with its owner. Owners track which elements have been written.
@usableFromInline
struct FlatStorage<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int

  @inlinable
  init(capacity: Int) {
    self.base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  @inlinable
  deinit {
    base.deallocate()
  }

  /// Room for at least `needed` elements, of which the first `used` are kept.
  @inlinable @inline(__always)
  mutating func grow(to needed: Int, keeping used: Int) {
    if needed > capacity { move(toRoomFor: needed, keeping: used) }
  }

  @inlinable @inline(never)
  mutating func move(toRoomFor needed: Int, keeping used: Int) {
    let room = Swift.max(needed, capacity * 2, 16)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: room)
    larger.update(from: base, count: used)
    base.deallocate()
    base = larger
    capacity = room
  }

  /// A storage of equal capacity whose first `used` elements are those of this one.
  @inlinable
  borrowing func copy(keeping used: Int) -> Self {
    let other = Self(capacity: capacity)
    other.base.update(from: base, count: used)
    return other
  }

  @inlinable
  subscript(index: Int) -> Element {
    @inline(__always) unsafeAddress {
      assert(index >= 0 && index < capacity)
      return UnsafePointer(base + index)
    }
    @inline(__always) unsafeMutableAddress {
      assert(index >= 0 && index < capacity)
      return base + index
    }
  }
}
