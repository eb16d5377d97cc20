// SPDX-License-Identifier: GPL-3.0-or-later

/// A regular fraction of all combinations of factors at two levels.
///
/// The first factors that no generator makes run through all combinations; each other is the product
/// of some of them, with its levels counted as −1 and +1. A product of factors is a set of bits: bit 0
/// is the first factor.
///
/// Source: Box, Hunter and Hunter, *Statistics for Experimenters*, 2nd ed., 2005, chapter 6.
public struct FractionalFactorial: Hashable, Sendable {
  /// A factor as the product of others: D = ABC, or D = −ABC.
  public struct Generator: Hashable, Sendable {
    /// From 0.
    public var factor: Int
    public var product: UInt64
    public var isNegative: Bool

    public init(factor: Int, product: UInt64, isNegative: Bool = false) {
      self.factor = factor
      self.product = product
      self.isNegative = isNegative
    }
  }

  /// Why generators make no design.
  public enum Fault: Error, Hashable, Sendable {
    /// Made by two generators.
    case madeTwice(factor: Int)
    /// The product holds a factor that is itself made by a generator.
    case isMadeOfMade(factor: Int, part: Int)
    /// The product holds fewer than two factors, or is that of another generator: two factors could
    /// not be told apart.
    case confounds(factor: Int, with: Int)
    /// There are more than ``mostFactors``.
    case isTooLarge
  }

  public static let mostFactors = 63
  /// Each generator doubles the defining words: of more generators they are not gone through one by one.
  public static let mostListed = 20

  public let factorCount: Int
  public let generators: [Generator]
  /// The length of the shortest defining word; `nil` of a full design.
  ///
  /// At resolution III main effects are mixed with effects of two factors, at IV these with each
  /// other, at V main effects and effects of two factors are clear of each other.
  public let resolution: Int?

  /// - Parameters:
  ///   - factors: Their number.
  ///   - generators: One for each factor that is made of others.
  public init(factors: Int, generators: [Generator]) throws(Fault) {
    guard factors <= Self.mostFactors else { throw .isTooLarge }
    let made = generators.reduce(UInt64(0)) { $0 | 1 << UInt64($1.factor) }
    for (place, generator) in generators.enumerated() {
      let earlier = generators[..<place]
      if earlier.contains(where: { $0.factor == generator.factor }) {
        throw .madeTwice(factor: generator.factor)
      }
      let circular = generator.product & made
      if circular != 0 {
        throw .isMadeOfMade(factor: generator.factor, part: circular.trailingZeroBitCount)
      }
      if generator.product.nonzeroBitCount < 2 {
        throw .confounds(
          factor: generator.factor,
          with: generator.product == 0 ? generator.factor : generator.product.trailingZeroBitCount)
      }
      if let twin = earlier.first(where: { $0.product == generator.product }) {
        throw .confounds(factor: generator.factor, with: twin.factor)
      }
    }
    factorCount = factors
    self.generators = generators
    resolution = Self.shortestWord(factors, generators)
  }

  /// The number of rows: 2 to the power of the factors that no generator makes.
  public var size: Int { 1 << (factorCount - generators.count) }

  /// The products that are constant over the design, the shortest first: 2ᵖ − 1 of p generators.
  ///
  /// - Precondition: There are no more generators than ``mostListed``.
  public var definingWords: [UInt64] {
    precondition(generators.count <= Self.mostListed, "the words would fill the memory")
    var words: [UInt64] = [0]
    for generator in generators {
      words += words.map { $0 ^ generator.word }
    }
    return words.dropFirst().sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
  }

  /// The products whose effect cannot be told from that of a product, the shortest first.
  public func aliases(of word: UInt64) -> [UInt64] {
    definingWords.map { $0 ^ word }.sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
  }

  /// The design: 0 is a factor's low level and 1 its high one; the last free factor changes fastest.
  public var rows: [[Int]] {
    let free = (0..<factorCount).filter { factor in !generators.contains { $0.factor == factor } }
    return FullFactorial.rows(levels: free.map { _ in 2 }).map { levels in
      var row = [Int](repeating: 0, count: factorCount)
      for (factor, level) in zip(free, levels) { row[factor] = level }
      for generator in generators {
        let lows = (0..<factorCount).count {
          generator.product >> UInt64($0) & 1 == 1 && row[$0] == 0
        }
        row[generator.factor] = lows.isMultiple(of: 2) != generator.isNegative ? 1 : 0
      }
      return row
    }
  }

