// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// Marks of estimates in rows: points and bars at the mean, lines from end to end of an interval, the text
/// beside them, and what runs through all rows. Data have the fields of ``ChartEstimate/json(_:)``.
enum IntervalMarks {
  /// A line in each row from one field to another, such as an interval.
  static func lines(
    from low: JSONValue = "low", to high: JSONValue = "high", width: JSONValue = 1.4,
    colour: String = "#1a1a1a", of series: ChartSeries? = nil
  ) -> JSONValue {
    [
      "mark": ["type": "rule", "strokeWidth": width, "color": .text(colour)],
      "encoding": .object(
        [("x", ["field": low, "type": "quantitative"]), ("x2", ["field": high])]
          + (series.map { [("color", $0.colour)] } ?? [])),
    ]
  }

  /// A point in each row.
  static func points(
    _ field: JSONValue = "mean", on axis: ChartAxis, of series: ChartSeries, size: Int = 55,
    outline: String? = nil
  ) -> JSONValue {
    [
      "mark": .object(
        [
          ("type", "point"), ("filled", true), ("size", .integer(size)), ("opacity", 1),
        ] + (outline.map { [("stroke", .text($0)), ("strokeWidth", 0.6)] } ?? [])),
      "encoding": .object([("x", axis.encoding(field))] + series.looks),
    ]
  }

  /// A bar in each row, from zero or from another field.
  static func bars(
    _ field: JSONValue = "mean", to end: JSONValue? = nil, on axis: ChartAxis,
    of series: ChartSeries
  ) -> JSONValue {
    [
      "mark": ["type": "bar"],
      "encoding": .object(
        [("x", axis.encoding(field))] + (end.map { [("x2", ["field": $0])] } ?? [])
          + [("color", series.colour)]),
    ]
  }

  /// The text at the right of each row, from its field.
  static func texts(_ field: JSONValue = "text", size: Int = 11) -> JSONValue {
    [
      "mark": [
        "type": "text", "align": "left", "dx": 8, "fontSize": .integer(size),
        "color": .text(ChartStyle.ink),
      ],
      "encoding": ["x": ["value": "width"], "text": ["field": field, "type": "nominal"]],
    ]
  }

  /// A line through all rows at a value, such as zero.
  static func upright(at value: Double, isOffset: Bool = false) -> JSONValue {
    [
      "mark": ["type": "rule", "color": .text(ChartStyle.faint), "strokeDash": [3, 3]],
      "encoding": .object(
        [("x", ["datum": .number(value), "type": "quantitative"]), ("y", .null)]
          + (isOffset ? [("yOffset", .null)] : [])),
    ]
  }

  /// A strip through all rows between two values.
  static func strip(from low: Double, to high: Double) -> JSONValue {
    [
      "mark": ["type": "rect", "color": .text(ChartStyle.baseline), "opacity": 0.22],
      "encoding": [
        "x": ["datum": .number(low), "type": "quantitative"], "x2": ["datum": .number(high)],
        "y": .null,
      ],
    ]
  }
}
