// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns
import Metamodels
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension CalibrationProblem {
  /// History matching: in waves, what no longer can be is left out of the ranges.
  ///
  /// After each wave every output has a metamodel of all points simulated there. A place is implausible
  /// when the metamodel of any fitted target is 3 or more standard deviations from it, those of the
  /// metamodel, the target and the run noise together. The next wave's points are drawn from what every
  /// wave finds plausible. It ends when points are used, or when the metamodels' errors are small beside
  /// those of the targets.
  ///
  /// Draws come from the likelihood of the targets under the last metamodels, their errors included, inside
  /// what every wave finds plausible, by Metropolis's walk. Where nothing is plausible they come from
  /// all of the last wave's surroundings.
  ///
  /// - Parameters:
  ///   - points: How many are simulated in all waves together.
  ///   - waves: As many at most.
  ///
  /// Sources: Craig, Goldstein, Seheult and Smith, in *Bayesian Statistics* 5 (1996) 69–95; Andrianakis and
  /// others, *PLoS Comput. Biol.* 11 (2015) e1003968.
  public func historyMatching(points: Int, waves: Int = 4) throws -> CalibrationResult {
    let least = 2 * inputs.count + 4
    let count = max(least, points / max(1, min(waves, points / least)))
    var simulated: [SimulatedPoint] = []
    var emulators: [WaveEmulator] = []
    var stages: [CalibrationResult.Stage] = []
    var next = LatinHypercube.points(count, columns: inputs.count, seed: seed)
    while !next.isEmpty {
      simulated += try simulate(next)
      let region = emulators.isEmpty ? nil : Box(around: next)
      emulators.append(try WaveEmulator(self, simulated, in: region))
      let sampler = PlausibleRegion(self, emulators, wave: stages.count)
      stages.append(
        .init(points: next.count, replications: replications, figure: sampler.share))
      let isSharp = emulators[emulators.count - 1].isSharp(self, at: sampler.found)
      guard !sampler.found.isEmpty, !isSharp, stages.count < waves,
        simulated.count + count <= points
      else { break }
      next = sampler.points(count)
    }
    let (best, draws) = EmulatedPosterior(self, emulators).draws(from: simulated)
    var result = CalibrationResult(
      self, method: .historyMatching, best: best, draws: draws, stages: stages,
      simulated: simulated)
    result.metamodels = emulators[emulators.count - 1].outputs.map { model in
      model.map { LeaveOneOutSummary($0.leftOut) }
    }
    return result
  }

  /// Most points of which a wave's metamodels are made: they cost the cube of their number.
  static func mostModelled(inputs: Int) -> Int { max(200, 2 * inputs + 4) }
}

/// The smallest box around points, and a tenth more.
private struct Box {
  var low: [Double]
  var high: [Double]

  init(around points: [[Double]]) {
    low = points[0]
    high = points[0]
    for point in points {
      for k in point.indices {
        low[k] = min(low[k], point[k])
        high[k] = max(high[k], point[k])
      }
    }
    for k in low.indices {
      let margin = 0.1 * (high[k] - low[k]) + 0.005
      low[k] = max(0, low[k] - margin)
      high[k] = min(1, high[k] + margin)
    }
  }

  func contains(_ point: [Double]) -> Bool {
    point.indices.allSatisfy { low[$0] <= point[$0] && point[$0] <= high[$0] }
  }

  var volume: Double { zip(low, high).reduce(1) { $0 * ($1.1 - $1.0) } }
}

/// Metamodels of all outputs over what one wave looked at.
private struct WaveEmulator {
  /// `nil` where the output had no value, or too few.
  let outputs: [(any Metamodel)?]
  /// Where it knows something; `nil`: everywhere in the ranges.
  let region: Box?

  init(_ problem: CalibrationProblem, _ simulated: [SimulatedPoint], in region: Box?) throws {
    let inside = simulated.filter { region?.contains($0.coordinates) ?? true }
    self.region = region
    let enough = inside.count >= 2 * problem.inputs.count + 4 ? inside : simulated
    // Of too many the last: those of the latest waves lie where it matters.
    let used = enough.suffix(CalibrationProblem.mostModelled(inputs: problem.inputs.count))
    outputs = problem.targets.indices.map { k in
      let points = used.filter { $0.means[k].isFinite }
      guard points.count > problem.inputs.count + 2 else { return nil }
      let training = TrainingPoints(
        coordinates: points.map(\.coordinates), replications: points.map { $0.replications[k] },
        randomNumbers: .common)
      let candidates: [(any Metamodel)?] = [
        try? QuadraticSurface(training), try? GaussianProcess(training, seed: problem.seed),
      ]
      return bestMetamodel(candidates.compactMap(\.self))
    }
  }

  func predictions(at point: [Double]) -> [Prediction?] {
    outputs.map { $0?.prediction(at: point) }
  }

  /// The greatest distance of a fitted target from its metamodel, in standard deviations of both.
  func implausibility(_ problem: CalibrationProblem, at point: [Double]) -> Double {
    var greatest = 0.0
    for (k, target) in problem.targets.enumerated() where target.isFitted {
      guard let prediction = outputs[k]?.prediction(at: point) else { continue }
      let own = target.standardDeviation * target.standardDeviation
      let error = prediction.standardError * prediction.standardError
      greatest = max(
        greatest, abs(prediction.value - target.value) / (own + error).squareRoot())
    }
    return greatest
  }

