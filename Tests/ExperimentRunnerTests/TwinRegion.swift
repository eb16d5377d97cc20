// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// The small county with a cover of chronic patients' drugs at the village clinics of one town, among which
/// nobody of another town chooses.
final class TwinRegion {
  private let folder: TemporaryFolder
  let experiment: String

  /// The town whose people alone the cover is for.
  static let town = "westhill"

  /// - Parameters:
  ///   - settings: Of both scenarios, in YAML.
  ///   - more: What stands at the end of a file of the model.
  init(_ settings: [String] = [], policyStart: String = "2018-03-01", more: String = "") throws {
    folder = try TemporaryFolder()
    let model = folder.file("county")
    try FileManager.default.copyItem(
      atPath: LoadedExperimentTests.top + "/Models/small-county", toPath: model)
    let policies = model + "/policies.yaml"
    let text =
      try String(contentsOfFile: policies, encoding: .utf8) + """

          village-drugs:
            lever: chronic-drug-cover
            in-force: no
            start: \(policyStart)
            schemes: [resident, employee]
            conditions: [hypertension, diabetes]
            rate: 0.95
            tiers: [village]
            institutions: [westhill-1, westhill-2, westhill-3]
        \(more)

        """
    try text.write(toFile: policies, atomically: true, encoding: .utf8)
    experiment = folder.file("twins.yaml")
    let all = settings.map { "      \($0)\n" }.joined()
    try """
    model: county
    name: village-drugs
    run: {start: 2018-01-01, warm-up: 0 d, length: 240 d}
    policy-start: \(policyStart)
    replications: 3
    seed: 5
    baseline: none
    random-numbers: common
    scenarios:
      - name: none
        set:
    \(all)      policies.village-drugs.in-force: no
      - name: cover
        set:
    \(all)      policies.village-drugs.in-force: yes

    """.write(toFile: experiment, atomically: true, encoding: .utf8)
  }

  /// So many doctors, beds and exam rooms that nobody ever waits for another.
  static let withoutQueues: [String] =
    ["county-hospital", "county-tcm", "seat-centre", "eastbank-centre", "westhill-centre"].flatMap {
      place in
      [
        "clinic_doctors_weekday: 400", "clinic_doctors_weekend: 400", "acute_beds: 2000",
        "exam_rooms: 400",
      ].map { "institutions[\(place)].\($0)" }
    }

  func load(replications: Int? = nil) throws -> LoadedExperiment {
    try LoadedExperiment(path: experiment, replications: replications)
  }
}
