// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles
import OutputAnalysis
import SensitivityAnalysis

/// What the draws of a design say of each scenario's effects: how surely, on which assumptions they hang,
/// and the verdict.
public struct UncertaintyAnalysis: Sendable {
  /// One measure of one scenario against its baseline.
  public struct Row: Sendable {
    public var scenario: String
    public var baseline: String
    public var series: MeasureSeries
    /// The smallest effect that matters, if the experiment says it.
    public var matters: Double?
    /// Draws at which every replication of both is there and defined.
    public var draws: Int
    /// Those left out because the measure was not defined.
    public var undefined: Int
    /// Mean over draws and replications; its interval counts the error of both.
    public var effect: Estimate
    /// The effect where every assumption is as stated, with Student's interval over replications.
    public var stated: Estimate?
    /// Between which values the effect lies at 95 % of the draws, own run noise taken out.
    public var span: (low: Double, high: Double)
    /// Half the 95 % interval of one draw's effect: its run noise.
    public var halfWidth: Double
    /// Standard deviations over draws, and of one replication.
    public var parameterDeviation: Double
    public var noiseDeviation: Double
    public var shares: VarianceShares
    public var verdict: EffectVerdict
    /// Of each form of money where both are drawn.
    public var forms: [(form: String, draws: Int, verdict: EffectVerdict)]
    /// Those told from chance, the largest share first.
    public var movers: [Mover]
    /// What all of them have of the variance that the parameters make.
    public var moverShare: Double
    /// The next largest, none of which is told from chance: the assumption, and its correlation with
    /// what is left of the effect.
    public var candidates: [(path: String, correlation: Double)]
  }

  /// An assumption that moves an effect.
  public struct Mover: Sendable {
    /// As `range.` takes it, or `money-form`.
    public var path: String
    public var share: Estimate
    /// The change of the effect from the low end of the range to the high one.
    public var slope: Estimate
    /// Whether the effect has one sign at the low end and the other at the high one, in a straight line,
    /// everything else in the middle, even with the flattest slope that the interval holds.
    public var flips: Bool
  }

  public let rows: [Row]
  public let factors: [StoredFactor]
  public let draws: Int
  public let replications: Int
  /// Draws of which some replication is missing.
  public let incomplete: Int
  /// Draws under which nothing is told.
  public static let fewestDraws = 10

  /// - Parameters:
  ///   - series: What is told; `nil`: the measures the experiment asks for, as a whole.
  ///   - matters: Smallest effects in the place of those of the experiment.
  /// - Throws: ``RunnerFault`` when the file is of no such design, or holds too little of it.
  public init(
    _ results: ResultsFile, series: [MeasureSeries]? = nil,
    matters: [SmallestEffect] = [], threads: Int = 1
  ) throws {
    let sample = try DrawnSample(results)
    try results.check((series ?? []) + matters.map(\.series))
    let header = results.header
    let names = sample.scenarios
    factors = sample.factors
    replications = sample.replications
    draws = sample.draws
    incomplete = sample.incomplete
    let all = try series ?? Self.headlines(results)
    var sizes = header.matters
    for effect in matters { sizes[effect.series] = effect.size }
    var tasks: [EffectTask] = []
    for one in all {
      let values = try results.values(of: one)
      for place in names.indices {
        guard let baseline = sample.baseline(of: place) else { continue }
        let found = sample.pairs(values, of: place, against: baseline)
        guard found.draws.count >= Self.fewestDraws else { continue }
        tasks.append(
          EffectTask(
            scenario: names[place], baseline: names[baseline], series: one, matters: sizes[one],
            undefined: sample.whole - found.draws.count,
            coordinates: found.draws.map(\.coordinates),
            pairs: found.draws.map(\.pairs), stated: found.stated))
      }
    }
    guard !tasks.isEmpty else {
      throw RunnerFault.invalid(
        "\(results.path): holds no measure that is defined in \(Self.fewestDraws) draws")
    }
    let order = names
    rows = Self.rows(of: tasks, factors, threads: threads).enumerated().sorted {
      (order.firstIndex(of: $0.element.scenario)!, $0.offset)
        < (order.firstIndex(of: $1.element.scenario)!, $1.offset)
    }.map(\.element)
  }

