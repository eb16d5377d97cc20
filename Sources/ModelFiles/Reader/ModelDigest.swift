// SPDX-License-Identifier: GPL-3.0-or-later

/// A stable digest of texts: 64-bit FNV-1a over UTF-8, each text followed by a byte 255, which no
/// UTF-8 holds, so that moving a letter from one text to the next changes the digest.
///
/// It tells versions of a model apart; it is no protection against forgery.
///
/// Source: Fowler, Noll, Vo and Eastlake, *The FNV Non-Cryptographic Hash Algorithm*,
/// IETF draft-eastlake-fnv (offset 14695981039346656037, prime 1099511628211).
public struct ModelDigest: Hashable, Sendable {
  public private(set) var value: UInt64 = 14_695_981_039_346_656_037

  public init() {}

  public init(_ texts: some Sequence<(file: String, text: String)>) {
    for (file, text) in texts {
      add(file)
      add(text)
    }
  }

  public mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(255)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 1_099_511_628_211
  }

  /// Sixteen hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
