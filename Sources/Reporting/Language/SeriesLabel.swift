// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// What one series of a results file is called, and how its numbers are shown.
struct SeriesLabel {
  let series: MeasureSeries
  let unit: String

  init(_ series: MeasureSeries, _ header: ResultsHeader) {
    self.series = series
    let name = series.measure.measure
    unit = header.measureCatalogue.first { $0.observes(name) }?.unit(of: name) ?? ""
  }

  /// What a value is multiplied by before it is shown: shares are in per cent.
  var scale: Double { unit == "share" ? 100 : 1 }

  /// The name of the measure alone.
  func bareName(_ language: Language) -> String {
    MeasureNames.label(series.measure.measure, unit: unit, language)
  }

  /// What the numbers of an axis are: the unit as people write it.
  func axisTitle(_ language: Language, isDifference: Bool = false) -> String {
    if unit == "share" {
      return isDifference ? ReportPhrase.percentPoints.text(language) : "%"
    }
    return MeasureNames.unit(unit, language)
  }

  /// The name, the member, and the unit in brackets.
  ///
  /// - Parameter isDifference: Whether numbers are differences: of shares, points of per cent.
  func title(_ language: Language, isDifference: Bool = false) -> String {
    let name = MeasureNames.label(series.measure.measure, unit: unit, language)
    let member =
      series.member.isEmpty
      ? ""
      : ", " + MeasureNames.member(series.member, of: series.measure.dimension, language)
    let shown: String
    if unit == "share" {
      shown = isDifference ? ReportPhrase.percentPoints.text(language) : "%"
    } else if MeasureNames.isCount(unit) {
      // What is counted is in the name, and so is "per head".
      shown = ""
    } else {
      shown = MeasureNames.unit(unit.replacing(" per head", with: ""), language)
    }
    return name + member + (shown.isEmpty ? "" : " (\(shown))")
  }

  /// The fields by which JSON names the series.
  var json: [(String, JSONValue)] {
    [
      ("measure", .text(series.measure.measure)), ("dimension", .text(series.measure.dimension)),
      ("member", .text(series.member)), ("unit", .text(unit)),
    ]
  }
}

extension ResultsFile {
  /// The series that a table shows where none is asked for: as a whole, what the experiment asked for,
  /// else what a planner reads first, and of a network all there is.
  func defaultSeries() throws -> [MeasureSeries] {
    let layout = ReportLayout(
      header, catalogue: header.measureCatalogue, observed: try observedMeasures())
    return layout.groups.flatMap(\.measures)
      .filter { layout.dimensions[$0]?.contains("") == true }
      .map { MeasureSeries(measure: MeasureRequest(measure: $0)) }
  }
}
