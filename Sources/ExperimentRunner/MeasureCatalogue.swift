// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import ModelFiles
import OutputAnalysis
import PatientFlow

/// The measures there are.
public enum MeasureCatalogue {
  /// The measures of a kind of model.
  ///
  /// - Parameter timeUnit: The unit of a network's times, in the plural.
  public static func measures(
    of kind: ExperimentPlan.ModelKind, timeUnit: String = "time units"
  ) -> [MeasureDefinition] {
    switch kind {
    case .network: NetworkMeasures.catalogue(timeUnit: timeUnit)
    case .region: RegionMeasures.catalogue
    }
  }
}

extension ResultsHeader {
  /// The measures that the experiment asked for by name, in its order.
  public var measureRequests: [MeasureRequest] {
    (provenance["measures"] ?? "").split(separator: ", ").map { text in
      let words = text.split(separator: " by ", maxSplits: 1)
      return MeasureRequest(
        measure: String(words[0]), dimension: words.count > 1 ? String(words[1]) : "")
    }
  }

  /// The measures of the kind of model that the file is of.
  public var measureCatalogue: [MeasureDefinition] {
    if let twins { return TwinMeasures.definitions(twins) }
    return ExperimentPlan.ModelKind(rawValue: provenance["kind"] ?? "").map {
      MeasureCatalogue.measures(of: $0, timeUnit: provenance["time-unit"] ?? "time units")
    } ?? []
  }
}
