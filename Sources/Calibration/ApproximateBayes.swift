// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension CalibrationProblem {
  /// Approximate Bayesian computation by rejection: points of the prior, kept with the probability that
  /// their outputs give the targets.
  ///
  /// That probability is normal, with each target's own deviation and the point's run noise, so that
  /// nothing is approximate but what run noise leaves open; a weight stands in for the coin. Where the
  /// weights are worth fewer than 50 draws, all deviations are multiplied by a tolerance until they are,
  /// which is told (``CalibrationResult/Caution/tolerance(_:)``).
  ///
  /// - Parameter points: How many are simulated: a Sobol sequence, or in more than 40 columns a Latin
  ///   hypercube.
  ///
  /// Sources: Beaumont, Zhang and Balding, *Genetics* 162 (2002) 2025–2035; Wilkinson, *Stat. Appl. Genet.
  /// Mol. Biol.* 12 (2013) 129–141 (the targets' own error as the kernel).
  public func rejection(points: Int) throws -> CalibrationResult {
    let simulated = try simulate(prior(points))
    let likelihoods = simulated.map(logLikelihood)
    let tolerance = WeightedDraws.tolerance(
      likelihoods, wanted: min(Double(points) / 2, 50))
    let weights = WeightedDraws.normalized(likelihoods.map { $0 / (tolerance * tolerance) })
    return CalibrationResult(
      self, method: .rejection, best: best(simulated),
      draws: zip(simulated, weights).filter { $0.1 > 1e-12 }.map { draw($0.0, weight: $0.1) },
      stages: [.init(points: points, replications: replications, figure: tolerance)],
      simulated: simulated, tolerance: tolerance)
  }

  /// Points that fill the prior evenly.
  func prior(_ count: Int) -> [[Double]] {
    inputs.count <= SobolPoints.mostColumns
      ? SobolPoints.points(count, columns: inputs.count, seed: seed)
      : LatinHypercube.points(count, columns: inputs.count, seed: seed)
  }

  /// Sequential Monte Carlo: a population of points that moves from the prior to what the targets allow.
  ///
  /// Each stage lowers the tolerance so far that the weights are worth half of the population that has a
  /// value of every target, draws the
  /// population anew by weight, and moves every point once: a normal step of 2.38²/d times the
  /// population's covariance, taken or refused by Metropolis's rule. It ends at a tolerance of 1, where
  /// the targets hold as stated and points are moved a last time, or when all runs are used.
  ///
  /// - Parameter points: How many are simulated in all stages together; the population is a tenth, but 40
  ///   at least.
  ///
  /// Sources: Del Moral, Doucet and Jasra, *Stat. Comput.* 22 (2012) 1009–1020; the kernel as for
  /// ``rejection(points:)``.
  public func sequential(points: Int) throws -> CalibrationResult {
    let size = max(40, points / 10)
    var simulated = try simulate(prior(size))
    var population = simulated
    var stages: [CalibrationResult.Stage] = []
    var tolerance = Double.infinity
    var isDone = false
    while !isDone, simulated.count + size <= points {
      let likelihoods = population.map(logLikelihood)
      let wasFinal = tolerance == 1
      let next =
        wasFinal
        ? 1
        : WeightedDraws.tolerance(likelihoods, wanted: Double(size) / 2, from: tolerance)
      let before = tolerance.isFinite ? 1 / (tolerance * tolerance) : 0
      let increments = likelihoods.map { likelihood in
        likelihood.isFinite ? likelihood * (1 / (next * next) - before) : -.infinity
      }
      let weights = WeightedDraws.normalized(increments)
      var stream = stream("resampling", stages.count)
      let chosen = WeightedDraws.resample(weights, size, &stream).map { population[$0] }
      let spread = WeightedDraws.covariance(population.map(\.coordinates), weights)
      let scale = 2.38 * 2.38 / Double(inputs.count)
      let proposals = chosen.enumerated().map { place, point in
        var stream = self.stream("move", place, stages.count)
        let normals = inputs.map { _ in stream.normal() }
        let step = WeightedDraws.step(spread.map { $0.map { $0 * scale } }, normals)
        return zip(point.coordinates, step).map { WeightedDraws.reflected($0 + $1) }
      }
      let moved = try simulate(proposals)
      population = zip(chosen, moved).enumerated().map { place, pair in
        var stream = self.stream("acceptance", place, stages.count)
        let gain = (logLikelihood(pair.1) - logLikelihood(pair.0)) / (next * next)
        return log(stream.uniform()) < gain ? pair.1 : pair.0
      }
      simulated += moved
      tolerance = next
      stages.append(.init(points: size, replications: replications, figure: next))
      // At a tolerance of 1 moves part the copies of one point; three do.
      isDone = stages.count { $0.figure == 1 } >= 3
    }
    // Copies of one point are one draw, of their weight together.
    var copies: [[Double]: Int] = [:]
    for point in population { copies[point.coordinates, default: 0] += 1 }
    var draws: [CalibrationResult.Draw] = []
    for point in population {
      guard let count = copies.removeValue(forKey: point.coordinates) else { continue }
      draws.append(draw(point, weight: Double(count) / Double(size)))
    }
    return CalibrationResult(
      self, method: .sequential, best: best(simulated), draws: draws, stages: stages,
      simulated: simulated, tolerance: min(tolerance, WeightedDraws.mostTolerance))
  }
}