  /// Whether the errors of all fitted outputs are under a third of their targets' deviations.
  func isSharp(_ problem: CalibrationProblem, at points: [[Double]]) -> Bool {
    for (k, target) in problem.targets.enumerated() where target.isFitted {
      let errors = points.prefix(200).compactMap { outputs[k]?.prediction(at: $0).standardError }
      let mean = errors.reduce(0, +) / Double(max(1, errors.count))
      if errors.isEmpty || mean >= target.standardDeviation / 3 { return false }
    }
    return true
  }
}

/// The part of the ranges that no wave finds implausible.
private struct PlausibleRegion {
  static let cut = 3.0
  /// Plausible points, evenly spread.
  private(set) var found: [[Double]] = []
  /// Their share of the whole of the ranges, as far as can be told.
  private(set) var share = 0.0

  init(_ problem: CalibrationProblem, _ emulators: [WaveEmulator], wave: Int) {
    let columns = problem.inputs.count
    var box: Box?
    // The box around what is found shrinks, so that small regions are filled, too.
    for round in 0..<4 {
      let seed = problem.seed &+ UInt64(1000 * (wave + 1) + round)
      let even =
        columns <= SobolPoints.mostColumns
        ? SobolPoints.points(2048, columns: columns, seed: seed)
        : LatinHypercube.points(2048, columns: columns, seed: seed, exchanges: 0)
      let candidates = even.map { point in
        guard let box else { return point }
        return point.indices.map { box.low[$0] + point[$0] * (box.high[$0] - box.low[$0]) }
      }
      let plausible = candidates.filter { Self.holds($0, problem, emulators) }
      if !plausible.isEmpty {
        found = plausible
        share = Double(plausible.count) / 2048 * (box?.volume ?? 1)
      }
      if plausible.count > 400 || found.isEmpty { break }
      let smaller = Box(around: found)
      if let box, smaller.volume > 0.8 * box.volume { break }
      box = smaller
    }
  }

  /// Whether no wave finds a place implausible.
  static func holds(
    _ place: [Double], _ problem: CalibrationProblem, _ emulators: [WaveEmulator]
  ) -> Bool {
    emulators.allSatisfy { $0.implausibility(problem, at: place) < cut }
  }

  /// So many of them, each as far from those before as any.
  func points(_ count: Int) -> [[Double]] {
    guard found.count > count else { return found }
    var chosen = [found[0]]
    var distances = found.map { squared($0, found[0]) }
    while chosen.count < count {
      let next = distances.indices.max { distances[$0] < distances[$1] }!
      chosen.append(found[next])
      for k in found.indices { distances[k] = min(distances[k], squared(found[k], found[next])) }
    }
    return chosen
  }

  private func squared(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}

/// What the targets leave under the metamodels of the last wave.
private struct EmulatedPosterior {
  let problem: CalibrationProblem
  let emulators: [WaveEmulator]
  let region: PlausibleRegion

  init(_ problem: CalibrationProblem, _ emulators: [WaveEmulator]) {
    self.problem = problem
    self.emulators = emulators
    region = PlausibleRegion(problem, emulators, wave: 99)
  }

  private func draw(_ place: [Double], weight: Double) -> CalibrationResult.Draw {
    let predictions = emulators[emulators.count - 1].predictions(at: place)
    return CalibrationResult.Draw(
      coordinates: place, weight: weight, outputs: predictions.map { $0?.value ?? .nan },
      variances: predictions.map { ($0?.standardError ?? .nan) * ($0?.standardError ?? .nan) })
  }

  private func logLikelihood(_ place: [Double]) -> Double {
    if let region = emulators[emulators.count - 1].region, !region.contains(place) {
      return -.infinity
    }
    let isBounded = !region.found.isEmpty
    guard !isBounded || PlausibleRegion.holds(place, problem, emulators) else { return -.infinity }
    let one = draw(place, weight: 1)
    return problem.logLikelihood(one.outputs, one.variances)
  }

  func draws(
    from simulated: [SimulatedPoint]
  ) -> (best: CalibrationResult.Draw, draws: [CalibrationResult.Draw]) {
    let starts = region.found.isEmpty ? simulated.map(\.coordinates) : region.found
    let likelihoods = starts.map(logLikelihood)
    let weights = WeightedDraws.normalized(likelihoods)
    var spread = WeightedDraws.covariance(starts, weights)
    for k in spread.indices { spread[k][k] += 1e-6 }
    let scale = 2.38 * 2.38 / Double(problem.inputs.count)
    spread = spread.map { $0.map { $0 * scale } }
    let root = WeightedDraws.eigen(spread)
    var stream = problem.stream("walk on metamodels")
    // Several walks, begun by weight, so that parts that are not joined are all there.
    let (walks, kept, thinning) = (20, 50, 8)
    var best: (place: [Double], likelihood: Double) = (starts[0], -.infinity)
    for (place, likelihood) in zip(starts, likelihoods) where likelihood > best.likelihood {
      best = (place, likelihood)
    }
    var draws: [CalibrationResult.Draw] = []
    for start in WeightedDraws.resample(weights, walks, &stream) {
      var (place, likelihood) = (starts[start], likelihoods[start])
      for step in 0..<kept * thinning {
        var proposal = place
        for part in root {
          let length = max(0, part.value).squareRoot() * stream.normal()
          for k in proposal.indices { proposal[k] += length * part.vector[k] }
        }
        proposal = proposal.map(WeightedDraws.reflected)
        let u = stream.uniform()
        let next = logLikelihood(proposal)
        if log(u) < next - likelihood { (place, likelihood) = (proposal, next) }
        if likelihood > best.likelihood { best = (place, likelihood) }
        if step % thinning == thinning - 1 {
          draws.append(draw(place, weight: 1 / Double(walks * kept)))
        }
      }
    }
    return (draw(best.place, weight: 1), draws)
  }
}
