// SPDX-License-Identifier: GPL-3.0-or-later
import CKernelHints

/// Asks the processor to bring what stands at `address` near; never faults, changes nothing.
///
/// A model whose state is larger than the caches spends half its time waiting for memory; asked for
/// some events ahead, the memory is there when the event is.
@inlinable @inline(__always)
public func prefetch(_ address: UnsafeRawPointer) {
  kernel_prefetch(address)
}
