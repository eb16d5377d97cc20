// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// What is known of a region as it is without policies: a row of the model's `targets`.
///
/// A fitted row was used to set constants of the model, so agreement with it is no finding; an
/// implied one follows from fitted ones by arithmetic; a checked one is neither.
public struct BaselineTarget: Hashable, Sendable {
  public enum Use: String, CaseIterable, Sendable { case fitted, implied, checked }

  public var measure: String
  /// Empty for the whole.
  public var dimension: String
  public var member: String
  public var use: Use
  /// In the unit of the measure.
  public var value: Double
  public var low: Double
  public var high: Double

  public init(
    measure: String, dimension: String, member: String, use: Use, value: Double, low: Double,
    high: Double
  ) {
    self.measure = measure
    self.dimension = dimension
    self.member = member
    self.use = use
    self.value = value
    self.low = low
    self.high = high
  }

  /// The targets of a region's document; empty where it has none.
  static func all(_ model: ModelSection) -> [BaselineTarget] {
    guard let table = model.tableIfPresent("targets") else { return [] }
    let known = Dictionary(
      uniqueKeysWithValues: RegionMeasures.catalogue.map { ($0.name, $0.dimensions) })
    return table.rows.map { row in
      let measure = row.text("measure", oneOf: known.keys.sorted())
      let tier = row.textIfPresent("tier", oneOf: RegionReader.tierNames)
      let dimension = tier == nil ? "" : "tier"
      let dimensions = known[measure] ?? []
      if !dimensions.isEmpty, !dimensions.contains(""), !dimensions.contains("tier") {
        row.fault(
          "measure", "\(measure) is told neither of the whole nor by tier",
          "yilian schema lists those that are")
      } else if !dimensions.isEmpty, !dimensions.contains(dimension) {
        row.fault(
          tier == nil ? "measure" : "tier",
          tier == nil ? "\(measure) is told by tier only" : "\(measure) is not told by tier",
          tier == nil ? "name a tier" : "leave the tier empty")
      }
      _ = row.textIfPresent("unit")
      let value = row.number("value")
      let low = row.number("low")
      let high = row.number("high")
      if !(low <= value && value <= high) {
        row.fault("value", "is outside its range", "let low ≤ value ≤ high")
      }
      return BaselineTarget(
        measure: measure, dimension: dimension, member: tier ?? "",
        use: Use(rawValue: row.text("use", oneOf: Use.allCases.map(\.rawValue))) ?? .checked,
        value: value, low: low, high: high)
    }
  }
}
