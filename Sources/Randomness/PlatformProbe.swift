// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A digest of what exp, log, pow and sin of this machine's C library make of 10⁴ fixed arguments.
///
/// These functions are not rounded alike by every C library and processor. Where digests agree, the
/// same model and seed can be expected to give the same bits. Takes about a millisecond.
///
/// - Returns: 64-bit FNV-1a hash of the results' bit patterns.
public func platformProbeDigest() -> UInt64 {
  var hash = FNVHash()
  let root = RandomRoot(seed: 0, replication: 0)
  let purpose = Purpose("platform probe")
  for owner in 0..<UInt64(10_000) {
    var stream = RandomStream(root, purpose, owner: owner)
    let size = 20 * stream.uniform()
    let power = 4 * stream.uniform() - 2
    hash.add(word: exp(10 - size).bitPattern)
    hash.add(word: log(size).bitPattern)
    hash.add(word: pow(size, power).bitPattern)
    hash.add(word: sin(size).bitPattern)
  }
  return hash.value
}
