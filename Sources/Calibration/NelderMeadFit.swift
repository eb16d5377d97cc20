// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension CalibrationProblem {
  /// The least misfit by GSL's simplex search (Nelder and Mead, `nmsimplex2`), and what the slopes of the
  /// outputs there say of how far inputs may be off.
  ///
  /// Begins at the best of a few points that fill the ranges. A search ends when its simplex is small, or
  /// when its corners differ by less than run noise moves a misfit: then a better corner is luck. It is
  /// begun anew, with twice the replications and a smaller simplex, twice. With common random numbers
  /// each search sees a smooth function; only the replications make its lowest point the true one.
  ///
  /// Then every input is moved either way, and the outputs are taken as straight lines in between: the
  /// targets' likelihood under them, inside the ranges, gives the draws (Gibbs sampling of a truncated
  /// normal). Slopes that run noise alone could make count less by its variance. Away from the best
  /// point, outputs that bend are not followed.
  ///
  /// - Parameter points: How many may be simulated, at most, each replication beyond
  ///   ``CalibrationProblem/replications`` counted in its share.
  ///
  /// Sources: Nelder and Mead, *Comput. J.* 7 (1965) 308–313; Barton and Ivey, *Manage. Sci.* 42 (1996)
  /// 954–973 (noise and restarts); Geweke, in *Computing Science and Statistics* 23 (1991) 571–578.
  public func nelderMead(points: Int) throws -> CalibrationResult {
    var simulated: [SimulatedPoint] = []
    var stages: [CalibrationResult.Stage] = []
    let slopesCost = Double(2 * inputs.count) * 4
    let first = try simulate(prior(max(4, min(points / 5, 4 * inputs.count))))
    simulated += first
    var best = first.max { logLikelihood($0) < logLikelihood($1) }!
    stages.append(
      .init(points: first.count, replications: replications, figure: misfit(best)))
    var spent = Double(first.count)
    for (stage, side) in [0.2, 0.08, 0.03].enumerated() {
      let factor = 1 << stage
      let left = Double(points) - spent - slopesCost
      let share = [0.5, 0.6, 1][stage] * left / Double(factor)
      guard share >= Double(inputs.count + 2) else { break }
      let search = try SimplexSearch(
        self, from: best.coordinates, side: side, replications: replications * factor,
        most: Int(share))
      guard let lowest = search.best else { break }
      simulated += search.points
      spent += Double(search.points.count * factor)
      best = lowest
      stages.append(
        .init(
          points: search.points.count, replications: replications * factor, figure: misfit(best)))
    }
    let slopes = try OutputSlopes(self, at: best, replications: best.replications[0].count)
    simulated += slopes.points
    stages.append(
      .init(
        points: slopes.points.count, replications: best.replications[0].count, figure: misfit(best))
    )
    return CalibrationResult(
      self, method: .nelderMead, best: draw(best, weight: 1), draws: slopes.draws(self),
      stages: stages, simulated: simulated)
  }
}

/// One search by a simplex.
private struct SimplexSearch {
  private(set) var points: [SimulatedPoint] = []
  private(set) var best: SimulatedPoint?

  /// What the callback of C works with.
  private final class Target {
    let problem: CalibrationProblem
    let replications: Int
    let most: Int
    var points: [SimulatedPoint] = []
    var fault: (any Error)?

    init(_ problem: CalibrationProblem, _ replications: Int, _ most: Int) {
      self.problem = problem
      self.replications = replications
      self.most = most
    }

    var isOver: Bool { fault != nil || points.count >= most }

    /// −2 log likelihood; beyond the ranges that at their border, and more with the distance.
    func value(_ place: [Double]) -> Double {
      guard !isOver else { return 1e300 }
      let inside = place.map { min(1, max(0, $0)) }
      let beyond = zip(place, inside).reduce(0) { $0 + abs($1.0 - $1.1) }
      do {
        let point = try problem.simulate([inside], replications: replications)[0]
        points.append(point)
        let value = -2 * problem.logLikelihood(point)
        return value.isFinite ? value + 100 * beyond * (1 + abs(value)) : 1e300
      } catch {
        fault = error
        return 1e300
      }
    }

