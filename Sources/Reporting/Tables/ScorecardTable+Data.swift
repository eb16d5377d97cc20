// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

extension ScorecardTable {
  /// One object a claim, numbers in its own unit, and the counts.
  public var json: JSONValue {
    let counts = card.counts
    return .object([
      ("claims", .list(card.rows.map(json))),
      (
        "counts",
        .object([
          ("right", .integer(counts.right)), ("wrong", .integer(counts.wrong)),
          ("unclear", .integer(counts.unclear)), ("right_with_size", .integer(counts.sized)),
          ("hits", .integer(counts.hits)), ("level_hits", .integer(counts.levelHits)),
          ("level_misses", .integer(counts.levelMisses)),
          ("levels_undetermined", .integer(counts.levelsUndetermined)),
          ("without_results", .integer(counts.withoutResults)),
        ])
      ),
    ])
  }

  private func json(_ row: Scorecard.Row) -> JSONValue {
    var members = Self.columns.map { column -> (String, JSONValue) in
      (column.name, column.value(row, cells(row)))
    }
    members.append(
      (
        "moved_by",
        .list(
          (row.prediction?.movers ?? []).map { mover in
            .object([
              ("assumption", .text(mover.path)), ("share", .number(mover.share.value)),
              ("slope", .number(mover.slope.value)), ("slope_low", .number(mover.slope.low)),
              ("slope_high", .number(mover.slope.high)),
              ("turns_at", mover.turning.map { .text($0.text) } ?? .null),
              ("stated", mover.turning.map { .text($0.stated) } ?? .null),
            ])
          })
      ))
    members.append(
      (
        "not_told",
        .list(
          (row.prediction?.candidates ?? []).map {
            ["assumption": .text($0.path), "correlation": .number($0.correlation)]
          })
      ))
    return .object(members)
  }

  /// A line a claim, under a header; subjects and reasons in the language of the table.
  public var csv: String {
    var rows = [Self.columns.map(\.name) + ["moved_by"]]
    for row in card.rows {
      let cells = cells(row)
      let movers = cells.movers.map { mover in
        [mover.path, mover.share, mover.turning].filter { !$0.isEmpty }.joined(separator: " ")
      }
      rows.append(
        Self.columns.map { Self.text($0.value(row, cells)) } + [movers.joined(separator: "; ")])
    }
    return rows.map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .text(let text): text
    default: value.description
    }
  }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private struct Column: Sendable {
    var name: String
    var value: @Sendable (Scorecard.Row, ScorecardCells) -> JSONValue

    init(_ name: String, _ value: @escaping @Sendable (Scorecard.Row, ScorecardCells) -> JSONValue)
    {
      (self.name, self.value) = (name, value)
    }

    /// A number of the prediction; nothing where there is none.
    static func number(
      _ name: String, _ value: @escaping @Sendable (ClaimPrediction) -> Double
    ) -> Column {
      Column(name) { row, _ in row.prediction.map { .number(value($0)) } ?? .null }
    }
  }

  private static let columns: [Column] = [
    Column("claim") { row, _ in .text(row.claim.id) },
    Column("place") { _, cells in .text(cells.place) },
    Column("year") { row, _ in .text(row.claim.year) },
    Column("kind") { row, _ in .text(row.claim.kind.rawValue) },
    Column("use") { row, _ in .text(row.claim.use.rawValue) },
    Column("subject") { _, cells in .text(cells.subject) },
    Column("value") { row, _ in .text(row.claim.value) },
    Column("unit") { row, _ in .text(row.claim.unit) },
    Column("experiment") { row, _ in .text(row.claim.question?.experiment ?? "") },
    Column("scenario") { row, _ in .text(row.claim.question?.scenario ?? "") },
    Column("baseline") { row, _ in .text(row.test?.baseline ?? "") },
    Column("measure") { row, _ in .text(row.claim.question?.measure ?? "") },
    Column("as") { row, _ in .text(row.claim.question?.comparison.rawValue ?? "") },
    .number("predicted") { $0.stated.value }, .number("noise_low") { $0.stated.low },
    .number("noise_high") { $0.stated.high }, .number("mean_over_draws") { $0.mean.value },
    .number("span_low") { $0.span.lowerBound }, .number("span_high") { $0.span.upperBound },
    .number("widened_low") { $0.widened.lowerBound },
    .number("widened_high") { $0.widened.upperBound }, .number("width") { $0.width },
    Column("effect") { row, _ in
      guard let prediction = row.prediction, row.test?.baseline != nil else { return .null }
      return .text(prediction.effect.word)
    },
    Column("draws") { row, _ in row.prediction.map { .integer($0.draws) } ?? .null },
    Column("replications") { row, _ in row.prediction.map { .integer($0.replications) } ?? .null },
    Column("verdict") { row, _ in row.verdict.map { .text($0.rawValue) } ?? .null },
    Column("direction") { row, _ in
      row.judgement?.direction.map { .text($0.rawValue) } ?? .null
    },
    Column("where") { row, _ in
      .text(row.claim.places.map(\.description).joined(separator: "; "))
    },
    Column("reason") { _, cells in .text(cells.remark) },
  ]
}
