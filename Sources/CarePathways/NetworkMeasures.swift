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
    times(timeUnit) + levels + counts(timeUnit) + ends + means(timeUnit)
  }

  /// The statistic that a name asks for, with the measure it is of; `nil` for a name without one.
  static func statistic(_ name: String) -> (measure: String, statistic: MeasureStatistic)? {
    for measure in catalogue {
      if let statistic = measure.statistic(named: name) { return (measure.name, statistic) }
    }
    return nil
  }

  private static let everywhere = ["", "class", "resource", "class+resource"]
  private static let byStep = ["step", "class+step"]

  private static func measure(
    _ name: String, _ unit: String, _ dimensions: [String], _ formula: String,
    families: [MeasureStatistic.Family] = []
  ) -> MeasureDefinition {
    MeasureDefinition(
      name: name, unit: unit, formula: formula,
      window: "end of warm-up to end, or each batch of it", dimensions: dimensions,
      families: families)
  }

  private static func times(_ timeUnit: String) -> [MeasureDefinition] {
    [
      measure(
        "wait", timeUnit, everywhere + byStep,
        "By resource or step: mean time from request to grant, 0 when granted at once, over requests "
          + "made and granted in the window. Without them: mean time an entity spent in all waiting "
          + "lines, after preemption and while blocked too, over entities that left in the window. "
          + "Who still waits, or is still there, is not among them. With batches a wait counts in "
          + "the one in which it ends. pNN: the smallest wait that NN % of them do not exceed, to "
          + "within 0.4 % of it. "
          + "share-over-T: the exact share of them that waited longer than T. With unfinished: by "
          + "resource or step, requests made in the window and given up, or waiting still, count "
          + "too, by what they waited; without them, so do entities that are still in the system. "
          + "As they might have waited longer yet, it is a lower bound.",
        families: [.quantile, .shareOver, .shareOverWithUnfinished]),
      measure(
        "time-in-system", timeUnit, ["", "class"],
        "Mean time from entering to leaving, over entities that left in the window, whenever they "
          + "entered and however they left; who is still there is not among them. Quantiles and "
          + "shares as of wait; with unfinished, those still in the system count by the time since "
          + "they entered.",
        families: [.quantile, .shareOver, .shareOverWithUnfinished]),
    ]
  }

  private static let levels: [MeasureDefinition] = [
    measure(
      "queue-length", "entities", ["", "resource"],
      "Time-weighted mean number waiting, not being served; without resource their sum. pNN: the "
        + "least number not exceeded for NN % of the time. share-over-N: the share of the time with "
        + "more than N waiting. Both exact; those who wait at the end count until then.",
      families: [.quantile, .shareOverCount]),
    measure(
      "occupancy", "units", ["", "resource"],
      "Time-weighted mean number of units held, by those who still hold them at the end too; without "
        + "resource their sum. pNN and share-over-N as of queue-length: where capacity is "
        + "unlimited, N units are enough for all but share-over-N of the time, and pNN of them for "
        + "NN % of it.",
      families: [.quantile, .shareOverCount]),
    measure(
      "utilisation", "share", ["", "resource"],
      "Unit-time held within capacity over unit-time of capacity; without resource over all. Who is "
        + "being served at the end counts until then."),
    measure(
      "in-system", "entities", [""],
      "Time-weighted mean number of entities that have entered and not left; those still there count "
        + "until the end. On request. pNN and share-over-N as of queue-length.",
      families: [.quantile, .shareOverCount]),
  ]

  private static func counts(_ timeUnit: String) -> [MeasureDefinition] {
    [
      measure(
        "throughput", "per " + timeUnit, ["", "class"],
        "Entities that left completed in the window, whenever they entered, per unit of time; who is "
          + "still there counts when it has left."),
      measure(
        "arrivals", "entities", ["", "class"],
        "Entities that entered in the window, whether or not they have left."),
      measure(
        "blocked", "requests", everywhere,
        "Transfers granted in the window that had to wait, keeping what they held; those that wait "
          + "still are not counted."),
      measure(
        "reneged", "requests", everywhere + byStep,
        "Requests given up in the window, patience having ended, whenever they were made; who waits "
          + "still is not counted."),
      measure(
        "refused", "requests", everywhere + byStep,
        "Requests in the window that found the waiting room full, wherever the entity went then and "
          + "whether or not it has left."),
      measure(
        "lost", "entities", everywhere,
        "By resource: entities that found the waiting room full in the window and left for it. "
          + "Without resource: entities that left as lost in the window, whenever they entered."),
      measure(
        "referred", "entities", ["", "class"] + byStep,
        "Referrals in the window, wherever they lead and whatever becomes of them; written where "
          + "the model has a step that refers, by class as they were then. By step: at named ones."),
      measure(
        "passed", "entities", byStep,
        "Entities that passed a named step in the window: were granted what it seizes, began the "
          + "delay, left there, or came to any other step; who still waits has not. On "
          + "request."),
    ]
  }

  private static let ends: [MeasureDefinition] = [
    measure(
      "waiting-at-end", "entities", everywhere,
      "Without resource: entities that are in a waiting line when the window ends, after preemption "
        + "and while blocked too. By resource: requests in its line then; one for several resources "
        + "stands in each line."),
    measure(
      "in-system-at-end", "entities", ["", "class"],
      "Entities that have entered and not left when the window ends."),
  ]

  private static func means(_ timeUnit: String) -> [MeasureDefinition] {
    [
      measure(
        "reneged-after", timeUnit, everywhere,
        "Mean time from request to giving up, over requests given up in the window, whenever they "
          + "were made; who waits still is not among them."),
      measure(
        "overtime", timeUnit, ["", "resource"],
        "Unit-time held beyond capacity in the window, as when work goes on after a shift, until its "
          + "end by those who hold it then; not in utilisation."),
      measure(
        "cost", "money", ["", "resource", "class", "class+resource"],
        "What resources cost in the window, written where the model says what they do: rostered by "
          + "unit-time of capacity, busy by unit-time held, overtime besides by unit-time held "
          + "beyond capacity, use by grants. By class, on request: busy and use alone, for what its "
          + "entities held and were granted. Who is being served at the end is counted until then."),
      measure(
        "window-length", timeUnit, [""],
        "From the end of the warm-up to the end: shorter than length when until-completed ends the "
          + "run. On request."),
    ]
  }
}
