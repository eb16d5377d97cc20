// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles
import OutputAnalysis
import SensitivityAnalysis

/// What results say of a claim, in the claim's unit, with both uncertainties.
public struct ClaimPrediction: Sendable {
  /// An assumption that moves what is predicted.
  public struct Mover: Sendable {
    /// As `range.` takes it.
    public var path: String
    public var share: Estimate
    /// The change from the low end of the range to the high one.
    public var slope: Estimate
    /// Where the verdict turns; `nil` where that lies beyond the range.
    public var turning: TurningPoint?

    package init(path: String, share: Estimate, slope: Estimate, turning: TurningPoint? = nil) {
      self.path = path
      self.share = share
      self.slope = slope
      self.turning = turning
    }
  }

  public var draws: Int
  /// Draws at which the measure was not defined.
  public var undefined: Int
  public var replications: Int
  /// Where every assumption is as stated; its interval is Student's over replications.
  public var stated: Estimate
  /// Mean over draws and replications.
  public var mean: Estimate
  /// Between which values 95 % of the draws lie, own run noise taken out.
  public var span: ClosedRange<Double>
  /// Half the 95 % interval of one draw: run noise.
  public var noise: Double
  /// Of the effect, over all draws; says nothing of a level.
  public var effect: EffectVerdict
  public var movers: [Mover]
  /// The next largest, which may be chance.
  public var candidates: [(path: String, correlation: Double)]

  /// The span, widened by run noise.
  public var widened: ClosedRange<Double> { span.lowerBound - noise...span.upperBound + noise }
  public var width: Double { widened.upperBound - widened.lowerBound }

  package init(
    draws: Int, undefined: Int = 0, replications: Int, stated: Estimate, mean: Estimate,
    span: ClosedRange<Double>, noise: Double, effect: EffectVerdict, movers: [Mover] = [],
    candidates: [(path: String, correlation: Double)] = []
  ) {
    self.draws = draws
    self.undefined = undefined
    self.replications = replications
    self.stated = stated
    self.mean = mean
    self.span = span
    self.noise = noise
    self.effect = effect
    self.movers = movers
    self.candidates = candidates
  }
}

/// Why a claim has no prediction.
public enum ClaimProblem: Error, Hashable, Sendable {
  /// Whole draws at which it was defined.
  case fewDraws(Int)
  /// Its baseline is zero, of which nothing is a share.
  case zeroBaseline
  /// The results of its experiment cannot be used, and why.
  case unusable(String)
}

/// Predicts the claims of one experiment from its results.
struct ClaimPredictor {
  private let results: ResultsFile
  private let sample: DrawnSample
  private let turningPoints: TurningPoints

  init(_ results: ResultsFile) throws {
    self.results = results
    sample = try DrawnSample(results)
    turningPoints = TurningPoints(results)
  }

  func prediction(_ test: ClaimTest) throws -> Result<ClaimPrediction, ClaimProblem> {
    let values = try results.values(of: test.series)
    guard let scenario = sample.scenarios.firstIndex(of: test.question.scenario) else {
      throw RunnerFault.invalid("\(results.path): has no scenario \(test.question.scenario)")
    }
    let baseline = test.baseline.flatMap { sample.scenarios.firstIndex(of: $0) } ?? scenario
    let found = sample.pairs(values, of: scenario, against: baseline)
    guard found.draws.count >= UncertaintyAnalysis.fewestDraws else {
      return .failure(.fewDraws(found.draws.count))
    }
    /// What is predicted in place of the scenario, and zero in place of the baseline.
    func compared(_ pairs: [DrawnSample.Pair]) -> [DrawnSample.Pair] {
      let own = pairs.map { test.scale * $0.own }
      let base = pairs.map { test.scale * $0.base }
      let told =
        switch test.question.comparison {
        case .level: own
        case .change, .direction: zip(own, base).map(-)
        case .relativeChange:
          relativeChanges(pairs.map(\.own), pairs.map(\.base)).map { test.scale * $0 }
        }
      return told.map { ($0, 0) }
    }
    let pairs = found.draws.map { compared($0.pairs) }
    let stated = found.stated.map(compared)
    guard (pairs + [stated ?? []]).allSatisfy({ $0.allSatisfy { $0.own.isFinite } }) else {
      return .failure(.zeroBaseline)
    }
    let bases = found.draws.flatMap { $0.pairs.map(\.base) }
    let baseMean = bases.reduce(0, +) / Double(bases.count)
    let size = results.header.matters[test.series].map { matters in
      test.question.comparison == .relativeChange
        ? test.scale * matters / abs(baseMean) : test.scale * matters
    }
    let row = EffectTask(
      scenario: test.question.scenario, baseline: test.baseline ?? "", series: test.series,
      matters: test.question.comparison == .level ? nil : size,
      undefined: sample.whole - pairs.count, coordinates: found.draws.map(\.coordinates),
      pairs: pairs, stated: stated
    ).row(sample.factors)
    return .success(
      ClaimPrediction(
        draws: row.draws, undefined: row.undefined, replications: sample.replications,
        stated: row.stated ?? row.effect, mean: row.effect, span: row.span.low...row.span.high,
        noise: row.halfWidth, effect: row.verdict,
        movers: row.movers.map { mover(of: $0, row.effect.value, turnsAt: test.threshold) },
        candidates: row.candidates))
  }

  private func mover(
    of mover: UncertaintyAnalysis.Mover, _ mean: Double, turnsAt threshold: Double?
  ) -> ClaimPrediction.Mover {
    ClaimPrediction.Mover(
      path: mover.path, share: mover.share, slope: mover.slope,
      turning: threshold.flatMap { turningPoints.point(of: mover, from: mean, to: $0) })
  }
}

extension ClaimTest {
  /// What a prediction would have to reach for another verdict: zero for an effect, the value observed
  /// for a level, the aim of a target.
  var threshold: Double? {
    switch observed {
    case .direction: 0
    case .number(let number, _, _):
      claim.use == .target || question.comparison == .level ? number : 0
    }
  }
}
