// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import OutputAnalysis

/// The effect of a scenario at each draw of the parameters, run noise taken out as far as it can be.
///
/// The mean over replications of one draw is partly run noise. It is moved towards the mean of all draws
/// by the share of its variance that is noise of its own, σ²_e ÷ R over σ²_a + σ²_e ÷ R, which gives
/// the posterior mean of a normal model; what run noise does to all draws alike stays in the error of
/// each. That error is Student's with Satterthwaite's degrees of freedom.
///
/// Source: Robinson, *Statistical Science* 6 (1991) 15–51, section 5 (best linear unbiased prediction).
public struct DrawEffects: Sendable {
  public let components: CrossedComponents
  /// In the order of the draws.
  public let effects: [Double]
  /// Standard error, the same of all draws, and its degrees of freedom.
  public let error: Double
  public let freedom: Double
  /// Share of a draw's distance from the mean that is not run noise.
  private let kept: Double

  public init(_ components: CrossedComponents) {
    self.components = components
    let (draws, replications) = (Double(components.draws), Double(components.replications))
    let (draw, rest) = (components.drawSquare, components.restSquare)
    let kept = draw > rest ? 1 - rest / draw : 0
    self.kept = kept
    effects = components.drawMeans.map {
      components.mean + kept * ($0 - components.mean)
    }
    let common = components.replicationSquare / (draws * replications)
    let own = kept * rest / replications * (1 - 1 / draws)
    error = (common + own).squareRoot()
    let inverse =
      common * common / components.replicationFreedom + own * own / components.restFreedom
    freedom = inverse > 0 ? (common + own) * (common + own) / inverse : 1
  }

  /// Half the width of the interval of one draw's effect.
  public func halfWidth(level: Double = 0.95) -> Double {
    error > 0 ? error * gsl_cdf_tdist_Qinv((1 - level) / 2, freedom) : 0
  }

  /// The middle share of the effects over the draws.
  ///
  /// Effects moved towards the mean scatter less than the true ones; here they are moved by the root
  /// of the share, so that their variance is that of the true ones.
  ///
  /// Source: Louis, *J. Am. Stat. Assoc.* 79 (1984) 393–398.
  public func span(level: Double = 0.95) -> (low: Double, high: Double) {
    let spread = components.drawMeans.map {
      components.mean + kept.squareRoot() * ($0 - components.mean)
    }
    let span = Estimate(percentiles: spread, value: components.mean, confidence: level)
    return (span.low, span.high)
  }

  /// Half the width for a statement on all draws at once (Bonferroni).
  var simultaneousHalfWidth: Double {
    halfWidth(level: 1 - 0.05 / Double(max(1, effects.count)))
  }
}

/// What can be said of an effect, given what is assumed and how often it was run.
public enum EffectVerdict: Hashable, Sendable {
  /// Clear of zero on one side at every draw.
  case robustUp, robustDown
  /// At every draw inside ± the effect that matters.
  case none
  /// Clear of zero on one side at some draws, and on the other at some.
  case undetermined
  /// Run noise is too wide; so many more replications of each draw would tell, if the effects are what
  /// they seem; `nil`: more than ``mostReplications``, or the effect touches zero at some draw.
  case unclear(moreReplications: Int?)
  /// Both forms of money have a verdict, and another one.
  case formDependent

  public static let mostReplications = 10_000

  /// As results and JSON name it.
  public var word: String {
    switch self {
    case .robustUp: "robust up"
    case .robustDown: "robust down"
    case .none: "none"
    case .undetermined: "undetermined"
    case .unclear: "unclear"
    case .formDependent: "form-dependent"
    }
  }

  /// Draws are clear of zero where the intervals that hold for all of them at once with 95 % are
  /// (Bonferroni): a chance of 2.5 % at most that any is on the other side.
  /// Of draws that hang on the parameters by chance alone (F test, 5 %) none is on a side of its own.
  ///
  /// - Parameter matters: The smallest effect that matters, in the measure's unit.
  public init(_ draws: DrawEffects, matters: Double?) {
    let half = draws.simultaneousHalfWidth
    let (least, greatest) = (draws.effects.min() ?? 0, draws.effects.max() ?? 0)
    if least == 0, greatest == 0, half == 0 {
      self = .none
    } else if let matters, least - half > -matters, greatest + half < matters {
      self = .none
    } else if least > half {
      self = .robustUp
    } else if greatest < -half {
      self = .robustDown
    } else if least < -half, greatest > half, draws.components.parameterChance < 0.05 {
      self = .undetermined
    } else {
      self = .unclear(moreReplications: Self.needed(draws, least, greatest, matters))
    }
  }

  /// Replications until the draws would be told apart from zero, or be inside what matters, with the
  /// noise and the effects seen.
  private static func needed(
    _ draws: DrawEffects, _ least: Double, _ greatest: Double, _ matters: Double?
  ) -> Int? {
    var distance = least > 0 ? least : greatest < 0 ? -greatest : min(-least, greatest)
    if let matters { distance = max(distance, matters - max(-least, greatest)) }
    guard distance > 0 else { return nil }
    let noise = draws.components.noiseVariance
    // Student's quantile falls to the normal one as replications are added.
    var count = Double(draws.components.replications)
    for _ in 0..<50 {
      let quantile = gsl_cdf_tdist_Qinv(
        0.025 / Double(draws.effects.count), max(1, count - 1))
      let wanted = quantile * quantile * noise / (distance * distance)
      if wanted <= count { break }
      count = min(wanted, count * 2).rounded(.up)
      if count > Double(mostReplications) { return nil }
    }
    return max(1, Int(count) - draws.components.replications)
  }
}
