// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

extension ScorecardTable {
  /// A page with a table for each section.
  public var markdown: String {
    var parts = ["# " + word(ScorecardPhrase.title(claims: card.rows.count, places: places.count))]
    let sentences = verdicts
    if !sentences.isEmpty {
      parts.append(sentences.joined(separator: language == .english ? " " : ""))
    }
    parts += ["## " + word(ScorecardPhrase.counts), markdown(of: counts)]
    for section in Self.predicted {
      let rows = card.rows(section.use)
      if !rows.isEmpty { parts += ["## " + word(section.title), predicted(rows)] }
    }
    let joined = card.joined
    if !joined.isEmpty {
      parts += [
        "## " + word(ScorecardPhrase.joined),
        MarkdownTable.text(
          [ScorecardPhrase.claim, ScorecardPhrase.value, ScorecardPhrase.reason].map(word),
          joined.map { row, others in
            let cells = cells(row)
            let named = others.map { "\($0.claim.id): \(self.cells($0).value)" }
            return [
              cells.title, cells.value,
              ([cells.reason] + named).joined(separator: language == .english ? "; " : "；"),
            ]
          }),
      ]
    }
    for section in Self.others {
      let rows = card.rows(section.use)
      guard !rows.isEmpty else { continue }
      let last = section.use == .placed ? ScorecardPhrase.whereItLives : ScorecardPhrase.reason
      parts += [
        "## " + word(section.title),
        MarkdownTable.text(
          [ScorecardPhrase.place, ScorecardPhrase.claim, ScorecardPhrase.value, last].map(word),
          rows.map { row in
            let cells = cells(row)
            return [
              cells.place, cells.title, cells.value,
              [section.use == .placed ? code(row) : cells.places, cells.remark]
                .filter { !$0.isEmpty }.joined(separator: language == .english ? "; " : "；"),
            ]
          }),
      ]
    }
    if card.rows.contains(where: { $0.prediction != nil }) {
      parts +=
        samples.map { "- \($0)" }.isEmpty ? [] : [samples.map { "- \($0)" }.joined(separator: "\n")]
      parts += ScorecardPhrase.notes.map(word)
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Paths as code: their stars are no emphasis.
  private func code(_ row: Scorecard.Row) -> String {
    row.claim.places.map { "`\($0)`" }.joined(separator: language == .english ? "; " : "；")
  }

  private func predicted(_ rows: [Scorecard.Row]) -> String {
    MarkdownTable.text(
      [
        ScorecardPhrase.place, ScorecardPhrase.claim, ScorecardPhrase.observed,
        ScorecardPhrase.predicted, ScorecardPhrase.span, ScorecardPhrase.verdict,
        ScorecardPhrase.movedBy,
      ].map(word),
      rows.map { row in
        let cells = cells(row)
        let movers = cells.movers.map { mover in
          (["`\(mover.path)`"] + [mover.share, mover.turning].filter { !$0.isEmpty })
            .joined(separator: " ")
        }
        let moved = movers.joined(separator: language == .english ? "; " : "；")
        return [
          cells.place, cells.title, cells.observed, cells.predicted, cells.span, cells.verdict,
          row.problem == nil ? moved : cells.remark,
        ]
      })
  }

  private func markdown(of table: TextTable) -> String {
    MarkdownTable.text(
      [table.labelTitle] + table.columns.map(\.title),
      table.rows.compactMap { row in
        guard case .cells(let label, _, let cells) = row else { return nil }
        return [label] + cells
      })
  }
}
