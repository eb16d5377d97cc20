// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import SensitivityAnalysis

/// What is said of a claim beside what is predicted of it.
public enum ClaimVerdict: String, CaseIterable, Sendable {
  /// What was seen lies within what is predicted, both uncertainties counted.
  case hit
  /// Surely on the same side of zero, but of another size, or of a size that is told no better.
  case directionRight = "direction right"
  /// Surely on the other side, or surely nothing; of a level, elsewhere.
  case miss
  /// The assumptions, or run noise, allow either.
  case undetermined
  /// Of a claim that has a direction and no number.
  case right, wrong, unclear
  /// Of a number that was fitted: it never counts.
  case recovered
  case notRecovered = "not recovered"
  /// Of an aim.
  case reached
  case notReached = "not reached"
  /// There is nothing that could be held beside it.
  case notComparable = "not comparable"
  /// Its experiment has no results.
  case noResults = "no results"
}

/// The verdict on a claim, and on the direction of its effect, whatever the size.
public struct ClaimJudgement: Hashable, Sendable {
  public var verdict: ClaimVerdict
  /// `right`, `wrong` or `unclear`; `nil` of a level, an aim, and what was fitted.
  public var direction: ClaimVerdict?

  /// How far a fitted number may be off: of itself, or half a unit of its last digit.
  public static let fittedTolerance = 0.02

  public init(_ test: ClaimTest, _ prediction: ClaimPrediction) {
    self.init(
      use: test.claim.use, observed: test.observed, isLevel: test.question.comparison == .level,
      prediction)
  }

  package init(
    use: Claim.Use, observed: ObservedValue, isLevel: Bool, _ prediction: ClaimPrediction
  ) {
    switch (use, observed) {
    case (.fitted, .number(let number, let rounding, _)):
      verdict = Self.isRecovered(number, rounding, prediction) ? .recovered : .notRecovered
    case (.fitted, .direction(let observed)):
      verdict = Self.direction(observed, prediction.effect) == .right ? .recovered : .notRecovered
    case (.target, .number(let number, _, let bound)):
      verdict = Self.reached(number, bound, prediction)
    case (.target, .direction(let aim)):
      verdict =
        switch Self.direction(aim, prediction.effect) {
        case .right: .reached
        case .wrong: .notReached
        default: .undetermined
        }
    case (_, .direction(let observed)):
      verdict = Self.direction(observed, prediction.effect)
      direction = verdict
    case (_, .number(let number, _, _)) where isLevel:
      verdict = Self.level(number, prediction)
    case (_, .number(let number, _, _)):
      let side: ObservedValue.Direction = number > 0 ? .up : number < 0 ? .down : .none
      let seen = Self.direction(side, prediction.effect)
      direction = seen
      verdict =
        switch seen {
        case .wrong: .miss
        case .right: Self.isHit(number, prediction) ? .hit : .directionRight
        default: .undetermined
        }
    }
  }

  private static func direction(
    _ observed: ObservedValue.Direction, _ effect: EffectVerdict
  ) -> ClaimVerdict {
    let predicted: ObservedValue.Direction
    switch effect {
    case .robustUp: predicted = .up
    case .robustDown: predicted = .down
    case .none: predicted = .none
    case .undetermined, .unclear, .formDependent: return .unclear
    }
    return predicted == observed ? .right : .wrong
  }

  /// An interval wider than twice what was seen tells no more than the side of zero.
  private static func isHit(_ number: Double, _ prediction: ClaimPrediction) -> Bool {
    if case .none = prediction.effect { return true }
    return prediction.widened.contains(number) && prediction.width <= 2 * abs(number)
  }

  /// An interval wider than the value itself holds nearly anything.
  private static func level(_ number: Double, _ prediction: ClaimPrediction) -> ClaimVerdict {
    guard prediction.widened.contains(number) else { return .miss }
    return prediction.width <= abs(number) ? .hit : .undetermined
  }

  /// At the stated values, for these were fitted: the assumptions were not.
  private static func isRecovered(
    _ number: Double, _ rounding: Double, _ prediction: ClaimPrediction
  ) -> Bool {
    let tolerance = max(rounding, fittedTolerance * abs(number))
    let stated = prediction.stated
    return stated.low - tolerance <= number && number <= stated.high + tolerance
  }

  private static func reached(
    _ aim: Double, _ bound: ObservedValue.Bound, _ prediction: ClaimPrediction
  ) -> ClaimVerdict {
    let isAtMost = bound == .atMost || (bound == .exactly && aim < 0)
    let (low, high) = (prediction.widened.lowerBound, prediction.widened.upperBound)
    if isAtMost ? high <= aim : low >= aim { return .reached }
    return (isAtMost ? low > aim : high < aim) ? .notReached : .undetermined
  }
}
