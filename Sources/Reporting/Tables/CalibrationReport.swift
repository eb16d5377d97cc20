// SPDX-License-Identifier: GPL-3.0-or-later

import Calibration
import ExperimentRunner
import Foundation
import ModelFiles

/// What a calibration came to: values with intervals, what is determined, targets met and missed.
public struct CalibrationReport {
  let calibration: ExperimentCalibration
  let result: CalibrationResult
  let identifiability: Identifiability
  /// Files written, as they are named in the report.
  let evaluations: String
  let draws: String
  let values: String

  public init(
    _ calibration: ExperimentCalibration, _ result: CalibrationResult, evaluations: String,
    draws: String, values: String
  ) {
    self.calibration = calibration
    self.result = result
    self.evaluations = evaluations
    self.draws = draws
    self.values = values
    identifiability = Identifiability(result)
  }

  // MARK: For a program

  public var json: JSONValue {
    .object([
      ("experiment", .text(calibration.loaded.plan.name)),
      ("method", .text(result.method.rawValue)), ("points", .integer(result.simulated.count)),
      ("replications", .integer(calibration.replications)),
      ("effective_draws", .number(result.effectiveDraws)),
      ("fitted", .list(result.inputs.indices.map(fittedJSON))),
      ("targets", .list(result.targets.indices.map(targetJSON))),
      (
        "ridges",
        .list(
          identifiability.ridges.map {
            .object([
              ("fitted", .list($0.inputs.map { .text($0) })),
              ("determined", .list($0.determined.map { .text($0) })),
              ("along", .number($0.along)), ("across", .number($0.across)),
            ])
          })
      ),
      (
        "correlations",
        .list(
          identifiability.correlations.map {
            .object([
              ("first", .text($0.first)), ("second", .text($0.second)),
              ("value", .number($0.value)),
            ])
          })
      ),
      ("undetermined", .list(identifiability.undetermined.map { .text($0) })),
      (
        "stages",
        .list(
          result.stages.map {
            .object([
              ("points", .integer($0.points)), ("replications", .integer($0.replications)),
              ("figure", .number($0.figure)),
            ])
          })
      ),
      ("near_targets", .flag(result.isNearTargets)),
      ("metamodels", .list(result.metamodels.indices.map(metamodelJSON))),
      ("cautions", .list(result.cautions.map { .text(CalibrationPhrase.caution($0).english) })),
      ("evaluations", .text(evaluations)), ("draws", .text(draws)), ("values", .text(values)),
    ])
  }

  private func metamodelJSON(_ k: Int) -> JSONValue {
    let summary = result.metamodels[k]
    return .object([
      ("target", .text(result.targets[k].name)),
      ("points", summary.map { .integer($0.count) } ?? .null),
      ("explained_share", .number(summary?.explainedShare)),
      ("coverage", .number(summary?.coverage)),
    ])
  }

  /// The 95 % interval of an input, widened to hold the best value; `nil` where nothing comes near the
  /// targets: draws then say how the best of bad points lie, and nothing of the input.
  private func interval(_ k: Int) -> ClosedRange<Double>? {
    guard result.isNearTargets else { return nil }
    let interval = result.interval(ofInput: k)
    return min(best(k), interval.lowerBound)...max(best(k), interval.upperBound)
  }

  private func fittedJSON(_ k: Int) -> JSONValue {
    let interval = interval(k)
    return .object([
      ("name", .text(result.inputs[k].name)),
      ("paths", .list(calibration.factors[k].paths.map { .text($0) })),
      ("unit", .text(calibration.factors[k].unit)), ("best", .number(best(k))),
      ("median", .number(result.quantile(0.5, ofInput: k))),
      ("ci_low", .number(interval?.lowerBound)), ("ci_high", .number(interval?.upperBound)),
      ("low", .number(result.inputs[k].low)), ("high", .number(result.inputs[k].high)),
      ("width", .number(identifiability.inputs[k].width)),
      ("profile", .list(result.profiles[k].map { .number($0) })),
    ])
  }

