// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// Which contrasts hang on how money enters choices, in an experiment that runs both forms.
///
/// A contrast has a verdict: its interval lies above zero, below it, or holds it. It is
/// form-dependent when the verdicts of the two forms differ.
struct FormDependence {
  enum Verdict: String, Equatable {
    case up, down, none

    init?(_ row: ContrastRow) {
      guard let low = row.low, let high = row.high else { return nil }
      self = low > 0 ? .up : high < 0 ? .down : .none
    }
  }

  /// Of each contrast: scenario and name.
  struct Key: Hashable {
    var scenario: String
    var name: ResultsReport.RowName
  }

  private var verdicts: [Key: [String: Verdict]] = [:]
  /// Form of each point; empty in an experiment without forms.
  let forms: [Int: String]

  init(_ header: ResultsHeader, _ contrasts: [ContrastRow]) {
    let forms = header.points.reduce(into: [Int: String]()) { $0[$1.id] = $1.moneyForm }
    guard Set(forms.values).count > 1 else {
      self.forms = [:]
      return
    }
    self.forms = forms
    for row in contrasts {
      guard let form = forms[row.point], let verdict = Verdict(row) else { continue }
      verdicts[Key(row), default: [:]][form] = verdict
    }
  }

  var isTold: Bool { !forms.isEmpty }

  /// Of a contrast under one form; `nil` where there is none.
  func verdict(_ key: Key, form: String) -> Verdict? { verdicts[key]?[form] }

  /// Whether a contrast hangs on the form; `nil` where one of the forms gives no verdict.
  func isFormDependent(_ key: Key) -> Bool? {
    guard let given = verdicts[key], given.count > 1 else { return nil }
    return Set(given.values.map(\.rawValue)).count > 1
  }
}

extension FormDependence.Key {
  init(_ row: ContrastRow) {
    scenario = row.scenario
    name = ResultsReport.RowName(row.measure, row.dimension, row.member)
  }
}