    /// The standard deviation of the −2 log likelihood by run noise.
    func noise(_ point: SimulatedPoint) -> Double {
      var variance = 0.0
      for (k, target) in problem.targets.enumerated() where target.isFitted {
        let own = target.standardDeviation * target.standardDeviation + point.variances[k]
        let miss = point.means[k] - target.value
        let scale = target.weight * target.weight / (own * own)
        variance += scale * point.variances[k] * (4 * miss * miss + 2 * point.variances[k])
      }
      return variance.squareRoot()
    }
  }

  init(
    _ problem: CalibrationProblem, from start: [Double], side: Double, replications: Int, most: Int
  ) throws {
    gsl_set_error_handler_off()
    let count = start.count
    let target = Target(problem, replications, most)
    guard let place = gsl_vector_alloc(count), let sides = gsl_vector_alloc(count),
      let minimizer = gsl_multimin_fminimizer_alloc(cgsl_nelder_mead(), count)
    else { preconditionFailure("no memory for \(count) numbers") }
    defer {
      gsl_vector_free(place)
      gsl_vector_free(sides)
      gsl_multimin_fminimizer_free(minimizer)
    }
    for (k, number) in start.enumerated() {
      gsl_vector_set(place, k, number)
      // Inwards, so that no corner begins beyond the range.
      gsl_vector_set(sides, k, number > 0.5 ? -side : side)
    }
    var function = gsl_multimin_function()
    function.n = count
    function.params = Unmanaged.passUnretained(target).toOpaque()
    function.f = { vector, context in
      guard let vector, let context else { return 1e300 }
      let target = Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
      return target.value((0..<vector.pointee.size).map { gsl_vector_get(vector, $0) })
    }
    withExtendedLifetime(target) {
      guard gsl_multimin_fminimizer_set(minimizer, &function, place, sides) == 0 else { return }
      while !target.isOver {
        guard gsl_multimin_fminimizer_iterate(minimizer) == 0,
          gsl_multimin_fminimizer_size(minimizer) > 0.004
        else { break }
        // The last corners: as many as the simplex has. If they are alike up to noise, it ends.
        let last = target.points.suffix(count + 1).map { -2 * problem.logLikelihood($0) }
        if target.points.count > 4 * (count + 1), let low = last.min(), let high = last.max(),
          let lowest = target.points.max(by: {
            problem.logLikelihood($0) < problem.logLikelihood($1)
          }), high - low < 0.1 * target.noise(lowest), high - low < 0.1
        {
          break
        }
      }
    }
    if let fault = target.fault { throw fault }
    points = target.points
    best = points.max { problem.logLikelihood($0) < problem.logLikelihood($1) }
  }
}

/// How outputs change with inputs about a point.
private struct OutputSlopes {
  let center: SimulatedPoint
  let points: [SimulatedPoint]
  /// For each target the slope along each input, and the variance of its error.
  private let slopes: [[(slope: Double, variance: Double)]]

  private static let distance = 0.06

  init(_ problem: CalibrationProblem, at center: SimulatedPoint, replications: Int) throws {
    self.center = center
    var places: [[Double]] = []
    for k in problem.inputs.indices {
      for sign in [-1.0, 1] {
        var place = center.coordinates
        place[k] = min(1, max(0, place[k] + sign * Self.distance))
        places.append(place)
      }
    }
    let points = try problem.simulate(places, replications: replications)
    self.points = points
    slopes = problem.targets.indices.map { target in
      problem.inputs.indices.map { k in
        let (low, high) = (points[2 * k], points[2 * k + 1])
        let width = high.coordinates[k] - low.coordinates[k]
        // Replication by replication, so that luck in common cancels.
        let rises = zip(low.replications[target], high.replications[target]).map {
          ($1 - $0) / width
        }
        let n = Double(rises.count)
        let mean = rises.reduce(0, +) / n
        let variance = rises.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n
        return mean.isFinite ? (mean, variance) : (0, 0)
      }
    }
  }

