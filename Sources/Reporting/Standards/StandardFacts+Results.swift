// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// Outputs, their means over what was run, and what decided how often it was.
extension StandardFacts {
  private var catalogue: [MeasureDefinition] {
    MeasureCatalogue.measures(of: plan.kind, timeUnit: timeUnit)
  }

  /// Those that the experiment asks for, in its order and by its names; all where it asks for none.
  private var asked: [(name: String, definition: MeasureDefinition)] {
    let names = plan.measures.map(\.measure)
    guard !names.isEmpty else { return catalogue.map { ($0.name, $0) } }
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }.compactMap { name in
      // A measure of its own before a statistic of another: `out-of-pocket-per-head`.
      let definition =
        catalogue.first { $0.observedNames.contains(name) }
        ?? catalogue.first { name.hasPrefix($0.name + "-") }
      return definition.map { (name, $0) }
    }
  }

  var outputs: [String] {
    [
      table(
        [.name, .unit, .formula, .measured],
        asked.map { name, definition in
          [
            MeasureNames.label(name, unit: definition.unit(of: name), language) + " `\(name)`",
            MeasureNames.unit(definition.unit(of: name), language),
            MeasureFormulas.formula(definition, of: plan.kind, language),
            MeasureFormulas.window(definition, language),
          ]
        })
    ]
  }

  // MARK: - Means

  /// More means of a design than these are not listed: the least and the greatest stand for them.
  static let mostResultsListed = 250

  /// Means with their intervals, where there are results.
  var results: [String] {
    guard let stored else { return [] }
    let names = asked.map(\.name)
    let rows = stored.summary.filter { $0.dimension.isEmpty && names.contains($0.measure) }
    guard !rows.isEmpty else { return [] }
    guard let design else {
      return [
        MarkdownTable.text(
          resultTitles([StandardPhrase.scenario.text(language)]),
          rows.map { resultCells([titles.title(of: $0.scenario)], $0) })
      ]
    }
    // An output at all points, then the next.
    let byOutput = names.map { name in rows.filter { $0.measure == name } }
    let ofPoint =
      (plan.scenarioCount > 1 ? [StandardPhrase.scenario.text(language)] : [])
      + [DesignPhrase.point.text(language)] + design.design.factors.map(\.name)
    if rows.count <= Self.mostResultsListed {
      return [
        MarkdownTable.text(
          resultTitles(ofPoint), byOutput.joined().map { resultCells(place($0, design), $0) })
      ]
    }
    let scenarios = plan.points.prefix(plan.scenarioCount).map(\.scenario)
    let ends = byOutput.flatMap { rows in
      scenarios.flatMap { scenario in
        Self.ends(of: rows.filter { $0.scenario == scenario }).map { end, row in
          [end.text(language)] + resultCells(place(row, design), row)
        }
      }
    }
    return [
      DesignPhrase.manyResults(rows.count).text(language),
      MarkdownTable.text([DesignPhrase.ofPoints.text(language)] + resultTitles(ofPoint), ends),
    ]
  }

  private func resultTitles(_ place: [String]) -> [String] {
    let count: DesignPhrase = plan.run.batches == nil ? .perReplications : .perBatches
    return place
      + [
        StandardPhrase.name.text(language), StandardPhrase.value.text(language),
        count.text(language),
      ]
  }

  private func resultCells(_ place: [String], _ row: SummaryRow) -> [String] {
    place
      + [
        "`\(row.measure)`",
        NumberText.text(mean: row.mean, low: row.low, high: row.high, scale: 1), "\(row.n)",
      ]
  }

  /// The scenario, where there are several, the point's number, and its values of the factors.
  private func place(_ row: SummaryRow, _ design: DesignDescription) -> [String] {
    (plan.scenarioCount > 1 ? [titles.title(of: row.scenario)] : []) + ["\(row.point)"]
      + design.values(atRow: (row.point - 1) / plan.scenarioCount)
  }

  /// The rows with the least and the greatest mean; of equal ones the first.
  private static func ends(of rows: [SummaryRow]) -> [(end: DesignPhrase, row: SummaryRow)] {
    guard let least = rows.min(by: { ($0.mean, $0.point) < ($1.mean, $1.point) }),
      let greatest = rows.max(by: { ($0.mean, $1.point) < ($1.mean, $0.point) })
    else { return [] }
    return least.mean == greatest.mean
      ? [(.alikeAtAll, least)] : [(.least, least), (.greatest, greatest)]
  }

  // MARK: - How often

  /// What decided the number of replications; `nil` where that was given.
  var stopping: Phrase? {
    let rule: StoppingRule?
    if let stored {
      rule = stored.header.stopping
    } else {
      rule = plan.run.precision.map { .precision($0) }
    }
    guard let rule else { return nil }
    let words = StoppingPhrase(
      scenarios: plan.scenarioCount, hasPoints: plan.pointDesign != nil,
      most: stored.map { $0.header.mostReplications } ?? plan.run.precision?.maximum)
    switch rule {
    case .precision(let rule): return words.precision(rule) { unit(of: $0) }
    case .selection(let rule): return words.selection(rule, unit: unit(of: rule.series.measure))
    case .search(let rule): return words.search(rule)
    }
  }

  private func unit(of request: MeasureRequest) -> String {
    catalogue.first { $0.observes(request.measure) }?.unit(of: request.measure) ?? ""
  }
}