  /// What the experiment asks for as a whole; else all that is there.
  private static func headlines(_ results: ResultsFile) throws -> [MeasureSeries] {
    let asked = results.header.measureRequests.filter(\.dimension.isEmpty).map {
      MeasureSeries(measure: $0)
    }
    if !asked.isEmpty { return asked }
    return results.header.measureCatalogue.filter { $0.dimensions.contains("") }.map {
      MeasureSeries(measure: MeasureRequest(measure: $0.name))
    }
  }

  private static func rows(of tasks: [EffectTask], _ factors: [StoredFactor], threads: Int) -> [Row]
  {
    let board = RowBoard(count: tasks.count)
    inThreads(threads, count: tasks.count) { board.put(tasks[$0].row(factors), at: $0) }
    return board.rows
  }
}

/// What one row is made of.
struct EffectTask: Sendable {
  var scenario: String
  var baseline: String
  var series: MeasureSeries
  var matters: Double?
  var undefined: Int
  var coordinates: [DrawnSample.Coordinates]
  /// Of each draw, its replications.
  var pairs: [[(own: Double, base: Double)]]
  var stated: [(own: Double, base: Double)]?

  func row(_ factors: [StoredFactor]) -> UncertaintyAnalysis.Row {
    let effects = pairs.map { $0.map { $0.own - $0.base } }
    let effect = CrossedComponents(effects)
    let middle = CrossedComponents(pairs.map { $0.map { ($0.own + $0.base) / 2 } })
    let draws = DrawEffects(effect)
    var verdict = EffectVerdict(draws, matters: matters)
    let forms = formVerdicts(effects)
    let words = Set(forms.map { $0.verdict.word })
    // A form that is unclear has no verdict, and depends on more draws rather than on the form.
    if words.count > 1, !words.contains("unclear") { verdict = .formDependent }
    let found = InfluentialInputs(coordinates.map(\.values), outcomes: effects)
    let interval = effect.meanInterval()
    let stated = self.stated.flatMap { pairs in
      PairedContrast(of: pairs.map(\.own), against: pairs.map(\.base)).map {
        Estimate(
          value: $0.difference.mean, low: $0.difference.low, high: $0.difference.high)
      }
    }
    return UncertaintyAnalysis.Row(
      scenario: scenario, baseline: baseline, series: series, matters: matters,
      draws: pairs.count, undefined: undefined,
      effect: Estimate(value: effect.mean, low: interval.low, high: interval.high),
      stated: stated, span: draws.span(), halfWidth: draws.halfWidth(),
      parameterDeviation: effect.parameterVariance.squareRoot(),
      noiseDeviation: effect.noiseVariance.squareRoot(),
      shares: VarianceShares(effect: effect, middle: middle), verdict: verdict, forms: forms,
      movers: found.inputs.map { input in
        UncertaintyAnalysis.Mover(
          path: factors[input.index].name, share: input.share, slope: input.slope,
          flips: verdict == .undetermined && input.slope.low * input.slope.high > 0
            && min(abs(input.slope.low), abs(input.slope.high)) / 2 > abs(effect.mean))
      }, moverShare: found.share,
      candidates: found.candidates.map { (factors[$0.index].name, $0.correlation) })
  }

  private func formVerdicts(_ effects: [[Double]]) -> [(
    form: String, draws: Int, verdict: EffectVerdict
  )] {
    var forms: [String] = []
    for case let form? in coordinates.map(\.form) where !forms.contains(form) {
      forms.append(form)
    }
    return forms.sorted().compactMap { form in
      let own = zip(coordinates, effects).filter { $0.0.form == form }.map(\.1)
      guard own.count >= UncertaintyAnalysis.fewestDraws else { return nil }
      return (
        form, own.count, EffectVerdict(DrawEffects(CrossedComponents(own)), matters: matters)
      )
    }
  }
}

/// Sendable, because `made` is touched only while `lock` is held.
private final class RowBoard: @unchecked Sendable {
  private let lock = NSLock()
  private var made: [UncertaintyAnalysis.Row?]

  init(count: Int) { made = Array(repeating: nil, count: count) }

  func put(_ row: UncertaintyAnalysis.Row, at place: Int) {
    lock.lock()
    made[place] = row
    lock.unlock()
  }

  var rows: [UncertaintyAnalysis.Row] {
    lock.lock()
    defer { lock.unlock() }
    return made.compactMap(\.self)
  }
}
