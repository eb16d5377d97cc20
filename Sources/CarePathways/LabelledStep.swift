// SPDX-License-Identifier: GPL-3.0-or-later

/// A step that has a name, as measures by step know it.
struct LabelledStep: Hashable, Sendable {
  /// `pathway.label`.
  var name: String
  /// The row that is counted: of a step that may be balked at, that of the request.
  var row: UInt16
  var kind: PathwayStep.Kind

  /// Whether it asks for resources, or leaves: what every run can count without following entities.
  var isRequestOrEnd: Bool {
    switch kind {
    case .seize, .seizeAll, .seizeAny, .leave: true
    default: false
    }
  }
}

extension NetworkModel {
  /// The labelled steps in order of rows.
  var labelledSteps: [LabelledStep] {
    program.labels.map { key, row in
      let row = program.requestRows[key] ?? row
      return LabelledStep(
        name: key.split(separator: "\u{0}").joined(separator: "."), row: row,
        kind: program.steps[Int(row)].kind)
    }.sorted { ($0.row, $0.name) < ($1.row, $1.name) }
  }
}
