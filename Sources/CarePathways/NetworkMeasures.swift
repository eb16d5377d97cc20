// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// The measures of a network.
public enum NetworkMeasures {
  /// All measures, in time units of the network.
  public static let catalogue = catalogue(timeUnit: "time units")

  /// All measures, in the network's time unit.
  ///
  /// - Parameter timeUnit: the unit's name in the plural, such as "minutes".
  public static func catalogue(timeUnit: String) -> [MeasureDefinition] {
    let window = "end of warm-up to end"
    func measure(
      _ name: String, _ unit: String, _ dimensions: [String], _ formula: String
    ) -> MeasureDefinition {
      MeasureDefinition(
        name: name, unit: unit, formula: formula, window: window, dimensions: dimensions)
    }
    let everywhere = ["", "class", "resource", "class+resource"]
    return [
      measure(
        "wait", timeUnit, everywhere,
        "By resource: mean time from request to grant, 0 when granted at once, over requests made "
          + "and granted in the window. Without resource: mean time an entity spent in all waiting "
          + "lines, after preemption and while blocked too, over entities that left in the window."),
      measure(
        "time-in-system", timeUnit, ["", "class"],
        "Mean time from entering to leaving, over entities that left in the window."),
      measure(
        "queue-length", "entities", ["", "resource"],
        "Time-weighted mean number waiting, not being served; without resource their sum."),
      measure(
        "occupancy", "units", ["", "resource"],
        "Time-weighted mean number of units held; without resource their sum."),
      measure(
        "utilisation", "share", ["", "resource"],
        "Unit-time held within capacity over unit-time of capacity; without resource over all."),
      measure(
        "throughput", "per " + timeUnit, ["", "class"],
        "Entities that left completed in the window, per unit of time."),
      measure(
        "arrivals", "entities", ["", "class"], "Entities that entered in the window."),
      measure(
        "blocked", "requests", everywhere,
        "Transfers granted in the window that had to wait, keeping what they held."),
      measure(
        "reneged", "requests", everywhere, "Requests given up in the window, patience having ended."
      ),
      measure(
        "refused", "requests", everywhere,
        "Requests in the window that found the waiting room full, wherever the entity went then."),
      measure(
        "lost", "entities", everywhere,
        "By resource: entities that found the waiting room full in the window and left for it. "
          + "Without resource: entities that left as lost in the window."),
    ]
  }
}
