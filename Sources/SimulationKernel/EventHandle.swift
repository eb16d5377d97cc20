// SPDX-License-Identifier: GPL-3.0-or-later

/// Names one scheduled event, so that it can be cancelled.
///
/// A handle may be kept after its event was handled or cancelled: it then names nothing, for ever.
/// It is valid in the calendar that gave it out and in every later copy of that one.
public struct EventHandle: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var slot: UInt32
  /// Odd: free and cancelled slots have even generations, so ``none`` is never pending.
  @usableFromInline var generation: UInt32

  @inlinable
  init(slot: UInt32, generation: UInt32) {
    self.slot = slot
    self.generation = generation
  }

  /// Names no event.
  @inlinable
  public static var none: Self { Self(slot: .max, generation: 0) }
}
