// SPDX-License-Identifier: GPL-3.0-or-later

/// The row of an entity: whatever moves through a model and asks for resources.
///
/// Rows may be reused once their entity has left. Tables keyed by it grow to the largest row seen,
/// so rows should be small numbers handed out densely.
public struct EntityIndex: Hashable, Sendable, BitwiseCopyable {
  public var rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }
}

/// The row of a resource in its ``ResourceSet``, in the order in which they were added.
public struct ResourceIndex: Hashable, Sendable, BitwiseCopyable {
  public var rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }
}
