// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A distribution's place in a ``SamplerTable``.
public struct SamplerIndex: Hashable, Sendable, BitwiseCopyable {
  public var rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }
}

/// Distributions compiled for drawing: flat rows without references.
///
/// The table is filled when a model is compiled, and shared by all its runs. Constant, uniform,
/// exponential, normal and lognormal are drawn in line, without a call into GSL or a reference
/// count; the others cost a call. Every distribution but exponential, gamma, Erlang, beta,
/// Poisson and mixtures is drawn by inversion of one uniform number, and so grows with it.
public struct SamplerTable: Sendable {
  @usableFromInline enum Kind: UInt8, BitwiseCopyable, Sendable {
    case constant, uniform, exponential, normal, lognormal
    case triangular, truncatedNormal, gamma, weibull, beta, poisson, empirical, mixture
    case geometric, binomial, negativeBinomial, uniformInteger, phaseType, truncated, shifted
  }

  /// One distribution. What `a`…`d` hold is the kind's matter; so are `first` and `count`, a range
  /// of another table.
  @usableFromInline struct Row: BitwiseCopyable, Sendable {
    @usableFromInline var kind: Kind
    @usableFromInline var first: UInt32 = 0
    @usableFromInline var count: UInt32 = 0
    @usableFromInline var a = 0.0
    @usableFromInline var b = 0.0
    @usableFromInline var c = 0.0
    @usableFromInline var d = 0.0

    init(_ kind: Kind, _ a: Double = 0, _ b: Double = 0, _ c: Double = 0, _ d: Double = 0) {
      self.kind = kind
      self.a = a
      self.b = b
      self.c = c
      self.d = d
    }
  }

  @usableFromInline var rows: [Row] = []
  /// Rows of mixtures' components.
  var components: [Row] = []
  /// For empirical rows and mixtures: the probability of this value or component or one before it.
  var cumulative: [Double] = []
  /// For empirical rows: values, at the same places as their probabilities.
  var values: [Double] = []
  var truncations: [TruncatedNormal] = []
  var phaseWalks: [PhaseWalk] = []
  var cuts: [Cut] = []
  /// What is shifted.
  var shifted: [Row] = []

  /// A truncation, and the row of its inner distribution.
  struct Cut: Sendable {
    let truncation: Truncation
    let inner: Row
    let isDrawnByRejection: Bool
  }

  /// An empty table.
  public init() {}

  /// How many distributions have been added.
  public var count: Int { rows.count }

  /// Compiles a distribution into the table.
  ///
  /// - Precondition: The table holds fewer than 65,536 distributions.
  public mutating func add(_ distribution: Distribution) -> SamplerIndex {
    precondition(rows.count <= UInt16.max, "a sampler table holds 65,536 distributions at most")
    let row = compile(distribution)
    rows.append(row)
    return SamplerIndex(rawValue: UInt16(rows.count - 1))
  }

  /// Draws a sample.
  ///
  /// The first sample of a stream takes about 14 ns if exponential, 10 if uniform, 17 if normal, 24 if
  /// lognormal, and 25 to 60 ns for the other kinds. A constant takes no word, and 1 ns.
  @inlinable
  @inline(__always)
  public func sample(_ index: SamplerIndex, _ stream: inout RandomStream) -> Double {
    let row = rows[Int(index.rawValue)]
    switch row.kind {
    case .constant: return row.a
    case .uniform: return min(row.a + row.b * stream.uniform(), row.c)
    case .exponential: return row.a * stream.exponential()
    case .normal: return row.a + row.b * stream.normal()
    case .lognormal: return stream.lognormal(mu: row.a, sigma: row.b)
    default:
      var copy = stream  // so that for the other kinds the stream need not be in memory
      defer { stream = copy }
      return sampleOutOfLine(row, &copy)
    }
  }

  /// Draws the sample that the stream of this key would give first.
  @inlinable
  @inline(__always)
  public func sample(
    _ index: SamplerIndex, _ key: VariateKey, _ draws: borrowing KeyedDraws
  ) -> Double {
    let row = rows[Int(index.rawValue)]
    switch row.kind {
    case .constant: return row.a
    case .uniform: return min(row.a + row.b * draws.uniform(key), row.c)
    case .exponential: return row.a * draws.exponential(key)
    case .normal: return row.a + row.b * StandardNormal.quantile(draws.uniform(key))
    case .lognormal: return exp(row.a + row.b * StandardNormal.quantile(draws.uniform(key)))
    default:
      var stream = draws.stream(key)
      return sampleOutOfLine(row, &stream)
    }
  }
}
