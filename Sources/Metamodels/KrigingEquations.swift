// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The linear algebra of a ``GaussianProcess``, in columns that run from 0 to 1 and an output of mean 0 and
/// deviation 1.
struct KrigingEquations: Sendable {
  struct Parameters: Sendable {
    /// Of the columns in which points differ.
    var lengths: [Double]
    var variance: Double
    /// Of run noise, where points do not tell it.
    var noise: Double?
  }

  /// What follows from parameters: C is the covariance of the observed, F the trend's terms.
  struct Solution: Sendable {
    var parameters: Parameters
    var factor: CholeskyFactor
    /// Of Fᵀ·C⁻¹·F.
    var trendFactor: CholeskyFactor
    var coefficients: [Double]
    /// C⁻¹·(y − F·β).
    var weights: [Double]
    /// C⁻¹·F, a list a term.
    var solvedTrend: [[Double]]
    /// C⁻¹ − C⁻¹·F·(Fᵀ·C⁻¹·F)⁻¹·Fᵀ·C⁻¹, row by row.
    var projected: [Double]
    var minusLogLikelihood: Double
  }

  struct Column: Sendable {
    var low: Double
    var width: Double
    /// Among the columns in which points differ.
    var place: Int?
  }

  let kernel: CovarianceKernel
  let scale: [Column]
  let outputScale: Double
  let hasUnknownNoise: Bool
  var count: Int { outputs.count }
  /// Columns in which points differ.
  let columns: Int
  var trendTerms: Int { trend.count }

  private let outputMean: Double
  private let points: [[Double]]
  private let outputs: [Double]
  private let noise: [Double]
  /// A list a term.
  private let trend: [[Double]]
  private let hasLinearTrend: Bool

  /// A share of the process's variance on the diagonal, so that points close together can be told apart.
  private static let jitter = 1e-9

