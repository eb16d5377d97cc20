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
    /// There are more than ``mostFactors``, or more than ``mostGenerators``.
    case isTooLarge
  }

  public static let mostFactors = 63
  /// Each doubles the defining words, all of which are listed.
  public static let mostGenerators = 20

  public let factorCount: Int
  public let generators: [Generator]
  /// The products that are constant over the design, the shortest first: 2ᵖ − 1 of p generators.
  public let definingWords: [UInt64]

  /// - Parameters:
  ///   - factors: Their number.
  ///   - generators: One for each factor that is made of others.
  public init(factors: Int, generators: [Generator]) throws(Fault) {
    guard factors <= Self.mostFactors, generators.count <= Self.mostGenerators else {
      throw .isTooLarge
    }
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
    var words: [UInt64] = [0]
    for generator in generators {
      let word = generator.product | 1 << UInt64(generator.factor)
      words += words.map { $0 ^ word }
    }
    definingWords = words.dropFirst().sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
  }

  /// The number of rows: 2 to the power of the factors that no generator makes.
  public var size: Int { 1 << (factorCount - generators.count) }

  /// The length of the shortest defining word; `nil` of a full design.
  ///
  /// At resolution III main effects are mixed with effects of two factors, at IV these with each
  /// other, at V main effects and effects of two factors are clear of each other.
  public var resolution: Int? { definingWords.first?.nonzeroBitCount }

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
  /// - Returns: `nil` when there are too many factors for the rows (more than 2ᵏ − 1) or at all, or
  ///   too many would be made of others.
  public init?(factors: Int, freeFactors free: Int) {
    guard free >= 2, free <= 20, factors >= free, factors < 1 << free,
      factors <= Self.mostFactors, factors - free <= Self.mostGenerators
    else { return nil }
    guard factors > free else {
      self.init(full: factors)
      return
    }
    for resolution in stride(from: free + 1, through: 3, by: -1) {
      var search = GeneratorSearch(resolution: resolution, freeFactors: free)
      guard let products = search.products(factors - free) else { continue }
      let generators = products.enumerated().map {
        Generator(factor: free + $0, product: $1)
      }
      guard let design = try? FractionalFactorial(factors: factors, generators: generators) else {
        return nil
      }
      self = design
      return
    }
    return nil
  }

  private init(full factors: Int) {
    factorCount = factors
    generators = []
    definingWords = []
  }
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
