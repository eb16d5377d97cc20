// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// Which measures an analysis looks at.
struct MeasuresOption: ParsableArguments {
  @Option(
    name: .customLong("measure"),
    help: ArgumentHelp(
      "A measure to look at: wait, or wait by resource=doctor; may be repeated.",
      valueName: "measure"),
    transform: { text in
      guard let series = MeasureSeries(text) else {
        throw ValidationError("write a measure, such as wait, or 'wait by resource=doctor'")
      }
      return series
    })
  var series: [MeasureSeries] = []

  /// Records what a plan's replications will not write.
  func check(_ plan: ExperimentPlan, _ faults: FaultCollector) {
    for series in series {
      MeasureCatalogue.check(series, plan, SourcePlace(file: "--measure"), faults)
    }
  }
}
