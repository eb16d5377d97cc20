// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles
import OutputAnalysis

/// The smallest effects that matter as the provenance of a results file holds them, by series.
enum StoredMatters {
  static let key = "matters"

  static func text(_ matters: [SmallestEffect]) -> String {
    JSONValue.object(matters.map { ($0.series.description, .number($0.size)) }).description
  }
}

extension ResultsHeader {
  /// The smallest effect that matters of each series for which the experiment states one.
  public var matters: [MeasureSeries: Double] {
    let stored = provenance[StoredMatters.key].flatMap {
      try? JSONDecoder().decode([String: Double].self, from: Data($0.utf8))
    }
    var result: [MeasureSeries: Double] = [:]
    for (name, size) in stored ?? [:] {
      if let series = MeasureSeries(name) { result[series] = size }
    }
    return result
  }
}
