// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// Every claim beside what is predicted of it, and where all others live.
public struct ScorecardTable {
  let card: Scorecard
  let language: Language

  public init(_ card: Scorecard, _ language: Language) {
    self.card = card
    self.language = language
  }

  func word(_ phrase: Phrase) -> String { phrase.text(language) }
  func cells(_ row: Scorecard.Row) -> ScorecardCells {
    ScorecardCells(row: row, language: language)
  }

  /// Of the claims chosen, in their order.
  var places: [String] {
    card.rows.map { cells($0).place }.reduce(into: []) { all, place in
      if !all.contains(place) { all.append(place) }
    }
  }

  /// For a terminal.
  public func text(width: Int) -> String {
    blocks(width: width).text(width: width)
  }

  /// How many are right, in sentences.
  var verdicts: [String] {
    let counts = card.counts
    var sentences: [Phrase] = []
    if counts.directions > 0 { sentences.append(ScorecardPhrase.directions(counts)) }
    if counts.levels > 0 { sentences.append(ScorecardPhrase.levels(counts)) }
    if counts.withoutResults > 0 {
      sentences.append(ScorecardPhrase.without(counts.withoutResults))
    }
    if !sentences.isEmpty { sentences.append(ScorecardPhrase.noMark) }
    return sentences.map(word)
  }

  /// Draws and replications of each experiment whose results are here.
  var samples: [String] {
    var told: [String] = []
    for row in card.rows {
      guard let prediction = row.prediction, let name = row.claim.question?.experiment else {
        continue
      }
      let text = word(
        ScorecardPhrase.sample(
          name, draws: prediction.draws + prediction.undefined,
          replications: prediction.replications))
      if !told.contains(text) { told.append(text) }
    }
    return told
  }

  /// The sections of claims that results are held beside.
  static let predicted: [(use: Claim.Use, title: Phrase)] = [
    (.scored, ScorecardPhrase.scored), (.fitted, ScorecardPhrase.fitted),
    (.target, ScorecardPhrase.targets),
  ]

  /// The sections of all others.
  static let others: [(use: Claim.Use, title: Phrase)] = [
    (.placed, ScorecardPhrase.placed), (.notComparable, ScorecardPhrase.notComparable),
    (.unserved, ScorecardPhrase.unserved), (.context, ScorecardPhrase.context),
  ]

  private func blocks(width: Int) -> [TextBlock] {
    var blocks: [TextBlock] = [
      .heading(word(ScorecardPhrase.title(claims: card.rows.count, places: places.count)))
    ]
    let sentences = verdicts
    if !sentences.isEmpty {
      blocks.append(.paragraph(sentences.joined(separator: language == .english ? " " : "")))
    }
    blocks += [.gap, .table(counts)]
    for section in Self.predicted {
      let rows = card.rows(section.use)
      guard !rows.isEmpty else { continue }
      blocks += [.gap, .heading(word(section.title)), .gap, .table(table(rows))]
    }
    let joined = card.joined
    if !joined.isEmpty {
      blocks += [.gap, .heading(word(ScorecardPhrase.joined)), .gap]
      blocks += joined.map { .paragraph(sentence($0.row, beside: $0.others)) }
    }
    for section in Self.others {
      let rows = card.rows(section.use)
      guard !rows.isEmpty else { continue }
      blocks += [.gap, .heading(word(section.title)), .gap]
      blocks += rows.map { .paragraph(sentence($0)) }
    }
    if card.rows.contains(where: { $0.prediction != nil }) {
      blocks += [.gap] + (samples + ScorecardPhrase.notes.map(word)).map { .paragraph($0) }
    }
    return blocks
  }

  /// How many claims of each place are put to each use.
  var counts: TextTable {
    let uses = Claim.Use.allCases
    var table = TextTable(
      labelTitle: word(ScorecardPhrase.place),
      columns: (uses.map(ScorecardPhrase.use) + [ScorecardPhrase.all]).map {
        (title: word($0), group: 0)
      })
    func row(_ label: String, _ rows: [Scorecard.Row]) -> TextTable.Row {
      .cells(
        label: label, depth: 0,
        uses.map { use in "\(rows.count { $0.claim.use == use })" } + ["\(rows.count)"])
    }
    for place in places {
      table.rows.append(row(place, card.rows.filter { cells($0).place == place }))
    }
    if places.count > 1 { table.rows.append(row(word(ScorecardPhrase.all), card.rows)) }
    return table
  }

  /// A claim's title with its verdict, what is predicted of it, and what that hangs on.
  private func table(_ rows: [Scorecard.Row]) -> TextTable {
    var table = TextTable(
      labelTitle: word(ScorecardPhrase.claim),
      columns: [ScorecardPhrase.predicted, ScorecardPhrase.span].map {
        (title: word($0), group: 0)
      })
    var place: String?
    for row in rows {
      let cells = cells(row)
      if cells.place != place {
        place = cells.place
        table.rows.append(.heading("== \(cells.place)"))
      }
      let colon = language == .english ? ": " : "："
      table.rows.append(.heading("\(cells.title)\(colon)\(cells.observed)  \(cells.verdict)"))
      table.rows.append(.cells(label: cells.asked, depth: 1, [cells.predicted, cells.span]))
      for mover in cells.movers {
        let isTold = !mover.share.isEmpty
        table.rows.append(
          .cells(
            label: mover.path, depth: 2, [mover.change, isTold ? mover.share : mover.turning]))
        // Values of assumptions would make the column as wide as the longest of them.
        if isTold, !mover.turning.isEmpty { table.rows.append(.heading("      " + mover.turning)) }
      }
      if !cells.remark.isEmpty, row.problem != nil {
        table.rows.append(.heading("    " + cells.remark))
      }
    }
    return table
  }

  /// A claim that no result is held beside.
  private func sentence(_ row: Scorecard.Row) -> String {
    let cells = cells(row)
    let (colon, stop) = language == .english ? (": ", "; ") : ("：", "；")
    let head = cells.title + (cells.value.isEmpty ? "" : colon + cells.value)
    return [head, cells.places, cells.remark].filter { !$0.isEmpty }.joined(separator: stop)
  }

  /// A claim and those that its reason names.
  private func sentence(_ row: Scorecard.Row, beside others: [Scorecard.Row]) -> String {
    let cells = cells(row)
    let (colon, stop, comma) = language == .english ? (": ", "; ", "; ") : ("：", "；", "；")
    let named = others.map { other in
      let cells = self.cells(other)
      return cells.title + (cells.value.isEmpty ? "" : colon + cells.value)
    }.joined(separator: comma)
    return "\(cells.title)\(cells.value.isEmpty ? "" : colon + cells.value)\(stop)\(cells.reason)"
      + "  [\(named)]"
  }

  /// The verdicts that end a line, and how they are painted.
  public static func verdicts(_ language: Language) -> [(word: String, tone: Finding.Tone)] {
    let tones: [(ClaimVerdict, Finding.Tone)] = [
      (.hit, .up), (.directionRight, .up), (.right, .up), (.recovered, .up), (.miss, .down),
      (.wrong, .down), (.notRecovered, .down), (.undetermined, .open), (.unclear, .open),
    ]
    return tones.map { (ScorecardPhrase.verdict($0.0).text(language), $0.1) }
  }
}
