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
  /// In lines.
  private let labels: [[String]]

  /// - Parameters:
  ///   - columns: Of the longest line; what is longer loses its middle.
  ///   - lines: At most of a name.
  init(_ names: [String], columns: Int, lines: Int = 1) {
    self.names = names
    labels = names.map { name in
      let wrapped = name.wrapped(to: columns)
      return wrapped.count <= lines && wrapped.allSatisfy { $0.displayWidth <= columns }
        ? wrapped : [name.cutInTheMiddle(to: columns)]
    }
  }

  /// Pixels of the names, and of the space between them and the marks.
  var pixels: Int { (labels.joined().map(ChartStyle.pixels(of:)).max() ?? 0) + 10 }

  /// Pixels from row to row, for which names of one line need so many.
  func step(_ pixels: Int) -> JSONValue {
    ["step": .integer(labels.contains { $0.count > 1 } ? max(pixels, 30) : pixels)]
  }

  /// The place of a mark: its row, and in it the line of its series where a row has several.
  func place(_ series: ChartSeries? = nil, hasLabels: Bool = true) -> [(String, JSONValue)] {
    [("y", vertical(hasLabels: hasLabels))] + (series.map { [("yOffset", $0.offset)] } ?? [])
  }

  private func vertical(hasLabels: Bool) -> JSONValue {
    let keys = labels.indices.map { JSONValue.integer($0) }
    // A list of the names, looked up by the number.
    let texts = labels.map { lines -> JSONValue in
      lines.count == 1 ? .text(lines[0]) : .list(lines.map { .text($0) })
    }
    var axis: [(String, JSONValue)] = [
      ("ticks", false), ("domain", false), ("labels", .flag(hasLabels)),
      ("labelExpr", .text(JSONValue.list(texts).description + "[+datum.value]")),
    ]
    let tall = labels.indices.filter { labels[$0].count > 1 }.map { JSONValue.integer($0) }
    if !tall.isEmpty {
      // The first of two lines stands above the middle of its row.
      axis.append(
        (
          "labelOffset",
          [
            "condition": [
              "test": .text("indexof(\(JSONValue.list(tall)), +datum.value) >= 0"), "value": -7,
            ], "value": 0,
          ]
        ))
    }
    return [
      "field": "row", "type": "nominal", "sort": .null, "title": .null,
      "scale": ["domain": .list(keys), "paddingInner": 0.3, "paddingOuter": 0.2],
      "axis": .object(axis),
    ]
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