  /// Draws of the likelihood under straight lines, inside the ranges.
  func draws(_ problem: CalibrationProblem) -> [CalibrationResult.Draw] {
    let count = problem.inputs.count
    var information = Array(repeating: [Double](repeating: 0, count: count), count: count)
    var pull = [Double](repeating: 0, count: count)
    for (k, target) in problem.targets.enumerated() where target.isFitted {
      let own = target.standardDeviation * target.standardDeviation + center.variances[k]
      let weight = target.weight / own
      let miss = target.value - center.means[k]
      guard miss.isFinite else { continue }
      for a in 0..<count {
        pull[a] += weight * slopes[k][a].slope * miss
        for b in 0..<count { information[a][b] += weight * slopes[k][a].slope * slopes[k][b].slope }
        information[a][a] -= weight * slopes[k][a].variance
      }
    }
    // What is left after run noise may have negative eigenvalues: nothing is known along these.
    let parts = WeightedDraws.eigen(information).map { part in
      (max(0, Self.signed(part, information)), part.vector)
    }
    for a in 0..<count {
      for b in 0..<count {
        information[a][b] = parts.reduce(0) { $0 + $1.0 * $1.1[a] * $1.1[b] }
      }
    }
    return gibbs(problem, information, pull)
  }

  /// An eigenvalue with its sign, which a singular value has lost.
  private static func signed(
    _ part: (value: Double, vector: [Double]), _ matrix: [[Double]]
  ) -> Double {
    let form = matrix.indices.reduce(0.0) { sum, a in
      sum + part.vector[a] * matrix.indices.reduce(0.0) { $0 + matrix[a][$1] * part.vector[$1] }
    }
    return form < 0 ? -part.value : part.value
  }

  private func gibbs(
    _ problem: CalibrationProblem, _ information: [[Double]], _ pull: [Double]
  ) -> [CalibrationResult.Draw] {
    let count = problem.inputs.count
    let (kept, thinning) = (1000, 60)
    var place = center.coordinates
    var stream = problem.stream("draws under straight lines")
    var draws: [CalibrationResult.Draw] = []
    for sweep in 0..<(kept + 20) * thinning {
      for a in 0..<count {
        // log density: −½ δᵀ·I·δ + δ·pull with δ the step from the centre.
        let cross = (0..<count).reduce(0) {
          $1 == a ? $0 : $0 + information[a][$1] * (place[$1] - center.coordinates[$1])
        }
        let u = stream.uniform()
        let precision = information[a][a]
        guard precision > 1e-9 else {
          place[a] = u
          continue
        }
        let deviation = 1 / precision.squareRoot()
        let mean = center.coordinates[a] + (pull[a] - cross) / precision
        place[a] = Self.truncatedNormal(mean, deviation, u)
      }
      guard sweep >= 20 * thinning, sweep % thinning == 0 else { continue }
      let outputs = problem.targets.indices.map { k in
        center.means[k]
          + (0..<count).reduce(0) {
            $0 + slopes[k][$1].slope * (place[$1] - center.coordinates[$1])
          }
      }
      draws.append(
        .init(
          coordinates: place, weight: 1 / Double(kept), outputs: outputs,
          variances: center.variances))
    }
    return draws
  }

  /// The quantile of a normal distribution cut at 0 and 1, taken in the tail on which the interval lies.
  private static func truncatedNormal(_ mean: Double, _ deviation: Double, _ u: Double) -> Double {
    let (low, high) = (-mean / deviation, (1 - mean) / deviation)
    let z: Double
    if low > 0 {
      let (a, b) = (gsl_cdf_ugaussian_Q(low), gsl_cdf_ugaussian_Q(high))
      z = gsl_cdf_ugaussian_Qinv(a + u * (b - a))
    } else {
      let (a, b) = (gsl_cdf_ugaussian_P(low), gsl_cdf_ugaussian_P(high))
      z = gsl_cdf_ugaussian_Pinv(a + u * (b - a))
    }
    guard z.isFinite else { return mean < 0.5 ? 0 : 1 }
    return min(1, max(0, mean + deviation * z))
  }
}
