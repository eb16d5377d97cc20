// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef C_KERNEL_HINTS_H
#define C_KERNEL_HINTS_H

/// Asks the processor to bring the cache line at `address` near; never faults, changes nothing.
static inline void kernel_prefetch(const void *_Nonnull address) {
  __builtin_prefetch(address, 1, 3);
}

/// The whole part of a number that the caller knows to lie between -2^63 and 2^63.
static inline long long kernel_whole_part(double number) { return (long long)number; }

#endif
