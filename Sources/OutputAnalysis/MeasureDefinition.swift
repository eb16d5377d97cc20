// SPDX-License-Identifier: GPL-3.0-or-later

/// What a measure is: the entry that `yilian schema` prints and that a floor states once for each
/// measure its runs observe.
public struct MeasureDefinition: Hashable, Sendable {
  /// The fixed kebab-case name, such as `primary-visit-share`.
  public var name: String
  /// The unit of the value, such as `visits`, `share`, `minutes` or `CNY`. A share is printed in per
  /// cent and stored as a fraction.
  public var unit: String
  /// How the value comes about, in one sentence a reader can check.
  public var formula: String
  /// The part of the simulated time it covers, such as `policy start to end`.
  public var window: String
  /// The dimensions it is observed by, crossed ones joined by `+` in alphabetical order. The value
  /// without dimension is the empty string, and stands here only if the measure has one.
  public var dimensions: [String]
  /// The suffixes under which further statistics of the measure are observed, such as `p95`.
  public var statistics: [String]
  /// Statistics with a number in their names, observed when an experiment asks for them.
  public var families: [MeasureStatistic.Family]
  /// Whether it is a sum over residents, such as visits or CNY, which a sample of them has a share of:
  /// not so of means and ratios, nor of what institutions have, such as beds.
  public var isSumOverResidents = false

  public init(
    name: String, unit: String, formula: String, window: String, dimensions: [String] = [""],
    statistics: [String] = [], families: [MeasureStatistic.Family] = []
  ) {
    self.name = name
    self.unit = unit
    self.formula = formula
    self.window = window
    self.dimensions = dimensions
    self.statistics = statistics
    self.families = families
  }

  /// The names under which values of this measure are observed: its own, then one for each statistic
  /// but those with a number in their names.
  public var observedNames: [String] {
    [name] + statistics.map { "\(name)-\($0)" }
  }
}

/// A measure an experiment asks for, written `visits` or `visits by institution`.
public struct MeasureRequest: Hashable, Sendable {
  public var measure: String
  /// The dimension, crossed ones joined by `+` in alphabetical order; empty for none.
  public var dimension: String

  public init(measure: String, dimension: String = "") {
    self.measure = measure
    self.dimension = dimension
  }
}

extension MeasureRequest: CustomStringConvertible {
  /// As an experiment writes it.
  public var description: String { dimension.isEmpty ? measure : "\(measure) by \(dimension)" }
}

/// One value of one replication: what a run hands over when it ends.
public struct Observation: Hashable, Sendable {
  public var measure: String
  /// Empty when the value is of the whole.
  public var dimension: String
  /// The member of the dimension, such as a tier; empty without a dimension.
  public var member: String
  /// `nil` where the measure has no value, such as the mean wait of nobody. A count of nothing is 0.
  public var value: Double?

  public init(measure: String, dimension: String = "", member: String = "", value: Double?) {
    self.measure = measure
    self.dimension = dimension
    self.member = member
    self.value = value
  }
}

extension MeasureDefinition {
  /// The dimensions that every run writes without being asked: the whole, tier and period, and for
  /// networks class and resource; of the warm-up of a region, its years.
  public static let alwaysWritten: Set<String> = [
    "", "tier", "period", "class", "resource", "year", "tier+year",
  ]
}