  /// A fraction of 2ᵏ rows for so many factors, of the highest resolution that a search finds: the
  /// last factors are made of the first k.
  ///
  /// More factors than 2ᵏ⁻¹ leave resolution III; up to there products of an odd number of factors give
  /// IV, because no three of them make one. Where the search ends without finding as much, or would go
  /// through too many defining words, these are taken, the longest first.
  ///
  /// - Returns: `nil` when there are too many factors for the rows (more than 2ᵏ − 1) or at all.
  public init?(factors: Int, freeFactors free: Int) {
    guard free >= 2, free <= 20, factors >= free, factors < 1 << free, factors <= Self.mostFactors
    else { return nil }
    let made = factors - free
    guard made > 0 else {
      self.init(full: factors)
      return
    }
    var products: [UInt64]?
    for resolution in stride(from: free + 1, through: 4, by: -1) where made <= Self.mostListed {
      var search = GeneratorSearch(resolution: resolution, freeFactors: free)
      products = search.products(made)
      if products != nil { break }
    }
    let fraction = Self(
      factors: factors, free: free,
      products: products ?? Self.saturated(made, freeFactors: free))
    guard let fraction else { return nil }
    self = fraction
  }

  private init?(factors: Int, free: Int, products: [UInt64]) {
    let generators = products.enumerated().map { Generator(factor: free + $0, product: $1) }
    try? self.init(factors: factors, generators: generators)
  }

  /// Products of two free factors or more, as they come: of odd ones while there are enough, for
  /// resolution IV.
  private static func saturated(_ count: Int, freeFactors free: Int) -> [UInt64] {
    let odd = free + count <= 1 << (free - 1)
    let products = GeneratorSearch(resolution: 3, freeFactors: free).candidates
    return Array(
      products.filter { !odd || !$0.nonzeroBitCount.isMultiple(of: 2) }.prefix(count))
  }

  private init(full factors: Int) {
    factorCount = factors
    generators = []
    resolution = nil
  }

  // MARK: - Resolution

  private static func shortestWord(_ factors: Int, _ generators: [Generator]) -> Int? {
    guard !generators.isEmpty else { return nil }
    guard generators.count > mostListed else {
      // All words, each from the one before by one generator (a Gray code).
      var (word, shortest) = (UInt64(0), Int.max)
      for number in 1..<1 << generators.count {
        word ^= generators[number.trailingZeroBitCount].word
        shortest = min(shortest, word.nonzeroBitCount)
      }
      return shortest
    }
    let made = Dictionary(uniqueKeysWithValues: generators.map { ($0.factor, $0.product) })
    return shortestRelation((0..<factors).map { made[$0] ?? 1 << UInt64($0) })
  }

  /// The least number of columns whose product is constant: two sets of columns with one product make
  /// such a number together, and the first that meet, by rising size, make the least.
  private static func shortestRelation(_ columns: [UInt64]) -> Int {
    var sums = columns.enumerated().map { (product: $1, last: $0) }
    var size = 1
    while true {
      let shorter = Set(sums.map(\.product))
      sums = sums.flatMap { sum in
        (sum.last + 1..<columns.count).map { (product: sum.product ^ columns[$0], last: $0) }
      }
      if sums.contains(where: { shorter.contains($0.product) }) { return 2 * size + 1 }
      size += 1
      if Set(sums.map(\.product)).count < sums.count { return 2 * size }
    }
  }
}

extension FractionalFactorial.Generator {
  /// The product that it makes constant.
  fileprivate var word: UInt64 { product | 1 << UInt64(factor) }
}

/// Looks for products whose defining words all have a length.
private struct GeneratorSearch {
  let resolution: Int
  /// Longest first: a long product makes long words.
  let candidates: [UInt64]
  /// Steps after which the search gives up; 16 and 32 rows need far fewer.
  var stepsLeft = 100_000

  init(resolution: Int, freeFactors free: Int) {
    self.resolution = resolution
    candidates = (UInt64(1)..<1 << UInt64(free)).filter { $0.nonzeroBitCount >= resolution - 1 }
      .sorted { ($1.nonzeroBitCount, $0) < ($0.nonzeroBitCount, $1) }
  }

  mutating func products(_ count: Int) -> [UInt64]? {
    products(count, from: 0, words: [(0, 0)])
  }

  /// - Parameter words: The free part of every word so far, with the number of made factors in it.
  private mutating func products(
    _ count: Int, from first: Int, words: [(product: UInt64, made: Int)]
  ) -> [UInt64]? {
    if count == 0 { return [] }
    for index in first..<max(first, candidates.count - count + 1) {
      guard stepsLeft > 0 else { return nil }
      stepsLeft -= 1
      let product = candidates[index]
      let new = words.map { (product: $0.product ^ product, made: $0.made + 1) }
      guard new.allSatisfy({ $0.product.nonzeroBitCount + $0.made >= resolution }) else { continue }
      if let rest = products(count - 1, from: index + 1, words: words + new) {
        return [product] + rest
      }
    }
    return nil
  }
}
