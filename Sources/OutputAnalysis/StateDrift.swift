// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a state that should have settled still moves: its values at two instants of the same
/// replications, such as the ends of the last two years of a warm-up.
///
/// A difference that is merely not significant proves nothing. So a state counts as settled only
/// when the whole interval of its change lies within a tolerance, and as drifting only when the
/// whole of it lies beyond: one that does not move is called drifting with a probability of at most
/// (1 − `level`)/2 for each direction, and one that moves by the tolerance or more is called
/// settled with at most as much.
public struct StateDrift: Hashable, Sendable, BitwiseCopyable {
  public enum Verdict: String, Hashable, Sendable, BitwiseCopyable {
    /// The change is smaller than the tolerance.
    case settled
    /// The change is larger than the tolerance.
    case drifting
    /// Neither is shown; more replications would.
    case unclear
  }

  /// Means at the earlier and at the later instant, over the pairs.
  public let earlier: Double
  public let later: Double
  /// Mean of later less earlier, with Student's interval over replications; where the change is
  /// the same in all of them, an interval of no width.
  public let change: ConfidenceInterval
  /// The change that does not matter, in the unit of the state.
  public let tolerance: Double

  /// Pairs `later[k]` with `earlier[k]` and skips the pairs in which either is undefined.
  ///
  /// - Parameters:
  ///   - share: The change that does not matter, as a share of the size of the later mean; above 0.
  ///   - level: Of the interval.
  /// - Returns: `nil` when fewer than two pairs are defined.
  public init?(
    from earlier: [Double?], to later: [Double?], share: Double, level: Double = 0.95
  ) {
    precondition(share > 0, "a tolerance is positive")
    var (first, second): ([Double], [Double]) = ([], [])
    for case (let before?, let after?) in zip(earlier, later) {
      first.append(before)
      second.append(after)
    }
    guard let change = ConfidenceInterval(of: zip(second, first).map { $0 - $1 }, level: level)
    else { return nil }
    self.earlier = first.reduce(0, +) / Double(first.count)
    self.later = second.reduce(0, +) / Double(second.count)
    self.change = change
    tolerance = share * abs(self.later)
  }

  public var verdict: Verdict {
    if change.low > tolerance || change.high < -tolerance { return .drifting }
    return change.low >= -tolerance && change.high <= tolerance ? .settled : .unclear
  }
}
