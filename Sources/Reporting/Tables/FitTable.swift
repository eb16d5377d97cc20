// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import InputAnalysis
import ModelFiles

/// Distributions fitted to a column of data, ranked, with a plot of one and its text for a model.
public struct FitTable {
  /// Which distribution the plot shows and the model is given.
  public enum Choice: Sendable {
    case best
    case family(FittedFamily)
    case empirical
  }

  private let data: DataColumn
  private let comparison: FitComparison
  private let choice: Choice
  private let yaml: FitYAML

  public init(
    _ data: DataColumn, _ comparison: FitComparison, choice: Choice, origin: FitYAML.Origin
  ) {
    self.data = data
    self.comparison = comparison
    self.choice = choice
    yaml = FitYAML(data, origin)
  }

  /// The fit that is shown; `nil` for the values themselves, and where none could be fitted.
  private var chosen: FitAssessment? {
    switch choice {
    case .best: comparison.fits.first
    case .family(let family): comparison.fits.first { $0.fit.family == family }
    case .empirical: nil
    }
  }

  /// Whether the values are taken as counts: every family, fitted or refused, is of the same kind.
  private var areCounts: Bool {
    (comparison.fits.first?.fit.family ?? comparison.refused.first?.family)?.isOfCounts == true
  }

  private var yamlText: String {
    chosen.map { yaml.text($0, of: comparison.fits.count) } ?? yaml.empirical(comparison.sample)
  }

  /// Why a family could not be fitted, in English.
  public static func words(for reason: NoFit) -> String { reason.phrase.text(.english) }

  // MARK: - JSON

  public var json: JSONValue {
    let sample = comparison.sample
    return .object([
      (
        "data",
        .object([
          ("file", .text(data.file)), ("column", .text(data.name)), ("unit", .text(data.unit)),
          ("kind", .text(areCounts ? "counts" : "measured")), ("n", .integer(sample.count)),
          ("mean", .number(sample.mean)),
          ("sd", .number(sample.variance.squareRoot())), ("least", .number(sample.minimum)),
          ("greatest", .number(sample.maximum)),
        ])
      ),
      ("criterion", .text(comparison.criterion.rawValue)),
      ("fits", .list(comparison.fits.map(json))),
      (
        "refused",
        .list(
          comparison.refused.map {
            .object([
              ("family", .text($0.family.rawValue)), ("reason", .text($0.reason.rawValue)),
              ("words", .text($0.reason.phrase.text(.english))),
            ])
          })
      ),
      ("simpler", simplerJSON),
      ("chosen", .text(chosen?.fit.family.rawValue ?? "empirical")),
      ("yaml", .text(yamlText)),
      ("sources_yaml", yaml.sourceEntry.map { .text($0) } ?? .null),
    ])
  }

  private var simplerJSON: JSONValue {
    guard let best = comparison.fits.first?.fit, let simpler = comparison.simpler?.fit else {
      return .null
    }
    return .object([
      ("family", .text(simpler.family.rawValue)),
      (
        "difference",
        .number(simpler.value(of: comparison.criterion) - best.value(of: comparison.criterion))
      ),
    ])
  }

  private func json(_ assessment: FitAssessment) -> JSONValue {
    func test(_ statistic: Double?, _ p: Double?) -> JSONValue {
      .object([("statistic", .number(statistic)), ("p", .number(p))])
    }
    let fit = assessment.fit
    let goodness = fit.goodness
    let parameters = fit.family.parameters.indices.map { place -> JSONValue in
      let parameter = fit.family.parameters[place]
      return .object([
        ("name", .text(parameter.name)), ("value", .number(fit.parameters[place])),
        ("low", .number(assessment.ranges[place].lowerBound)),
        ("high", .number(assessment.ranges[place].upperBound)),
        ("unit", .text(parameter.isInUnit ? data.unit : "")),
        ("fitted", .flag(parameter.isFitted)),
      ])
    }
    return .object([
      ("family", .text(fit.family.rawValue)), ("parameters", .list(parameters)),
      ("mean", .number(fit.distribution.mean)), ("sd", .number(fit.distribution.standardDeviation)),
      ("log_likelihood", .number(fit.logLikelihood)), ("aic", .number(fit.aic)),
      ("bic", .number(fit.bic)),
      (
        "kolmogorov_smirnov", test(goodness.kolmogorovSmirnov, assessment.kolmogorovSmirnov)
      ),
      ("anderson_darling", test(goodness.andersonDarling, assessment.andersonDarling)),
      ("chi_square", test(goodness.chiSquare, assessment.chiSquare)),
      ("chi_square_cells", .integer(goodness.cells)),
      ("bootstrap_samples", .integer(assessment.samples)),
    ])
  }

  // MARK: - Text

