// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// What stands around a flow diagram, and what it says in words.
struct FlowChartText {
  var kind: ChartKind
  var title: String
  var notes: [FlowPhrase]
  /// The scenario beside the baseline.
  var told: String

  func chart(_ diagram: FlowDiagram, _ source: ChartSource, _ context: ChartContext) -> Chart {
    let language = context.language
    let baseline = source.title(ofScenario: source.baseline)
    let title = FlowPhrase.compared(
      title, source.title(ofScenario: told), baseline: baseline, language)
    let hasIntervals = diagram.flows.contains { $0.levels.contains { $0.low != nil } }
    var lines = [source.circumstances(language)] + notes.map { $0.text(language) }
    lines.append(
      hasIntervals
        ? FlowPhrase.halfWidths.text(language) : ChartPhrase.noInterval.text(language))
    if diagram.panels.count > 1, hasIntervals {
      lines.append(source.differenceNote)
    }
    let listed = diagram.listed
    if diagram.panels.count > 1, listed.count < diagram.flows.count {
      lines.append(FlowPhrase.listed(listed.count, of: diagram.flows.count, language))
    }
    let quick = QuickLook(
      title: title,
      groups: listed.map { flow in
        QuickLook.Group(
          title: flow.name,
          rows: zip(diagram.panels, flow.levels).map { $1.row($0, diagram.scale) })
      }, notes: [source.circumstances(language)])
    let changes = QuickLook(
      title: diagram.differenceTitle,
      groups: [
        QuickLook.Group(
          title: "",
          rows: listed.compactMap { flow in
            flow.difference?.row(flow.name, diagram.scale, isSigned: true)
          })
      ], notes: [])
    let words =
      quick.words(language)
      + (diagram.panels.count > 1
        ? (language == .english ? " " : "") + changes.words(language) : "")
    return Chart(
      kind, context, title: title, notes: lines, words: words, quickLook: quick,
      body: diagram.body)
  }
}
