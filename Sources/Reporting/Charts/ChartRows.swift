// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Rows of a chart, one below the other, each with its name at the left and, where there is one, a text
/// at the right.
///
/// Marks find their row by its number, in the field `row`: names may be alike once they are cut.
struct ChartRows {
  /// In full; an empty one belongs to the row above.
  let names: [String]
  private let labels: [String]

  /// - Parameter columns: Of the longest name; what is longer loses its middle.
  init(_ names: [String], columns: Int) {
    self.names = names
    labels = names.map { $0.cutInTheMiddle(to: columns) }
  }

  /// Pixels of the names, and of the space between them and the marks.
  var pixels: Int { (labels.map(ChartStyle.pixels(of:)).max() ?? 0) + 10 }

  var vertical: JSONValue {
    let keys = labels.indices.map { JSONValue.integer($0) }
    return [
      "field": "row", "type": "nominal", "sort": .null, "title": .null,
      "scale": ["domain": .list(keys), "paddingInner": 0.3, "paddingOuter": 0.2],
      "axis": [
        "ticks": false, "domain": false, "labelLimit": .integer(pixels + 20),
        // A list of the names, looked up by the number.
        "labelExpr": .text(
          JSONValue.list(labels.map { .text($0) }).description + "[+datum.value]"),
      ],
    ]
  }

  /// The text at the right of each row, from its field.
  static func texts(_ field: JSONValue) -> JSONValue {
    [
      "mark": ["type": "text", "align": "left", "dx": 8, "color": .text(ChartStyle.ink)],
      "encoding": ["x": ["value": "width"], "text": ["field": field, "type": "nominal"]],
    ]
  }

  /// A line in each row from one field to another, such as an interval.
  static func lines(
    from low: JSONValue = "low", to high: JSONValue = "high", width: JSONValue = 1.4,
    colour: String = "#1a1a1a"
  ) -> JSONValue {
    [
      "mark": ["type": "rule", "strokeWidth": width, "color": .text(colour)],
      "encoding": ["x": ["field": low, "type": "quantitative"], "x2": ["field": high]],
    ]
  }

  /// A line through all rows at a value, such as zero.
  static func upright(at value: Double) -> JSONValue {
    [
      "mark": ["type": "rule", "color": .text(ChartStyle.faint), "strokeDash": [3, 3]],
      "encoding": ["x": ["datum": .number(value), "type": "quantitative"], "y": .null],
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

/// The axis of numbers of a chart.
struct ChartAxis {
  var title: String
  var isSigned = false
  var tickCount = 5
  /// Where texts beside marks need room; `nil`: as far as the numbers go.
  var domain: (low: Double, high: Double)?
  var hasZero = true

  func encoding(_ field: JSONValue) -> JSONValue {
    let scale: JSONValue =
      domain.map { ["domain": [.number($0.low), .number($0.high)], "nice": false] }
      ?? ["zero": .flag(hasZero)]
    return [
      "field": field, "type": "quantitative", "title": .text(title), "scale": scale,
      "axis": [
        "format": isSigned ? ChartStyle.signedNumbers : ChartStyle.numbers,
        "tickCount": .integer(tickCount), "labelOverlap": "greedy",
      ],
    ]
  }

  /// From the least to the greatest number, with so many pixels free at either end.
  static func domain(
    _ numbers: [Double], pixels: Int, left: Int, right: Int
  ) -> (low: Double, high: Double)? {
    let finite = numbers.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else { return nil }
    // Texts never take more than two thirds.
    let most = Double(pixels) / 3
    let (before, after) = (min(most, Double(left)), min(most, Double(right)))
    let unit = (high - low) / max(1, Double(pixels) - before - after)
    return (low - unit * before, high + unit * after)
  }
}

extension ChartStyle {
  /// Width of a small text, about: fonts differ.
  static func pixels(of text: String) -> Int { text.displayWidth * 6 }
}

extension ChartSource {
  /// The measure that is drawn: the one asked for, else what a planner looks at first.
  ///
  /// - Throws: ``RunnerFault`` when the file holds none as a whole.
  func headline(_ context: ChartContext, of kind: ChartKind) throws -> MeasureSeries {
    if let measure = context.measure { return measure }
    let all = try results.defaultSeries()
    let first = all.first { $0.measure.measure == "primary-visit-share" } ?? all.first
    guard let first else {
      throw missing(kind, "it holds no measure as a whole; name one with --measure")
    }
    return first
  }

  /// The scenario that is told of: the one asked for, else the first that is no baseline.
  ///
  /// - Throws: ``RunnerFault`` when there is no such scenario.
  func toldScenario(_ context: ChartContext) throws -> String? {
    guard let name = context.scenario else { return scenarios.first { $0 != baseline } }
    guard scenarios.contains(name) else {
      throw RunnerFault.invalid(
        "\(results.path): there is no scenario \(name); there are "
          + scenarios.joined(separator: ", "))
    }
    return name
  }
}

extension String {
  /// The ends that fit, with an ellipsis between them: of a long path both say what it is.
  func cutInTheMiddle(to columns: Int) -> String {
    guard displayWidth > columns, columns > 2 else { return self }
    var (head, tail) = ("", "")
    for character in self {
      if head.displayWidth + character.displayWidth > (columns - 1) / 2 { break }
      head.append(character)
    }
    for character in reversed() {
      if head.displayWidth + tail.displayWidth + character.displayWidth + 1 > columns { break }
      tail = String(character) + tail
    }
    return head + "…" + tail
  }
}