  public func text(_ language: Language, width: Int) -> String {
    var lines = heading(language).wrapped(to: width) + [""]
    if !comparison.fits.isEmpty {
      lines += ranking(language).lines(width: width) + [""]
      lines += parameters(language, width) + [""]
      let note = FitPhrase.pNote.text(language)
      let gap = language == .english ? " " : ""
      lines += "\(note)\(gap)\(comparison.criterion.rawValue.uppercased()).".wrapped(to: width)
    }
    lines += simplerNote(language).map { $0.wrapped(to: width) } ?? []
    if !comparison.refused.isEmpty {
      let reasons = comparison.refused.map {
        "\($0.family.rawValue) (\($0.reason.phrase.text(language)))"
      }
      let colon = language == .english ? ": " : "："
      lines +=
        (FitPhrase.notFitted.text(language) + colon
        + reasons.joined(separator: language == .english ? ", " : "、")).wrapped(to: width)
    }
    if let chosen {
      if isPoor(chosen) { lines += [""] + FitPhrase.poor.text(language).wrapped(to: width) }
      let plot = FitPlot(comparison.sample, chosen.fit, width: min(width, 100))
      lines += ["", "\(chosen.fit.family.rawValue): \(FitPhrase.histogram.text(language))"]
      lines += plot.histogram
      lines += ["", FitPhrase.quantiles.text(language)] + plot.quantiles
    }
    lines += ["", "# \(FitPhrase.forModel.text(language))", yamlText]
    if let entry = yaml.sourceEntry {
      lines += ["# \(FitPhrase.forSources.text(language))", entry]
    }
    lines += FitPhrase.others.text(language).wrapped(to: width)
    return lines.joined(separator: "\n") + "\n"
  }

  /// That a simpler family does as well, where one does.
  private func simplerNote(_ language: Language) -> String? {
    guard let best = comparison.fits.first?.fit, let simpler = comparison.simpler?.fit else {
      return nil
    }
    let criterion = comparison.criterion
    let difference = simpler.value(of: criterion) - best.value(of: criterion)
    return FitPhrase.simpler.text(language)
      .replacing("{family}", with: simpler.family.rawValue)
      .replacing("{few}", with: "\(simpler.family.fittedCount)")
      .replacing("{many}", with: "\(best.family.fittedCount)")
      .replacing("{criterion}", with: criterion.rawValue.uppercased())
      .replacing("{difference}", with: String(format: "%.1f", difference))
  }

  private func heading(_ language: Language) -> String {
    let sample = comparison.sample
    let unit = data.unit.isEmpty ? "" : " \(data.unit)"
    func text(_ value: Double) -> String { Self.number(value) + unit }
    let (comma, colon) = language == .english ? (", ", ": ") : ("，", "：")
    let range = [
      "\(FitPhrase.from.text(language)) \(text(sample.minimum)) \(ReportPhrase.to.text(language)) "
        + text(sample.maximum),
      "\(FitPhrase.mean.text(language)) \(text(sample.mean))",
      "\(FitPhrase.deviation.text(language)) \(text(sample.variance.squareRoot()))",
    ]
    let kind: FitPhrase = areCounts ? .takenAsCounts : .takenAsMeasured
    return
      "\(data.file)\(comma)\(data.name)\(colon)\(sample.count) \(FitPhrase.values.text(language))"
      + comma + range.joined(separator: comma) + (language == .english ? ". " : "。")
      + kind.text(language).replacing(
        "{unit}", with: data.unit.isEmpty ? FitPhrase.plainNumbers.text(language) : data.unit)
  }

  private func ranking(_ language: Language) -> TextTable {
    var table = TextTable(
      labelTitle: FitPhrase.distribution.text(language),
      columns: ["AIC", "BIC", "KS D", "p", "AD A²", "p", "χ²", "p"].map { ($0, 0) })
    for assessment in comparison.fits {
      let goodness = assessment.fit.goodness
      func p(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }
      func three(_ value: Double?) -> String { value.map { String(format: "%.3g", $0) } ?? "-" }
      table.rows.append(
        .cells(
          label: assessment.fit.family.rawValue, depth: 0,
          [
            String(format: "%.1f", assessment.fit.aic), String(format: "%.1f", assessment.fit.bic),
            three(goodness.kolmogorovSmirnov), p(assessment.kolmogorovSmirnov),
            three(goodness.andersonDarling), p(assessment.andersonDarling),
            three(goodness.chiSquare), p(assessment.chiSquare),
          ]))
    }
    return table
  }

  private func parameters(_ language: Language, _ width: Int) -> [String] {
    [FitPhrase.parameters.text(language)]
      + comparison.fits.flatMap { assessment -> [String] in
        let fit = assessment.fit
        let parts = fit.family.parameters.indices.filter { fit.parameters[$0].isFinite }.map {
          place -> String in
          let parameter = fit.family.parameters[place]
          let range = assessment.ranges[place]
          let unit = parameter.isInUnit && !data.unit.isEmpty ? " \(data.unit)" : ""
          let interval =
            parameter.isFitted
            ? " [\(Self.number(range.lowerBound)), \(Self.number(range.upperBound))]" : ""
          return "\(parameter.name) \(Self.number(fit.parameters[place]))\(interval)\(unit)"
        }
        return "\(fit.family.rawValue): \(parts.joined(separator: ", "))"
          .wrapped(to: max(20, width - 4)).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
      }
  }

  private func isPoor(_ assessment: FitAssessment) -> Bool {
    guard case .best = choice else { return false }
    return [assessment.kolmogorovSmirnov, assessment.andersonDarling, assessment.chiSquare]
      .contains { ($0 ?? 1) < 0.01 }
  }

  private static func number(_ value: Double) -> String { String(format: "%.4g", value) }
}