  init(_ training: TrainingPoints, kernel: CovarianceKernel, hasLinearTrend: Bool) {
    self.kernel = kernel
    self.hasLinearTrend = hasLinearTrend
    var scale: [Column] = []
    var places = 0
    for column in 0..<training.columns {
      let values = training.coordinates.map { $0[column] }
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      let differs = high > low
      scale.append(Column(low: low, width: differs ? high - low : 1, place: differs ? places : nil))
      if differs { places += 1 }
    }
    self.scale = scale
    columns = places
    let n = Double(max(1, training.count))
    let mean = training.means.reduce(0, +) / n
    let spread =
      (training.means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)).squareRoot()
    let size = spread > 0 && spread.isFinite ? spread : 1
    outputMean = mean
    outputScale = size
    outputs = training.means.map { ($0 - mean) / size }
    noise =
      training.variances?.map { $0 / (size * size) } ?? Array(repeating: 0, count: training.count)
    hasUnknownNoise = training.variances == nil
    points = training.coordinates.map { Self.scaled($0, scale) }
    trend = Self.terms(points, hasLinearTrend, places)
  }

  private static func scaled(_ point: [Double], _ scale: [Column]) -> [Double] {
    zip(point, scale).compactMap { number, column in
      column.place == nil ? nil : (number - column.low) / column.width
    }
  }

  private static func terms(_ points: [[Double]], _ isLinear: Bool, _ columns: Int) -> [[Double]] {
    [points.map { _ in 1 }] + (isLinear ? (0..<columns).map { k in points.map { $0[k] } } : [])
  }

  private func squaredDistance(_ a: [Double], _ b: [Double], _ lengths: [Double]) -> Double {
    var sum = 0.0
    for k in 0..<columns {
      let step = (a[k] - b[k]) / lengths[k]
      sum += step * step
    }
    return sum
  }

  /// The equations solved; `nil` when the covariance cannot be decomposed.
  func solution(_ parameters: Parameters) -> Solution? {
    let n = count
    var covariance = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<i {
        let value =
          parameters.variance
          * kernel.correlation(squaredDistance(points[i], points[j], parameters.lengths))
        covariance[i * n + j] = value
        covariance[j * n + i] = value
      }
      covariance[i * n + i] =
        parameters.variance * (1 + Self.jitter) + noise[i] + (parameters.noise ?? 0)
    }
    guard let factor = CholeskyFactor(covariance, size: n) else { return nil }
    let solvedTrend = trend.map(factor.solve)
    let p = trend.count
    var information = [Double](repeating: 0, count: p * p)
    for a in 0..<p {
      for b in 0..<p { information[a * p + b] = Self.dot(trend[a], solvedTrend[b]) }
    }
    guard let trendFactor = CholeskyFactor(information, size: p) else { return nil }
    let coefficients = trendFactor.solve(solvedTrend.map { Self.dot($0, outputs) })
    var residuals = outputs
    for (term, coefficient) in zip(trend, coefficients) {
      for i in 0..<n { residuals[i] -= coefficient * term[i] }
    }
    let weights = factor.solve(residuals)
    var projected = factor.inverse
    let trendInverse = trendFactor.inverse
    for a in 0..<p {
      for b in 0..<p {
        let share = trendInverse[a * p + b]
        for i in 0..<n {
          let left = share * solvedTrend[a][i]
          for j in 0..<n { projected[i * n + j] -= left * solvedTrend[b][j] }
        }
      }
    }
    let value =
      0.5 * (factor.logDeterminant + trendFactor.logDeterminant + Self.dot(residuals, weights))
    guard value.isFinite else { return nil }
    return Solution(
      parameters: parameters, factor: factor, trendFactor: trendFactor, coefficients: coefficients,
      weights: weights, solvedTrend: solvedTrend, projected: projected, minusLogLikelihood: value)
  }

  /// The derivatives of −log likelihood by the logarithms of lengths, variance and, if unknown, noise.
  func gradient(_ solution: Solution) -> [Double] {
    let n = count
    let (lengths, variance) = (solution.parameters.lengths, solution.parameters.variance)
    var byLength = [Double](repeating: 0, count: columns)
    var (byVariance, byNoise) = (0.0, 0.0)
    var along = [Double](repeating: 0, count: columns)
    for i in 0..<n {
      for j in 0..<i {
        let pull = solution.projected[i * n + j] - solution.weights[i] * solution.weights[j]
        var squared = 0.0
        for k in 0..<columns {
          let step = (points[i][k] - points[j][k]) / lengths[k]
          along[k] = step * step
          squared += along[k]
        }
        byVariance += pull * variance * kernel.correlation(squared)
        let slope = pull * variance * kernel.slope(squared)
        for k in 0..<columns { byLength[k] += slope * along[k] }
      }
      let pull =
        0.5 * (solution.projected[i * n + i] - solution.weights[i] * solution.weights[i])
      byVariance += pull * variance * (1 + Self.jitter)
      byNoise += pull
    }
    return byLength + [byVariance] + (solution.parameters.noise.map { [byNoise * $0] } ?? [])
  }

  /// The prediction and the variance of its error, in the output's unit.
  func prediction(at point: [Double], _ solution: Solution) -> (value: Double, variance: Double) {
    let place = Self.scaled(point, scale)
    let parameters = solution.parameters
    let covariances = points.map {
      parameters.variance * kernel.correlation(squaredDistance($0, place, parameters.lengths))
    }
    let terms = Self.terms([place], hasLinearTrend, columns).map { $0[0] }
    let gaps = zip(terms, solution.solvedTrend).map { $0 - Self.dot($1, covariances) }
    let value =
      Self.dot(terms, solution.coefficients) + Self.dot(covariances, solution.weights)
    let variance =
      parameters.variance - Self.dot(covariances, solution.factor.solve(covariances))
      + Self.dot(gaps, solution.trendFactor.solve(gaps))
    return (outputMean + outputScale * value, outputScale * outputScale * variance)
  }

  /// Each point as the others predict it, under these parameters.
  func leftOut(_ solution: Solution) -> [LeftOut] {
    (0..<count).map { i in
      let variance = 1 / max(solution.projected[i * count + i], 1e-300)
      let error = solution.weights[i] * variance
      return LeftOut(
        observed: outputMean + outputScale * outputs[i],
        prediction: Prediction(
          value: outputMean + outputScale * (outputs[i] - error),
          standardError: outputScale * variance.squareRoot()))
    }
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
