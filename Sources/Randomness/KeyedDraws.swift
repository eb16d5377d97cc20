// SPDX-License-Identifier: GPL-3.0-or-later

/// Which variate: everything of a ``RandomStream``'s key but the root.
public struct VariateKey: Hashable, Sendable, BitwiseCopyable {
  public var purpose: Purpose
  public var owner: UInt64
  public var episode: UInt64
  public var variate: UInt32

  @inlinable
  @inline(__always)
  public init(_ purpose: Purpose, owner: UInt64, episode: UInt64 = 0, variate: UInt32 = 0) {
    self.purpose = purpose
    self.owner = owner
    self.episode = episode
    self.variate = variate
  }
}

/// The variates of one replication: the very numbers that a ``RandomStream`` of the same key draws
/// first, for less.
///
/// Most variates take one word and are never asked for a second one. So what a stream would compute
/// each time is kept here: the keys of ``Philox``'s ten rounds, which hang on the root alone, and the
/// ziggurat's layers within reach of a pointer; and what a stream would remember is not written down.
/// That saves 50 to 60 of about 165 instructions an exponential variate.
///
/// Unsafe memory behind a safe interface. Invariant: `roundKeys` points to twenty words and `layers` to
/// 256 rows, written once and freed with this value alone.
public struct KeyedDraws: ~Copyable, @unchecked Sendable {
  public let root: RandomRoot
  /// Lower and upper key of each round, in turn.
  @usableFromInline let roundKeys: UnsafeMutablePointer<UInt64>
  @usableFromInline let layers: UnsafeMutablePointer<ExponentialZiggurat.Layer>

  public init(_ root: RandomRoot) {
    self.root = root
    roundKeys = .allocate(capacity: 20)
    let stream = RandomStream(root, Purpose(""), owner: 0)
    var keys = Philox.Keys(low: stream.lowKey, high: stream.highKey)
    for round in 0..<10 {
      (roundKeys + 2 * round).initialize(to: keys.low)
      (roundKeys + 2 * round + 1).initialize(to: keys.high)
      keys.advance()
    }
    layers = .allocate(capacity: exponentialLayers.count)
    for place in exponentialLayers.indices {
      (layers + place).initialize(to: exponentialLayers[place])
    }
  }

  deinit {
    roundKeys.deallocate()
    layers.deallocate()
  }

  /// The stream of a variate, for those that need more than one word.
  @inlinable
  @inline(__always)
  public func stream(_ key: VariateKey) -> RandomStream {
    RandomStream(
      root, key.purpose, owner: key.owner, episode: key.episode, variate: key.variate)
  }

  /// A uniform variate, as ``RandomStream/uniform()`` draws it.
  @inlinable
  @inline(__always)
  public func uniform(_ key: VariateKey) -> Double {
    RandomStream.uniform(of: firstWord(key))
  }

  /// An exponential variate of mean 1, as ``RandomStream/exponential()`` draws it.
  @inlinable
  @inline(__always)
  public func exponential(_ key: VariateKey) -> Double {
    let word = firstWord(key)
    let layer = layers + Int(word & 255)
    let place = Int64(bitPattern: word &>> 11)
    if place < layer.pointee.inside { return Double(place) * layer.pointee.width }
    return uncertainExponential(key)
  }

  /// The next exponential variate of a stream, as the stream itself draws it.
  @inlinable
  @inline(__always)
  public func exponential(of stream: inout RandomStream) -> Double {
    let word = stream.nextWord()
    let layer = layers + Int(word & 255)
    let place = Int64(bitPattern: word &>> 11)
    if place < layer.pointee.inside { return Double(place) * layer.pointee.width }
    return ExponentialZiggurat.finish(word, &stream)
  }

  /// The word that the stream of this key gives first.
  @inlinable
  @inline(__always)
  func firstWord(_ key: VariateKey) -> UInt64 {
    var words = Philox.Words(
      UInt64(key.variate) &<< 32, key.episode, key.owner, key.purpose.rawValue)
    for round in 0..<10 {
      words = Philox.round(words, roundKeys[2 &* round], roundKeys[2 &* round &+ 1])
    }
    return words.first
  }

  @usableFromInline
  @inline(never)
  func uncertainExponential(_ key: VariateKey) -> Double {
    var stream = stream(key)
    return stream.exponential()
  }
}
