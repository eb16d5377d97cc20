// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// A report on a single sheet: what was asked, what comes out, what it hangs on.
extension ReportPage {
  /// How many assumptions are named of each finding.
  private static let mostMovers = 3
  /// As many findings as a sheet has room for beside a chart.
  private static let mostFindings = 9

  /// The sheet as HTML.
  ///
  /// - Throws: ``RunnerFault`` when the chart cannot be drawn.
  public func brief(
    renderer: () throws -> ChartRenderer = { try ChartRenderer() }
  ) throws -> String {
    let stored = try? StoredExperiment(main.results).loaded.plan
    let facts = stored.flatMap {
      try? StandardFacts($0, path: main.name, results: main.results, language)
    }
    let charts = try ReportCharts([main], language, most: 1, renderer: renderer)
    let figure = charts.figures(of: 0).first
    let shown = findings.main(most: Self.mostFindings)
    var box = findings.html(shown, level: 3, language)
    if box.isEmpty { box = [HTML.element("p", text: FindingPhrase.noFindings.text(language))] }
    box += findings.notes(language).map { HTML.element("p", ["class": "note"], text: $0) }
    var sections = [
      Section(id: "main-findings", title: BriefPhrase.comesOut.text(language), parts: box)
    ]
    if let figure {
      sections.append(
        Section(id: "chart", title: BriefPhrase.shown.text(language), parts: [figure]))
    }
    sections.append(
      Section(id: "hangs-on", title: BriefPhrase.hangsOn.text(language), parts: try hangsOn(shown)))
    return page(sections, title: title(facts), facts, isBrief: true)
  }

  /// The assumptions that move each finding most, and where they would turn it.
  private func hangsOn(_ shown: [Findings.Group]) throws -> [String] {
    guard let file = files.first(where: { $0.kind == .uncertainty }) else {
      return [
        HTML.element("p", text: word(.notExamined)),
        "<pre>" + HTML.escaped("yilian uncertainty \(experimentPath)") + "</pre>",
      ]
    }
    let analysis = try UncertaintyAnalysis(file.results, threads: threads)
    let turning = TurningPoints(file.results)
    var table = TextTable(
      labelTitle: BriefPhrase.finding.text(language),
      columns: [(BriefPhrase.assumptions.text(language), 0)])
    table.alignment = .leading
    for group in shown {
      var rows: [TextTable.Row] = []
      for finding in group.findings {
        guard
          let row = analysis.rows.first(where: {
            $0.scenario == finding.scenario && $0.series == finding.series
          })
        else { continue }
        let told = row.movers.prefix(Self.mostMovers).map { mover -> String in
          let point = turning.point(of: mover, from: row.effect.value, to: 0)
          let share = NumberText.text(100 * mover.share.value, decimals: 0)
          return BriefPhrase.mover(mover.path, share: share, turnsAt: point?.text).text(language)
        }
        let chance = row.candidates.prefix(Self.mostMovers - told.count).map {
          BriefPhrase.candidate($0.path).text(language)
        }
        // What never changes hangs on nothing.
        guard !told.isEmpty || !chance.isEmpty else { continue }
        rows.append(
          .cells(
            label: SeriesLabel(finding.series, file.results.header).title(language), depth: 1,
            [(told + chance).joined(separator: language == .english ? "; " : "；")]))
      }
      if !rows.isEmpty { table.rows += [.heading(titles.title(of: group.scenario))] + rows }
    }
    return [
      HTML.element(
        "p",
        text: BriefPhrase.drawn(analysis.factors.count, draws: analysis.draws).text(language)),
      table.html(caption: ""),
    ]
  }
}

/// The words of a brief.
enum BriefPhrase {
  static let comesOut = Phrase("What comes out", "结果")
  static let shown = Phrase("In one picture", "一图概览")
  static let hangsOn = Phrase("What it hangs on", "结论取决于哪些假设")
  static let finding = Phrase("Finding", "结论")
  static let assumptions = Phrase(
    "Assumptions that move it most, and their share of what all assumptions do", "影响最大的假设及其所占份额")

  static func drawn(_ assumptions: Int, draws: Int) -> Phrase {
    Phrase(
      "\(assumptions) assumptions were varied together over their ranges, \(draws) times.",
      "将\(assumptions)项假设在各自取值范围内同时变动，共\(draws)次。")
  }

  static func mover(_ path: String, share: String, turnsAt value: String?) -> Phrase {
    Phrase(
      "\(path) \(share) %" + (value.map { " (sign turns at \($0))" } ?? ""),
      "\(path) \(share)%" + (value.map { "（取\($0)时变号）" } ?? ""))
  }

  static func candidate(_ path: String) -> Phrase {
    Phrase("? \(path), may be chance", "? \(path)，可能出于偶然")
  }
}
