// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// A design over factors, and between which values each measure moves over its points.
struct SweepTable {
  /// The mean of a measure, or of its difference, at a point.
  struct Value {
    var point: Int
    var mean: Double
    var low: Double?
    var high: Double?
  }

  /// A measure as a whole, in one scenario.
  struct Row {
    var label: String
    var scale: Double
    /// In design order; the first is the base point where there is one.
    var values: [Value]
  }

  let header: ResultsHeader
  let design: StoredDesign
  let language: Language

  private func word(_ phrase: SweepPhrase) -> String { phrase.text(language) }

  /// What the design is, and its factors.
  var designBlocks: [TextBlock] {
    let (comma, space) = language == .english ? (", ", " ") : ("，", "")
    var parts = [
      word(.method(design.method)), "\(design.points)\(space)\(word(.points))",
      "\(header.factors.count)\(space)\(word(header.factors.count == 1 ? .oneFactor : .factors))",
    ]
    if let seed = design.seed { parts.append("\(word(.seed)) \(seed)") }
    if let resolution = design.resolution {
      parts.append("\(word(.resolution)) \(Self.roman(resolution))")
    }
    parts += design.generators
    if design.leftOut > 0 { parts.append("\(design.leftOut)\(space)\(word(.leftOut))") }
    if design.isSobolReplaced { parts.append(word(.sobolReplaced)) }
    if design.basePoint { parts.append(word(.basePoint)) }
    var table = TextTable(
      labelTitle: word(.factor),
      columns: [(word(.values), 0), (word(.base), 1), (word(.path), 2)])
    table.alignment = .leading
    for factor in header.factors {
      table.rows.append(
        .cells(
          label: factor.name, depth: 0,
          [Self.values(of: factor), factor.base ?? "-", factor.paths.joined(separator: ", ")]))
    }
    return [.paragraph(parts.joined(separator: comma)), .gap, .table(table)]
  }

  private static func values(of factor: StoredFactor) -> String {
    if let low = factor.low, let high = factor.high {
      return "\(low) … \(high)\(factor.scale == "log" ? " (log)" : "")"
    }
    return (factor.levels ?? []).map(\.name).joined(separator: " | ")
  }

  private static func roman(_ number: Int) -> String {
    let names = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    return names.indices.contains(number - 1) ? names[number - 1] : "\(number)"
  }

  /// The least and the greatest mean of each row, and at which point.
  func table(of rows: [Row], isDifference: Bool) -> TextTable {
    let hasBase = design.basePoint
    let base = hasBase ? [(title: word(.base), group: 0)] : []
    let ends = [
      (title: word(.least), group: 1), (title: word(.point), group: 1),
      (title: word(.greatest), group: 2), (title: word(.point), group: 2),
    ]
    var table = TextTable(labelTitle: ReportPhrase.measure.text(language), columns: base + ends)
    for row in rows {
      func text(_ value: Value) -> String {
        NumberText.text(
          mean: value.mean, low: value.low, high: value.high, scale: row.scale, form: .halfWidth,
          isSigned: isDifference)
      }
      // Of equal means the first point's.
      guard let least = row.values.min(by: { $0.mean < $1.mean }),
        let greatest = row.values.max(by: { ($0.mean, $1.point) < ($1.mean, $0.point) })
      else { continue }
      var cells = hasBase ? [row.values.first.map(text) ?? "-"] : []
      cells += [text(least), "\(least.point)", text(greatest), "\(greatest.point)"]
      table.rows.append(.cells(label: row.label, depth: 0, cells))
    }
    return table
  }
}
