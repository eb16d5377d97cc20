// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a simulated mean agrees with theory within a tolerance, with the risks stated.
///
/// A test that merely fails to find a difference passes when there are too few data. Here the
/// burden lies the other way (two one-sided tests): the simulation agrees only when the data rule
/// out, on either side, a bias as large as the tolerance. A simulator whose bias is the tolerance
/// or more passes with probability at most `alpha`; one without bias passes with probability
/// `power`.
///
/// Source: Schuirmann, *J. Pharmacokinet. Biopharm.* 15 (1987) 657–680.
public struct EquivalenceTest: Hashable, Sendable, BitwiseCopyable {
  public enum Verdict: String, Hashable, Sendable, BitwiseCopyable {
    /// The bias is smaller than the tolerance.
    case equivalent
    /// The bias is larger than the tolerance.
    case different
    /// Neither is shown: more replications are needed, or longer ones.
    case undecided
  }

  public let theory: Double
  /// The bias that must be ruled out, in the unit of the measure.
  public let tolerance: Double
  public let alpha: Double
  public let replications: Int
  public let mean: Double
  public let standardError: Double

  /// Tests replication means against a theoretical value.
  ///
  /// - Parameters:
  ///   - means: One independent mean per replication (or batch).
  ///   - theory: The exact value; not zero.
  ///   - relativeTolerance: The bias to rule out as a share of `theory`; 0.01 for one per cent.
  ///   - alpha: Chance that a simulator with just that bias passes.
  /// - Returns: `nil` under two replications.
  public init?(
    of means: [Double], theory: Double, relativeTolerance: Double, alpha: Double = 0.05
  ) {
    precondition(theory != 0, "a relative tolerance needs a theoretical value other than zero")
    self.init(
      of: means, theory: theory, absoluteTolerance: abs(theory) * relativeTolerance, alpha: alpha)
  }

  /// Tests replication means against a theoretical value with a tolerance in the measure's unit.
  public init?(
    of means: [Double], theory: Double, absoluteTolerance: Double, alpha: Double = 0.05
  ) {
    precondition(absoluteTolerance > 0, "a tolerance is positive")
    precondition(alpha > 0 && alpha < 0.5, "alpha lies between 0 and one half")
    guard let moments = SampleMoments(means), moments.count >= 2 else { return nil }
    self.theory = theory
    self.tolerance = absoluteTolerance
    self.alpha = alpha
    replications = moments.count
    mean = moments.mean
    standardError = moments.standardError
  }

  public var bias: Double { mean - theory }

  public var verdict: Verdict {
    let reach = criticalValue * standardError
    if abs(bias) + reach < tolerance { return .equivalent }
    if abs(bias) - reach > tolerance { return .different }
    return .undecided
  }

  /// Probability that a simulator without bias is found equivalent, at the standard error seen.
  ///
  /// Below 0.9 a pass or a failure says as much about the amount of data as about the simulator.
  public var power: Double {
    guard standardError > 0 else { return 1 }
    let room = tolerance / standardError - criticalValue
    guard room > 0 else { return 0 }
    return 1 - 2 * Quantiles.studentTail(room, degreesOfFreedom: degreesOfFreedom)
  }

  /// The smallest bias that keeps this test from passing with probability 0.9, in the unit of the
  /// measure. Never more than the tolerance when `alpha` is at most 0.1.
  public var detectableBias: Double {
    let margin = criticalValue - Quantiles.student(tail: 0.1, degreesOfFreedom: degreesOfFreedom)
    return max(0, tolerance - margin * standardError)
  }

  /// Probability of a mean at least this far from theory if the simulator had no bias at all
  /// (two-sided Student test). A value near zero with a verdict of `equivalent` is a real bias,
  /// smaller than the tolerance.
  public var pValueOfNoBias: Double {
    guard standardError > 0 else { return bias == 0 ? 1 : 0 }
    return 2
      * Quantiles.studentTail(abs(bias) / standardError, degreesOfFreedom: degreesOfFreedom)
  }

  /// Replications that would give an unbiased simulator this chance to pass, from the spread seen.
  public func replicationsNeeded(power: Double = 0.9) -> Int {
    precondition(power > 0 && power < 1, "power lies between 0 and 1")
    let deviation = standardError * Double(replications).squareRoot()
    let reach = Quantiles.normal(tail: alpha) + Quantiles.normal(tail: (1 - power) / 2)
    let ratio = reach * deviation / tolerance
    return max(2, Int((ratio * ratio).rounded(.up)))
  }

  private var degreesOfFreedom: Double { Double(replications - 1) }

  private var criticalValue: Double {
    Quantiles.student(tail: alpha, degreesOfFreedom: degreesOfFreedom)
  }
}

extension EquivalenceTest: CustomStringConvertible {
  /// One sentence for a failed expectation.
  public var description: String {
    """
    \(verdict.rawValue): mean \(mean) against \(theory) (bias \(bias), standard error     \(standardError), tolerance \(tolerance)); \(replications) replications, α \(alpha),     power \(power), detectable bias \(detectableBias)
    """
  }
}
