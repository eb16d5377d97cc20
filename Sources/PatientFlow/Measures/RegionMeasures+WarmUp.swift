// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// Measures of what changes slowly, at the end of each year of the warm-up: whether they still move
/// tells whether the warm-up was long enough.
extension RegionMeasures {
  /// What a name of such a measure begins with.
  static let warmUpPrefix = "warm-up-"

  private static func warmUp(
    _ name: String, _ unit: String, _ formula: String, dimension: String = "year",
    window: String = "end of each year of the warm-up"
  ) -> MeasureDefinition {
    MeasureDefinition(
      name: warmUpPrefix + name, unit: unit, formula: formula, window: window,
      dimensions: [dimension])
  }

  private static let wholeYear = "each year of the warm-up"

  static let warmUpMeasures: [MeasureDefinition] =
    [
      warmUp("trust", "0 to 1", "Mean trust of residents in a tier.", dimension: "tier+year"),
      warmUp(
        "habit-primary-share", "share",
        "Of residents who ever had a visit, those whose last one was at a primary tier."),
      warmUp(
        "skill", "0 to 0.5",
        "Skill that experts have left behind, mean over the region's institutions."
      ),
      warmUp(
        "wait-belief", "minutes",
        "What people believe of the wait for a doctor, mean over the region's institutions."),
      warmUp(
        "bed-wait-belief", "days",
        "What people believe of the wait for a bed, mean over the region's institutions with beds."),
      warmUp("patients", "patients", "Patients with an episode of care that is not over."),
      warmUp(
        "occupancy", "share",
        "Time-mean occupied over staffed beds, institutions of the region.", window: wholeYear),
      warmUp(
        "utilisation", "share",
        "Time doctors spent in consults over their rostered time in opening hours.",
        window: wholeYear),
    ]
    + chronicMeasures.map { warmUp($0.name, $0.unit, $0.formula) }
}