  private func targetJSON(_ k: Int) -> JSONValue {
    let target = calibration.targets[k]
    let predicted = result.predicted(target: k)
    return .object([
      ("name", .text(target.target.name)), ("measure", .text(target.series.measure.measure)),
      ("dimension", .text(target.series.measure.dimension)),
      ("member", .text(target.series.member)), ("scenario", .text(target.scenario)),
      ("baseline", target.baseline.map { .text($0) } ?? .null),
      ("relative", .flag(target.isRelative)),
      ("use", .text(target.target.isFitted ? "fitted" : "checked")),
      ("value", .number(target.target.value)),
      ("deviation", .number(target.target.standardDeviation)),
      ("weight", .number(target.target.weight)), ("predicted", .number(predicted.mean)),
      ("predicted_deviation", .number(predicted.standardDeviation)),
      ("miss", .number(result.miss(target: k))),
    ])
  }

  // MARK: For a reader

  public func text(_ language: Language, width: Int) -> String {
    var lines: [String] = []
    let title = CalibrationPhrase.title(
      result.method.rawValue, points: result.simulated.count, calibration.replications)
    lines += title.text(language).wrapped(to: width) + [""]
    lines += fittedTable(language).lines(width: width) + [""]
    lines += targetTable(language).lines(width: width) + [""]
    for phrase in phrases(language) { lines += phrase.text(language).wrapped(to: width) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func fittedTable(_ language: Language) -> TextTable {
    var table = TextTable(
      labelTitle: CalibrationPhrase.fitted.text(language),
      columns: [CalibrationPhrase.Column.best, .interval, .range, .told].map {
        (title: $0.text(language), group: 0)
      })
    for k in result.inputs.indices {
      let unit = calibration.factors[k].unit
      table.rows.append(
        .cells(
          label: result.inputs[k].name + (unit.isEmpty ? "" : " (\(unit))"), depth: 0,
          [
            Self.digits(best(k)),
            interval(k).map { "\(Self.digits($0.lowerBound)) … \(Self.digits($0.upperBound))" }
              ?? "-",
            "\(Self.digits(result.inputs[k].low)) … \(Self.digits(result.inputs[k].high))",
            result.isNearTargets ? told(k).text(language) : "-",
          ]))
    }
    return table
  }

  private func told(_ k: Int) -> Phrase {
    let input = identifiability.inputs[k]
    let share = NumberText.text(100 * input.width, decimals: 0)
    if identifiability.ridges.contains(where: { $0.inputs.contains(input.name) }) {
      return CalibrationPhrase.inRidge(share)
    }
    return identifiability.undetermined.contains(input.name)
      ? CalibrationPhrase.untold(share) : CalibrationPhrase.told(share)
  }

  private func targetTable(_ language: Language) -> TextTable {
    var table = TextTable(
      labelTitle: CalibrationPhrase.target.text(language),
      columns: [CalibrationPhrase.Column.known, .predicted, .miss].map {
        (title: $0.text(language), group: 0)
      })
    for isFitted in [true, false] {
      let places = result.targets.indices.filter { result.targets[$0].isFitted == isFitted }
      guard !places.isEmpty else { continue }
      table.rows.append(
        .heading((isFitted ? CalibrationPhrase.used : CalibrationPhrase.heldOut).text(language)))
      for k in places {
        let target = result.targets[k]
        let (mean, deviation) = result.predicted(target: k)
        let miss = result.miss(target: k)
        let size = NumberText.text(miss, decimals: 1, isSigned: true)
        let unit = unit(k)
        let scale = unit == "share" ? 100.0 : 1
        table.rows.append(
          .cells(
            label: label(k, unit, language), depth: 1,
            [
              Self.pair(scale * target.value, scale * target.standardDeviation),
              Self.pair(scale * mean, scale * deviation),
              abs(miss) > 2 || !miss.isFinite
                ? CalibrationPhrase.missed(size).text(language) : size,
            ]))
      }
    }
    return table
  }

  private func unit(_ k: Int) -> String {
    if calibration.targets[k].isRelative { return "share" }
    let name = calibration.targets[k].series.measure.measure
    return MeasureCatalogue.measures(of: calibration.loaded.plan.kind)
      .first { $0.observes(name) }?.unit(of: name) ?? ""
  }

  /// The measure's name, unless the target has one of its own, with a unit and the scenario where there
  /// are several.
  private func label(_ k: Int, _ unit: String, _ language: Language) -> String {
    let target = calibration.targets[k]
    var label = target.target.name
    if label == target.series.description {
      label = MeasureNames.label(target.series.measure.measure, unit: unit, language)
      if !target.series.member.isEmpty {
        label +=
          ", "
          + MeasureNames.member(
            target.series.member, of: target.series.measure.dimension, language)
      }
    }
    if let baseline = target.baseline {
      label += CalibrationPhrase.change(from: baseline).text(language)
    }
    if unit == "share" { label += " (%)" }
    let isSingle = calibration.targets.allSatisfy { $0.scenario == target.scenario }
    return isSingle ? label : "\(label), \(target.scenario)"
  }

  private func phrases(_ language: Language) -> [Phrase] {
    var phrases = [CalibrationPhrase.deviations]
    // Where nothing fits, draws tell nothing of what is determined.
    if result.isNearTargets {
      for ridge in identifiability.ridges {
        phrases.append(CalibrationPhrase.ridge(ridge.inputs, ridge.determined))
      }
      if !identifiability.undetermined.isEmpty {
        phrases.append(CalibrationPhrase.undetermined(identifiability.undetermined))
      }
    }
    for (k, summary) in result.metamodels.enumerated() {
      let name = label(k, unit(k), language)
      phrases.append(CalibrationPhrase.metamodel(name, summary))
    }
    phrases += result.cautions.map(CalibrationPhrase.caution)
    phrases.append(CalibrationPhrase.files(values: values, draws: draws, evaluations: evaluations))
    return phrases
  }

  // MARK: Files

  /// The fitted values as a model writes them, those of the best point: together, as they were found,
  /// for the middles of the intervals need not go together.
  public var yaml: String {
    let head = """
      # Fitted by yilian calibrate (\(result.method.rawValue), \(result.simulated.count) points) to \
      \(result.targets.filter(\.isFitted).map(\.name).joined(separator: ", ")).
      # Ranges are \(result.isNearTargets
        ? "95 % intervals of each value by itself, widened to hold the value; see the draws for those "
          + "that go together."
        : "those given: nothing in them comes near the targets, and what stands here is no estimate.")

      """
    let cautions = result.cautions.map { "# \(CalibrationPhrase.caution($0).english)\n" }.joined()
    let parts = calibration.factors.indices.flatMap { k -> [String] in
      let factor = calibration.factors[k]
      let unit = factor.unit.isEmpty ? "" : " \(factor.unit)"
      let value = best(k)
      let range = interval(k) ?? result.inputs[k].low...result.inputs[k].high
      let low = Self.digits(range.lowerBound) + unit
      let high = Self.digits(range.upperBound) + unit
      let ridge = identifiability.ridges.first { $0.inputs.contains(factor.name) }
      let note =
        ridge.map { ", note: Only \($0.determined.joined(separator: " and ")) is determined" } ?? ""
      return factor.paths.map { path in
        let key = path.split(separator: ".").last.map(String.init) ?? path
        return """
          # \(path)
          \(key): {value: \(Self.digits(value))\(unit), range: [\(low), \(high)], \
          evidence: \(result.isNearTargets ? "calibrated" : "assumed")\(note)}
          """
      }
    }
    return head + cautions + parts.joined(separator: "\n") + "\n"
  }

  /// The draws as a design that an experiment imports (`design: {file: …}`): 200 rows of equal weight at
  /// most, a column a fitted value.
  public var csv: String {
    var rows = [result.inputs.map(\.name)]
    let wanted = min(200, max(1, Int(result.effectiveDraws)))
    var sum = 0.0
    var next = 0.5 / Double(wanted)
    for draw in result.draws {
      sum += draw.weight
      while sum >= next, next < 1 {
        rows.append(
          zip(result.inputs, draw.coordinates).enumerated().map { k, pair in
            let unit = calibration.factors[k].unit
            return Self.digits(pair.0.value(at: pair.1)) + (unit.isEmpty ? "" : " \(unit)")
          })
        next += 1 / Double(wanted)
      }
    }
    return rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private func best(_ k: Int) -> Double {
    result.inputs[k].value(at: result.best.coordinates[k])
  }

  /// Four significant digits; a model tells no more.
  private static func digits(_ value: Double) -> String {
    let text = String(format: "%.4g", value)
    guard text.contains("e"), let rounded = Double(text) else { return text }
    let plain = "\(rounded)"
    return plain.hasSuffix(".0") ? String(plain.dropLast(2)) : plain
  }

  private static func pair(_ value: Double, _ deviation: Double) -> String {
    let decimals = NumberText.decimals(
      mean: value, low: value - deviation, high: value + deviation)
    return NumberText.text(value, decimals: decimals) + " ± "
      + NumberText.text(deviation, decimals: decimals)
  }
}
