// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import SimulationSearch

/// A search on its way.
struct SearchProcess: SequentialRule {
  let rule: SearchRule
  private(set) var search: ConstrainedSearch

  init(_ rule: SearchRule) {
    self.rule = rule
    search = ConstrainedSearch(
      rule.question, candidates: rule.candidates.map(\.coordinates),
      replications: rule.replications, budget: rule.budget)
  }

  var series: [MeasureSeries] { rule.series }

  func nextStage() -> [ReplicationKey] {
    search.nextStage().flatMap { look in
      look.replications.map {
        ReplicationKey(point: rule.candidates[look.candidate].point, replication: $0)
      }
    }
  }

  mutating func take(_ stage: [ReplicationKey], _ found: [ReplicationKey: [Double?]]) throws {
    let outputs = try search.nextStage().map { look in
      try look.replications.map { number in
        let key = ReplicationKey(
          point: rule.candidates[look.candidate].point, replication: number)
        return try zip(series, found[key] ?? series.map { _ in nil }).map { series, value in
          // Another setting without a value is left out of the search; without this one there is none.
          guard value != nil || look.candidate != 0 else {
            throw RunnerFault.invalid(
              "\(series) has no value in replication \(number) of the model as it is, with which all "
                + "settings are compared; make runs longer, or seek by another measure")
          }
          return value ?? .nan
        }
      }
    }
    search.take(outputs)
  }
}
