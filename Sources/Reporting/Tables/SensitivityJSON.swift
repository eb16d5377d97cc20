// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// Findings about factors as JSON: for each measure and scenario one object, with one object a factor.
struct SensitivityJSON {
  private let study: SensitivityStudy

  init(_ study: SensitivityStudy) { self.study = study }

  func json(_ label: SeriesLabel, _ result: SensitivityStudy.Result) -> JSONValue {
    let quantity = result.quantity
    let (finding, more, factors) = parts(result.finding)
    return .object(
      label.json
        + [
          ("scenario", .text(quantity.scenario)),
          ("baseline", quantity.baseline.map { .text($0) } ?? .null),
          ("finding", .text(finding)), ("noise_share", .number(result.noise?.share)),
        ] + more + [("factors", .list(factors))])
  }

  private func parts(
    _ finding: SensitivityStudy.Finding
  ) -> (String, [(String, JSONValue)], [JSONValue]) {
    switch finding {
    case .constant: return ("constant", [], [])
    case .undefined: return ("undefined", [], [])
    case .morris(let effects):
      let more = [("trajectories", JSONValue.integer(effects.trajectories))]
      return ("told", more, effects.effects.enumerated().map { json($0, $1) })
    case .sobol(let found):
      let more =
        [("rows", JSONValue.integer(found.rows))] + Self.fields("variance", found.variance)
      let factors = (found.indices ?? []).enumerated().map { factor, index in
        JSONValue.object(
          name(factor) + Self.fields("first", index.first) + Self.fields("total", index.total))
      }
      return (found.indices == nil ? "indistinct" : "told", more, factors)
    case .rank(let found, let factors):
      let chances = Self.adjusted(found.plain)
      let partialChances = found.partial.map { Self.adjusted($0) }
      let rows = study.factors.indices.map { factor -> JSONValue in
        let place = factors.firstIndex(of: factor)
        let plain = place.flatMap { found.plain[$0] }
        let partial = place.flatMap { found.partial?[$0] }
        return .object(
          name(factor) + Self.fields("rho", plain?.interval)
            + [
              ("p_value", .number(plain?.pValue)),
              ("p_holm", .number(place.flatMap { chances[$0] })),
            ]
            + Self.fields("partial_rho", partial?.interval)
            + [
              ("partial_p_value", .number(partial?.pValue)),
              ("partial_p_holm", .number(place.flatMap { partialChances?[$0] })),
            ])
      }
      return ("told", [("points", .integer(found.points))], rows)
    case .oneAtATime(let effects, let values, let base):
      let rows = effects.factors.enumerated().map { factor, bars in
        JSONValue.object(
          name(factor) + [
            (
              "values",
              .list(
                zip(bars, values[factor]).map { bar, value in
                  .object(
                    [("value", .text(value))] + Self.fields("effect", bar.effect)
                      + [("p_holm", .number(bar.adjustedPValue))])
                })
            )
          ])
      }
      return ("told", Self.fields("base", base), rows)
    }
  }

  private func json(_ factor: Int, _ effect: ElementaryEffects.Effect?) -> JSONValue {
    .object(
      name(factor) + Self.fields("mu_star", effect?.size) + Self.fields("mu", effect?.mean)
        + Self.fields("sigma", effect?.deviation)
        + [
          ("steps", effect.map { .integer($0.mean.n) } ?? .null),
          ("mu_star_with_noise", .number(effect?.plainSize)),
          ("sigma_with_noise", .number(effect?.plainDeviation)),
          ("p_adjusted", .number(effect?.adjustedPValue)),
          ("told", effect?.isTold.map { .flag($0) } ?? .null),
        ])
  }

  private func name(_ factor: Int) -> [(String, JSONValue)] {
    [("factor", .text(study.factors[factor].name))]
  }

  /// `name`, `name_low` and `name_high`.
  static func fields(_ name: String, _ interval: ConfidenceInterval?) -> [(String, JSONValue)] {
    [
      (name, .number(interval?.estimate)), ("\(name)_low", .number(interval?.low)),
      ("\(name)_high", .number(interval?.high)),
    ]
  }

  static func fields(_ name: String, _ effect: PairedEffect) -> [(String, JSONValue)] {
    [
      (name, .number(effect.mean)), ("\(name)_low", .number(effect.interval?.low)),
      ("\(name)_high", .number(effect.interval?.high)),
    ]
  }

  /// Chances adjusted by Holm's rule for all factors that have one.
  static func adjusted(_ coefficients: [RankCorrelation.Coefficient?]) -> [Double?] {
    let told = coefficients.indices.filter { coefficients[$0] != nil }
    let values = holmAdjusted(told.compactMap { coefficients[$0]?.pValue })
    var adjusted = [Double?](repeating: nil, count: coefficients.count)
    for (place, value) in zip(told, values) { adjusted[place] = value }
    return adjusted
  }
}
