// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// The smallest effect on a measure that matters to who asks: the section `matters` of an experiment.
public struct SmallestEffect: Hashable, Sendable {
  public var series: MeasureSeries
  /// In the measure's unit, above 0; a share as a fraction.
  public var size: Double

  /// Reads `measure=size`, as `--matters` takes it; `nil` for anything else.
  public init?(_ text: String) {
    // The last equals sign: `visits by tier=village=1000`.
    guard let equals = text.lastIndex(of: "=") else { return nil }
    self.init(text[..<equals].trimmed, text[text.index(after: equals)...].trimmed)
  }

  private init?(_ name: String, _ text: String) {
    guard let series = MeasureSeries(name), let quantity = Quantity(text),
      quantity.dimension == .none, quantity.value > 0
    else { return nil }
    self.series = series
    size = quantity.value * quantity.factor
  }

  static func all(of experiment: ModelSection) -> [SmallestEffect] {
    guard let section = experiment.sectionIfPresent("matters") else { return [] }
    return section.node.entries.compactMap { entry in
      section.state.asked.insert(entry.key)
      if let effect = SmallestEffect(entry.key, entry.node.text ?? "") { return effect }
      section.fault(
        entry.key, "is \(entry.node.kindInWords)",
        "write a measure and a size above 0 in its unit: primary-visit-share: 1 %")
      return nil
    }
  }
}
