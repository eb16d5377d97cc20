// SPDX-License-Identifier: GPL-3.0-or-later

/// The difference that a scenario makes through time, with intervals for each instant and a band for
/// all of them together.
///
/// A pointwise interval holds the true difference of its own month in 95 of 100 repetitions; that all of
/// 24 do is much rarer. The band is for whoever looks along the whole curve: it holds the true
/// differences of all instants together with at least the stated probability, whatever their
/// dependence, by Bonferroni's rule over Student's intervals. Where months depend on each other it is
/// wider than it need be.
///
/// An instant before the two part, as before a policy begins, is known and costs nothing. At a later
/// one a difference that is the same in all replications, as of a rare event that was not seen yet, is
/// not known: it shares the risk, and has no band.
///
/// Source: Law, *Simulation Modeling and Analysis*, 5th ed., 2015, §9.7.
public struct TransientBands: Hashable, Sendable {
  /// One month, or another stretch of time.
  public struct Instant: Hashable, Sendable {
    /// Mean difference with its pointwise interval; `nil` under two pairs with values.
    public var difference: ConfidenceInterval?
    /// The ends of the simultaneous band; `nil` where the replications show no variance to judge by.
    public var bandLow: Double?
    public var bandHigh: Double?
  }

  public let instants: [Instant]
  /// How many instants share the risk: those that are observed and not known.
  public let compared: Int
  public let level: Double

  /// - Parameters:
  ///   - scenario: By replication, one value an instant; `nil` where undefined.
  ///   - baseline: The same of what it is compared with, paired by replication.
  ///   - shared: How many of the first instants lie before the two part; such a one is known where all
  ///     its differences are zero.
  public init(
    of scenario: [[Double?]], against baseline: [[Double?]], shared: Int = 0, level: Double = 0.95
  ) {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    let length = scenario.first?.count ?? 0
    precondition(
      (scenario + baseline).allSatisfy { $0.count == length }, "one value an instant")
    let contrasts = (0..<length).map { instant in
      PairedContrast(
        of: scenario.map { $0[instant] }, against: baseline.map { $0[instant] }, level: level)
    }
    let isKnown: [Bool] = contrasts.enumerated().map { index, contrast in
      guard index < shared, let contrast else { return false }
      return contrast.standardDeviation == 0 && contrast.difference.mean == 0
    }
    let compared = zip(contrasts, isKnown).count { $0 != nil && !$1 }
    instants = zip(contrasts, isKnown).map { contrast, isKnown in
      guard let contrast else { return Instant() }
      let difference = contrast.difference
      if isKnown { return Instant(difference: difference, bandLow: 0, bandHigh: 0) }
      guard contrast.standardDeviation > 0 else { return Instant(difference: difference) }
      let reach =
        studentQuantile(
          degreesOfFreedom: difference.n - 1, level: 1 - (1 - level) / Double(compared))
        * contrast.standardDeviation / Double(difference.n).squareRoot()
      return Instant(
        difference: difference, bandLow: difference.mean - reach,
        bandHigh: difference.mean + reach)
    }
    self.compared = compared
    self.level = level
  }
}
