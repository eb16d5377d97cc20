// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// What marks are told apart by, such as scenarios: by colour, and where wanted by shape, dash or place,
/// with one legend for all of these.
struct ChartSeries {
  let field: String
  /// As marks carry them in the field, and as the legend shows them.
  let names: [String]
  let colours: [String]
  var shapes: [String] = []
  /// Of lines: lengths of strokes and gaps.
  var dashes: [[Int]] = []
  /// `nil`: no legend, as each mark says what it is.
  var legend: JSONValue?

  /// - Parameters:
  ///   - columns: Of the legend; `nil`: as many of the longest name as fit.
  ///   - isLines: Whether the legend shows lines.
  init(
    _ field: String, _ names: [String], colours: [String], shapes: [String] = [],
    width: ChartContext.Width, columns: Int? = nil, isLines: Bool = false
  ) {
    (self.field, self.names, self.colours, self.shapes) = (field, names, colours, shapes)
    let longest = (names.map(ChartStyle.pixels(of:)).max() ?? 0) + 30
    let fitting = max(1, (width.pixels - 20) / longest)
    legend = .object(
      [
        ("columns", .integer(min(names.count, columns ?? fitting))), ("symbolOpacity", 1),
        // A name that no line holds is the only text that is cut.
        ("labelLimit", .integer(longest > width.pixels ? width.pixels - 40 : 0)),
      ] + (isLines ? [("symbolType", "stroke"), ("symbolSize", 220)] : []))
  }

  /// Scenarios by their titles, the baseline grey.
  init(
    of scenarios: [String], _ source: ChartSource, _ width: ChartContext.Width,
    shapes: [String] = [], isLines: Bool = false
  ) {
    self.init(
      "scenario", scenarios.map(source.title(ofScenario:)),
      colours: ChartStyle.colours(of: scenarios, baseline: source.baseline), shapes: shapes,
      width: width, isLines: isLines)
  }

  var colour: JSONValue { encoding(colours.map { .text($0) }) }
  var shape: JSONValue {
    encoding(names.indices.map { .text(shapes[$0 % shapes.count]) })
  }
  var dash: JSONValue {
    encoding(names.indices.map { .list(dashes[$0 % dashes.count].map { .integer($0) }) })
  }
  /// Beside each other in one row or column.
  var offset: JSONValue {
    [
      "field": .text(field), "type": "nominal", "sort": domain, "scale": ["domain": domain],
    ]
  }

  /// Colour, and shape where the series has shapes.
  var looks: [(String, JSONValue)] {
    [("color", colour)] + (shapes.isEmpty ? [] : [("shape", shape)])
  }

  private var domain: JSONValue { .list(names.map { .text($0) }) }

  private func encoding(_ range: [JSONValue]) -> JSONValue {
    [
      "field": .text(field), "type": "nominal", "title": "",
      "scale": ["domain": domain, "range": .list(range)], "legend": legend ?? .null,
    ]
  }
}
