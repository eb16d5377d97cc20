// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// A Gaussian process through noisy points: stochastic kriging.
///
/// The simulation's mean is taken as a trend plus a random function whose covariance falls with distance,
/// in a length of its own along each column; what was observed adds the run noise of each point. Lengths
/// and variance are those of greatest restricted likelihood, which takes account of the trend being
/// fitted; GSL's quasi-Newton search (`vector_bfgs2`) begins at several places. The prediction is the best
/// linear unbiased one, the error of the trend included. How far lengths and variance are off is not in
/// the error; so where points left out show larger errors than were stated, all are widened by that.
///
/// Costs the cube of the number of points: about a second for 200 points in five columns. One that is made
/// again and again as points are added may keep its lengths and variance for a while; then it costs a
/// hundredth of that.
///
/// Sources: Sacks, Welch, Mitchell and Wynn, *Stat. Sci.* 4 (1989) 409–423; Ankenman, Nelson and Staum,
/// *Oper. Res.* 58 (2010) 371–382, equations 7 and 8; Dubrule, *Math. Geol.* 15 (1983) 687–699 (points left
/// out, in closed form).
public struct GaussianProcess: Metamodel {
  /// What the process varies about.
  public enum Trend: String, CaseIterable, Sendable {
    case constant, linear
  }

  public let kernel: CovarianceKernel
  public let trend: Trend
  /// The length along each column, in its unit, over which outputs stay alike; infinite for a column in
  /// which the points do not differ.
  public let lengths: [Double]
  /// The standard deviation of the process about its trend, in the output's unit.
  public let deviation: Double
  /// Of run noise, where the points do not tell it: the variance found.
  public let estimatedNoise: Double?
  /// What stated errors were multiplied with, from 1 up.
  public let inflation: Double
  public let leftOut: [LeftOut]

  private let setting: KrigingEquations
  private let solution: KrigingEquations.Solution
  private let shared: (variance: Double, degrees: Double)

  /// - Parameters:
  ///   - seed: Of the places at which the search begins.
  ///   - starts: How many there are.
  ///   - earlier: One of some of these points: its lengths and variance are kept, where they can be.
  public init(
    _ points: TrainingPoints, kernel: CovarianceKernel = .matern, trend: Trend = .constant,
    seed: UInt64 = 1, starts: Int = 3, after earlier: GaussianProcess? = nil
  ) throws(MetamodelFault) {
    let setting = KrigingEquations(points, kernel: kernel, hasLinearTrend: trend == .linear)
    let least = setting.trendTerms + 2
    guard points.count >= least else { throw .tooFewPoints(have: points.count, need: least) }
    let parameters: KrigingEquations.Parameters
    let solution: KrigingEquations.Solution
    if let earlier, let kept = earlier.parameters(for: setting),
      let solved = setting.solution(kept)
    {
      (parameters, solution) = (kept, solved)
    } else {
      guard let found = LikelihoodSearch(setting, seed: seed, starts: starts).best,
        let solved = setting.solution(found)
      else { throw .illConditioned }
      (parameters, solution) = (found, solved)
    }
    self.kernel = kernel
    self.trend = trend
    self.setting = setting
    self.solution = solution
    shared = (points.sharedVariance, points.sharedDegrees)
    lengths = setting.scale.map { column in
      column.place.map { parameters.lengths[$0] * column.width } ?? .infinity
    }
    deviation = parameters.variance.squareRoot() * setting.outputScale
    estimatedNoise = parameters.noise.map { $0 * setting.outputScale * setting.outputScale }
    let stated = setting.leftOut(solution)
    inflation = max(1, LeaveOneOutSummary(stated).standardizedSpread)
    leftOut = stated.map { [inflation] left in
      var left = left
      left.prediction.standardError *= inflation
      return left
    }
  }

  public func prediction(at point: [Double]) -> Prediction {
    precondition(point.count == lengths.count, "a point has a number for each column")
    let (value, variance) = setting.prediction(at: point, solution)
    return Prediction(
      value: value, standardError: max(0, variance).squareRoot() * inflation
    ).adding(variance: shared.variance, degrees: shared.degrees)
  }

  /// Lengths and variance in the scale of other equations; `nil` where columns differ that did not.
  private func parameters(for other: KrigingEquations) -> KrigingEquations.Parameters? {
    var own: [Double] = []
    for (column, length) in zip(other.scale, lengths) where column.place != nil {
      guard length.isFinite else { return nil }
      own.append(length / column.width)
    }
    let square = other.outputScale * other.outputScale
    guard other.kernel == kernel, own.count == other.columns,
      other.hasUnknownNoise == (estimatedNoise != nil)
    else { return nil }
    return KrigingEquations.Parameters(
      lengths: own, variance: deviation * deviation / square,
      noise: estimatedNoise.map { $0 / square })
  }
}
