// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// What stands in for a simulation between the points at which it was run.
///
/// It answers with a ``Prediction`` alone, so that no value leaves it without its error.
public protocol Metamodel: Sendable {
  /// What the mean of the simulation is thought to be at a point, were it replicated for ever.
  ///
  /// - Parameter point: As many numbers as the training points have columns, in their units.
  func prediction(at point: [Double]) -> Prediction

  /// For each training point, what the metamodel of the others says of it.
  var leftOut: [LeftOut] { get }
}

/// A value and how far it may be off.
public struct Prediction: Hashable, Sendable {
  public var value: Double
  /// The standard deviation of the error; of it, run noise and what the metamodel does not know.
  public var standardError: Double
  /// Of Student's distribution of the error; infinite for a normal one.
  public var degreesOfFreedom: Double

  public init(value: Double, standardError: Double, degreesOfFreedom: Double = .infinity) {
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The interval that holds the true value with the given probability.
  public func interval(level: Double = 0.95) -> ClosedRange<Double> {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    let tail = (1 - level) / 2
    let quantile =
      degreesOfFreedom.isFinite
      ? gsl_cdf_tdist_Qinv(tail, degreesOfFreedom) : gsl_cdf_ugaussian_Qinv(tail)
    return (value - quantile * standardError)...(value + quantile * standardError)
  }

  /// With an error more, independent of the rest.
  ///
  /// - Parameter degrees: Of freedom, with which its variance is known; the sum's are Satterthwaite's.
  func adding(variance: Double, degrees: Double) -> Prediction {
    guard variance > 0 else { return self }
    let own = standardError * standardError
    let sum = own + variance
    let share = own * own / degreesOfFreedom + variance * variance / degrees
    return Prediction(
      value: value, standardError: sum.squareRoot(), degreesOfFreedom: sum * sum / share)
  }
}

/// A training point as the metamodel of the other points sees it.
public struct LeftOut: Hashable, Sendable {
  /// The mean of the point's replications.
  public var observed: Double
  /// Of that mean: its standard error holds the run noise of the point, too.
  public var prediction: Prediction

  public init(observed: Double, prediction: Prediction) {
    self.observed = observed
    self.prediction = prediction
  }

  /// The error over its standard deviation; beyond ±3 in about 3 points of 1,000.
  public var standardizedError: Double {
    let error = observed - prediction.value
    return error == 0 ? 0 : error / prediction.standardError
  }

  /// The logarithm of the density that the prediction gives to what was observed.
  var logScore: Double {
    let spread = max(prediction.standardError, .leastNormalMagnitude)
    let z = (observed - prediction.value) / spread
    let density =
      prediction.degreesOfFreedom.isFinite
      ? gsl_ran_tdist_pdf(z, prediction.degreesOfFreedom) : gsl_ran_ugaussian_pdf(z)
    return gsl_sf_log(max(density, 1e-300)) - gsl_sf_log(spread)
  }
}

/// How good a metamodel is, told from points left out one at a time; to be shown beside whatever the
/// metamodel says.
public struct LeaveOneOutSummary: Hashable, Sendable {
  public var count: Int
  /// Root of the mean squared error, in the unit of the output.
  public var rootMeanSquaredError: Double
  /// Share of the variance between points that the predictions explain; below 0 they are worse than
  /// the mean of all points. `nil` where the points do not differ.
  public var explainedShare: Double?
  /// Points inside their 95 % interval, and their share.
  public var inside: Int
  public var coverage: Double { Double(inside) / Double(count) }
  /// Root of the mean squared standardised error: 1 where errors are as large as they are said to be.
  public var standardizedSpread: Double

  public init(_ leftOut: [LeftOut]) {
    count = leftOut.count
    let n = Double(count)
    let errors = leftOut.map { $0.observed - $0.prediction.value }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    rootMeanSquaredError = (squares / n).squareRoot()
    let mean = leftOut.reduce(0) { $0 + $1.observed } / n
    let total = leftOut.reduce(0) { $0 + ($1.observed - mean) * ($1.observed - mean) }
    explainedShare = total > 0 ? 1 - squares / total : nil
    inside = leftOut.count { $0.prediction.interval().contains($0.observed) }
    standardizedSpread =
      (leftOut.reduce(0) { $0 + $1.standardizedError * $1.standardizedError } / n).squareRoot()
  }
}

/// Why there is no metamodel of some points.
public enum MetamodelFault: Error, Hashable, Sendable, CustomStringConvertible {
  case tooFewPoints(have: Int, need: Int)
  /// No matrix of covariances could be decomposed: outputs are not finite, or points lie too close.
  case illConditioned

  public var description: String {
    switch self {
    case .tooFewPoints(let have, let need):
      "a metamodel of so many factors needs \(need) points, and there are \(have)"
    case .illConditioned: "the points do not determine a metamodel"
    }
  }
}

/// Whichever of several metamodels of the same points tells points left out best, by the mean logarithm
/// of the density that it gives them: a small error that is overstated loses, too.
///
/// Source: Gneiting and Raftery, *J. Am. Stat. Assoc.* 102 (2007) 359–378, section 4 (logarithmic score).
public func bestMetamodel(_ candidates: [any Metamodel]) -> (any Metamodel)? {
  candidates.map { model in
    (model, model.leftOut.reduce(0) { $0 + $1.logScore })
  }.max { $0.1 < $1.1 }?.0
}
