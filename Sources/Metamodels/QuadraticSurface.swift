// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// A polynomial of second order at most through noisy points.
///
/// Weighted least squares: a point's weight is the inverse of its run noise plus the surface's lack of
/// fit, whose variance is found so that the weighted squared residuals come to their degrees of freedom
/// (Paule and Mandel). Of the forms that the points determine with two degrees of freedom to spare
/// (linear, with squares, with interactions, with both) it takes the one that tells points left out best.
/// The error of a prediction is that of the coefficients and the lack of fit; where the noise of points
/// is not known, the lack of fit has the noise in it, and the error is too large rather than too small.
///
/// Sources: Myers, Montgomery and Anderson-Cook, *Response Surface Methodology*, 4th ed., 2016, chapters 2
/// and 6; Paule and Mandel, *J. Res. Natl. Bur. Stand.* 87 (1982) 377–385.
public struct QuadraticSurface: Metamodel {
  public enum Form: String, CaseIterable, Sendable {
    case linear, squares, interactions, full
  }

  public let form: Form
  /// The standard deviation of what the surface does not follow, in the output's unit; with unknown run
  /// noise, of that, too.
  public let lackOfFit: Double
  public let leftOut: [LeftOut]

  private let terms: [Term]
  private let scale: [(low: Double, width: Double)]
  private let fit: WeightedFit
  private let shared: (variance: Double, degrees: Double)

  /// A product of at most two columns.
  private struct Term: Sendable {
    var columns: [Int]

    func value(_ point: [Double]) -> Double { columns.reduce(1) { $0 * point[$1] } }
  }

  /// - Parameter form: `nil`: whichever tells points left out best.
  public init(_ points: TrainingPoints, form: Form? = nil) throws(MetamodelFault) {
    scale = (0..<points.columns).map { column in
      let values = points.coordinates.map { $0[column] }
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      return (low, high > low ? high - low : 1)
    }
    let places = points.coordinates.map { [scale] in Self.scaled($0, scale) }
    let levels = (0..<points.columns).map { column in
      Set(points.coordinates.map { $0[column] }).count
    }
    var best: (form: Form, terms: [Term], fit: WeightedFit, leftOut: [LeftOut], score: Double)?
    var least = Int.max
    for form in form.map({ [$0] }) ?? Form.allCases {
      let terms = Self.terms(form, levels)
      least = min(least, terms.count + 2)
      guard points.count >= terms.count + 2,
        let fit = WeightedFit(
          rows: places.map { place in terms.map { $0.value(place) } }, values: points.means,
          variances: points.variances)
      else { continue }
      let leftOut = fit.leftOut
      let score = leftOut.reduce(0) { $0 + $1.logScore }
      if score > best?.score ?? -.infinity { best = (form, terms, fit, leftOut, score) }
    }
    guard let best else {
      throw points.count < least
        ? .tooFewPoints(have: points.count, need: least) : .illConditioned
    }
    (self.form, terms, fit, leftOut) = (best.form, best.terms, best.fit, best.leftOut)
    lackOfFit = best.fit.lackOfFit.squareRoot()
    shared = (points.sharedVariance, points.sharedDegrees)
  }

  public func prediction(at point: [Double]) -> Prediction {
    precondition(point.count == scale.count, "a point has a number for each column")
    let place = Self.scaled(point, scale)
    return fit.prediction(terms.map { $0.value(place) })
      .adding(variance: shared.variance, degrees: shared.degrees)
  }

  /// Columns from −1 to 1, so that terms are nearly at right angles.
  private static func scaled(_ point: [Double], _ scale: [(low: Double, width: Double)]) -> [Double]
  {
    zip(point, scale).map { 2 * ($0 - $1.low) / $1.width - 1 }
  }

  private static func terms(_ form: Form, _ levels: [Int]) -> [Term] {
    let used = levels.indices.filter { levels[$0] > 1 }
    var terms = [Term(columns: [])] + used.map { Term(columns: [$0]) }
    if form == .squares || form == .full {
      terms += used.filter { levels[$0] > 2 }.map { Term(columns: [$0, $0]) }
    }
    if form == .interactions || form == .full {
      for (place, first) in used.enumerated() {
        terms += used[(place + 1)...].map { Term(columns: [first, $0]) }
      }
    }
    return terms
  }
}
